"""演示数据: it can be loaded on any day of a year, over holidays and the turn of the year."""

import pytest

from liuhen.kernel.clock import parse_local
from liuhen.oversight.scenarios.demonstration import WEEK, load

MS_PER_WEEK = WEEK * 86_400_000
FIRST = parse_local("2026-11-22 08:00")


@pytest.mark.slow
@pytest.mark.parametrize("week", range(0, 60, 6))
def test_nothing_is_refused_whenever_it_is_loaded(stage: object, week: int) -> None:
    refused = [
        str(fault)
        for outcome in load("yi-ge-mi-ma-1", FIRST + week * MS_PER_WEEK)
        for fault in outcome.failures
    ]
    assert refused == []
