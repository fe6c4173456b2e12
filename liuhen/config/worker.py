"""The worker: short pieces of work, each at its interval, one after another in one thread.

Each piece must be safe to run twice and to be cut off: what it has not done it finds again next time.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import close_old_connections

from liuhen.kernel.clock import Clock

log = logging.getLogger(__name__)

LONGEST_PAUSE = 60.0
"""Seconds between tries of a piece that keeps failing, at most."""


@dataclass(frozen=True)
class Periodic:
    """One piece of work: its name, its interval in seconds, and what it does at a time."""

    name: str
    seconds: float
    work: Callable[[Clock], None]


class Worker:
    """Runs periodic work; a failing piece is logged and tried again, ever more slowly, beside the others."""

    def __init__(self, pieces: Sequence[Periodic], clock: Clock) -> None:
        self._clock = clock
        self._due = dict.fromkeys(pieces, 0.0)
        self._failures = dict.fromkeys(pieces, 0)

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop."""
        while not stop.is_set():
            self.step(time.monotonic())
            next_due = min(self._due.values(), default=time.monotonic() + LONGEST_PAUSE)
            stop.wait(max(0.0, next_due - time.monotonic()))

    def step(self, moment: float) -> None:
        """Run every piece that is due at a moment (seconds of a monotonic clock)."""
        for piece in [piece for piece, due in self._due.items() if due <= moment]:
            self._due[piece] = moment + self._run(piece)

    def _run(self, piece: Periodic) -> float:
        """Seconds until this piece is to run again."""
        close_old_connections()
        try:
            piece.work(self._clock)
        except Exception:  # a piece of any room may fail in any way, and the others go on
            self._failures[piece] += 1
            pause = min(LONGEST_PAUSE, piece.seconds * 2.0 ** self._failures[piece])
            log.exception("后台作业“%s”第 %d 次失败，%.0f 秒后再试", piece.name, self._failures[piece], pause)
            return pause
        self._failures[piece] = 0
        return piece.seconds
