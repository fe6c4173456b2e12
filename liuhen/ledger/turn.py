"""The turn to write. SQLite has one writer: its busy handler starves the unlucky, a file lock does not."""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

_held = threading.local()


@contextmanager
def write_turn() -> Iterator[None]:
    """Hold the turn to write while the block runs: enter before the transaction, leave after its commit.

    SQLite in a file: an exclusive lock on `<database>.lock`, among threads and processes; may be nested.
    In memory, inside a transaction (which is the writer already), or on PostgreSQL (which has row locks):
    nothing to wait for.
    """
    path = _lock_path()
    if path is None or connection.in_atomic_block or getattr(_held, "mine", False):
        yield
        return
    with path.open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _held.mine = True
        try:
            yield
        finally:
            _held.mine = False


def _lock_path() -> Path | None:
    if connection.vendor != "sqlite":
        return None
    name = str(connection.settings_dict["NAME"])
    if not name or ":memory:" in name or "mode=memory" in name:
        return None
    return Path(f"{name}.lock")
