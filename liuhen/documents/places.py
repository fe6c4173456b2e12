"""签名处: the lines to sign on that a form has where nobody has signed. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from liuhen.documents.forms import Block
from liuhen.kernel.clock import local_date

_SAID_ONCE = date(2026, 11, 23)
"""Papers recorded from this day on do not say beside a line to sign on what its label says already."""
_SIGNED = "签名"
ROOM = 4
"""For so many who sign under each page there is room at least: the party, two officers and one more."""
EMPTY_DATE = "　　年　　月　　日"


def places(block: Block, recorded_ms: int) -> Sequence[str]:
    """Who is to sign on each line; 签名 is not said again where the label says it."""
    lines = block.places or (_SIGNED,)
    if _SIGNED not in block.label or local_date(recorded_ms) < _SAID_ONCE:
        return lines
    return [one.removesuffix(f"（{_SIGNED}）").removesuffix(_SIGNED) for one in lines]


def empty(who: str) -> dict[str, Any]:
    """A line to sign on, as the template draws it."""
    return {"who": who, "name": "", "at": EMPTY_DATE, "refused": False, "note": "", "drawn": ""}
