"""Where the acts of a case are performed, and what ends them."""

from collections.abc import Mapping
from dataclasses import replace

from liuhen.acts.act import Act, Matter
from liuhen.ledger import Entry

LEAD = frozenset({"lead"})
CASE = frozenset({"case"})
LEAD_OR_CASE = LEAD | CASE
INSPECTION = frozenset({"inspection"})
REGISTER = frozenset({"register"})

HANDLERS = "handed_over.handlers|filed.handlers"
"""Who handles the case: after a hand-over those named there."""

OVER = ("closed", "terminated")
"""After these nothing more is investigated or decided."""
DECIDED = ("decided", "on_spot_decided", *OVER)


_FELL = {"outcome_received": {"outcome": frozenset({"changed", "revoked", "unlawful", "void", "redo"})}}
REOPENED = {"decided": _FELL, "on_spot_decided": _FELL}
"""A decision that did not stand: the case is investigated and decided again."""


def fell(matter: Matter, decided: Entry) -> bool:
    """Whether a decision did not stand, so that it asks nothing of the party any more."""
    told = matter.last("outcome_received")
    return told is not None and told.index > decided.index and told.open.get("outcome") in _UNDONE


_UNDONE = frozenset({"revoked", "void", "redo"})
_REFUSED = {**_FELL, "performance_refused": {}}
TO_ENFORCE = {"decided": _REFUSED, "on_spot_decided": _REFUSED}
"""Besides, a party that does not perform: the application to the court is drafted and reviewed."""


def until(
    kinds: tuple[str, ...],
    *acts: Act,
    reopened: Mapping[str, Mapping[str, Mapping[str, frozenset[str]]]] = REOPENED,
) -> tuple[Act, ...]:
    """These acts have no place once one of the kinds was entered; a decision that fell gives it to them again."""
    return tuple(
        replace(act, until=(*kinds, *act.until), reopened={**reopened, **act.reopened}) for act in acts
    )


def taken(kind: str, *names: str) -> dict[str, str]:
    """Fields taken from the same fields of another kind."""
    return {name: f"{kind}.{name}" for name in names}
