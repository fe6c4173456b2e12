"""The one place where the screens get the time from; tests put another clock here."""

from liuhen.kernel.clock import Clock, SystemClock

_clock: list[Clock] = [SystemClock()]


def clock() -> Clock:
    """The clock of this process."""
    return _clock[0]


def use(other: Clock) -> None:
    """Let the screens go by another clock: tests and played scenarios."""
    _clock[0] = other
