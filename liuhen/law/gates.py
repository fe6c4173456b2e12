"""不得: whether an act may be done, with every reason at once; and what must be answered before it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from liuhen.kernel.clock import format_date, format_local, local_date
from liuhen.law.bundle import Bundle
from liuhen.law.conditions import Evaluate, Unknown, compile_condition
from liuhen.law.counting import count
from liuhen.law.facts import Fact, Matter
from liuhen.law.names import RuleScope
from liuhen.law.pack import Pack
from liuhen.law.rules import Gate, Room, Wait
from liuhen.law.values import Ask, Context, Reading, context_of, joined
from liuhen.law.wording import explained
from liuhen.law.words import bare, needed

PROPOSED = "proposed"
"""The id of the entry that an act would make, while it is only proposed."""


@dataclass(frozen=True)
class GateResult:
    """One gate's answer. `status`: refused, passed, cannot_tell or not_applicable. Texts are Chinese.

    `needs` what cannot be told without, by its names; `needs_text` the same as people read it.
    """

    rule: str
    article: str
    cited: str
    measure: str
    status: str
    say: str
    remedy: str
    needs: tuple[str, ...] = ()
    working: tuple[str, ...] = ()
    needs_text: tuple[str, ...] = ()


def gates(
    bundle: Bundle,
    act: str,
    facts: Iterable[Fact] | Matter,
    proposed: Mapping[str, Any],
    *,
    at_ms: int | None = None,
) -> list[GateResult]:
    """Every gate that speaks of this act. `proposed` holds the act's fields in the form facts have.

    `at_ms` is the instant of the act in milliseconds UTC (default: the latest fact).
    """
    matter = _matter(bundle, facts)
    entered = bundle.dictionary.acts.get(act, ())
    moment = at_ms if at_ms is not None else max((fact.recorded_ms for fact in matter.facts), default=0)
    results, day = [], local_date(moment)
    for pack, gate in bundle.gates.get(act, ()):
        if bundle.in_force(pack, day):
            kind = next((kind for kind in gate.of if kind in entered), gate.of[0] if gate.of else "")
            fact = Fact(PROPOSED, kind, moment, moment, proposed, len(matter.facts) + 1)
            results.append(_ask_gate(pack, gate, context_of(matter, fact), bundle))
    return results


def typed_by(gate: Gate) -> frozenset[str]:
    """The fields of the proposed entry itself by which a gate passes: what is typed on its form."""
    need = gate.need
    fields = {gate.room.field} if gate.room is not None else set()
    if need is not None and isinstance(need.scope, RuleScope):
        spoken = (name for name in need.names if need.scope.means(name)[1] == "fact")
        fields |= {name.removesuffix("_count").removesuffix("_valid") for name in spoken}
    return frozenset(fields)


def compared_with(gate: Gate) -> frozenset[str]:
    """The fields of the proposed entry with which what it reads is compared: whose persons did what before."""
    found: set[str] = set()
    for need in (gate.when, gate.need):
        if need is not None and isinstance(need.scope, RuleScope):
            read = (need.scope.means(name)[0] for name in need.names)
            found |= {mine for one in read if isinstance(one, Reading) for _, mine in one.by}
    return frozenset(found)


def _ask_gate(pack: Pack, gate: Gate, context: Context, bundle: Bundle) -> GateResult:
    """What it asks for is looked at unless it does not apply: what holds anyway needs no telling when it applies."""
    working = [f"依据{gate.cited}：{gate.title}"]
    applies: Any = True
    if gate.when is not None:
        applies = gate.when.evaluate(context)
        working.append(f"何时适用：{explained(gate.when, context, applies)}")
    if applies is False:
        return _result(pack, gate, "not_applicable", (), working)
    answer: Any = True
    if gate.need is not None:
        answer = gate.need.evaluate(context)
        working.append(f"须符合：{explained(gate.need, context, answer)}")
    if gate.after is not None and answer is not False:
        waited, line = _waited(pack, gate.after, context, bundle)
        working.append(line)
        answer = waited if waited is not True else answer
    if gate.room is not None and answer is not False:
        left, line = _left(pack, gate.room, context, bundle)
        working.append(line)
        answer = left if left is not True else answer
    if isinstance(applies, Unknown) and answer is True:
        working.append("要求的已经符合，适用与否都可以办理")
    elif isinstance(applies, Unknown):
        answer = applies
    if isinstance(answer, Unknown):
        return _result(pack, gate, "cannot_tell", tuple(sorted(answer.names)), working, context.fact.kind)
    return _result(pack, gate, "passed" if answer else "refused", (), working)


def _result(
    pack: Pack, gate: Gate, status: str, needs: tuple[str, ...], working: list[str], kind: str = ""
) -> GateResult:
    return GateResult(
        gate.id,
        gate.article,
        gate.cited,
        pack.measure.title,
        status,
        gate.say,
        gate.remedy,
        needs,
        tuple(working),
        needed(needs, pack.names, pack.dictionary, (kind,)) if needs else (),
    )


def _waited(pack: Pack, wait: Wait, context: Context, bundle: Bundle) -> tuple[Any, str]:
    """Whether the time after the last such entry has run out by the act's instant."""
    if wait.unless is not None:
        free = wait.unless.evaluate(context)
        if free is True:
            return True, f"不必等待：{explained(wait.unless, context, free)}"
        if isinstance(free, Unknown):
            return free, f"能否不等待说不清：{explained(wait.unless, context, free)}"
    since = [fact for fact in context.matter.of(wait.since) if joined(context.fact, fact, wait.same)]
    if not since:
        return True, "没有需要等待的期间"
    counted = count(since[-1].at_ms, [wait.within], context.matter.calendar, roll=bundle.rolls[id(pack)])
    due = counted.due_ms or 0
    return context.fact.at_ms > due, f"须待期间届满（{format_local(due)}）：{'；'.join(counted.working)}"


