"""Verification of the rows of claims: what lists show of a recorded file is what the file itself says."""

from collections.abc import Iterator
from dataclasses import astuple
from functools import partial

from django.db import connection

from liuhen import ledger
from liuhen.claims.reading import as_recorded, digest_of
from liuhen.ledger import Finding
from liuhen.ledger.verify_damage import guarded

_FILE = "sha256, rows, apart, total, digest"
_ROW = "number, claim, institution, item, cause, basis, fund, day, amount, problem"


def check_claims() -> Iterator[Finding]:
    """Every recorded file of claims against its rows and their summary; rows of no file."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_FILE} FROM claims_file c WHERE EXISTS"
            " (SELECT 1 FROM ledger_file f WHERE f.sha256 = c.sha256) ORDER BY sha256"
        )
        files = cursor.fetchall()
    for sha256, *summary in files:
        yield from guarded("claims", f"违规明细文件 {sha256}", partial(_check, sha256, tuple(summary)))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.sha256, COUNT(*) FROM claims_row r WHERE NOT EXISTS"
            " (SELECT 1 FROM claims_file c WHERE c.sha256 = r.sha256) GROUP BY r.sha256"
        )
        for sha256, count in cursor.fetchall():
            yield _finding(
                sha256, "sha256", f"{count} 行明细不属于任何读入的文件：被添加，或者文件编号被改动"
            )


def _check(sha256: str, summary: tuple[object, ...]) -> Iterator[Finding]:
    found = as_recorded(sha256, b"".join(ledger.file_store().read(sha256)), str(summary[-1]))
    digest = digest_of(map(astuple, found))
    apart = [row for row in found if row.problem]
    total = sum(row.amount for row in found if not row.problem)
    if summary != (len(found), len(apart), total, digest):
        yield _finding(sha256, "total", "明细的行数、金额或者摘要值被改动，与文件不符")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_ROW} FROM claims_row WHERE sha256 = %s ORDER BY number", [sha256])
        for (*standing,), wanted in zip(cursor.fetchall(), map(astuple, found), strict=False):
            if tuple(standing) != wanted:
                yield _finding(sha256, "number", f"第{wanted[0]}行明细被改动，与文件不符")
        cursor.execute("SELECT COUNT(*) FROM claims_row WHERE sha256 = %s", [sha256])
        (count,) = cursor.fetchone()
    if count != len(found):
        yield _finding(sha256, "number", f"文件有{len(found)}行明细，实有{count}行")


def _finding(sha256: str, column: str, text: str) -> Finding:
    return Finding("claims", f"违规明细文件 {sha256}", column, text)
