"""A database as in a real installation, in a folder that goes away: every commit is on the disk."""

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.test import override_settings


@contextmanager
def durable_sqlite() -> Iterator[Path]:
    """Django on a fresh SQLite pair (WAL, synchronous=FULL) with folders for files and keys; gives the folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liuhen.config.settings_test")
    django.setup()
    from tests.databases import SqliteDatabases, handed_out  # noqa: PLC0415 (needs Django set up)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = SqliteDatabases(folder / "shared", folder / "own").fresh("FULL")
        homes = override_settings(LEDGER_FILES=folder / "files", LEDGER_KEYS=folder / "keys")
        with handed_out(settings), homes:
            yield folder


def bare_commits_per_second(folder: Path, n: int) -> float:
    """What this disk does at best: one row of 1 KB a commit, SQLite in WAL with synchronous=FULL."""
    connection = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE row (body BLOB)")
    body = os.urandom(1024)
    start = time.perf_counter()
    for _ in range(n):
        connection.execute("INSERT INTO row VALUES (?)", [body])
    taken = time.perf_counter() - start
    connection.close()
    return n / taken


@contextmanager
def durable_postgres() -> Iterator[Path]:
    """Django on a PostgreSQL server of its own with the settings it comes with (fsync on); gives the folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liuhen.config.settings_test")
    django.setup()
    from tests.databases import PostgresDatabases, handed_out  # noqa: PLC0415 (needs Django set up)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = PostgresDatabases(f"bench-{os.getpid()}", "bench", quick=False)
        settings = server.fresh()
        homes = override_settings(LEDGER_FILES=folder / "files", LEDGER_KEYS=folder / "keys")
        with handed_out(settings), homes:
            yield folder
        server.drop(settings)
