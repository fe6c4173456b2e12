"""期间: every unit, where it begins and ends, spans left out, rolling, backwards, and the words for it."""

from collections.abc import Iterable

import pytest

from liuhen.kernel.clock import format_local, parse_local
from liuhen.law.calendar import announced
from liuhen.law.counting import Span, Term, count, count_back, merge, parse_term

_CALENDAR = announced()


def _due(start: str, *terms: str, halts: Iterable[Span] = (), roll: str = "none") -> str:
    counted = count(
        parse_local(start), [parse_term(term) for term in terms], _CALENDAR, halts=list(halts), roll=roll
    )
    assert counted.due_ms is not None
    return format_local(counted.due_ms, seconds=True)


def _span(start: str, end: str | None = None) -> Span:
    return Span(parse_local(start), parse_local(end) if end else None)


@pytest.mark.parametrize(
    ("start", "term", "due"),
    [
        ("2026-09-21 10:00", "10 working_days", "2026-10-12 23:59:59"),
        ("2026-09-21 23:59", "1 working_day", "2026-09-22 23:59:59"),
        ("2026-09-30 10:00", "1 working_days", "2026-10-08 23:59:59"),
        ("2026-10-09 10:00", "1 working_days", "2026-10-10 23:59:59"),
        ("2025-12-31 10:00", "1 working_days", "2026-01-04 23:59:59"),
        ("2026-09-21 10:00", "24 hours", "2026-09-22 10:00:00"),
        ("2026-10-01 10:00:05", "24 hours", "2026-10-02 10:00:05"),
        ("2026-09-21 00:00", "30 days", "2026-10-21 23:59:59"),
        ("2026-01-31 10:00", "1 months", "2026-02-28 23:59:59"),
        ("2026-11-30 10:00", "3 months", "2027-02-28 23:59:59"),
        ("2024-02-29 10:00", "2 years", "2026-02-28 23:59:59"),
    ],
)
def test_the_first_day_is_not_counted_and_the_last_runs_to_its_end(start, term, due):
    assert _due(start, term) == due


def test_terms_of_one_unit_run_on_as_one():
    assert _due("2026-09-21 10:00", "10 working_days", "10 working_days") == _due(
        "2026-09-21 10:00", "20 working_days"
    )


@pytest.mark.parametrize(
    ("start", "roll", "due"),
    [
        ("2026-07-05 10:00", "none", "2026-10-03"),  # 第90日在国庆
        ("2026-07-05 10:00", "holiday", "2026-10-08"),
        ("2026-07-05 10:00", "working_day", "2026-10-08"),
        ("2026-06-13 10:00", "holiday", "2026-09-11"),  # 工作日
        ("2026-06-14 10:00", "holiday", "2026-09-12"),  # 星期六：不是法定节假日
        ("2026-06-14 10:00", "working_day", "2026-09-14"),
    ],
)
def test_the_last_day_rolls_as_the_measure_says(start, roll, due):
    assert _due(start, "90 days", roll=roll).startswith(due)


def test_working_days_and_hours_never_roll():
    assert _due("2026-10-02 10:00", "24 hours", roll="working_day") == "2026-10-03 10:00:00"


def test_a_weekend_end_that_stays_shows_the_later_reading():
    counted = count(parse_local("2026-06-14 10:00"), [Term(90, "days")], _CALENDAR, roll="holiday")
    assert "按顺延理解为2026年9月14日" in counted.working[-1]


def test_a_halt_is_left_out_by_its_days():
    assert _due("2026-03-02 10:00", "90 days") == "2026-05-31 23:59:59"
    assert _due(
        "2026-03-02 10:00", "90 days", halts=[_span("2026-04-01 10:00", "2026-04-11 09:00")]
    ).startswith("2026-06-10")


def test_overlapping_halts_are_merged_before_they_are_summed():
    both = [_span("2026-04-01 10:00", "2026-04-11 09:00"), _span("2026-04-06 10:00", "2026-04-16 09:00")]
    assert _due("2026-03-02 10:00", "90 days", halts=both).startswith("2026-06-15")
    assert len(merge(both)) == 1


