"""签名以前先核对: what the door would refuse of a form as it is typed now; nobody signs what cannot be recorded."""

from collections.abc import Mapping
from typing import Any

from liuhen import law
from liuhen.acts import judgement, registry
from liuhen.acts.act import Act, Actor, Matter
from liuhen.acts.asked import standing_in_the_way
from liuhen.acts.besides import refused_besides
from liuhen.acts.correcting import Correction
from liuhen.acts.errors import Invalid, Reason
from liuhen.acts.filling import fill
from liuhen.acts.matter import law_of

STILL_ADDED = frozenset({"signatures", "files"})
"""The types of fields that may be filled after the text was signed: they are no part of what is shown."""


def unfit_to_sign(
    act: Act,
    actor: Actor,
    matter: Matter | None,
    given: Mapping[str, Any],
    now_ms: int,
    correction: Correction | None = None,
) -> tuple[list[str], list[Reason]]:
    """What is wrong with the fields, and what the law refuses, in the door's words. Nothing is written."""
    fields = registry.kind_of(act).fields
    later = frozenset(name for name, field in fields.items() if field.type in STILL_ADDED)
    typed = {name: value for name, value in given.items() if name not in later}
    try:
        doing = fill(act, actor, matter, typed, matter.stream if matter else None, now_ms, correction, later)
    except Invalid as error:
        wrong = {name: text for name, text in error.errors.items() if name not in later}
        besides = (
            refused_besides(act, actor, matter, typed, later | error.errors.keys(), now_ms)
            if correction is None
            else []
        )
        return list(wrong.values()), besides
    _, refused = judgement.gates(doing)
    speaking = law_of(actor.agency).bundle.gates.get(registry.name_of(act), ())
    waiting = {gate.id for _, gate in speaking if law.typed_by(gate) & later}
    refused = [one for one in refused if one.rule not in waiting]
    if not refused and correction is None:
        refused = standing_in_the_way(act, matter, doing.payload)
    return list(doing.lacking.values()), refused
