"""违反与查阅: what counts as a breach at a moment, and who may see, copy, keep or hand on what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from liuhen.kernel.clock import format_local, local_date
from liuhen.law.bundle import Bundle
from liuhen.law.conditions import Unknown
from liuhen.law.facts import Fact, Matter
from liuhen.law.gates import GateResult
from liuhen.law.owed import Owed
from liuhen.law.pack import Pack
from liuhen.law.rules import Access, Breach
from liuhen.law.values import Context, context_of
from liuhen.law.verdicts import WORDS, state
from liuhen.law.words import needed

_UNMET = ("missing", "overdue", "met_late")


@dataclass(frozen=True)
class BreachResult:
    """One breach rule's answer: found, clear or cannot_tell.

    `because`: what shows it, each with the rule as cited; empty where an entry does.
    """

    rule: str
    article: str
    cited: str
    measure: str
    title: str
    status: str
    say: str
    remedy: str
    because: tuple[tuple[str, str], ...]
    who: tuple[str, ...]


def breaches(bundle: Bundle, rows: Sequence[Owed], facts: Iterable[Fact], now_ms: int) -> list[BreachResult]:
    """Every breach rule in force, judged at an instant from what is owed."""
    matter = Matter(facts, bundle.dictionary, bundle.calendar)
    unmet = [(row, verdict) for row in rows if (verdict := state(row, now_ms)).state in _UNMET]
    results = []
    for pack, breach in bundle.breaches:
        if not bundle.in_force(pack, local_date(now_ms)):
            continue
        because = [
            (row.cited, f"{row.title}：{WORDS[verdict.state]}，{verdict.text}")
            for row, verdict in unmet
            if row.rule in breach.when_missing or row.article in breach.when_missing
        ]
        because += _entries(breach, matter)
        status = _with_asks(breach, matter) if because else "clear"
        results.append(_result(pack, breach, status, because if status == "found" else []))
    return results


def _entries(breach: Breach, matter: Matter) -> list[tuple[str, str]]:
    return [
        ("", f"{matter.dictionary.kinds[fact.kind].title}（{format_local(fact.at_ms)}）")
        for fact in matter.of(breach.since)
        if (breach.where is None or breach.where.test(fact) is True)
        and (breach.when is None or breach.when.evaluate(context_of(matter, fact)) is True)
    ]


def _with_asks(breach: Breach, matter: Matter) -> str:
    """Where a judgement is needed besides: found only if it was answered yes."""
    for ask in breach.asks:
        answers = [fact for fact in matter.by_kind.get("answered", ()) if fact.fields.get("ask") == ask]
        if not answers:
            return "cannot_tell"
        if not answers[-1].fields.get("value"):
            return "clear"
    return "found"


def _result(pack: Pack, breach: Breach, status: str, because: list[tuple[str, str]]) -> BreachResult:
    return BreachResult(
        breach.id, breach.article, breach.cited, pack.measure.title, breach.title, status, breach.say, breach.remedy,
        tuple(because), breach.who,
    )  # fmt: skip


def access(
    bundle: Bundle, who: str, may: str, kind: str, facts: Iterable[Fact], *, part: str = "open", now_ms: int
) -> list[GateResult]:
    """Every access rule that speaks of this role doing this (`read copy keep give`) with this kind and part.

    A rule that denies refuses the roles it names (all, if it names none). A rule that grants a guarded part
    refuses every other role; one that grants whole entries says nothing of other roles.
    """
    matter = Matter(facts, bundle.dictionary, bundle.calendar)
    results = []
    for pack in bundle.packs:
        if not bundle.in_force(pack, local_date(now_ms)):
            continue
        for rule in pack.accesses:
            if (rule.of and kind not in rule.of) or (rule.parts and part not in rule.parts):
                continue
            if rule.may and may not in rule.may and not (rule.parts and not rule.deny):
                continue
            answer = _access(rule, who, may, context_of(matter, _proposed(kind, now_ms)))
            if answer is not None:
                results.append(_access_result(pack, rule, answer))
    return results


def access_of_act(bundle: Bundle, act: str, facts: Iterable[Fact], *, now_ms: int) -> list[GateResult]:
    """Every access rule about what an act enters, as it answers those whom it names."""
    matter = Matter(facts, bundle.dictionary, bundle.calendar)
    results = []
    for pack in bundle.packs:
        for rule in pack.accesses:
            kind = next((kind for kind in bundle.dictionary.acts.get(act, ()) if kind in rule.of), None)
            if kind is None or not bundle.in_force(pack, local_date(now_ms)):
                continue
            context = context_of(matter, _proposed(kind, now_ms))
            answer = False if rule.deny else True if rule.need is None else rule.need.evaluate(context)
            results.append(_access_result(pack, rule, answer))
    return results


def _proposed(kind: str, now_ms: int) -> Fact:
    return Fact("asked", kind, now_ms, now_ms, {}, 0)


def _access(rule: Access, who: str, may: str, context: Context) -> Any:
    named = not rule.who or who in rule.who
    if rule.deny:
        return False if named else None
    if not named or (rule.may and may not in rule.may):
        return False if rule.parts else None
    return True if rule.need is None else rule.need.evaluate(context)


def _access_result(pack: Pack, rule: Access, answer: Any) -> GateResult:
    unknown = isinstance(answer, Unknown)
    status = "cannot_tell" if unknown else "passed" if answer else "refused"
    needs = tuple(sorted(answer.names)) if isinstance(answer, Unknown) else ()
    return GateResult(
        rule.id, rule.article, rule.cited, pack.measure.title, status, rule.say or rule.title, rule.remedy, needs,
        (f"依据{rule.cited}：{rule.title}",), needed(needs, pack.names, pack.dictionary, rule.of),
    )  # fmt: skip
