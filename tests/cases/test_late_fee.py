"""加处罚款: from the day after the last day, on what is unpaid, without days under review, never above the cap."""

from datetime import date

import pytest

from liuhen.cases.late_fee import late_fee

FINE, LAST = 1_000_000, date(2026, 6, 1)


def fee(on: date, *paid: tuple[date, int], out: tuple[tuple[date, date], ...] = ()) -> tuple[int, int, int]:
    found = late_fee(FINE, LAST, on, paid, out, rate=3, cap=100)
    return found.days, found.fee, found.unpaid


@pytest.mark.article("R09-55")
def test_nothing_on_the_last_day_and_a_day_after_it() -> None:
    assert fee(LAST) == (0, 0, FINE)
    assert fee(date(2026, 6, 2)) == (1, 30_000, FINE)


def test_a_payment_counts_from_the_next_day() -> None:
    assert fee(date(2026, 6, 5), (date(2026, 6, 3), 400_000)) == (4, 2 * 30_000 + 2 * 18_000, 600_000)
    assert fee(date(2026, 7, 1), (date(2026, 6, 2), FINE)) == (1, 30_000, 0)
    assert fee(date(2026, 7, 1), (LAST, FINE)) == (0, 0, 0)


def test_days_under_review_are_left_out() -> None:
    assert fee(date(2026, 6, 11), out=((date(2026, 6, 3), date(2026, 6, 10)),)) == (2, 60_000, FINE)


@pytest.mark.article("R09-55")
def test_never_above_the_cap() -> None:
    found = late_fee(FINE, LAST, date(2026, 12, 1), (), rate=3, cap=100)
    assert (found.fee, found.days, found.capped) == (FINE, 34, True)
    assert "已达到上限" in found.working(3)
