"""An agency's log: opened once, for good."""

import re
from dataclasses import dataclass

from django.db import connection

from liuhen.ledger.errors import LedgerError
from liuhen.ledger.keys import ensure_signer
from liuhen.ledger.merkle import EMPTY_ROOT
from liuhen.ledger.streams import as_bytes

_ORIGIN = re.compile(r"[a-z0-9][a-z0-9./_-]{2,180}")


@dataclass(frozen=True, slots=True)
class LogState:
    """How far an agency's log is: durable (committed), fixed (已固化: in a signed checkpoint), witnessed (已见证)."""

    agency: str
    origin: str
    vkey: str
    size: int
    root: bytes
    fixed_size: int
    witnessed_size: int

    def state(self, index: int) -> str:
        """`durable`, `fixed` or `witnessed`: the state of the entry at `index`."""
        if index < self.witnessed_size:
            return "witnessed"
        return "fixed" if index < self.fixed_size else "durable"


def create_log(agency: str, origin: str) -> None:
    """Open the agency's log under its origin (ASCII, `<host>/zfjl/<region>-<org>`), with a signing key of its own."""
    if not _ORIGIN.fullmatch(origin):
        raise LedgerError(f"日志名“{origin}”不合格式：只含小写字母、数字和 . / _ -")
    vkey = ensure_signer(agency, origin).vkey
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_log (agency, origin, vkey, size, frontier, root) VALUES (%s, %s, %s, 0, %s, %s)",
            [agency, origin, vkey, b"", EMPTY_ROOT],
        )


def log_state(agency: str) -> LogState | None:
    """The state of the agency's log, or None when it has none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT origin, vkey, size, root,"
            " (SELECT COALESCE(MAX(c.size), 0) FROM ledger_checkpoint c WHERE c.agency = l.agency),"
            " (SELECT COALESCE(MAX(w.size), 0) FROM ledger_cosignature w WHERE w.agency = l.agency)"
            " FROM ledger_log l WHERE l.agency = %s",
            [agency],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    return LogState(agency, row[0], row[1], row[2], as_bytes(row[3]) or b"", row[4], row[5])


def agencies() -> list[str]:
    """Every agency that has a log, in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT agency FROM ledger_log ORDER BY agency")
        return [row[0] for row in cursor.fetchall()]
