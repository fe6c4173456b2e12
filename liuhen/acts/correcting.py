"""更正: a new entry in the place of an earlier one of the same kind; both stay, and both are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from liuhen.acts.act import Act, Matter, fields_of
from liuhen.acts.errors import Invalid
from liuhen.law.dictionary import Kind, standard
from liuhen.ledger import Entry

PART = "correction"
"""The part of a correcting entry that holds the reason; no field of its kind."""

REASON_MAX = 2_000


@dataclass(frozen=True)
class Correction:
    """Which entry is corrected, and why."""

    entry: str
    reason: str


def correctable(kind: Kind) -> bool:
    """Whether another entry can stand in the place of one of this kind, as the dictionary says.

    Decisions and approvals cannot be corrected so: they are changed by acts of their own, and the law knows which.
    """
    return kind.correct != "no"


def corrected_entry(kind: Kind, matter: Matter | None, correction: Correction) -> Entry:
    """The entry to be corrected. Raises `Invalid` when it cannot be."""
    entries = matter.entries if matter else ()
    found = next((entry for entry in entries if entry.id == correction.entry), None)
    if found is None or found.kind != kind.name:
        raise Invalid({"": "要更正的记录不在本事项中，请返回记录重新打开"})
    if not correctable(kind):
        raise Invalid({"": f"“{kind.title}”是决定、审批或者编号的文书，不能更正记录；请按程序另行办理"})
    _not_too_late(kind, found, entries)
    if any(entry.supersedes == found.id for entry in entries):
        raise Invalid({"": "这一记录已经更正过，请更正最新的一条"})
    reason = correction.reason.strip()
    if not reason:
        raise Invalid({PART: "更正理由：必填，请写明哪里有误、依据什么更正"})
    if len(reason) > REASON_MAX:
        raise Invalid({PART: f"更正理由：最多{REASON_MAX}字"})
    return found


def _not_too_late(kind: Kind, found: Entry, entries: Sequence[Entry]) -> None:
    """What others have built on is not corrected any more."""
    after = [entry for entry in entries if entry.kind in kind.correct_until and entry.index > found.index]
    if after:
        title = standard().kinds[after[-1].kind].title
        raise Invalid({"": f"已经“{title}”，“{kind.title}”不能再更正；确有错误的，按程序另行办理"})


def kept_values(act: Act, kind: Kind, corrected: Entry, values: dict[str, Any]) -> dict[str, Any]:
    """What a correction keeps of the corrected entry: its key, what it took from others, and its files."""
    before = fields_of(corrected)
    kept = values | {name: before[name] for name in (kind.key, *act.fixed) if name in before}
    for name, field in kind.fields.items():
        if field.type == "files" and before.get(name):
            kept[name] = [*before[name], *values.get(name, [])]
    return kept
