"""The rows of a plan of instalments are read as days and amounts; a row that is none is named."""

from datetime import date

import pytest

from liuhen.cases.deferring import instalments


def test_rows_are_days_and_amounts_however_the_day_is_written() -> None:
    plan = instalments(
        [{"until": "2026-06-03", "amount": "3,000"}, {"until": "2026年7月3日", "amount": "4064.16元"}]
    )
    assert plan == [(date(2026, 6, 3), 300_000), (date(2026, 7, 3), 406_416)]


@pytest.mark.parametrize(
    "row", [{"until": "六月", "amount": "1"}, {"until": "2026-02-30", "amount": "1"}, {"until": "2026-06-03"}]
)
def test_a_row_that_is_none_is_named(row: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="第2期"):
        instalments([{"until": "2026-06-03", "amount": "1"}, row])
