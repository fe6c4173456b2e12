"""Verification of streams against their last entries, and of rows that belong to nothing."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import connection

from liuhen.ledger import merkle
from liuhen.ledger.findings import Finding, blob
from liuhen.ledger.verify_damage import guarded

BATCH = 1000


def check_streams(agency: str | None) -> Iterator[Finding]:
    """Each stream's row against its last entry; entries without a stream's row."""
    last = ""
    while True:
        rows = _stream_rows(agency, last)
        for row in rows:
            yield from _check_stream(row)
        if len(rows) < BATCH:
            return
        last = rows[-1][0]


def _stream_rows(agency: str | None, after: str) -> list[tuple[Any, ...]]:
    only, values = ("", [after]) if agency is None else (" AND s.agency = %s", [after, agency])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id, s.agency, s.type, s.length, s.head, e.agency, e.number, e.leaf, e.header"
            " FROM ledger_stream s LEFT JOIN ledger_entry e ON e.stream = s.id AND e.number ="
            " (SELECT MAX(m.number) FROM ledger_entry m WHERE m.stream = s.id)"
            f" WHERE s.id > %s{only} ORDER BY s.id LIMIT {BATCH}",
            values,
        )
        return list(cursor.fetchall())


def _check_stream(row: tuple[Any, ...]) -> Iterator[Finding]:
    stream, agency, type_, length, head, of_entry, number, leaf, header = row

    def finding(column: str, text: str) -> Finding:
        return Finding("stream", f"机关 {agency} 的卷流 {stream}", column, text, agency, None, stream, number)

    if length != (number or 0):
        yield finding("length", f"卷流登记有{length}条，实有{number or 0}条")
    if number is None:
        if head is not None:
            yield finding("head", "空卷流却有末条哈希")
        return
    if of_entry != agency:
        yield finding("agency", "卷流所属机关被改动")
    if blob(head) not in (blob(leaf), merkle.leaf_hash(blob(header))):
        yield finding("head", "卷流的末条哈希被改动")
    if f'"stream_type":"{type_}"'.encode() not in blob(header):
        yield finding("type", "卷流的类型被改动")


def check_strays() -> Iterator[Finding]:
    """Rows that belong to no log, no entry, no stream. Each query is one snapshot."""
    for what, sql, text in _STRAYS:
        yield from guarded(what, f"表 ledger_{what}", partial(_strays, what, sql, text))


def _strays(what: str, sql: str, text: str) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        for row in cursor.fetchall():
            place = " ".join(str(value) for value in row[1:])
            yield Finding(what, f"机关 {row[0]} 的 {place}", "agency", text, str(row[0]))


_NO_ENTRY = "LEFT JOIN ledger_entry e ON e.agency = t.agency AND e.idx = t.{idx} WHERE e.idx IS NULL"
_NO_LOG = "LEFT JOIN ledger_log l ON l.agency = t.agency WHERE l.agency IS NULL"
_STRAYS = (
    (
        "entry",
        f"SELECT t.agency, t.idx FROM ledger_entry t {_NO_LOG} OR t.idx >= l.size OR t.idx < 0",
        "条目不在任何机关日志的范围内：被添加，或者其机关、序号被改动",
    ),
    (
        "stream",
        "SELECT t.agency, t.stream, t.number FROM ledger_entry t LEFT JOIN ledger_stream s ON s.id = t.stream"
        " WHERE s.id IS NULL",
        "条目的卷流没有登记：卷流登记被改动或删除",
    ),
    (
        "part",
        f"SELECT t.agency, t.idx, t.name FROM ledger_part t {_NO_ENTRY.format(idx='idx')}",
        "内容没有所属的条目：被添加，或者其机关、序号被改动",
    ),
    (
        "adoption",
        f"SELECT t.agency, t.idx, t.adopted FROM ledger_adoption t {_NO_ENTRY.format(idx='idx')}",
        "并入登记没有所属的条目",
    ),
    (
        "receipt",
        f"SELECT t.agency, t.first, t.key FROM ledger_receipt t {_NO_ENTRY.format(idx='first')}",
        "回执没有所属的条目",
    ),
    (
        "destruction",
        f"SELECT t.agency, t.idx, t.name FROM ledger_destruction t {_NO_ENTRY.format(idx='by_idx')}",
        "销毁登记没有销毁条目",
    ),
    (
        "checkpoint",
        f"SELECT t.agency, t.size FROM ledger_checkpoint t {_NO_LOG}",
        "检查点不属于任何机关日志",
    ),
    (
        "cosignature",
        "SELECT t.agency, t.size, t.witness FROM ledger_cosignature t LEFT JOIN ledger_checkpoint c"
        " ON c.agency = t.agency AND c.size = t.size WHERE c.size IS NULL",
        "见证签名没有所属的检查点",
    ),
    (
        "read",
        f"SELECT t.agency, t.number FROM ledger_read t {_NO_LOG} OR t.number < 1",
        "查阅记录不属于任何机关，或者编号被改动",
    ),
)
