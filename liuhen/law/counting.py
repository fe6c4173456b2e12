"""期间的计算: from when, how long, by when; spans that do not count; and the working in Chinese.

Instants are milliseconds UTC, days are Asia/Shanghai. The first day is not counted, the last runs to its end;
hours run from the moment. Nothing here knows which article asks.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from liuhen.kernel.clock import (
    MS_PER_DAY,
    MS_PER_HOUR,
    day_end_ms,
    day_start_ms,
    format_date,
    format_local,
    local_date,
)
from liuhen.law.calendar import Calendar

UNITS = {"hours": "小时", "days": "日", "working_days": "个工作日", "months": "个月", "years": "年"}
ROLLS = ("none", "holiday", "working_day")
_TERM = re.compile(r"(\d+) (hours?|days?|working_days?|months?|years?)")
_DAY = timedelta(days=1)
_ROLLING = ("days", "months", "years")


class Term(NamedTuple):
    """A length of time: `amount` of `unit` (one of `UNITS`)."""

    amount: int
    unit: str

    def __str__(self) -> str:
        return f"{self.amount}{UNITS[self.unit]}"


class Span(NamedTuple):
    """A time that does not count: from an instant to an instant, or to nobody knows when (None)."""

    start_ms: int
    end_ms: int | None


Line = tuple[Callable[..., Iterable[str]], tuple[Any, ...]]
"""A part of the working, rendered only when somebody looks: a function and its arguments."""


class Count(NamedTuple):
    """Outcome of counting: when it is due, or what is left of it where the clock stands.

    `due_ms` None means standing: `left` of `left_unit` remains. `start`/`end` are the days looked at.
    """

    start_ms: int
    due_ms: int | None
    start: date
    end: date
    provisional: bool = False
    left: int | None = None
    left_unit: str = "days"
    lines: tuple[Line, ...] = ()

    @property
    def working(self) -> tuple[str, ...]:
        """How it was counted, in Chinese."""
        return tuple(text for render, arguments in self.lines for text in render(*arguments))


def parse_term(text: str) -> Term:
    """`10 working_days` as a term. Raises `ValueError` in Chinese."""
    match = _TERM.fullmatch(text.strip())
    if not match:
        raise ValueError(f"“{text}”不是期限：写作“10 working_days”，单位有 {' '.join(UNITS)}")
    unit = match[2] if match[2].endswith("s") else match[2] + "s"
    return Term(int(match[1]), unit)


def merge(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, overlapping or touching ones joined, so that no time is left out twice."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda s: s.start_ms):
        last = merged[-1] if merged else None
        if last is None or (last.end_ms is not None and span.start_ms > last.end_ms):
            merged.append(span)
        elif last.end_ms is not None and (span.end_ms is None or span.end_ms > last.end_ms):
            merged[-1] = Span(last.start_ms, span.end_ms)
    return merged


def count(
    start_ms: int,
    terms: Sequence[Term],
    calendar: Calendar,
    *,
    halts: Sequence[Span] = (),
    roll: str = "none",
) -> Count:
    """Count one term after another from an instant, leaving out `halts`; the last day rolls as `roll` says."""
    if not halts and len(terms) == 1:
        key = (start_ms, terms[0], roll)
        known = calendar.counts.get(key)
        if known is None:
            known = _count(start_ms, terms, calendar, (), roll)
            calendar.remember(key, known)
        return known
    return _count(start_ms, terms, calendar, halts, roll)


def _count(
    start_ms: int, terms: Sequence[Term], calendar: Calendar, halts: Sequence[Span], roll: str
) -> Count:
    day = local_date(start_ms)
    spans = merge(halts) if halts else []
    current = Count(start_ms, start_ms, day, day)
    unit = ""
    for term in join(terms) if len(terms) > 1 else terms:
        unit = term.unit
        step = _hours(current, term, spans) if unit == "hours" else _by_days(current, term, spans, calendar)
        current = Count(
            start_ms, step.due_ms, day, step.end, current.provisional or step.provisional, step.left, step.left_unit,
            current.lines + step.lines,
        )  # fmt: skip
        if current.due_ms is None:
            return current
    return _rolled(current, calendar, roll) if roll != "none" and unit in _ROLLING else current


def join(terms: Sequence[Term]) -> list[Term]:
    """Neighbouring terms of one unit as one term: 10 and 10 working days are 20."""
    joined: list[Term] = []
    for term in terms:
        if joined and joined[-1].unit == term.unit:
            joined[-1] = Term(joined[-1].amount + term.amount, term.unit)
        else:
            joined.append(term)
    return joined


def count_back(base_ms: int, term: Term | None, calendar: Calendar, *, whole_day: bool) -> Count:
    """Backwards: the last instant at which something due `term` before `base_ms` can be done.

    The base day is not counted. Without a term: before the instant, or before the day where only a day is given.
    """
    base = local_date(base_ms)
    if term is None:
        due = day_start_ms(base) - 1 if whole_day else base_ms - 1
        return Count(due, due, base, base, lines=((_say_before, (base_ms, whole_day)),))
    if term.unit == "hours":
        due = base_ms - term.amount * MS_PER_HOUR
        return Count(due, due, local_date(due), base, lines=((_say_back_hours, (base_ms, term, due)),))
    day = (
        _add_months(base, term, -1) if term.unit in ("months", "years") else _walk_back(base, term, calendar)
    )
    provisional = term.unit == "working_days" and not _all_known(day, base, calendar)
    due = day_end_ms(day)
    return Count(
        due, due, day, base, provisional, lines=((_say_back, (base, term, day, calendar, provisional)),)
    )


def _hours(current: Count, term: Term, spans: list[Span]) -> Count:
    start = current.due_ms or 0
    due = start + term.amount * MS_PER_HOUR
    for span in spans:
        if span.start_ms > due or (span.end_ms is not None and span.end_ms <= start):
            continue
        begin = max(span.start_ms, start)
        if span.end_ms is None:
            left = due - begin
            line = (_say_standing_hours, (start, term, begin, left))
            return Count(
                start, None, current.end, local_date(begin), False, left // MS_PER_HOUR, "hours", (line,)
            )
        due += span.end_ms - begin
    return Count(start, due, current.end, local_date(due), lines=((_say_hours, (start, term, due, spans)),))


def _by_days(current: Count, term: Term, spans: list[Span], calendar: Calendar) -> Count:
    begin = current.end
    working = term.unit == "working_days"
    left: int | None = None
    if not spans and term.amount:
        day = _plain_days(begin, term, calendar)
    elif term.unit in ("months", "years"):
        day, left = _months(begin, term, _blocks(spans, begin))
    else:
        day, left = _days(begin, term, _blocks(spans, begin), calendar)
    provisional = working and not _all_known(begin, day, calendar)
    if left is not None:
        unit = "working_days" if working else "days"
        line = (_say_standing, (begin, term, day, left, unit))
        return Count(0, None, begin, day, provisional, left, unit, (line,))
    due = day_end_ms(day)
    return Count(
        0,
        due,
        begin,
        day,
        provisional,
        lines=((_say_days, (begin, term, day, spans, calendar, provisional)),),
    )


def _plain_days(begin: date, term: Term, calendar: Calendar) -> date:
    if term.unit == "working_days":
        return calendar.working_day_after(begin, term.amount)
    return begin + timedelta(days=term.amount) if term.unit == "days" else _add_months(begin, term)


def _blocks(spans: list[Span], begin: date) -> list[tuple[date, date | None]]:
    """Spans as days left out, `[from, to)`, after the first day, disjoint and in order."""
    blocks: list[tuple[date, date | None]] = []
    for span in spans:
        first = local_date(span.start_ms)
        end = None if span.end_ms is None else local_date(span.end_ms)
        if end is not None and end <= max(first, begin):
            continue
        if blocks and (last := blocks[-1][1]) is not None:
            first = max(first, last)
        if end is None or first < end:
            blocks.append((max(first, begin), end))
    return blocks


def _days(
    begin: date, term: Term, blocks: list[tuple[date, date | None]], calendar: Calendar
) -> tuple[date, int | None]:
    """The last day, or the day from which the clock stands and how many days are left."""
    day, left, position = begin, term.amount, 0
    by_working = term.unit == "working_days"
    while left:
        block = blocks[position] if position < len(blocks) else None
        following = day + _DAY
        if block and following >= block[0]:
            if block[1] is None:
                return max(block[0], begin), left
            day, position = max(day, block[1] - _DAY), position + 1
        elif by_working:
            day = following
            left -= calendar.is_working(day)
        else:
            run = left if block is None else min(left, (block[0] - following).days)
            day, left = day + timedelta(days=run), left - run
    return day, None


def _months(begin: date, term: Term, blocks: list[tuple[date, date | None]]) -> tuple[date, int | None]:
    day = _add_months(begin, term)
    for first, end in blocks:
        if first > day:
            break
        if end is None:
            return first, (day - first).days + 1
        day += end - first
    return day, None


def _add_months(day: date, term: Term, sign: int = 1) -> date:
    months = sign * term.amount * (12 if term.unit == "years" else 1)
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _walk_back(base: date, term: Term, calendar: Calendar) -> date:
    if term.unit == "days":
        return base - timedelta(days=term.amount)
    day, left = base, term.amount
    while left:
        day -= _DAY
        left -= calendar.is_working(day)
    return day


def _rolled(current: Count, calendar: Calendar, roll: str) -> Count:
    if current.due_ms is None:
        return current
    day = current.end
    while (calendar.festival(day) is not None) if roll == "holiday" else not calendar.is_working(day):
        day += _DAY
    provisional = current.provisional or not calendar.known(day)
    line = (_say_rolled, (current.end, day, calendar, roll, provisional and not current.provisional))
    return current._replace(
        due_ms=day_end_ms(day), end=day, provisional=provisional, lines=(*current.lines, line)
    )


def _all_known(first: date, last: date, calendar: Calendar) -> bool:
    if first.year == last.year:
        return first.year in calendar.years
    return all(year in calendar.years for year in range(first.year, last.year + 1))


def _say_before(base_ms: int, whole_day: bool) -> list[str]:
    return [f"应当早于{format_date(local_date(base_ms)) if whole_day else format_local(base_ms)}"]


def _say_back_hours(base_ms: int, term: Term, due: int) -> list[str]:
    return [f"自{format_local(base_ms)}倒算{term}为{format_local(due)}"]


def _say_back(base: date, term: Term, day: date, calendar: Calendar, provisional: bool) -> list[str]:
    left_out = _left_out(day - _DAY, base - _DAY, term, calendar)
    text = f"自{format_date(base)}前一日起倒算，第{term}为{format_date(day)}{left_out}"
    return [text, *_provisional_line(provisional)]


def _say_standing_hours(start: int, term: Term, begin: int, left: int) -> list[str]:
    return [f"自{format_local(start)}起{term}，{format_local(begin)}起停止计算，剩余{_hours_text(left)}"]


def _say_hours(start: int, term: Term, due: int, spans: list[Span]) -> list[str]:
    return [f"自{format_local(start)}起{term}，至{format_local(due)}", *_halt_lines(spans, start, due)]


def _say_standing(begin: date, term: Term, day: date, left: int, unit: str) -> list[str]:
    return [f"自{format_date(begin)}次日起算{term}，{format_date(day)}起停止计算，剩余{left}{UNITS[unit]}"]


def _say_days(
    begin: date, term: Term, day: date, spans: list[Span], calendar: Calendar, provisional: bool
) -> list[str]:
    text = (
        f"自{format_date(begin)}次日起算，第{term}为{format_date(day)}{_left_out(begin, day, term, calendar)}"
    )
    if term.unit in ("months", "years"):
        text = f"自{format_date(begin)}起{term}，至{format_date(day)}"
    halts = _halt_lines(spans, day_start_ms(begin), day_end_ms(day))
    return [text, *halts, *_provisional_line(provisional)]


def _say_rolled(last: date, day: date, calendar: Calendar, roll: str, provisional: bool) -> list[str]:
    lines = []
    if day != last:
        name = calendar.festival(last)
        why = f"{name}放假日" if name else "休息日"
        lines.append(f"届满日{format_date(last)}为{why}，顺延至{format_date(day)}")
    elif roll == "holiday" and not calendar.is_working(day):
        later = calendar.working_day_after(day, 1)
        lines.append(f"届满日为双休日，不是法定节假日，不顺延（按顺延理解为{format_date(later)}）")
    return [*lines, *_provisional_line(provisional)]


def _provisional_line(provisional: bool) -> list[str]:
    return (
        ["所涉年份的节假日安排尚未公布，按双休日和日期固定的法定节日推算，日期为暂定"] if provisional else []
    )


def _left_out(first: date, last: date, term: Term, calendar: Calendar) -> str:
    """（国庆节放假7日不计、10月10日调休上班计入）for working days; empty otherwise."""
    if term.unit != "working_days":
        return ""
    festivals: dict[str, int] = {}
    made_up: list[str] = []
    day = first + _DAY
    while day <= last:
        if name := calendar.festival(day):
            festivals[name] = festivals.get(name, 0) + 1
        elif calendar.make_up(day):
            made_up.append(f"{day.month}月{day.day}日")
        day += _DAY
    parts = [f"{name}放假{days}日不计" for name, days in festivals.items()]
    if made_up:
        parts.append("、".join(made_up) + "调休上班计入")
    return f"（{'、'.join(parts)}）" if parts else ""


def _halt_lines(spans: list[Span], start_ms: int, due_ms: int) -> list[str]:
    lines = []
    for span in spans:
        if span.end_ms is None or span.start_ms > due_ms or span.end_ms <= start_ms:
            continue
        lines.append(f"{format_local(span.start_ms)}至{format_local(span.end_ms)}不计入")
    return lines


def _hours_text(left_ms: int) -> str:
    hours, rest = divmod(left_ms, MS_PER_HOUR)
    minutes = rest // 60_000
    return f"{hours}小时{minutes}分" if minutes else f"{hours}小时"


def elapsed(from_ms: int, to_ms: int) -> str:
    """`3天`, `5小时`: how long ago, for duties without a number."""
    gone = max(0, to_ms - from_ms)
    return f"{gone // MS_PER_DAY}天" if gone >= MS_PER_DAY else f"{gone // MS_PER_HOUR}小时"
