"""Verification of the book beside the signing key: every checkpoint and witness's line in it still stands."""

from collections.abc import Iterator

from django.db import connection

from liuhen.ledger.findings import Finding, blob
from liuhen.ledger.signed import SignedLine, signed_lines
from liuhen.ledger.verify_logs import LogRow


def check_signed_book(log: LogRow) -> Iterator[Finding]:
    """Checkpoints and witnesses' lines that were deleted, and a database set back to an older copy."""
    for number, line in enumerate(signed_lines(log.agency), 1):
        if isinstance(line, str):
            yield log.finding("checkpoint", "book", f"签署簿第{number}行被改动：{line[:80]}")
        elif line.witness and not _cosigned(log.agency, line):
            text = f"长度{line.size}的检查点缺少 {line.witness.split('+')[0]} 的见证签名：已被删除"
            yield Finding("cosignature", _where(log, line), "line", text, log.agency, line.size)
        elif (root := _root(log.agency, line.size)) != line.root:
            text = "检查点缺失：已被删除，或者数据库退回旧本" if root is None else "检查点的根与签署簿不符"
            yield Finding("checkpoint", _where(log, line), "size", text, log.agency, line.size)


def _where(log: LogRow, line: SignedLine) -> str:
    return f"机关 {log.agency} 长度{line.size}的检查点"


def _root(agency: str, size: int) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT root FROM ledger_checkpoint WHERE agency = %s AND size = %s", [agency, size])
        row = cursor.fetchone()
    return None if row is None else blob(row[0]).hex()


def _cosigned(agency: str, line: SignedLine) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM ledger_cosignature WHERE agency = %s AND size = %s AND witness = %s",
            [agency, line.size, line.witness],
        )
        return cursor.fetchone() is not None
