"""加处罚款: counted day by day on what is still unpaid, up to its cap. Pure; rate and cap are the measure's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from liuhen.kernel.money import format_yuan

_DAY = timedelta(days=1)
_PERCENT = 100


@dataclass(frozen=True)
class Span:
    """Days in a row on which the same was unpaid; both included; fen."""

    first: date
    last: date
    unpaid: int
    fee: int

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class LateFee:
    """What is owed on a day: the rest of the fine, and the fee with its spans. `capped`: the cap was reached; fen."""

    unpaid: int
    fee: int
    days: int
    spans: Sequence[Span]
    capped: bool

    def working(self, rate: int) -> str:
        """The reckoning in words."""
        said = [
            f"{span.first}至{span.last}共{span.days}日，未缴{format_yuan(span.unpaid)}元×{rate}%×{span.days}日"
            f"={format_yuan(span.fee)}元"
            for span in self.spans
        ]
        ended = f"；合计{format_yuan(self.fee)}元" + ("（已达到上限）" if self.capped else "")
        return "；".join(said) + ended if said else "没有逾期，不加处罚款"


def late_fee(
    fine: int,
    last_day: date,
    on: date,
    paid: Iterable[tuple[date, int]],
    left_out: Iterable[tuple[date, date]] = (),
    *,
    rate: int,
    cap: int,
) -> LateFee:
    """The fee up to and including the day `on`: `rate` and `cap` in percent of the fine; fen.

    A payment counts from the day after it; days of `left_out` (both ends included) are not counted.
    """
    payments, gaps = sorted(paid), list(left_out)
    spans: list[Span] = []
    day, most, total = last_day + _DAY, fine * cap // _PERCENT, 0
    while day <= on:
        unpaid = fine - sum(amount for when, amount in payments if when < day)
        if unpaid <= 0 or total >= most:
            break
        if not any(first <= day <= last for first, last in gaps):
            fee = min(unpaid * rate // _PERCENT, most - total)
            total += fee
            joins = spans and spans[-1].unpaid == unpaid and spans[-1].last == day - _DAY
            begun = spans.pop() if joins else Span(day, day, unpaid, 0)
            spans.append(Span(begun.first, day, unpaid, begun.fee + fee))
        day += _DAY
    left = max(0, fine - sum(amount for when, amount in payments if when <= on))
    return LateFee(left, total, sum(span.days for span in spans), spans, fine > 0 and total >= most)
