"""核验: re-compute everything from what is stored and name what was altered. Streamed; needs public keys alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import DatabaseError, connections

from liuhen.ledger.findings import Finding
from liuhen.ledger.store import FileStore, file_store
from liuhen.ledger.verify_damage import check_storage, guarded
from liuhen.ledger.verify_entries import Progress, Tree, check_entries
from liuhen.ledger.verify_files import check_files
from liuhen.ledger.verify_logs import CheckpointCheck, LogRow, check_log_head, check_tiles, log_rows, sizes
from liuhen.ledger.verify_reads import check_reads
from liuhen.ledger.verify_signed import check_signed_book
from liuhen.ledger.verify_streams import check_strays, check_streams


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
    files = store or file_store()
    with any_text():
        yield from check_storage()
        yield from guarded("log", "日志登记", lambda: _check_logs(agency, progress))
        yield from guarded("stream", "卷流登记", lambda: check_streams(agency))
        yield from check_strays()
        yield from guarded("file", "文件登记", lambda: check_files(agency, files))


def _check_logs(agency: str | None, progress: Progress) -> Iterator[Finding]:
    for log in log_rows(agency):
        yield from guarded("log", f"机关 {log.agency} 的日志", partial(_check_log, log, progress))


def _check_log(log: LogRow, progress: Progress) -> Iterator[Finding]:
    tree = Tree()
    checkpoints = CheckpointCheck(log)
    where = f"机关 {log.agency} 的"
    size = log.size if isinstance(log.size, int) else sizes(log.agency)[1]
    steps: tuple[tuple[str, str, Callable[[], Iterator[Finding]]], ...] = (
        ("entry", "条目", lambda: check_entries(log.agency, size, tree, checkpoints.at, progress)),
        ("checkpoint", "检查点", checkpoints.rest),
        ("checkpoint", "签署簿", lambda: check_signed_book(log)),
        ("log", "日志首", lambda: check_log_head(log, tree)),
        ("tile", "哈希砖", lambda: check_tiles(log)),
        ("read", "查阅记录", lambda: check_reads(log.agency)),
    )
    for what, name, step in steps:
        yield from guarded(what, where + name, step)


@contextmanager
def any_text(alias: str = "default") -> Iterator[None]:
    """Let SQLite hand out text whose bytes were damaged, so that the damage can be named."""
    connection = connections[alias]
    if connection.vendor != "sqlite":
        yield
        return
    try:
        connection.ensure_connection()
    except (DatabaseError, UnicodeDecodeError):  # not even to be opened: each check says so
        yield
        return
    raw: Any = connection.connection
    before = raw.text_factory
    raw.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        raw.text_factory = before
