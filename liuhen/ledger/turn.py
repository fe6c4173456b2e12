"""The turn to write. SQLite has one writer: its busy handler starves the unlucky, a file lock does not."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from liuhen.ledger.together import here

_held = threading.local()
_TURNS = 0x6C69
"""The space of these locks among PostgreSQL's advisory ones."""


@contextmanager
def write_turn() -> Iterator[None]:
    """Hold the turn to write while the block runs: enter before the transaction, leave after its commit.

    SQLite in a file: an exclusive lock on `<database>.lock`, among threads and processes; may be nested.
    In memory, inside a transaction (which is the writer already), or on PostgreSQL (which has row locks):
    nothing to wait for.
    """
    path = None if getattr(_held, "mine", False) else _lock_path()
    if path is None:
        yield
        return
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _held.mine = True
        yield
    finally:
        _held.mine = False
        os.close(lock)


def _lock_path() -> str | None:
    ours = here()
    if ours.vendor != "sqlite" or ours.in_atomic_block:
        return None
    name = str(ours.settings_dict["NAME"])
    if not name or ":memory:" in name or "mode=memory" in name:
        return None
    return f"{name}.lock"


def turn_of(agency: str, what: str) -> None:
    """Wait until no other transaction of the agency has the turn of `what`; ours until our own transaction ends.

    What is read afterwards is seen as those before left it. SQLite has one writer, and a transaction that writes is it.
    """
    ours = here()
    if ours.vendor == "postgresql":
        with ours.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_TURNS, f"{agency} {what}"])
