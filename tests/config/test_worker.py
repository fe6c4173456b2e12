"""The worker does each piece at its interval; one that fails neither stops the others nor hurries."""

import threading

import pytest

from liuhen.config.worker import LONGEST_PAUSE, Periodic, Worker
from liuhen.kernel.clock import Clock, FixedClock

pytestmark = pytest.mark.django_db

CLOCK = FixedClock.at("2026-09-21 10:00")


def test_each_at_its_interval() -> None:
    seen: list[str] = []
    often = Periodic("often", 1, lambda clock: seen.append("often"))
    seldom = Periodic("seldom", 5, lambda clock: seen.append("seldom"))
    worker = Worker([often, seldom], CLOCK)
    for second in range(100, 106):
        worker.step(second)
    assert (seen.count("often"), seen.count("seldom")) == (6, 2)


def test_a_failing_piece_is_tried_ever_more_slowly(caplog: pytest.LogCaptureFixture) -> None:
    seen: list[str] = []

    def fail(clock: Clock) -> None:
        seen.append("fail")
        raise ValueError("坏了")

    worker = Worker(
        [Periodic("fail", 1, fail), Periodic("good", 1, lambda clock: seen.append("good"))], CLOCK
    )
    for second in range(100, 164):
        worker.step(second)
    assert seen.count("good") == 64
    assert 5 <= seen.count("fail") <= 6
    assert "后台作业“fail”第 1 次失败" in caplog.text
    assert LONGEST_PAUSE >= 60


def test_it_passes_the_clock_and_stops_when_told() -> None:
    stop = threading.Event()
    seen: list[int] = []

    def once(clock: Clock) -> None:
        seen.append(clock.now_ms())
        stop.set()

    Worker([Periodic("once", 60, once)], CLOCK).run(stop)
    assert seen == [CLOCK.ms]
