"""How a condition finds a value for one entry of a matter: fields, answers, amounts, and facts read from entries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from liuhen.kernel.clock import local_date
from liuhen.kernel.money import FEN_PER_YUAN
from liuhen.law.conditions import Evaluate, Type, Unknown
from liuhen.law.facts import Fact, Matter, ids_of
from liuhen.law.problems import Place
from liuhen.law.rules import Pairs, Where


class Context:
    """One entry of a matter (and the `each` entry beside it), as conditions see it. Made by `context_of`.

    Without `__init__`, which would take longer than all that it does: hundreds of rows of a matter are contexts.
    """

    __slots__ = ("each", "fact", "matter")
    matter: Matter
    fact: Fact
    each: Fact | None


def context_of(matter: Matter, fact: Fact, each: Fact | None = None) -> Context:
    """The context of one entry."""
    context = Context()
    context.matter, context.fact, context.each = matter, fact, each
    return context


@dataclass(frozen=True)
class Ask:
    """What the law leaves to judgement: asked before an act, answered with a reason as an entry.

    `matter`: one answer is good for the whole matter, whichever of the acts it was asked before. `entries`: the kinds
    of which it is asked entry by entry, being named by kind and not by act.
    """

    id: str
    article: str
    text: str
    who: tuple[str, ...]
    of: tuple[str, ...]
    acts: tuple[str, ...]
    when: str | None
    matter: bool
    place: Place
    entries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Amount:
    """A number fixed by the measure (`value`) or by the agency, in `unit`."""

    id: str
    article: str
    unit: str
    value: int | None
    text: str
    place: Place


@dataclass(frozen=True)
class Reading:
    """`fact`: one value read from the entries."""

    id: str
    article: str
    op: str
    kinds: tuple[str, ...]
    take: str | None
    type: Type
    otherwise: Any
    where: Where | None
    has: tuple[str, ...]
    without: tuple[str, ...]
    having: tuple[str, ...]
    same: Pairs
    by: Pairs
    title: str
    place: Place


@dataclass(frozen=True)
class Define:
    """`define`: any of several numbered alternatives; `title` what they together are called."""

    id: str
    article: str
    alternatives: tuple[tuple[str, str, Place], ...]
    title: str
    place: Place


Name = Ask | Amount | Reading | Define
_LISTED = (list, tuple)


def of_fact(context: Context) -> Fact:
    return context.fact


def of_each(context: Context) -> Fact | None:
    return context.each


def value_accessor(name: str, pick: Any) -> Evaluate:
    unknown = Unknown(frozenset({name}))

    def own(context: Context) -> Any:
        value = context.fact.fields.get(name)
        return unknown if value is None or value == "" else value

    def picked(context: Context) -> Any:
        fact = pick(context)
        value = fact.fields.get(name) if fact else None
        return unknown if value is None or value == "" else value

    return own if pick is of_fact else picked


def list_accessor(name: str, pick: Any) -> Evaluate:
    def run(context: Context) -> Any:
        fact = pick(context)
        return tuple(fact.fields.get(name) or ()) if fact else ()

    return run


def count_accessor(name: str, pick: Any) -> Evaluate:
    def run(context: Context) -> Any:
        fact = pick(context)
        return len(fact.fields.get(name) or ()) if fact else 0

    return run


def valid_count_accessor(name: str, pick: Any) -> Evaluate:
    """Officers whose certificate is valid on the day of the entry: counted once by certificate."""

    def run(context: Context) -> Any:
        fact = pick(context)
        if fact is None:
            return 0
        day = local_date(fact.at_ms).isoformat()
        valid = {
            str(row.get("certificate") or row.get("id"))
            for row in fact.fields.get(name) or ()
            if row.get("valid_to") and _iso(row["valid_to"]) >= day
        }
        return len(valid)

    return run


def _iso(value: Any) -> str:
    return local_date(value).isoformat() if isinstance(value, int) else str(value)[:10]


def answer_accessor(spec: Ask, keys: dict[str, str]) -> Evaluate:
    unknown = Unknown(frozenset({spec.id}))

    def run(context: Context) -> Any:
        fact = context.fact
        key = keys.get(fact.kind)
        subject = fact.fields.get(key) if key else None
        for answer in reversed(context.matter.by_kind.get("answered", [])):
            fields = answer.fields
            if fields.get("ask") == spec.id and (not key or fields.get("subject") in (None, "", subject)):
                value = fields.get("value")
                return unknown if value is None else value
        return unknown

    return run


def amount_accessor(spec: Amount) -> Evaluate:
    unknown = Unknown(frozenset({spec.id}))
    scale = FEN_PER_YUAN if spec.unit == "yuan" else 1

    def run(context: Context) -> Any:
        if spec.value is not None:
            return spec.value * scale
        day = local_date(context.fact.at_ms).isoformat()
        best: tuple[str, Any] | None = None
        for entry in context.matter.by_kind.get("amount_set", []):
            fields = entry.fields
            start = str(fields.get("effective_on") or entry.on)
            if fields.get("name") == spec.id and start <= day and (best is None or start >= best[0]):
                best = (start, fields.get("value"))
        return unknown if best is None or best[1] is None else int(best[1]) * scale

    return run


def agrees(one: Any, two: Any) -> bool:
    """Whether two values name the same thing: equal texts, or lists (persons by their id) that share one."""
    if one is None or two is None or one == "":
        return False
    if type(one) is str and type(two) is str:
        return one == two
    if isinstance(one, _LISTED) or isinstance(two, _LISTED):
        return bool(ids_of(one) & ids_of(two))
    return str(one) == str(two)


def named(value: Any) -> str:
    """A value as the name of what an obligation is about: persons by their ids, in order."""
    return ",".join(sorted(ids_of(value))) if isinstance(value, list | tuple) else str(value)


def joined(one: Fact, two: Fact, pairs: Pairs) -> bool:
    """Whether two entries agree in all these fields."""
    return all(agrees(one.fields.get(mine), two.fields.get(theirs)) for mine, theirs in pairs)


def filled(fact: Fact, names: Iterable[str]) -> bool:
    """Whether any one of these fields has content."""
    for name in names:
        value = fact.fields.get(name)
        if value or value is False or value == 0:
            return True
    return False


def reading_accessor(spec: Reading) -> Evaluate:
    if spec.by:
        return lambda context: _read(spec, context.matter, context.fact)
    key = ("fact", id(spec))

    def run(context: Context) -> Any:
        memo = context.matter.memo
        value = memo.get(key)
        if value is None:
            value = memo[key] = _read(spec, context.matter, None)
        return value

    return run


def _read(spec: Reading, matter: Matter, current: Fact | None) -> Any:
    chosen: list[Fact] = []
    total = 0
    passed = True
    for fact in _selected(spec, matter, current):
        total += 1
        if spec.where is not None:
            answer = spec.where.test(fact)
            if isinstance(answer, Unknown):
                return answer
            if not answer:
                passed = False
                continue
        chosen.append(fact)
    if spec.op == "all":
        return passed if total else spec.otherwise
    if spec.op == "count":
        return len(chosen)
    if spec.op == "any":
        return bool(chosen)
    return _taken(spec, chosen)


def _selected(spec: Reading, matter: Matter, current: Fact | None) -> Iterable[Fact]:
    for fact in matter.of(spec.kinds):
        if current is not None and not all(
            agrees(fact.fields.get(theirs), current.fields.get(mine)) for theirs, mine in spec.by
        ):
            continue
        if spec.has and not all(filled(fact, (name,)) for name in spec.has):
            continue
        if spec.without and _follower(fact, spec.without, spec.same, matter):
            continue
        if spec.having and not _follower(fact, spec.having, spec.same, matter):
            continue
        yield fact


def _follower(fact: Fact, kinds: tuple[str, ...], same: Pairs, matter: Matter) -> bool:
    return any(other.at_ms >= fact.at_ms and joined(fact, other, same) for other in matter.of(kinds))


def _taken(spec: Reading, chosen: list[Fact]) -> Any:
    if not chosen:
        return spec.otherwise
    take = spec.take or ""
    if spec.op in ("last", "first"):
        return _take(chosen[-1] if spec.op == "last" else chosen[0], take, spec)
    values = [_take(fact, take, spec) for fact in chosen]
    for value in values:
        if isinstance(value, Unknown):
            return value
    if spec.op == "sum":
        return sum(values)
    return min(values) if spec.op == "least" else max(values)


def _take(fact: Fact, take: str, spec: Reading) -> Any:
    if take == "at":
        return fact.at_ms
    if take == "on":
        return fact.on.isoformat()
    value = fact.fields.get(take)
    if isinstance(value, list):
        return tuple(value)
    return Unknown(frozenset({f"{fact.kind}.{take}"})) if value is None or value == "" else value
