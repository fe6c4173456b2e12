"""Due dates of obligations: from when, stopped by what, extended and restarted by whom, capped at what."""

from collections.abc import Iterable, Sequence
from datetime import date

from liuhen.kernel.clock import day_end_ms, day_start_ms, format_date, format_local, local_date
from liuhen.law.bundle import Bundle
from liuhen.law.conditions import Unknown
from liuhen.law.counting import Count, Span, Term, count, count_back
from liuhen.law.facts import Fact, Matter
from liuhen.law.owed import Owed, place
from liuhen.law.reading import roles
from liuhen.law.ruleinfo import OWED
from liuhen.law.rules import Extend, Owe, Restart, Stop, Where
from liuhen.law.values import agrees, joined


def reckon(row: Owed, rule: Owe, matter: Matter, bundle: Bundle) -> None:
    """Work out start and due date of one obligation that has a number; `count` stays None if it cannot be told."""
    start = _start(row, rule)
    if start is None:
        row.unknown_terms = tuple(filter(None, (rule.start_field or rule.until,)))
        return
    if start != row.arises_ms:
        row.counted_from = start
    if rule.before is not None:
        _backwards(row, rule, matter)
        return
    term = _term(row, rule)
    if isinstance(term, Unknown):
        row.unknown_terms = tuple(sorted(term.names))
        return
    if term and not rule.bent and rule.about not in bundle.bends:
        row.counted = count(start, (term,), matter.calendar, roll=row.info.roll)
    else:
        _Reckoning(row, rule, term, matter, bundle).run()


def begin_anew(row: Owed, rule: Owe, restart: Restart, matter: Matter) -> None:
    """Of what is owed promptly there is no due date, but how long it has waited counts from the entry named."""
    if restart.declared:
        return
    for fact in matter.of(restart.since):
        if fact.at_ms >= row.starts_ms and _linked(row, rule, fact, matter):
            row.counted_from = fact.at_ms
            row.note(f"改自{format_local(fact.at_ms)}起算")
            return


def _start(row: Owed, rule: Owe) -> int | None:
    if rule.start_field is None:
        return row.starts_ms
    return _moment(row.fact.fields.get(rule.start_field), end=False)


def _moment(value: object, *, end: bool) -> int | None:
    """An instant, or the first or last instant of a day written as text."""
    if isinstance(value, int):
        return value
    if not value:
        return None
    day = date.fromisoformat(str(value))
    return day_end_ms(day) if end else day_start_ms(day)


def _backwards(row: Owed, rule: Owe, matter: Matter) -> None:
    before = rule.before
    if before is None:
        return
    base = row.fact.at_ms if before.of is None else _moment(row.fact.fields.get(before.of), end=False)
    if base is None:
        row.unknown_terms = (before.of,) if before.of else ()
        return
    row.counted = count_back(base, before.limit, matter.calendar, whole_day=before.whole_day)


def _term(row: Owed, rule: Owe) -> Term | Unknown | None:
    if rule.within_take is None:
        return rule.within
    number = rule.within_take.evaluate(row)
    return number if isinstance(number, Unknown) else Term(int(number), rule.within_unit)


