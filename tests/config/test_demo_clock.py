"""The demonstration's clock goes forward and never back; a real installation has the machine's."""

from pathlib import Path

import pytest

from liuhen.config.demo_clock import FURTHEST_MS, DemonstrationClock, installed_clock
from liuhen.config.home import Home
from liuhen.kernel.clock import MS_PER_DAY, SystemClock


def test_it_goes_forward_for_every_process_that_reads_the_file(tmp_path: Path):
    one, other = DemonstrationClock(tmp_path / "clock"), DemonstrationClock(tmp_path / "clock")
    before = other.now_ms()
    assert one.put_forward(7 * MS_PER_DAY)
    assert 7 * MS_PER_DAY <= other.now_ms() - before < 7 * MS_PER_DAY + 60_000


@pytest.mark.parametrize("ms", [0, -MS_PER_DAY, FURTHEST_MS + 1])
def test_it_goes_neither_back_nor_too_far(tmp_path: Path, ms: int):
    clock = DemonstrationClock(tmp_path / "clock")
    before = clock.now_ms()
    assert not clock.put_forward(ms)
    assert clock.now_ms() - before < 60_000


def test_a_real_installation_has_the_machines_clock(tmp_path: Path):
    demo, real = Home(tmp_path / "demo"), Home(tmp_path / "real")
    demo.found("demo")
    real.found("real")
    assert isinstance(installed_clock(demo), DemonstrationClock)
    assert type(installed_clock(real)) is SystemClock
