"""Every column of every table, one after the other changed behind the program's back, is named by the verification.

The tables come from the databases themselves: a new one is covered, or listed with its reason in
`liuhen/oversight/unverified.yaml`, or this fails.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connections, transaction

from liuhen import ledger
from liuhen.accounts.models import Agency
from liuhen.acts import registry
from liuhen.disclosure.papers import publish_papers
from liuhen.kernel.clock import FixedClock
from liuhen.ledger.note import Signer
from liuhen.oversight.reads import seal_all
from liuhen.oversight.scenarios import FILES, Pace, read_scenario
from liuhen.oversight.scenarios.player import Playing, played
from liuhen.oversight.verification import unverified, verify
from tests.ledger.conftest import drop_guards

ROWS = int(os.environ.get("ROWS", "1"))
"""Rows changed of each table: the last in the suite; `ROWS=2 make test TESTS=…` the first one too."""
PLAYED = ("henan-whole.yaml", "people.yaml")
NOT_FILLED = {
    "ledger_destruction": "no act destroys anything yet; tests/ledger/test_verify.py",
    "claims_file": "tests/oversight/test_claims_verified.py",
    "claims_row": "tests/oversight/test_claims_verified.py",
    "ledger_tile": "256 entries fill the first; tests/ledger/test_publish.py",
}
"""Tables of record that stay empty here, and where they are covered."""


@dataclass(frozen=True)
class Table:
    """A table and the columns that are to be verified."""

    alias: str
    name: str
    columns: tuple[str, ...]

    def __str__(self) -> str:
        return self.name


def tables() -> list[Table]:
    """Every table of both databases with the columns that `unverified.yaml` does not except."""
    found = []
    for alias in ("default", "portal"):
        connection = connections[alias]
        with connection.cursor() as cursor:
            names = connection.introspection.table_names(cursor)
            for name in names:
                left_out = unverified().get(name, {})
                if isinstance(left_out, Mapping):
                    described = connection.introspection.get_table_description(cursor, name)
                    columns = tuple(column.name for column in described if column.name not in left_out)
                    found.append(Table(alias, name, columns))
    return found


@pytest.fixture
def filled(stage: object) -> Playing:
    """A whole case, the register's changes, a checkpoint with a witness, reads sealed and not: no findings."""
    for file in PLAYED:
        playing = played(read_scenario(FILES / file), Pace(acting_only=True))
        assert not playing.outcome.failures
    while publish_papers():
        pass
    clock = FixedClock(playing.clock.ms + 86_400_000)
    agency = Agency.objects.get(slug=playing.scenario.agency).id
    for number in range(3):
        ledger.record_read(agency, "o", f"case/{number}", "open", clock.ms, granted=number != 1, reason="r")
    seal_all(clock)
    ledger.record_read(agency, "o", "case/9", "open", clock.ms, granted=True, reason="r")
    made = ledger.publish_checkpoint(agency, clock.ms)
    assert made is not None
    witness = Signer("w.example/w", b"\x07" * 32)
    line = witness.cosign(made.note.decode().split("\n\n")[0] + "\n", clock.ms // 1000).rstrip("\n")
    ledger.add_cosignature(agency, made.size, line, witness.timed_verifier)
    assert [str(finding) for finding in verify()] == []
    return playing


@contextmanager
def undone() -> Iterator[None]:
    """Undo on leaving what a superuser did, foreign keys or not."""
    with transaction.atomic(), transaction.atomic(using="portal"):
        yield
        for alias in ("default", "portal"):
            transaction.set_rollback(True, using=alias)


def changed(value: Any) -> Any:
    """The value, one bit or one step off."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 999_999  # beyond every key in use
    if isinstance(value, date):
        return value - timedelta(days=1)
    if isinstance(value, str):
        return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "x"
    if value is None:
        return 1
    data = bytes(value)
    return data[:-1] + bytes([data[-1] ^ 1]) if data else b"x"


def compared_whole(table: Table) -> bool:
    """Whether a list compares every column of the table with the entries, whatever its rows are."""
    return any(
        set(table.columns) <= set(one.columns) for one in registry.projections() if one.table == table.name
    )


def rows_of(table: Table) -> list[dict[str, Any]]:
    """The first and the last row, with the row's own number."""
    key = "rowid"
    with connections[table.alias].cursor() as cursor:
        found = []
        for order in (" DESC", ""):
            cursor.execute(
                f"SELECT {key} AS of_row, {', '.join(table.columns)} FROM {table.name} ORDER BY 1{order}"
            )
            names = [column[0] for column in cursor.description]
            row = cursor.fetchone()
            if row is not None:
                found.append(dict(zip(names, row, strict=True)))
    return found[:ROWS]


def change(table: Table, row: dict[str, Any], column: str) -> bool:
    """Change one value. False where the database itself refuses it."""
    with connections[table.alias].cursor() as cursor:
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute(
            f"UPDATE {table.name} SET {column} = %s WHERE rowid = %s", [changed(row[column]), row["of_row"]]
        )
        return bool(cursor.rowcount)


def test_every_listed_table_exists_and_has_a_reason(filled: Playing) -> None:
    with connections["default"].cursor() as cursor:
        known = set(connections["default"].introspection.table_names(cursor))
    with connections["portal"].cursor() as cursor:
        known |= set(connections["portal"].introspection.table_names(cursor))
    for name, why in unverified().items():
        assert name in known or name.startswith(("axes_", "sqlite_")), name
        assert all(why.values()) if isinstance(why, Mapping) else len(why) > 6, name


@pytest.mark.slow
def test_every_column_of_every_table(filled: Playing) -> None:
    drop_guards()
    standing = {str(finding) for finding in verify()}  # the guards that were dropped, and nothing else
    assert all("触发器" in text for text in standing)
    unnoticed, empty = [], []
    for table in tables():
        rows = rows_of(table)
        if not rows and table.name not in NOT_FILLED and not compared_whole(table):
            empty.append(table.name)
        for row in rows:
            for column in table.columns:
                with undone():
                    if change(table, row, column) and {str(finding) for finding in verify()} <= standing:
                        unnoticed.append(f"{table}.{column} of row {row['of_row']}: {row[column]!r}")
    assert unnoticed == []
    assert empty == [], (
        "play a scenario that fills them, or say in unverified.yaml why they need not be verified"
    )
