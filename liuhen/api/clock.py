"""Where the interface gets the time from: the clock of the process, handed down once when it starts."""

from collections.abc import Callable

from liuhen.kernel.clock import Clock, SystemClock

_source: list[Callable[[], Clock]] = [SystemClock]


def clock() -> Clock:
    """The clock of this process."""
    return _source[0]()


def use(source: Callable[[], Clock]) -> None:
    """Let the interface go by the clock that this gives."""
    _source[0] = source
