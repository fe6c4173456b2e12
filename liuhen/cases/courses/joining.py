"""并案: a case takes in another lead or an inspection about the same party."""

from collections.abc import Mapping
from typing import Any

from liuhen import ledger
from liuhen.acts.act import Act, Doing, Made, Matter, fields_of
from liuhen.cases.courses.places import CASE, OVER

TAKEN_IN = frozenset({"lead", "inspection"})
_NAMED = ("suspect", "party_name", "matter")


def _head(stream: str) -> ledger.Head | None:
    try:
        return ledger.heads([stream])[stream]
    except (ledger.UnknownStream, KeyError):
        return None


def _free(doing: Doing) -> Mapping[str, str]:
    """What is taken in is the agency's own, and nobody has taken it in yet."""
    stream = str(doing.payload["adopted"])
    head = _head(stream)
    if head is None or head.agency != doing.actor.agency or head.type not in TAKEN_IN:
        return {"adopted": "并入的记录：不是本机关的案源或者检查，请重新选择"}
    if ledger.adopters({stream}) != {stream}:
        return {"adopted": "并入的记录：已经并入案件，不能再并入"}
    return {}


def _described(given: Mapping[str, Any], _: Matter | None) -> Mapping[str, Any]:
    """What kind of record it is, and its name."""
    stream = str(given["adopted"])
    head = _head(stream)
    if head is None or head.type not in TAKEN_IN:
        return {}
    first = fields_of(ledger.read([stream])[0])
    title = next((str(first[name]) for name in _NAMED if first.get(name)), "")
    return {"adopted_type": head.type, "adopted_title": title}


ACTS = (
    Act(
        "adopted",
        on=CASE,
        adopts=True,
        until=("archived", *OVER),
        made=Made(("adopted_type", "adopted_title"), _described),
        checks=(_free,),
    ),
)
