"""Which kinds of entries can change what became of an obligation that has begun; what a new entry makes judge again."""

from collections.abc import Iterable

from liuhen.law.bundle import Bundle, Stirred
from liuhen.law.conditions import Condition, compile_condition
from liuhen.law.names import RuleScope
from liuhen.law.recorded import READS
from liuhen.law.ruleinfo import WATCH_BEGUN, RuleInfo
from liuhen.law.rules import Bend, Owe
from liuhen.law.values import Amount, Ask, Reading

_EVERY = frozenset({"year_announced", WATCH_BEGUN})
"""Kinds that bear on every obligation: they change how days are counted."""
_ANSWERED = frozenset({"answered"})


def stirred(bundle: Bundle, kinds: frozenset[str]) -> Stirred | None:
    """The rules whose obligations may come out otherwise once entries of these kinds are added.

    None: all of them. A rule of which it cannot be told what it reads is always among them, and so is one whose
    obligations begin when another's time has run out.
    """
    if not kinds.isdisjoint(_EVERY):
        return None
    found = bundle.stirred.get(kinds)
    if found is None:
        changed = _changed(bundle, kinds)
        late = [info for infos in bundle.after_due.values() for info in infos]
        moved = {info.order for info in late if _may_change(bundle, info, kinds)}
        begin = {
            info.order for kind in kinds for info in bundle.started_by(kind) if info.caps or info.followed
        }
        found = bundle.stirred[kinds] = Stirred(
            changed | {info.order for info in late},
            bundle.beginning(changed),
            together(bundle, changed | moved | begin),
        )
    return found


def together(bundle: Bundle, rules: Iterable[int]) -> frozenset[int]:
    """These rules with all those that hang together with them: their obligations are judged with one another."""
    found: set[int] = set()
    left = list(rules)
    while left:
        order = left.pop()
        if order not in found:
            found.add(order)
            left += [other.order for other in bundle.infos if _hangs_on(bundle.infos[order], other)]
    return frozenset(found)


def _hangs_on(info: RuleInfo, other: RuleInfo) -> bool:
    """Whether an obligation cannot be told without those under another rule."""
    return (
        (info.contested and info.about == other.about)
        or (info.line is not None and info.line == other.line)
        or other.about in info.caps
        or info.rule == _since_due(other)
        or other.rule == _since_due(info)
    )


def _since_due(info: RuleInfo) -> str | None:
    return info.owe.since_due if info.owe is not None else None


def answered(bundle: Bundle) -> tuple[frozenset[int], frozenset[int]]:
    """The rules whose obligations may hang on the answer to a question, and those with which they hang together."""
    if bundle.answered is None:
        rules = frozenset(info.order for info in bundle.infos if _may_change(bundle, info, _ANSWERED))
        bundle.answered = rules, together(bundle, rules)
    return bundle.answered


def _changed(bundle: Bundle, kinds: frozenset[str]) -> frozenset[int]:
    """The rules that see the new entries, and those that hang on obligations under such.

    They contest or cap them, or are one thing to do with them.
    """
    begin = {info.order for kind in kinds for info in bundle.started_by(kind)}
    seen = {info.order for info in bundle.begun if _may_change(bundle, info, kinds)}
    subjects: set[object] = set()
    while True:
        moved = [info for info in bundle.begun if info.order in seen | begin]
        grown: set[object] = {info.about for info in moved}
        grown |= {info.line for info in moved if info.line and (info.line.whole or info.order in seen)}
        if grown == subjects:
            return frozenset(seen)
        subjects = grown
        seen |= {
            info.order
            for info in bundle.begun
            if (info.contested and info.about in subjects)
            or (info.line is not None and info.line in subjects)
            or not subjects.isdisjoint(info.caps)
        }


def _may_change(bundle: Bundle, info: RuleInfo, kinds: frozenset[str]) -> bool:
    if info.order not in bundle.reach:
        bundle.reach[info.order] = reach(bundle, info)
    seen = bundle.reach[info.order]
    return seen is None or not seen.isdisjoint(kinds)


def reach(bundle: Bundle, info: RuleInfo) -> frozenset[str] | None:
    """The kinds of entries, besides the one that begins it, on which an obligation under a rule hangs.

    None where that cannot be told. A `where` looks at single entries alone, of kinds that are named here.
    """
    rule = info.source
    kinds: set[str] = set()
    conditions = [rule.when]
    if isinstance(rule, Owe):
        if not rule.itself:
            kinds.update(rule.done)
        if rule.each is not None:
            kinds.update(rule.each.of)
        conditions.append(rule.within_take)
        conditions.append(rule.done_sum.amount if rule.done_sum is not None else None)
        bends = [bend for _pack, bend in bundle.bends.get(rule.about or "", ())]
        conditions += [bend.when for bend in bends]
        kinds.update(_bending(rule), *map(_bending, bends))
    else:
        kinds.update(READS)
    lifting = [excuse for _pack, excuse in info.lifting]
    kinds.update(kind for excuse in lifting for kind in excuse.since)
    conditions += [excuse.when for excuse in lifting]
    for condition in filter(None, conditions):
        read = read_by(condition, set())
        if read is None:
            return None
        kinds |= read
    return frozenset(kinds)


def asking(bundle: Bundle, act: str) -> frozenset[str] | None:
    """The kinds of entries on which, in the course of a day, the questions before an act hang. None: cannot be told."""
    kinds = {"answered"}
    for pack, spec, kind in bundle.asked_before(act):
        if spec.when is None:
            continue
        condition = compile_condition(spec.when, RuleScope(pack.dictionary, (kind,), (), dict(pack.names)))
        looked: set[str] = set()
        read = read_by(condition, looked)
        if read is None or "at" in looked:
            return None
        kinds |= read
    return frozenset(kinds)


def _bending(bend: Owe | Bend) -> Iterable[str]:
    """Kinds that begin or end a stop, grant an extension or come before one, declare a restart or are it."""
    for stop in bend.stop:
        yield from (*stop.start, *stop.end)
    for extend in bend.extend:
        yield from (*extend.since, *extend.after)
    if bend.restart is not None:
        yield from (*bend.restart.since, *bend.restart.declared)


def read_by(condition: Condition, looked: set[str]) -> set[str] | None:
    """The kinds that a condition reads beyond the entries beside which it is asked. None: cannot be told.

    `looked` takes in the names that it goes by.
    """
    scope = condition.scope
    if not isinstance(scope, RuleScope):
        return None
    kinds: set[str] = set()
    for name in condition.names:
        spec = scope.names.get(name)
        if name in looked:
            continue
        looked.add(name)
        if spec is None:
            continue
        if isinstance(spec, Ask):
            kinds.add("answered")
        elif isinstance(spec, Amount):
            kinds.add("amount_set")
        elif isinstance(spec, Reading):
            kinds.update((*spec.kinds, *spec.without, *spec.having))
        else:
            for _number, alternative in scope.alternatives(spec):
                read = read_by(alternative, looked)
                if read is None:
                    return None
                kinds |= read
    return kinds
