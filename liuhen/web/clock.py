"""The one place where the screens get the time from; tests put another clock here."""

from typing import Protocol, runtime_checkable

from liuhen.kernel.clock import Clock, SystemClock


@runtime_checkable
class MovableClock(Protocol):
    """A clock that can be put forward: the demonstration's."""

    def now_ms(self) -> int:
        """Now, in milliseconds UTC."""
        ...

    def put_forward(self, ms: int) -> bool:
        """Put the clock forward by milliseconds; False when it cannot be."""
        ...


_clock: list[Clock] = [SystemClock()]


def clock() -> Clock:
    """The clock of this process."""
    return _clock[0]


def movable() -> MovableClock | None:
    """The clock, if it is one that can be put forward."""
    found = _clock[0]
    return found if isinstance(found, MovableClock) else None


def use(other: Clock) -> None:
    """Let the screens go by another clock: the installation's, a test's, a played scenario's."""
    _clock[0] = other
