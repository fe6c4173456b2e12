"""What is measured: a function names the figures it gives, the group is the first part of their names.

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


Measure = Callable[[], Iterator[Figure]]

MEASURES: dict[tuple[str, ...], Measure] = {}


def measures(*figures: str) -> Callable[[Measure], Measure]:
    """Register a function under the names of the figures that it gives."""

    def register(function: Measure) -> Measure:
        MEASURES[figures] = function
        return function

    return register


def wanted(only: str, figure: str) -> bool:
    """Whether a figure is asked for: by its name, by the beginning of it, or because nothing was named."""
    return not only or figure == only or figure.startswith(f"{only}.")
