"""Instants are milliseconds UTC; people read and type Beijing time."""

from datetime import date

import pytest

from liuhen.kernel.clock import (
    FixedClock,
    SystemClock,
    day_end_ms,
    day_start_ms,
    format_date,
    format_local,
    local_date,
    parse_local,
)


def test_local_time_is_eight_hours_ahead_of_utc() -> None:
    assert parse_local("1970-01-01 08:00") == 0
    assert parse_local("2026-09-21 10:00") == parse_local("2026-09-21T02:00:00Z") == 1_789_956_000_000


@pytest.mark.parametrize("text", ["2026-09-21 10:00", "2019-01-01 00:00", "2024-02-29 23:59"])
def test_format_is_the_inverse_of_parse(text: str) -> None:
    assert format_local(parse_local(text)) == text


def test_a_day_ends_one_millisecond_before_the_next() -> None:
    day = date(2026, 9, 30)
    assert day_end_ms(day) + 1 == day_start_ms(date(2026, 10, 1))
    assert local_date(day_end_ms(day)) == day
    assert local_date(day_end_ms(day) + 1) == date(2026, 10, 1)
    assert format_local(day_end_ms(day), seconds=True) == "2026-09-30 23:59:59"


@pytest.mark.parametrize("text", ["", "今天", "2026-02-30 10:00", "2026/09/21", "10:00"])
def test_a_wrong_time_is_refused_in_chinese(text: str) -> None:
    with pytest.raises(ValueError, match="不合格式"):
        parse_local(text)


def test_a_fixed_clock_moves_only_when_moved() -> None:
    clock = FixedClock.at("2026-09-21 10:00")
    assert clock.now_ms() == clock.now_ms()
    clock.advance(60_000)
    assert format_local(clock.now_ms()) == "2026-09-21 10:01"
    clock.set("2026-10-12 23:59")
    assert format_local(clock.now_ms()) == "2026-10-12 23:59"


def test_the_system_clock_gives_milliseconds() -> None:
    assert parse_local("2025-01-01") < SystemClock().now_ms() < parse_local("2100-01-01")


def test_dates_in_documents() -> None:
    assert format_date(date(2026, 9, 1)) == "2026年9月1日"
