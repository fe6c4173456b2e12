"""期间: spans of days and of months, the first and the last day included."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_SPAN = re.compile(r"(\d{4}-\d\d-\d\d)\s*0时至(\d{4}-\d\d-\d\d)\s*24时[(（](\d+)个月[)）]")


@dataclass(frozen=True)
class Suspension:
    """中止期: its days as published, its months, and the last day that these months come to."""

    start: date
    end: date
    months: int
    computed: date

    def line(self) -> str:
        """The period as a Chinese line."""
        return f"{self.start} 0时起{self.months}个月至{self.computed} 24时（公布{self.end}）"


def suspensions(text: str) -> list[Suspension]:
    """Every period written as `…0时至…24时(n个月)`."""
    found = []
    for start, end, months in _SPAN.findall(text):
        first = date.fromisoformat(start)
        last = last_day(first, int(months))
        found.append(Suspension(first, date.fromisoformat(end), int(months), last))
    return found


def last_day(first: date, months: int) -> date:
    """The last whole day of a period of months that begins with the first hour of `first`."""
    year, month = divmod(first.month - 1 + months, 12)
    year, month = first.year + year, month + 1
    same = date(year, month, min(first.day, monthrange(year, month)[1]))
    return same - timedelta(days=1) if same.day == first.day else same


def days(after: date, last: date) -> Iterator[date]:
    """The days after one day up to another."""
    return (after + timedelta(days=each) for each in range(1, (last - after).days + 1))
