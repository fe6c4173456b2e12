"""演示时钟: the demonstration's clock can be put forward, so that a case with its waiting times is walked in an hour.

A real installation has the machine's clock and no other: `installed_clock` looks at what the home was founded as.
"""

import os
from pathlib import Path

from liuhen.config.home import Home
from liuhen.kernel.clock import Clock, SystemClock

FURTHEST_MS = 3 * 366 * 86_400_000
"""Three years ahead at most: beyond, no calendar is announced and nothing is left to try."""


class DemonstrationClock:
    """The machine's time and so much ahead as the file says. All processes of the demonstration read the one file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._base = SystemClock()

    def now_ms(self) -> int:
        """Now, in milliseconds UTC."""
        return self._base.now_ms() + self._ahead_ms()

    def put_forward(self, ms: int) -> bool:
        """Put the clock forward; False when that would be too far. It never goes back."""
        ahead = self._ahead_ms() + ms
        if ms <= 0 or ahead > FURTHEST_MS:
            return False
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{ahead}\n")
        os.replace(fresh, self._file)
        return True

    def _ahead_ms(self) -> int:
        try:
            return int(self._file.read_text())
        except FileNotFoundError:
            return 0


def installed_clock(house: Home) -> Clock:
    """The clock by which an installation goes."""
    if house.kind == "demo":
        return DemonstrationClock(house.path / "demo-clock")
    return SystemClock()
