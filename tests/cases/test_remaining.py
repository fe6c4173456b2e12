"""还有几天: counted in working days; into a year whose holidays nobody announced yet it is said to be about so many."""

import pytest

from liuhen.cases.remaining import remaining_text
from liuhen.kernel.clock import MS_PER_HOUR, parse_local
from liuhen.law.calendar import announced

NOW = parse_local("2026-12-28 10:00")


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("2026-12-28 23:59", "今天到期"),
        ("2026-12-28 15:00", "还有 5 小时"),
        ("2026-12-31 23:59", "还有 3 个工作日"),
        ("2027-01-04 23:59", "还有约 4 个工作日（2027年的节假日还没有公布）"),
        ("2026-12-25 23:59", "已逾期 3 天"),
    ],
)
def test_how_long_there_still_is(due: str, said: str) -> None:
    assert remaining_text(parse_local(due), NOW, announced()) == said


def test_a_minute_is_no_hour() -> None:
    assert remaining_text(NOW + MS_PER_HOUR // 2, NOW, announced()) == "还有 30 分钟"
