"""Measuring: medians and percentiles of repeated calls."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence


def samples_ms(call: Callable[[], object], n: int, *, warm_up: int = 3) -> list[float]:
    """The milliseconds that each of `n` calls took, after some that are not counted."""
    for _ in range(warm_up):
        call()
    gc.collect()
    taken = []
    for _ in range(n):
        start = time.perf_counter_ns()
        call()
        taken.append((time.perf_counter_ns() - start) / 1e6)
    return taken


def median_ms(call: Callable[[], object], n: int) -> float:
    """The median of `n` calls, in milliseconds."""
    return statistics.median(samples_ms(call, n))


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]
