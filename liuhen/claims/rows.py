"""The rows of a file in the database: written once for its digest, outside any act's turn to write."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple
from itertools import islice

from django.db import connection, transaction

from liuhen import ledger
from liuhen.claims.models import ClaimFile
from liuhen.claims.reading import COLUMNS, Claim, as_recorded, claims, digest_of
from liuhen.registers.tables import NotATable

MAX_BYTES = 64 * 1024 * 1024
BATCH = 2_000


def read_in(name: str, sha256: str, content: Iterable[bytes]) -> ClaimFile:
    """Read a file's rows into the database, once for its digest. Raises `NotATable`; then nothing stays."""
    known = ClaimFile.objects.filter(sha256=sha256).first()
    if known is not None:
        return known
    found = list(claims(name, _bounded(name, content)))
    summary = ClaimFile(
        sha256=sha256,
        rows=len(found),
        apart=sum(bool(row.problem) for row in found),
        total=sum(row.amount for row in found if not row.problem),
        digest=digest_of(map(astuple, found)),
    )
    with ledger.write_turn(), transaction.atomic():
        if known := ClaimFile.objects.filter(sha256=sha256).first():
            return known
        _insert(sha256, found)
        summary.save(force_insert=True)
    return summary


def discard_unrecorded() -> int:
    """Forget the rows of files that were read and then neither recorded nor still wait as uploads; how many files."""
    with ledger.write_turn(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT sha256 FROM claims_file c WHERE NOT EXISTS (SELECT 1 FROM ledger_file f WHERE f.sha256 = c.sha256)"
            " AND NOT EXISTS (SELECT 1 FROM ledger_upload u WHERE u.sha256 = c.sha256)"
        )
        gone = [row[0] for row in cursor.fetchall()]
        for sha256 in gone:
            cursor.execute("DELETE FROM claims_row WHERE sha256 = %s", [sha256])
            cursor.execute("DELETE FROM claims_file WHERE sha256 = %s", [sha256])
    return len(gone)


def damaged() -> list[str]:
    """The recorded files (by digest) whose rows are not what the files say."""
    return [
        sha256 for sha256 in _recorded() if _digest_held(sha256) != digest_of(map(astuple, _again(sha256)))
    ]


def read_again() -> int:
    """Read the rows of damaged files again from the files themselves; how many files."""
    gone = damaged()
    for sha256 in gone:
        read = _again(sha256)
        with ledger.write_turn(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM claims_row WHERE sha256 = %s", [sha256])
            _insert(sha256, read)
    return len(gone)


def _recorded() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.sha256 FROM claims_file c JOIN ledger_file f ON f.sha256 = c.sha256 ORDER BY 1"
        )
        return [row[0] for row in cursor.fetchall()]


def _digest_held(sha256: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(COLUMNS)} FROM claims_row WHERE sha256 = %s ORDER BY number", [sha256]
        )
        return digest_of(cursor.fetchall())


def _again(sha256: str) -> list[Claim]:
    kept = ClaimFile.objects.filter(sha256=sha256).values_list("digest", flat=True).first()
    return as_recorded(sha256, _bounded(sha256, ledger.file_store().read(sha256)), kept or "")


def _bounded(name: str, content: Iterable[bytes]) -> bytes:
    held = bytearray()
    for chunk in content:
        held += chunk
        if len(held) > MAX_BYTES:
            raise NotATable(f"“{name}”超过{MAX_BYTES // 1024 // 1024}MB，请分成几份导入")
    return bytes(held)


def _insert(sha256: str, found: Sequence[Claim]) -> None:
    """Write the rows, each engine in its quickest way."""
    columns = f"claims_row (sha256, {', '.join(COLUMNS)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {columns} FROM STDIN") as copy:
                for row in found:
                    copy.write_row((sha256, *astuple(row)))
            # until it knows this file it reads all rows for each range of them
            cursor.execute("ANALYZE claims_row")
            return
        marks = f"({', '.join(['%s'] * (len(COLUMNS) + 1))})"
        rows = iter(found)
        while some := list(islice(rows, BATCH)):
            cursor.execute(
                f"INSERT INTO {columns} VALUES {', '.join([marks] * len(some))}",
                [value for row in some for value in (sha256, *astuple(row))],
            )
