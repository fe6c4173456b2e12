"""办理之前: from when and until when an act is lawful, what it waits for, what a chosen day would move. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liuhen.law.bundle import Bundle
from liuhen.law.counting import count
from liuhen.law.engine import owed
from liuhen.law.facts import Fact, Matter
from liuhen.law.gates import PROPOSED, gates
from liuhen.law.owed import Owed
from liuhen.law.pack import Pack
from liuhen.law.reach import read_by
from liuhen.law.rules import Gate, Owe
from liuhen.law.values import Context, context_of, joined


@dataclass(frozen=True)
class Bound:
    """最早、最迟: the act is lawful from (or until) an instant, by which rule, and how that was worked out."""

    at_ms: int
    rule: str
    cited: str
    title: str
    working: tuple[str, ...]


@dataclass(frozen=True)
class Lacking:
    """还差什么: a gate that refuses as things stand, and the kinds of entries on which its answer hangs."""

    rule: str
    cited: str
    say: str
    remedy: str
    kinds: frozenset[str]


@dataclass(frozen=True)
class Moved:
    """会动的期限: an obligation before and after the act (None: it does not exist, or has no due day)."""

    rule: str
    cited: str
    title: str
    who: tuple[str, ...]
    before_ms: int | None
    after_ms: int | None
    what: str
    working: tuple[str, ...]


def earliest(bundle: Bundle, act: str, matter: Matter, fields: Mapping[str, Any], at_ms: int) -> list[Bound]:
    """The times that must have run out before the act, the last one first; a day before them is refused."""
    found = []
    for pack, gate, context in _asked(bundle, act, matter, fields, at_ms):
        wait = gate.after
        if wait is None or gate.when is not None and gate.when.evaluate(context) is False:
            continue
        if wait.unless is not None and wait.unless.evaluate(context) is True:
            continue
        since = [fact for fact in matter.of(wait.since) if joined(context.fact, fact, wait.same)]
        if since:
            counted = count(since[-1].at_ms, [wait.within], matter.calendar, roll=bundle.rolls[id(pack)])
            found.append(
                Bound((counted.due_ms or 0) + 1, gate.id, gate.cited, gate.title, tuple(counted.working))
            )
    return sorted(found, key=lambda bound: -bound.at_ms)


def latest(bundle: Bundle, act: str, rows: Iterable[Owed]) -> list[Bound]:
    """The due days of what the act meets, the first one first; done after it, it is late."""
    kinds = set(bundle.dictionary.acts.get(act, ()))
    found = [
        Bound(row.due_ms, row.rule, row.cited, row.title, tuple(row.working))
        for row in rows
        if row.due_ms is not None and _open(row) and kinds & set(_done(row))
    ]
    once = {(bound.at_ms, bound.rule): bound for bound in found}
    return sorted(once.values(), key=lambda bound: bound.at_ms)


def lacking(bundle: Bundle, act: str, matter: Matter, fields: Mapping[str, Any], at_ms: int) -> list[Lacking]:
    """The gates that refuse it now, time to wait apart, and what their answers hang on."""
    refused = {r.rule: r for r in gates(bundle, act, matter, fields, at_ms=at_ms) if r.status == "refused"}
    found = []
    for _pack, gate, context in _asked(bundle, act, matter, fields, at_ms):
        result = refused.get(gate.id)
        if result is None or gate.need is None or gate.need.evaluate(context) is not False:
            continue
        kinds = read_by(gate.need, set()) or set()
        if gate.when is not None:
            kinds |= read_by(gate.when, set()) or set()
        found.append(Lacking(gate.id, gate.cited, result.say, result.remedy, frozenset(kinds)))
    return found


def moves(
    bundle: Bundle, kind: str, facts: Sequence[Fact], fields: Mapping[str, Any], at_ms: int
) -> list[Moved]:
    """What changes among the obligations if such an entry were made at an instant: begun, met, moved."""
    fact = Fact(PROPOSED, kind, at_ms, at_ms, fields, max((one.number for one in facts), default=0) + 1)
    before = {_key(row): row for row in owed(bundle, facts) if _counts(row)}
    after = {_key(row): row for row in owed(bundle, [*facts, fact]) if _counts(row)}
    found = []
    for key, row in after.items():
        was = before.get(key)
        what = _what(was, row)
        if what:
            found.append(
                Moved(row.rule, row.cited, row.title, tuple(row.who), was.due_ms if was else None, row.due_ms, what,
                      tuple(row.working))
            )  # fmt: skip
    gone = [row for key, row in before.items() if key not in after and _open(row)]
    found += [Moved(r.rule, r.cited, r.title, tuple(r.who), r.due_ms, None, "不再需要", ()) for r in gone]
    return sorted(found, key=lambda one: (one.after_ms is None, one.after_ms or one.before_ms or 0))


def _what(was: Owed | None, row: Owed) -> str:
    if was is None:
        return "新产生" if _open(row) else ""
    if _open(was) and not _open(row):
        if row.met_ms is not None:
            late = row.due_ms is not None and row.met_ms > row.due_ms
            return "办结，但已逾期" if late else "按时办结"
        return "不再需要"
    if was.due_ms != row.due_ms and _open(row):
        return "改期"
    return ""


def _key(row: Owed) -> tuple[str, str, str, str]:
    each = row.each.id if row.each is not None else ""
    return row.rule, row.fact.id, row.subject, each


def _counts(row: Owed) -> bool:
    return row.standing in ("owed", "cannot_tell")


def _done(row: Owed) -> tuple[str, ...]:
    """The kinds that meet it."""
    rule = row.info.source
    return rule.done if isinstance(rule, Owe) else ()


def _open(row: Owed) -> bool:
    return _counts(row) and row.met_ms is None and row.excused_fact is None and row.yielded_to is None


def _asked(
    bundle: Bundle, act: str, matter: Matter, fields: Mapping[str, Any], at_ms: int
) -> Iterable[tuple[Pack, Gate, Context]]:
    """The gates in force that speak of the act, each with the act as it is proposed."""
    entered = bundle.dictionary.acts.get(act, ())
    for pack, gate in bundle.gates.get(act, ()):
        kind = next((kind for kind in gate.of if kind in entered), gate.of[0] if gate.of else "")
        fact = Fact(PROPOSED, kind, at_ms, at_ms, fields, len(matter.facts) + 1)
        if bundle.in_force(pack, fact.on):
            yield pack, gate, context_of(matter, fact)