class _Reckoning:
    """One forward count with everything that bends it."""

    def __init__(self, row: Owed, rule: Owe, term: Term | None, matter: Matter, bundle: Bundle) -> None:
        self.row, self.rule, self.term, self.matter = row, rule, term, matter
        day = row.fact.on
        self.bends = [
            bend
            for pack, bend in bundle.bends.get(rule.about or "", ())
            if bundle.in_force(pack, day) and (bend.when is None or bend.when.evaluate(row) is True)
        ]
        self.roll = row.info.roll
        self.lines: list[str] = []

    def run(self) -> None:
        halts = self._halts()
        counted = self._restarted(halts)
        self.row.counted = self._extended(counted, halts)
        for line in self.lines:
            self.row.note(line)

    def _halts(self) -> list[Span]:
        halts: list[Span] = []
        for stop in (*self.rule.stop, *(stop for bend in self.bends for stop in bend.stop)):
            if starts := self.matter.of(stop.start):
                halts += self._spans(stop, starts)
        return halts

    def _spans(self, stop: Stop, starts: Iterable[Fact]) -> Iterable[Span]:
        ends = [fact for fact in self.matter.of(stop.end) if _passes(stop.end_where, fact)]
        for start in starts:
            if _passes(stop.start_where, start) and self._linked(start):
                after = (end for end in ends if end.at_ms >= start.at_ms and joined(start, end, stop.same))
                end = next(after, None)
                yield Span(start.at_ms, end.at_ms if end else None)

    def _linked(self, fact: Fact) -> bool:
        return _linked(self.row, self.rule, fact, self.matter)

    def _count(self, start: int, granted: list[Term], halts: list[Span]) -> Count:
        """`within` and `until` (the earlier), then what was granted besides."""
        calendar, roll = self.matter.calendar, self.roll
        until = _until(self.row, self.rule)
        if until is None:
            return count(
                start, [*([self.term] if self.term else []), *granted], calendar, halts=halts, roll=roll
            )
        counted = Count(start, until, local_date(start), local_date(until), lines=((_say_until, (until,)),))
        if self.term is not None:
            other = count(start, [self.term], calendar, halts=halts, roll=roll)
            if other.due_ms is None or other.due_ms < until:
                counted = other
        if not granted or counted.due_ms is None:
            return counted
        longer = count(counted.due_ms, granted, calendar, halts=halts, roll=roll)
        return longer._replace(start_ms=start, start=counted.start, lines=counted.lines + longer.lines)

    def _restarted(self, halts: list[Span]) -> Count:
        start = self.row.starts_ms
        counted = self._count(start, [], halts)
        restarts = [self.rule.restart, *(bend.restart for bend in self.bends)]
        for restart in restarts:
            if restart is None:
                continue
            again = self._again(restart, counted)
            if again is None:
                continue
            if again < 0:
                halts.append(Span(start, None))
                self.lines.append("已申报，期限自其后的起算条目发生之时另行起算")
            else:
                self.row.counted_from = again
                self.lines.append(f"改自{format_local(again)}起算")
            return self._count(self.row.starts_ms, [], halts)
        return counted

    def _again(self, restart: Restart, counted: Count) -> int | None:
        """The instant from which it counts anew; -1 while that is still awaited; None if it does not restart."""
        start = self.row.starts_ms
        since = [fact for fact in self.matter.of(restart.since) if fact.at_ms >= start and self._linked(fact)]
        if not restart.declared:
            return since[0].at_ms if since else None
        for declared in self.matter.of(restart.declared):
            if not self._linked(declared) or (counted.due_ms is not None and declared.at_ms > counted.due_ms):
                continue
            found = [fact for fact in since if joined(fact, declared, restart.same)]
            return found[0].at_ms if found else -1
        return None

    def _extended(self, counted: Count, halts: list[Span]) -> Count:
        has_none, extends = self.matter.has_none, self.rule.extend
        if self.bends:
            extends = (*extends, *(extend for bend in self.bends for extend in bend.extend))
        extends = tuple([extend for extend in extends if not has_none(extend.since)])
        if not extends:
            return counted
        granted: list[Term] = []
        used: dict[int, int] = {}
        kinds: set[str] = set()
        for fact in self.matter.of(tuple(dict.fromkeys(kind for extend in extends for kind in extend.since))):
            extend = self._usable(fact, extends, used, kinds)
            if extend is None:
                continue
            if counted.due_ms is not None and fact.at_ms > counted.due_ms:
                self.lines.append(f"{format_local(fact.at_ms)}的延长在期限届满之后，不起作用")
                continue
            added = self._added(extend, fact)
            if added is None:
                continue
            used[id(extend)] = used.get(id(extend), 0) + 1
            kinds.add(fact.kind)
            granted.append(added)
            counted = self._count(self.row.starts_ms, granted, halts)
            by = "、".join(roles()[name].title for name in extend.who)
            self.lines.append(f"{format_local(fact.at_ms)}{f'经{by}' if by else ''}批准，延长{added}")
        return counted

    def _usable(
        self, fact: Fact, extends: tuple[Extend, ...], used: dict[int, int], kinds: set[str]
    ) -> Extend | None:
        for extend in extends:
            if fact.kind not in extend.since or not _passes(extend.where, fact) or not self._linked(fact):
                continue
            if extend.after and not kinds & set(extend.after):
                self.lines.append(f"{format_local(fact.at_ms)}的延长以先行延长为前提，不起作用")
                continue
            if used.get(id(extend), 0) >= extend.times:
                self.lines.append(f"{format_local(fact.at_ms)}的延长超过{extend.times}次，不起作用")
                continue
            return extend
        return None

    def _added(self, extend: Extend, fact: Fact) -> Term | None:
        if extend.add is not None:
            return extend.add
        number = fact.fields.get(extend.take or "")
        if number is None:
            self.lines.append(f"{format_local(fact.at_ms)}的延长没有写明天数，不起作用")
            return None
        if extend.most is not None and number > extend.most.amount:
            self.lines.append(f"延长{number}超过上限，按{extend.most}计")
            number = extend.most.amount
        return Term(int(number), extend.unit)


def _say_until(until: int) -> list[str]:
    return [f"至{format_local(until)}止"]


def _until(row: Owed, rule: Owe) -> int | None:
    if rule.until is None:
        return None
    if rule.every:
        month, day = map(int, rule.until.split("-"))
        return day_end_ms(date(local_date(row.starts_ms).year, month, day))
    return _moment(row.fact.fields.get(rule.until), end=True)


def _linked(row: Owed, rule: Owe, fact: Fact, matter: Matter) -> bool:
    """Whether an entry speaks of the same thing as an obligation, as far as it has the fields to say so."""
    kind = matter.dictionary.kinds[fact.kind]
    for mine, _theirs in rule.same:
        told = mine in kind.fields and (mine in fact.fields or mine == kind.key)
        if told and not agrees(row.value(mine), fact.fields.get(mine)):
            return False
    return True


def _passes(where: Where | None, fact: Fact) -> bool:
    return where is None or where.test(fact) is True


def cap(tied: Sequence[Owed], among: Iterable[Owed]) -> None:
    """Bring due dates down to those of the subjects that cap them, `among` all that stand open, new or before."""
    capped = [row for row in tied if row.info.caps and row.counted is not None]
    subjects: dict[str | None, list[Owed]] = {subject: [] for row in capped for subject in row.info.caps}
    if not subjects:
        return
    for row in among:
        if row.info.about in subjects and row.standing == OWED:
            subjects[row.info.about].append(row)
    for row in capped:
        for subject in row.info.caps:
            _cap(row, subjects[subject])


def _cap(row: Owed, capping: list[Owed]) -> None:
    limits = [
        (other.counted.due_ms, other)
        for other in capping
        if other.counted is not None and other.counted.due_ms is not None
    ]
    if not limits or row.counted is None or row.counted.due_ms is None:
        return
    due, other = min(limits, key=lambda limit: (limit[0], place(limit[1])))
    if due < row.counted.due_ms:
        row.counted = row.counted._replace(due_ms=due, end=local_date(due))
        row.note(f"不得超过{other.cited}的期限{format_date(local_date(due))}")
