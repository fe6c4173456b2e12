"""办理之前看一看: for any act to come the first and last lawful day, the way there, what a chosen day would move."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liuhen import law
from liuhen.acts import judgement, registry
from liuhen.acts.act import Matter
from liuhen.acts.matter import law_of
from liuhen.cases.way import ANEW, Step, Way, first_before, known_of, places, undoing, unlikely
from liuhen.law import ahead
from liuhen.law.rules import Owe


@dataclass(frozen=True)
class Outlook:
    """What is known beforehand of one act: bounds, the way to it, and what cannot be done by acts alone."""

    act: str
    title: str
    earliest: Sequence[ahead.Bound]
    latest: Sequence[ahead.Bound]
    steps: Sequence[Step]
    remaining: Sequence[ahead.Lacking]
    unknown: Sequence[str] = ()
    """Periods that a step still to be done begins, whose last day only that step says."""


def outlook(matter: Matter, name: str, now_ms: int, avoided: Collection[str] = ()) -> Outlook:
    """The first and last lawful day of an act, and the shortest way of acts that leads to it, without those avoided.

    Where no act ends any refusal there is no way: it is said alone what is lacking.
    """
    act, bundle = registry.act(name), law_of(matter.agency).bundle
    facts, fields = _matter(matter), known_of(act, matter)
    way = Way(matter, now_ms, undoing() | frozenset(avoided))
    way.to(name)
    steps = way.in_course
    lacking = ahead.lacking(bundle, name, facts, fields, now_ms)
    still = {one.rule for one in way.lacking(name)} - way.otherwise
    if lacking and name not in ANEW and all(step.cited for step in steps):
        steps = [] if all(one.rule in still for one in lacking) else steps
    taken = {registry.act(step.act).kind for step in steps}
    return Outlook(
        name,
        registry.kind_of(act).title,
        ahead.earliest(bundle, name, way.done(taken), fields, now_ms),
        ahead.latest(bundle, name, judgement.owed(matter)),
        steps,
        [one for one in lacking if not one.kinds & taken],
        _begun_by(taken, bundle),
    )


def _begun_by(taken: Collection[str], bundle: law.Bundle) -> list[str]:
    """The party's periods that begin with what is still to be done, with the entry that begins them."""
    kinds = bundle.dictionary.kinds
    return [
        f"{rule.title}（从“{'、'.join(kinds[kind].title for kind in rule.since if kind in taken)}”起算）"
        for pack in bundle.packs
        for rule in pack.rules
        if isinstance(rule, Owe) and rule.may and rule.until and set(rule.since) & set(taken)
    ]


def refused(matter: Matter, name: str, now_ms: int) -> Sequence[ahead.Lacking]:
    """What the law refuses an act for as things stand, time to wait apart; once a matter."""
    if not law_of(matter.agency).bundle.gates.get(name):
        return ()
    known: dict[tuple[str, int], Sequence[ahead.Lacking]] = matter.memo.setdefault("refused", {})
    if (name, now_ms) not in known:
        known[name, now_ms] = _standing(matter, now_ms).lacking(name)
    return known[name, now_ms]


def held_up_by(matter: Matter, name: str, now_ms: int, made: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """What must be known before it can be told whether the law lets the act be done, in any of the ways it may be."""
    likely = _standing(matter, now_ms).likely(name)
    return frozenset(
        need
        for one in made
        for need in judgement.held_up_by(registry.act(name), matter, now_ms, {**likely, **one})
    )


def _standing(matter: Matter, now_ms: int) -> Way:
    """The ways of a matter as it stands, nothing planned; worked out once."""
    ways: dict[int, Way] = matter.memo.setdefault("ways", {})
    if now_ms not in ways:
        ways[now_ms] = Way(matter, now_ms, unlikely())
    return ways[now_ms]


def opening(matter: Matter, name: str, now_ms: int, than: Collection[str] = ()) -> list[str]:
    """The acts by which the law lets an act be done that it refuses now; of `than`, only those earlier in the course.

    None where it refuses nothing, or where nothing of ours leads on.
    """
    lacking = refused(matter, name, now_ms)
    if not lacking:
        return []
    if not than:
        return [step.act for step in outlook(matter, name, now_ms, unlikely()).steps]
    way, order = _standing(matter, now_ms), places(matter)
    last = min(order.get(one, len(order)) for one in than)
    missing = [one for rule in lacking for one in way.missing(rule) if order.get(one, last) < last]
    found = min(missing, key=lambda one: order[one], default="")
    first = [
        registry.dictionary().kinds[kind].act
        for kind in first_before(found, lambda kind: matter.last(kind) is not None)
    ]
    return [one for one in (*first, found) if one]


def hindering(matter: Matter, name: str, choice: str, later: str, now_ms: int) -> Mapping[str, str]:
    """Values of a choice after which the law refuses a later act that another value would let pass: why, by value."""
    way, act = Way(matter, now_ms), registry.act(name)
    known = known_of(act, matter)
    found = {
        value: {one.rule: one for one in way.lacking(later, {act.kind: {**known, choice: value}})}
        for value in registry.kind_of(act).fields[choice].choices
    }
    everywhere = set.intersection(*(set(rules) for rules in found.values()))
    return {
        value: one.say
        for value, rules in found.items()
        for one in rules.values()
        if one.rule not in everywhere
    }


def refused_later(
    matter: Matter, name: str, made: Mapping[str, Any], later: str, now_ms: int
) -> Sequence[ahead.Lacking]:
    """What the law refuses a later act for because of an entry such as this one (recorded, or about to be)."""
    act = registry.act(name)
    fields = {**known_of(act, matter), **made}
    return [one for one in Way(matter, now_ms).lacking(later, {act.kind: fields}) if act.kind in one.kinds]


def effects(matter: Matter, name: str, at_ms: int) -> list[ahead.Moved]:
    """Which due days begin, end or move if the act were done at an instant."""
    act, agency_law = registry.act(name), law_of(matter.agency)
    facts = judgement.facts_of(matter, agency_law)
    return ahead.moves(agency_law.bundle, act.kind, facts, known_of(act, matter), at_ms)


def acts_of(matter: Matter) -> list[tuple[str, str]]:
    """The acts that may still have their place in this matter, in the order of its course: name and title."""
    order = places(matter)
    found = [
        (name, registry.kind_of(act).title)
        for name, act in registry.acts().items()
        if matter.type in act.on and not act.by_system and not act.over(matter)
    ]
    return sorted(found, key=lambda one: order.get(one[0], len(order)))


def _matter(matter: Matter) -> law.Matter:
    agency_law = law_of(matter.agency)
    facts = judgement.facts_of(matter, agency_law)
    return law.Matter(facts, agency_law.bundle.dictionary, agency_law.bundle.calendar)
