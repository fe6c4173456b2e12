"""查阅: reading is a fact too. A row before the answer, in vain too; once a minute one entry seals count and root."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from liuhen.ledger import merkle
from liuhen.ledger.canonical import canonical
from liuhen.ledger.entry import OPEN
from liuhen.ledger.streams import as_bytes
from liuhen.ledger.turn import write_turn

READS_SEALED = "reads_sealed"
"""Kind of the register entry that seals; its open part holds `batch` ("first-last"), `count` and `root`."""

_LOCK_SPACE = 0x6C68  # PostgreSQL advisory locks of this table


def record_read(
    agency: str, actor: str, what: str, how: str, at_ms: int, *, granted: bool, reason: str = ""
) -> int:
    """Note that `actor` opened, played, searched, printed or exported `what` (`how`), or tried to; the row's number.

    Durable on return when called outside a transaction, as a view does before it answers. `at_ms`: milliseconds UTC.
    """
    with write_turn(), transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK_SPACE, agency])
        cursor.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM ledger_read WHERE agency = %s", [agency])
        number = int(cursor.fetchone()[0])
        leaf = read_leaf(agency, number, actor, what, how, at_ms, granted, reason)
        cursor.execute(
            "INSERT INTO ledger_read (agency, number, actor, what, how, at, granted, reason, leaf)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [agency, number, actor, what, how, at_ms, granted, reason, leaf],
        )
    return number


def read_leaf(
    agency: str, number: int, actor: str, what: str, how: str, at_ms: int, granted: bool, reason: str
) -> bytes:
    """The hash of one row, as a seal covers it."""
    row = {
        "agency": agency,
        "number": number,
        "actor": actor,
        "what": what,
        "how": how,
        "at": at_ms,
        "granted": granted,
        "reason": reason,
    }
    return merkle.leaf_hash(canonical(row))


def seal_reads(agency: str) -> dict[str, Any] | None:
    """What a `reads_sealed` entry says of the rows not yet sealed (`batch`, `count`, `root`); None without any.

    The door enters it in the same transaction, with the agency's register locked.
    """
    first = sealed_up_to(agency) + 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT leaf FROM ledger_read WHERE agency = %s AND number >= %s ORDER BY number", [agency, first]
        )
        frontier, count = seal_frontier(as_bytes(row[0]) or b"" for row in cursor.fetchall())
    if not count:
        return None
    root = merkle.root_of(frontier).hex()
    return {"batch": f"{first}-{first + count - 1}", "count": count, "root": root}


def seal_frontier(leaves: Iterable[bytes]) -> tuple[list[bytes], int]:
    """Frontier and number of a run of rows' hashes."""
    frontier: list[bytes] = []
    count = 0
    for leaf in leaves:
        frontier = merkle.grow(frontier, count, leaf)
        count += 1
    return frontier, count


def sealed_up_to(agency: str) -> int:
    """The number of the last row that an entry has sealed (0 when none)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.body FROM ledger_entry e JOIN ledger_part p"
            " ON p.agency = e.agency AND p.idx = e.idx AND p.name = %s"
            f" WHERE e.agency = %s AND e.kind = '{READS_SEALED}' ORDER BY e.idx DESC LIMIT 1",
            [OPEN, agency],
        )
        row = cursor.fetchone()
    return 0 if row is None else batch_range(json.loads(bytes(row[0]))["batch"])[1]


def batch_range(batch: str) -> tuple[int, int]:
    """First and last row number of a sealed batch."""
    first, _, last = batch.partition("-")
    return int(first), int(last)