def _left(pack: Pack, room: Room, context: Context, bundle: Bundle) -> tuple[Any, str]:
    """Whether the day that the act names lies no earlier than the last day of a time counted from the act."""
    fact, dictionary = context.fact, bundle.dictionary
    label = bare(dictionary.label(fact.kind, room.field))
    counted = count(fact.at_ms, [room.least], context.matter.calendar, roll=bundle.rolls[id(pack)])
    line = f"{label}不得早于{format_date(counted.end)}：{'；'.join(counted.working)}"
    named = fact.fields.get(room.field)
    if not named:
        return Unknown(frozenset({room.field})), line
    return str(named) >= counted.end.isoformat(), line


@dataclass(frozen=True)
class Question:
    """A judgement to be made before an act: what, by whom, on what.

    `subject` is the act's key; None where it has none, or the whole matter is asked about. `unmade`: it is about an
    entry, and there is none that it could be about yet.
    """

    id: str
    article: str
    text: str
    who: tuple[str, ...]
    subject: str | None
    unmade: bool = False


def questions(
    bundle: Bundle,
    act: str,
    facts: Iterable[Fact] | Matter,
    proposed: Mapping[str, Any] | None = None,
    *,
    at_ms: int | None = None,
) -> list[Question]:
    """The `ask`s to be answered before an act (or about an entry kind), not yet answered."""
    asked = bundle.asked_before(act)
    if not asked:
        return []
    matter = _matter(bundle, facts)
    moment = at_ms if at_ms is not None else max((fact.recorded_ms for fact in matter.facts), default=0)
    open_questions = []
    for pack, spec, kind in asked:
        fact = Fact(PROPOSED, kind, moment, moment, proposed or {}, len(matter.facts) + 1)
        if bundle.in_force(pack, fact.on) and _open(pack, spec, context_of(matter, fact), bundle):
            key = None if spec.matter else fact.fields.get(bundle.dictionary.kinds[kind].key)
            unmade = not key and not spec.matter and kind in spec.entries
            open_questions.append(
                Question(spec.id, spec.article, spec.text, spec.who, str(key) if key else None, unmade)
            )
    return open_questions


def _matter(bundle: Bundle, facts: Iterable[Fact] | Matter) -> Matter:
    """The matter of these facts; or the one that was made of them, under a bundle of the same calendar."""
    return facts if isinstance(facts, Matter) else Matter(facts, bundle.dictionary, bundle.calendar)


def _open(pack: Pack, spec: Ask, context: Context, bundle: Bundle) -> bool:
    key = (id(pack), spec.id, context.fact.kind)
    if key not in bundle.asked:
        bundle.asked[key] = _compiled(pack, spec, context.fact.kind)
    applies, answer = bundle.asked[key]
    if applies is not None and applies(context) is False:
        return False
    return isinstance(answer(context), Unknown)


def _compiled(pack: Pack, spec: Ask, kind: str) -> tuple[Evaluate | None, Evaluate]:
    """When it is asked on an entry of this kind, and what was answered."""
    scope = RuleScope(pack.dictionary, (kind,), (), dict(pack.names))
    applies = compile_condition(spec.when, scope).evaluate if spec.when is not None else None
    return applies, scope.resolve(spec.id.rpartition(".")[2])[1]
