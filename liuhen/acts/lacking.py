"""登记以后会缺什么: what the articles would find missing in an entry, or late about it, told before it is made."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liuhen import law
from liuhen.acts import judgement, registry
from liuhen.acts.act import Act, Actor, Matter
from liuhen.acts.besides import with_made
from liuhen.acts.facts import GUARDED
from liuhen.acts.form import form_of, is_own_signature, known_key
from liuhen.acts.matter import law_of
from liuhen.law.gates import PROPOSED
from liuhen.law.rules import Owe

_SIGNATURES = "signatures"
"""The field in which those sign who do not perform the act."""

_NEVER = 2**62

_NOT_TYPED: Collection[Any] = (None, "", [], ())
"""What stands in a field that nobody filled in; 否 is an answer."""


@dataclass(frozen=True)
class Lacking:
    """One article's want: what is missing in words, by when it was due where that is over, and what to do."""

    rule: str
    cited: str
    title: str
    missing: Sequence[str]
    due_ms: int | None
    remedy: str


@dataclass(frozen=True)
class Begun:
    """由此而来的: what the entry begins, with its last day where it has one.

    `ours`: it is then to be done, and not another's to choose. `provisional`: the day reaches a year whose holidays
    nobody has announced yet (暂定).
    """

    cited: str
    title: str
    due_ms: int | None
    ours: bool
    provisional: bool


@dataclass(frozen=True)
class Foreseen:
    """What the articles would make of an entry: what it lacks, and what it begins, the nearest day first."""

    lacking: Sequence[Lacking]
    begun: Sequence[Begun]


def foreseen(
    act: Act,
    actor: Actor,
    matter: Matter | None,
    values: Mapping[str, Any],
    at_ms: int,
    replaced: str | None = None,
) -> Foreseen:
    """What would follow if the entry were made with these values at an instant; nothing is written.

    What the form cannot be submitted without is not told here: it is marked there.
    `replaced`: the entry in whose place it would stand, if it is a correction.
    """
    agency_law, kind = law_of(actor.agency), registry.kind_of(act)
    fields = {
        name: value if kind.fields[name].part == "open" else GUARDED
        for name, value in _as_entered(act, actor, matter, values, at_ms).items()
    }
    facts = judgement.facts_of(matter, agency_law)
    number = max((one.number for one in facts), default=0) + 1
    proposed = law.Fact(PROPOSED, kind.name, at_ms, at_ms, fields, number, replaced)
    rows = law.owed(agency_law.bundle, [*facts, proposed])
    asked = {
        name
        for name, field in form_of(act, matter).asked.items()
        if not field.required and name not in act.needed or fields.get(name) not in _NOT_TYPED
    }
    found = {row.rule: one for row in rows if (one := _of(row, asked)) is not None}
    begun = {(new.title, new.due_ms): new for row in rows if (new := _begun(row)) is not None}
    return Foreseen(list(found.values()), sorted(begun.values(), key=lambda one: one.due_ms or _NEVER))


def _begun(row: law.Owed) -> Begun | None:
    """What is still to be done because of the entry, or may be done by another within a period; None of other rows."""
    open_ = row.standing in ("owed", "option") and row.yielded_to is None and row.led_by is None
    if row.fact.id != PROPOSED or not open_ or row.met_ms is not None or row.candidate_fact is not None:
        return None
    uncertain = row.due_ms is not None and row.counted is not None and row.counted.provisional
    return Begun(row.cited, row.title, row.due_ms, row.standing == "owed", uncertain)


def _of(row: law.Owed, asked: Collection[str]) -> Lacking | None:
    """What a row finds missing in what is typed, or late about it; None where all is well."""
    if row.standing != "owed" or row.yielded_to is not None or not isinstance(row.source, Owe):
        return None
    missing, due = row.candidate_fact, row.due_ms
    if row.met_fact is not None and row.met_fact.id == PROPOSED:
        if due is None or row.met_ms is None or row.met_ms <= due:
            return None
        return Lacking(row.rule, row.cited, row.title, (), due, row.source.remedy or "")
    if missing is None or missing.id != PROPOSED or not row.missing_fields:
        return None
    drawn = {one.name: _SIGNATURES for one in row.source.signed if one.who}
    said = [
        text
        for name, text in zip(row.missing_fields, row.missing_text, strict=True)
        if any(field in asked for field in (*name.split("/"), drawn.get(name, "")))
    ]
    return Lacking(row.rule, row.cited, row.title, said, None, "") if said else None


def _as_entered(
    act: Act, actor: Actor, matter: Matter | None, values: Mapping[str, Any], at_ms: int
) -> dict[str, Any]:
    """With what the door adds: the key, constants, what is worked out, numbers, the actor's own signature."""
    kind = registry.kind_of(act)
    found = {**values, **act.constants}
    if matter is not None:
        found |= known_key(form_of(act, matter), matter)
    if kind.key and not found.get(kind.key):
        found[kind.key] = PROPOSED
    found = with_made(act, found, matter)
    for name, field in kind.fields.items():
        if field.numbered:
            found.setdefault(name, PROPOSED)
        elif is_own_signature(name, field):
            role = registry.acting_role(act, actor)
            found.setdefault(name, [{"who": role, "id": actor.id, "name": actor.name, "at": at_ms}])
    return found
