"""更正: a new entry in the place of an earlier one of the same kind; both stay, and both are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liuhen.acts.act import Act, Matter, fields_of
from liuhen.acts.errors import Invalid
from liuhen.acts.form import AT
from liuhen.kernel.clock import MS_PER_MINUTE, format_local
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


def standing(entry: Entry, entries: Sequence[Entry]) -> Entry:
    """What stands now in the place of an entry: its last correction, or itself."""
    for later in entries:
        if later.supersedes == entry.id:
            entry = later
    return entry


def built_on(kind: Kind, found: Entry, entries: Sequence[Entry]) -> Entry | None:
    """What others have built on an entry, after which it is not corrected any more; None where nothing."""
    after = [entry for entry in entries if entry.kind in kind.correct_until and entry.index > found.index]
    return after[-1] if after else None


def _not_too_late(kind: Kind, found: Entry, entries: Sequence[Entry]) -> None:
    after = built_on(kind, found, entries)
    if after is not None:
        title = standard().kinds[after.kind].title
        raise Invalid({"": f"已经“{title}”，“{kind.title}”不能再更正；确有错误的，按程序另行办理"})


def blank_time(kind: Kind, corrected: Entry | None, now_ms: int) -> int:
    """When what leaves its time open happened: a correction keeps the recorded time, another paper goes out now."""
    return now_ms if corrected is None or kind.goes_out_again else corrected.happened_ms


def kept_time(kind: Kind, corrected: Entry | None, happened: int) -> int:
    """The recorded time to the instant, where a correction gives its minute again: no deadline moves, no order."""
    if corrected is None or kind.goes_out_again or kind.span:
        return happened
    same = happened // MS_PER_MINUTE == corrected.happened_ms // MS_PER_MINUTE
    return corrected.happened_ms if same else happened


def of_the_void_paper(
    kind: Kind, corrected: Entry, values: Mapping[str, Any], happened: int, *, untimed: bool
) -> dict[str, str]:
    """Messages by field where another paper is told to have gone out, or been signed for, as the void one was.

    `untimed`: no time was given for it.
    """
    if kind.correct != "anew":
        return {}
    made = corrected.recorded_ms - corrected.recorded_ms % MS_PER_MINUTE
    since = f"不得早于原文书登记的时间（{format_local(made)}）"
    before, found = fields_of(corrected), dict[str, str]()
    if kind.goes_out_again and kind.time == "reported":
        if untimed:
            found[AT] = f"发生时间：必填：更正后是另一份文书，请填重新送达（发出）的时间，{since}"
        elif happened < made:
            found[AT] = (
                f"发生时间：{format_local(happened)}时这份文书还没有，请填重新送达（发出）的时间，{since}"
            )
    for name, field in kind.fields.items():
        if field.handed and values.get(name, made if before.get(name) is None else 0) < made:
            found[name] = f"{field.label}：更正后是另一份文书，请填重新交付的时间，{since}"
        elif field.type == "signatures" and any(_signed_before(row, made) for row in values.get(name) or ()):
            found[name] = (
                f"{field.label}：原文书上的签名不能用于更正后的文书，须由本人重新签名，签名时间{since}"
            )
    return found


def _signed_before(row: Mapping[str, Any], made: int) -> bool:
    at = row.get("at")
    return isinstance(at, int) and at < made


def kept_values(act: Act, kind: Kind, corrected: Entry, values: dict[str, Any]) -> dict[str, Any]:
    """What a correction keeps of the corrected entry: its key, what it took from others, and its files.

    What proves that a paper was served stays with that paper.
    """
    before = fields_of(corrected)
    kept = values | {name: before[name] for name in (kind.key, *act.fixed) if name in before}
    for name, field in kind.fields.items():
        if field.type == "files" and before.get(name) and kind.carried_over(name):
            kept[name] = [*before[name], *values.get(name, [])]
    return kept
