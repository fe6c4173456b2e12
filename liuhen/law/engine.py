"""What a matter owes: rules and facts in, rows out. Nothing here asks what time it is."""

from collections.abc import Iterable
from datetime import date

from liuhen.kernel.clock import day_start_ms
from liuhen.law.bundle import Bundle
from liuhen.law.clocks import cap, reckon
from liuhen.law.conditions import Unknown
from liuhen.law.facts import Fact, Matter
from liuhen.law.layers import lead, settle
from liuhen.law.matching import excuse, match
from liuhen.law.owed import CANNOT_TELL, NOT_APPLICABLE, OWED, Owed, RuleInfo
from liuhen.law.recorded import judge_recording
from liuhen.law.rules import Each, Owe
from liuhen.law.values import joined


def owed(bundle: Bundle, facts: Iterable[Fact], *, agency: bool = False) -> list[Owed]:
    """Everything the facts give rise to, in the order in which it arose, then of the articles.

    `agency`: the facts are an agency's own; its yearly duties are judged too. What is owed at a moment is
    told by `state`.
    """
    matter = Matter(facts, bundle.dictionary, bundle.calendar)
    rows = _begun(bundle, matter)
    more = _yearly(bundle, matter) if agency else []
    rows += more
    settle(rows)
    _work_out(rows, matter, bundle)
    late = _after_due(bundle, matter, rows)
    settle(late)
    _work_out(late, matter, bundle)
    rows += late
    lead(rows)
    if more or late:
        rows.sort(key=lambda row: (row.arises_ms, row.fact.number, row.info.order))
    return rows


def _work_out(rows: list[Owed], matter: Matter, bundle: Bundle) -> None:
    for row in rows:
        if row.standing is NOT_APPLICABLE:
            continue
        rule = row.source
        if isinstance(rule, Owe):
            if rule.numbered:
                reckon(row, rule, matter, bundle)
            match(row, rule, matter)
        else:
            judge_recording(row, rule, matter, bundle)
        if row.info.lifting:
            excuse(row, matter, bundle)
    cap(rows, bundle)


def _begun(bundle: Bundle, matter: Matter) -> list[Owed]:
    rows: list[Owed] = []
    for trigger in matter.facts:
        day, start = trigger.on, trigger.at_ms
        for info in bundle.started_by(trigger.kind):
            if not info.first <= day <= info.last:
                continue
            answer: object = True
            where = info.source.where
            if where is not None:
                answer = where.test(trigger)
                if answer is False:
                    continue
            if info.each is None:
                rows.append(_row(info, trigger, None, matter, start, answer))
            else:
                rows += [
                    _row(info, trigger, fact, matter, start, answer)
                    for fact in _beside(info.each, trigger, matter)
                ]
    return rows


def _beside(each: Each, trigger: Fact, matter: Matter) -> list[Fact]:
    """The entries for each of which it is owed."""
    return [
        fact
        for fact in matter.of(each.of)
        if joined(trigger, fact, each.same) and (each.where is None or each.where.test(fact) is True)
    ]


def _row(
    info: RuleInfo, trigger: Fact, each: Fact | None, matter: Matter, start: int, answer: object = True
) -> Owed:
    """A row that begins: owed, allowed, not applicable, or one of which it cannot be told."""
    row = Owed(info, matter, trigger, each, start, info.standing)
    when = info.source.when
    if when is not None and answer is True:
        answer = when.evaluate(row)
    if answer is not True:
        if isinstance(answer, Unknown):
            row.standing, row.unknown = CANNOT_TELL, tuple(sorted(answer.names))
        else:
            row.standing = NOT_APPLICABLE
    return row


def _yearly(bundle: Bundle, matter: Matter) -> list[Owed]:
    """`every: year`: a row for each year that the calendar knows, about the year before."""
    rows = []
    for info in bundle.yearly:
        for year in sorted(matter.calendar.years):
            first = date(year, 1, 1)
            if not info.first <= first <= info.last:
                continue
            start = day_start_ms(first)
            trigger = Fact(f"year-{year - 1}", "year", start, start, {"year": year - 1}, 0)
            rows.append(_row(info, trigger, None, matter, start))
    return rows


def _after_due(bundle: Bundle, matter: Matter, rows: list[Owed]) -> list[Owed]:
    """`since_due`: obligations that begin when another's time has run out unmet."""
    begun: list[Owed] = []
    for row in rows:
        for info in bundle.after_due.get(row.info.rule, ()):
            due = _ran_out(row) if row.pack is info.pack else None
            where = info.source.where
            if due is not None and (where is None or where.test(row.fact) is not False):
                begun.append(_row(info, row.fact, row.each, matter, due))
    return begun


def _ran_out(row: Owed) -> int | None:
    """When an obligation's time ran out unmet; None where it did not."""
    due = row.due_ms
    if (
        due is None
        or row.standing != OWED
        or row.excused_fact
        or (row.met_ms is not None and row.met_ms <= due)
    ):
        return None
    return due
