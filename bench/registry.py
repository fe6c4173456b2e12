"""What is measured: a function names the figures it gives; its group is the first part of their names, or its module.

@measures("law.judge.ms")
def judge() -> Iterator[Figure]:
    yield Figure("law.judge.ms", median_ms(run, 200), "ms", 200)
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One number: what it is, its value and unit, and of how many measurements it was taken."""

    figure: str
    value: float
    unit: str
    n: int


@dataclass(frozen=True)
class Measure:
    """What gives some figures. One that is `called` something takes long: it runs only when asked for by that name."""

    names: tuple[str, ...]
    run: Callable[[], Iterator[Figure]]
    called: str = ""

    def asked(self, only: str) -> bool:
        """Whether anything of this is asked for."""
        if self.called:
            return only in (self.called, *self.names)
        return self._whole(only) or any(_named(only, name) for name in self.names)

    def shows(self, only: str, figure: str) -> bool:
        """Whether this figure is asked for; what the disk does is shown beside anything."""
        return self._whole(only) or _named(only, figure) or figure.startswith("disk.")

    def _whole(self, only: str) -> bool:
        return only in ("", self.called or self.run.__module__.rpartition(".")[2])


MEASURES: list[Measure] = []


def measures(
    *figures: str, called: str = ""
) -> Callable[[Callable[[], Iterator[Figure]]], Callable[[], Iterator[Figure]]]:
    """Register a function under the names of the figures that it gives."""

    def register(function: Callable[[], Iterator[Figure]]) -> Callable[[], Iterator[Figure]]:
        MEASURES.append(Measure(figures, function, called))
        return function

    return register


def _named(only: str, figure: str) -> bool:
    """By its name, or by the beginning of it."""
    return figure == only or figure.startswith(f"{only}.")
