"""Working days: the State Council's days off and make-up days, year ends, years announced since."""

from datetime import date

import pytest

from liuhen.law.calendar import Calendar, Year, announced, span
from liuhen.law.dictionary import standard
from liuhen.law.facts import Matter
from tests.law.toy import facts


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-10-01", False),  # 国庆
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2026-10-10", True),  # 调休的星期六
        ("2026-10-11", False),
        ("2026-09-20", True),  # 调休的星期日
        ("2026-02-23", False),  # 春节延到星期一
        ("2026-02-14", True),
        ("2025-12-31", True),
        ("2026-01-04", True),
        ("2018-12-31", False),  # 2019年的安排管到上一年末
        ("2020-01-31", False),  # 春节假期延长
        ("2023-04-05", False),
    ],
)
def test_days_follow_the_arrangements(day, working):
    assert announced().is_working(date.fromisoformat(day)) is working


def test_eight_years_are_to_hand():
    assert sorted(announced().years) == list(range(2019, 2027))


def test_counting_working_days_agrees_with_walking_through_them():
    calendar = announced()
    for start in ("2025-12-20", "2026-02-10", "2026-09-18", "2019-01-01"):
        first = date.fromisoformat(start)
        day = first
        found: list[date] = []
        while len(found) < 30:
            day = date.fromordinal(day.toordinal() + 1)
            if calendar.is_working(day):
                found.append(day)
        assert [calendar.working_day_after(first, number) for number in range(1, 31)] == found


def test_a_year_announced_later_is_known_from_then_on():
    plain = announced()
    listed = facts(
        "- {at: 2026-11-10 09:00, kind: year_announced, year: 2027, notice: 国办发明电〔2026〕7号, "
        "off: [{date: 2027-01-01, name: 元旦}, {date: 2027-01-04, name: 元旦}], work: [{date: 2027-01-09, name: 调休}]}"
    )
    calendar = Matter(listed, standard(), plain).calendar
    assert not plain.known(date(2027, 1, 4))
    assert plain.is_working(date(2027, 1, 4))
    assert calendar.known(date(2027, 1, 4))
    assert not calendar.is_working(date(2027, 1, 4))
    assert calendar.is_working(date(2027, 1, 9))
    assert calendar.digest != plain.digest


def test_what_was_announced_is_laid_into_the_calendar_once_whoever_judges():
    off, other = {date(2027, 1, 1): "元旦"}, {date(2027, 1, 4): "元旦"}
    plain = announced()
    first = plain.with_years([Year(2027, off, {}, "通知")])
    assert plain.with_years([Year(2027, dict(off), {}, "通知")]) is first
    assert plain.with_years([Year(2027, other, {}, "通知")]).is_working(date(2027, 1, 1))
    assert not first.is_working(date(2027, 1, 1))
    assert plain.with_years([]) is plain


def test_a_day_far_outside_is_still_found():
    calendar = Calendar({})
    assert calendar.working_day_after(date(2030, 1, 4), 1) == date(2030, 1, 7)


def test_a_span_of_days_is_read_either_way_and_no_other():
    days = [date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3)]
    assert span("2027-01-01/2027-01-03") == span("2027-01-01 至 2027-01-03") == days
    assert span("2027-01-01") == days[:1]
    for wrong in (
        "",
        "元旦",
        "2027-01-03/2027-01-01",
        "2027-01-01/2027-12-31",
        "2027-01-01/2027-01-02/2027-01-03",
    ):
        with pytest.raises(ValueError):
            span(wrong)


@pytest.mark.parametrize("day", ["2027-01-01", "2027-05-01", "2028-05-02", "2029-10-03"])
def test_a_festival_of_the_same_day_each_year_is_off_before_the_year_is_announced(day: str) -> None:
    """全国年节及纪念日放假办法第二条; the year's arrangement, once announced, decides instead."""
    calendar = announced()
    assert not calendar.is_working(date.fromisoformat(day))
    assert not calendar.known(date.fromisoformat(day))
    year = int(day[:4])
    assert calendar.with_years([Year(year, {}, {date.fromisoformat(day): "调休"}, "通知")]).is_working(
        date.fromisoformat(day)
    )
