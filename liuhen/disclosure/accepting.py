"""与决定书不同之处: whoever lets a text go out names each place where it says otherwise than the decision, and why."""

from collections.abc import Mapping

from liuhen.acts import judgement, registry
from liuhen.acts.act import Doing, Matter, fields_of
from liuhen.acts.registry import Suggested
from liuhen.disclosure.differences import differences
from liuhen.disclosure.texts import DECISION, text_of

_FIELD = "accepted"
_REVIEWED = "disclosure_reviewed"


def still_open(matter: Matter) -> list[str]:
    """The places, by their labels, that no review of the text as it stands has accepted."""
    text, reviewed = text_of(matter), matter.last(_REVIEWED)
    given = reviewed if text and reviewed and reviewed.index > text.index else None
    accepted = {_plain(row["what"]) for row in (fields_of(given).get(_FIELD) or () if given else ())}
    return [one.label for one in differences(matter) if _plain(one.label) not in accepted]


def each_accepted(doing: Doing) -> Mapping[str, str]:
    """Nothing that differs goes out unseen: it is accepted with a reason, or the text is not agreed to."""
    matter = doing.matter
    if matter is None or doing.payload.get("agree") is False:
        return {}
    asked = _asked(doing.act.kind, matter)
    if doing.act.kind != _REVIEWED and asked and judgement.gates(doing)[1]:
        return {}  # whoever approves too early hears first what the law asks before
    rows = {_plain(row.get("what")): _plain(row.get("why")) for row in doing.payload.get(_FIELD) or ()}
    label = registry.kind_of(doing.act).fields[_FIELD].label
    if strange := [what for what in rows if what not in {_plain(one) for one in asked}]:
        return {_FIELD: f"{label}：“{strange[0]}”与决定书没有不同，请删去这一行"}
    lacking = [one for one in asked if not rows.get(_plain(one))]
    if not lacking:
        return {}
    shown = "”“".join(lacking)
    return {
        _FIELD: f"{label}：“{shown}”与决定书不同，请逐项写明为什么可以这样公示；不可以的，不要同意，退回拟制人改正"
    }


def suggested(kind: str, matter: Matter) -> Suggested:
    """A row for each place that waits for its reason."""
    if matter.last(DECISION) is None:
        return {}
    rows = [{"what": one, "why": ""} for one in _asked(kind, matter)]
    return {_FIELD: (rows, "与决定书对照")} if rows else {}


def _asked(kind: str, matter: Matter) -> list[str]:
    if kind == _REVIEWED:
        return [one.label for one in differences(matter)]
    return still_open(matter)


def _plain(text: object) -> str:
    return "".join(str(text or "").split())
