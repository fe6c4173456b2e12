"""Verification of reading records: numbered without gap, each row's hash, each seal's root."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection

from liuhen.ledger import merkle
from liuhen.ledger.entry import OPEN
from liuhen.ledger.errors import NotCanonical
from liuhen.ledger.findings import Finding, blob
from liuhen.ledger.reads import READS_SEALED, batch_range, read_leaf

BATCH = 1000


def check_reads(agency: str) -> Iterator[Finding]:
    """Every row of an agency's reading record, and every seal over it."""
    expected = 1
    after: Any = 0
    while rows := _rows(agency, after):
        for row in rows:
            if row[0] != expected:
                yield _finding(agency, expected, "number", "查阅记录缺失或被改动编号")
            expected = row[0] + 1 if isinstance(row[0], int) else expected
            if _leaf(agency, row) != blob(row[7]):
                yield _finding(agency, row[0], "leaf", "查阅记录的内容或哈希被改动")
        after = rows[-1][0]
    yield from _check_seals(agency)


def _check_seals(agency: str) -> Iterator[Finding]:
    expected, index = 1, -1
    while (seal := _next_seal(agency, index)) is not None:
        index, body = seal
        try:
            content = json.loads(body)
            first, last = batch_range(content["batch"])
            count, root = int(content["count"]), str(content["root"])
        except (ValueError, KeyError, TypeError):
            continue  # the part was altered: the check of its entry names it
        if first != expected:
            yield _finding(agency, first, "number", f"封存记录（日志第{index}条）与上一次封存不相接")
        if _root(agency, first, last) != (count, root):
            yield _finding(
                agency, first, "leaf", f"第{first}号至第{last}号查阅记录与封存（日志第{index}条）不符"
            )
        expected = last + 1


def _rows(agency: str, after: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, actor, what, how, at, COALESCE(granted, granted), reason, leaf FROM ledger_read"
            f" WHERE agency = %s AND number > %s ORDER BY number LIMIT {BATCH}",
            [agency, after],
        )
        return list(cursor.fetchall())


def _leaf(agency: str, row: tuple[Any, ...]) -> bytes:
    number, actor, what, how, at, granted, reason, _ = row
    try:
        return read_leaf(agency, number, actor, what, how, at, _truth(granted), reason)
    except NotCanonical:
        return b"?"


def _truth(value: Any) -> Any:
    """SQLite keeps 0 and 1; anything else is an alteration and stays what it is."""
    return bool(value) if value in (0, 1) else value


def _next_seal(agency: str, after: int) -> tuple[int, bytes] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.idx, p.body FROM ledger_entry e LEFT JOIN ledger_part p"
            " ON p.agency = e.agency AND p.idx = e.idx AND p.name = %s"
            f" WHERE e.agency = %s AND e.kind = '{READS_SEALED}' AND e.idx > %s ORDER BY e.idx LIMIT 1",
            [OPEN, agency, after],
        )
        row = cursor.fetchone()
    return None if row is None else (row[0], blob(row[1]))


def _root(agency: str, first: int, last: int) -> tuple[int, str]:
    frontier: list[bytes] = []
    count, after = 0, first - 1
    while after < last:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT number, leaf FROM ledger_read WHERE agency = %s AND number > %s AND number <= %s"
                f" ORDER BY number LIMIT {BATCH}",
                [agency, after, last],
            )
            rows = cursor.fetchall()
        if not rows:
            break
        for after, leaf in rows:  # noqa: B007 (the last number goes on)
            frontier = merkle.grow(frontier, count, blob(leaf))
            count += 1
    return count, merkle.root_of(frontier).hex()


def _finding(agency: str, number: Any, column: str, text: str) -> Finding:
    return Finding("read", f"机关 {agency} 第{number}号查阅记录", column, text, agency, None, "", number)
