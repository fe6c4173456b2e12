"""Identifiers: 32 hexadecimal characters that sort by the time of their making (RFC 9562, version 7)."""

import os
import re
import threading
from time import time_ns

ID_LENGTH = 32
_SHAPE = re.compile(r"[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}")
_RANDOM_BITS = 62
_COUNTER_BITS = 12
_START_BITS = 10


class _Sequence:
    """Version 7 identifiers of one process, strictly increasing: the 12 bits after the millisecond count.

    They count from a random number below 1024 in each millisecond, so that processes seldom count alike.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def next(self) -> str:
        drawn = int.from_bytes(os.urandom(9), "big")
        start, random = drawn >> (72 - _START_BITS), drawn & ((1 << _RANDOM_BITS) - 1)
        with self._lock:
            tick = (time_ns() // 1_000_000) << _COUNTER_BITS
            self._last = max(tick | start, self._last + 1)
            ms, count = self._last >> _COUNTER_BITS, self._last & ((1 << _COUNTER_BITS) - 1)
        return f"{ms:012x}7{count:03x}{(0b10 << _RANDOM_BITS) | random:016x}"


_sequence = _Sequence()


def new_id() -> str:
    """A new identifier: 32 hex characters, unique, and after all that this process made before."""
    return _sequence.next()


def is_id(text: str) -> bool:
    """Whether a text has the shape of an identifier."""
    return _SHAPE.fullmatch(text) is not None
