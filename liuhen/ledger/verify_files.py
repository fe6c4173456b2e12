"""Verification of files: every registered file is hashed again, and stands in the entry that recorded it first."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection

from liuhen.ledger.digest import FileDigest
from liuhen.ledger.entry import file_references
from liuhen.ledger.errors import FileMissing, LedgerError
from liuhen.ledger.findings import Finding, blob
from liuhen.ledger.store import FileStore

BATCH = 200


def check_files(agency: str | None, store: FileStore) -> Iterator[Finding]:
    """Every file: its bytes give the registered digests and size, its row agrees with its first entry."""
    after = ""
    only, values = ("", []) if agency is None else (" AND agency = %s", [agency])
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT sha256, sm3, size, media_type, agency, idx FROM ledger_file"
                f" WHERE sha256 > %s{only} ORDER BY sha256 LIMIT {BATCH}",
                [after, *values],
            )
            rows = cursor.fetchall()
        for row in rows:
            named = _named_by_entry(row)
            if named is not None:
                yield from _check_row(row, named)
                yield from _check_bytes(row, store)
        if len(rows) < BATCH:
            return
        after = rows[-1][0]


def _check_row(row: tuple[Any, ...], named: list[dict[str, Any]]) -> Iterator[Finding]:
    if not named:
        yield _finding(row, "idx", "登记的首个条目并没有附此文件：登记被改动")
    elif all(reference["media_type"] != row[3] for reference in named):
        yield _finding(row, "media_type", "文件登记的类型被改动，与条目不符")


def _check_bytes(row: tuple[Any, ...], store: FileStore) -> Iterator[Finding]:
    sha256, sm3, size = row[:3]
    digest = FileDigest()
    try:
        for chunk in store.read(sha256):
            digest.update(chunk)
    except FileMissing:
        yield _finding(row, "bytes", "文件缺失：文件库中没有它的内容")
        return
    except (OSError, LedgerError) as error:
        yield _finding(row, "bytes", f"文件读不出：{error}")
        return
    if digest.sha256 != sha256:
        yield _finding(row, "bytes", "文件的内容被改动，与登记的SHA-256不符")
        return
    if digest.sm3 != sm3:
        yield _finding(row, "sm3", "文件登记的SM3被改动，与内容不符")
    if digest.size != size:
        yield _finding(row, "size", "文件登记的大小被改动，与内容不符")


def _named_by_entry(row: tuple[Any, ...]) -> list[dict[str, Any]] | None:
    """How the first entry names the file; None when the part that named it is destroyed, and the bytes may be gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM ledger_part WHERE agency = %s AND idx = %s", [row[4], row[5]])
        bodies = [body for (body,) in cursor.fetchall()]
    named = []
    for body in bodies:
        try:
            found = file_references(json.loads(blob(body))) if body is not None else []
        except ValueError:
            found = []  # the check of the entry names the altered part
        named += [dict(item) for item in found if item["sha256"] == row[0]]
    return None if not named and None in bodies else named


def _finding(row: tuple[Any, ...], column: str, text: str) -> Finding:
    return Finding("file", f"文件 {row[0]}", column, text, row[4], row[5])
