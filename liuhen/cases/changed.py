"""变更: what a decision asks for in money once a reconsideration or a court changed it; what is given back."""

from collections.abc import Mapping
from typing import Any

from liuhen.acts.act import Doing, Matter, fields_of
from liuhen.acts.registry import Suggested
from liuhen.kernel.money import format_yuan
from liuhen.ledger import Entry

OUTCOME, CHANGED = "outcome_received", "changed"
CHOSEN = "outcome"
_NEW = {"amount": "new_amount", "refund": "new_refund"}
"""By the field of the decision: the one that says what it is changed to."""
_BACK = {"amount": "fine_back", "refund": "refund_back"}
_WHAT = {"amount": "fine", "refund": "refund"}
MADE = (*_NEW, *_BACK.values())
"""What the door works out: how much more or less than before, and how much of what was paid is too much."""
_SAID = {"amount": "罚款", "refund": "责令退回的基金"}


def asked(matter: Matter, decided: Entry, field: str, upto: int | None = None) -> int:
    """In fen, what a decision asks for (`amount`, `refund`) as it stands, or stood before the entry `upto`."""
    key = fields_of(decided)["decision"]
    changes = sum(
        int(fields.get(field) or 0)
        for entry in matter.all(OUTCOME)
        if (upto is None or entry.index < upto) and (fields := fields_of(entry)).get("decision") == key
    )
    return int(fields_of(decided).get(field) or 0) + changes


def paid(matter: Matter, decision: str, what: str) -> int:
    """In fen, what came in under a decision, collected on the spot too, and was not given back."""
    came, collected, back = (
        sum(
            int(fields.get("amount") or 0)
            for entry in matter.all(kind)
            if (fields := fields_of(entry)).get("decision") == decision and fields.get("what", "fine") == what
        )
        for kind in ("performed", "fine_collected", "money_returned")
    )
    return max(came, collected) - back


def decision_of(matter: Matter | None, key: Any) -> Entry | None:
    """The decision that a key names."""
    held = [*matter.all("decided"), *matter.all("on_spot_decided")] if matter else []
    return next((entry for entry in held if fields_of(entry)["decision"] == key), None)


def worked_out(values: Mapping[str, Any], matter: Matter | None) -> dict[str, Any]:
    """Of a changed decision: the difference to what it asked for, and what was paid beyond what it asks now."""
    decided = decision_of(matter, values.get("decision"))
    if values.get(CHOSEN) != CHANGED or matter is None or decided is None:
        return {}
    made: dict[str, Any] = {}
    for field, new in _NEW.items():
        if new in values:
            made[field] = values[new] - asked(matter, decided, field)
            made[_BACK[field]] = max(0, paid(matter, values["decision"], _WHAT[field]) - values[new])
    return made


def amounts_said(doing: Doing) -> Mapping[str, str]:
    """A change says what each sum of money of the decision is changed to; no other outcome does."""
    values, decided = doing.payload, decision_of(doing.matter, doing.payload.get("decision"))
    if values.get(CHOSEN) != CHANGED:
        return {
            new: f"变更后的{_SAID[field]}：原决定被变更的才填写，请留空，或者改选“变更”"
            for field, new in _NEW.items()
            if new in values
        }
    if decided is None or doing.matter is None:
        return {}
    before = {field: asked(doing.matter, decided, field) for field in _NEW}
    return {
        new: f"变更后的{_SAID[field]}：原决定是{format_yuan(before[field])}元，请写变更后的数额；"
        "没有变的照原数，不再要的写0"
        for field, new in _NEW.items()
        if before[field] and new not in values
    }


def suggested(_agency: str, typed: Mapping[str, Any], matter: Matter | None) -> Suggested:
    """What the decision asked for before, once somebody says that it was changed."""
    decided = (matter.last("decided") or matter.last("on_spot_decided")) if matter else None
    if matter is None or decided is None or typed.get(CHOSEN) != CHANGED:
        return {}
    return {new: (sum_, "原决定") for field, new in _NEW.items() if (sum_ := asked(matter, decided, field))}


def may_go_back(matter: Matter, decision: str, what: str) -> int:
    """In fen, what can still be given back: all that came in where nothing stands, else what is beyond it."""
    field = next(name for name, said in _WHAT.items() if said == what)
    told = [entry for entry in matter.all(OUTCOME) if fields_of(entry).get("decision") == decision]
    decided = decision_of(matter, decision)
    kept = 0
    if told and decided is not None and told[-1].open.get(CHOSEN) in _STANDS:
        kept = asked(matter, decided, field)
    return max(0, paid(matter, decision, what) - kept)


_STANDS = frozenset({CHANGED, "upheld", "unlawful"})
"""Outcomes after which the decision still asks for money: held unlawful, it is not revoked."""