def test_halts_that_touch_on_one_day_count_that_day_once():
    both = [_span("2026-04-01 10:00", "2026-04-11 09:00"), _span("2026-04-11 15:00", "2026-04-21 09:00")]
    assert _due("2026-03-02 10:00", "90 days", halts=both).startswith("2026-06-20")


def test_a_halt_after_the_end_or_before_the_start_does_nothing():
    assert _due(
        "2026-03-02 10:00", "90 days", halts=[_span("2026-06-01 10:00", "2026-06-11 09:00")]
    ).startswith("2026-05-31")
    assert _due(
        "2026-03-02 10:00", "90 days", halts=[_span("2026-02-01 10:00", "2026-03-01 09:00")]
    ).startswith("2026-05-31")


def test_a_halt_on_the_last_day_still_works():
    assert _due(
        "2026-03-02 10:00", "90 days", halts=[_span("2026-05-31 09:00", "2026-06-02 09:00")]
    ).startswith("2026-06-02")


@pytest.mark.parametrize(
    ("term", "left", "unit"),
    [("90 days", 61, "days"), ("30 working_days", 9, "working_days"), ("3 months", 63, "days")],
)
def test_a_clock_that_stands_has_no_date_but_days_left(term, left, unit):
    counted = count(
        parse_local("2026-03-02 10:00"), [parse_term(term)], _CALENDAR, halts=[_span("2026-04-01 10:00")]
    )
    assert (counted.due_ms, counted.left, counted.left_unit) == (None, left, unit)


def test_hours_stand_and_go_on():
    assert (
        _due("2026-03-02 10:00", "24 hours", halts=[_span("2026-03-02 12:00", "2026-03-02 15:30")])
        == "2026-03-03 13:30:00"
    )
    counted = count(
        parse_local("2026-03-02 10:00"), [Term(24, "hours")], _CALENDAR, halts=[_span("2026-03-02 12:30")]
    )
    assert (counted.due_ms, counted.left, counted.left_unit) == (None, 21, "hours")


def test_working_days_inside_a_halt_are_not_counted():
    halts = [_span("2026-09-24 10:00", "2026-09-28 09:00")]
    assert _due("2026-09-21 10:00", "3 working_days", halts=halts).startswith("2026-09-28")


@pytest.mark.parametrize(
    ("base", "term", "last"),
    [
        ("2026-10-12 09:00", "7 working_days", "2026-09-24 23:59"),
        ("2026-10-12 09:00", "7 days", "2026-10-05 23:59"),
        ("2026-10-12 09:00", "24 hours", "2026-10-11 09:00"),
        ("2026-03-31 09:00", "1 months", "2026-02-28 23:59"),
    ],
)
def test_backwards_the_base_day_is_not_counted(base, term, last):
    counted = count_back(parse_local(base), parse_term(term), _CALENDAR, whole_day=False)
    assert format_local(counted.due_ms or 0) == last


def test_before_without_a_number_is_before_the_instant_or_the_day():
    base = parse_local("2026-10-12 09:00")
    assert count_back(base, None, _CALENDAR, whole_day=False).due_ms == base - 1
    assert format_local(count_back(base, None, _CALENDAR, whole_day=True).due_ms or 0) == "2026-10-11 23:59"


def test_an_unannounced_year_is_provisional_and_says_so():
    counted = count(parse_local("2026-12-25 10:00"), [Term(10, "working_days")], _CALENDAR)
    assert counted.provisional
    assert "暂定" in counted.working[-1]
    assert not count(parse_local("2026-12-25 10:00"), [Term(10, "days")], _CALENDAR).provisional
    assert count(parse_local("2026-12-25 10:00"), [Term(10, "days")], _CALENDAR, roll="holiday").provisional


def test_the_working_names_the_festivals_left_out():
    counted = count(parse_local("2026-09-21 10:00"), [Term(10, "working_days")], _CALENDAR)
    assert counted.working == (
        "自2026年9月21日次日起算，第10个工作日为2026年10月12日（中秋节放假3日不计、国庆节放假7日不计、10月10日调休上班计入）",
    )


@pytest.mark.parametrize("text", ["10", "ten days", "10 weeks", "-1 days", "10working_days"])
def test_what_is_no_term_is_refused_in_chinese(text):
    with pytest.raises(ValueError, match="不是期限"):
        parse_term(text)
