"""核验: re-compute everything from what is stored and name what was altered. Streamed; needs public keys alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from liuhen.ledger.findings import Finding
from liuhen.ledger.store import FileStore, file_store
from liuhen.ledger.verify_entries import Progress, Tree, check_entries
from liuhen.ledger.verify_files import check_files
from liuhen.ledger.verify_logs import (
    CheckpointCheck,
    LogRow,
    check_log_head,
    check_strays,
    check_streams,
    check_tiles,
    log_rows,
    sizes,
)
from liuhen.ledger.verify_reads import check_reads


def verify(
    agency: str | None = None,
    progress: Progress = lambda agency, done, total: None,
    *,
    store: FileStore | None = None,
) -> list[Finding]:
    """Everything that was altered behind the program's back, of all agencies or one; empty when nothing was.

    `progress(agency, done, total)` is told entries. Safe to run while acts go on.
    """
    return list(findings(agency, progress, store=store))


def findings(
    agency: str | None = None,
    progress: Progress = lambda agency, done, total: None,
    *,
    store: FileStore | None = None,
) -> Iterator[Finding]:
    """As `verify`, one after the other as they are found."""
    with _any_text():
        for log in log_rows(agency):
            yield from _check_log(log, progress)
        yield from check_streams(agency)
        yield from check_strays()
        yield from check_files(agency, store or file_store())


def _check_log(log: LogRow, progress: Progress) -> Iterator[Finding]:
    tree = Tree()
    checkpoints = CheckpointCheck(log)
    size = log.size if isinstance(log.size, int) else sizes(log.agency)[1]
    yield from check_entries(log.agency, size, tree, checkpoints.at, progress)
    yield from checkpoints.rest()
    yield from check_log_head(log, tree)
    yield from check_tiles(log)
    yield from check_reads(log.agency)


@contextmanager
def _any_text() -> Iterator[None]:
    """Let SQLite hand out text whose bytes were damaged, so that the damage can be named."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    raw: Any = connection.connection
    before = raw.text_factory
    raw.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        raw.text_factory = before
