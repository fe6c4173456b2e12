"""The database refuses, on both engines, what the program would never send."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from liuhen import ledger
from liuhen.ledger.note import Signer
from tests.ledger.conftest import GUARDED, START_MS, Bureau, run

COLUMN = {
    "entry": "happened = happened + 1",
    "part": "body = NULL",
    "adoption": "idx = 0",
    "receipt": "count = 7",
    "checkpoint": "signed = 0",
    "cosignature": "size = 0",
    "file": "size = 1",
    "read": "granted = NOT granted",
    "destruction": "name = 'open'",
}


@pytest.fixture
def filled(bureau: Bureau) -> Bureau:
    """A bureau with a row in every table of record."""
    sent = ledger.upload([b"bytes"], owner="o", name="a.txt", media_type="text/plain", now_ms=START_MS)
    (file,) = ledger.attach([sent.id], owner="o", now_ms=START_MS)
    payload = {"open": {"files": [file.reference()]}, "secret": {"who": "x"}}
    (entry,) = bureau.act(bureau.draft(payload=payload, files=(file,)))
    bureau.act(ledger.adopt(bureau.draft(), bureau.lead), bureau.draft(destroys=((entry.id, "secret"),)))
    ledger.record_read(bureau.agency, "o", "case/1", "open", START_MS, granted=True)
    made = ledger.publish_checkpoint(bureau.agency, START_MS)
    assert made is not None
    witness = Signer("w.example/w", b"\x07" * 32)
    line = witness.cosign(made.note.decode().split("\n\n")[0] + "\n", START_MS // 1000).rstrip("\n")
    ledger.add_cosignature(bureau.agency, made.size, line, witness.timed_verifier)
    return bureau


def refused(sql: str, values: list[Any] | None = None, *, match: str = "底账") -> None:
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        run(sql, values)


@pytest.mark.parametrize("table", GUARDED)
def test_no_update_and_no_delete(filled: Bureau, table: str) -> None:
    ((rows,),) = run(f"SELECT COUNT(*) FROM ledger_{table}")
    assert rows, f"nothing to guard in {table}"
    refused(f"UPDATE ledger_{table} SET {COLUMN[table]}")
    refused(f"DELETE FROM ledger_{table}")
    assert run(f"SELECT COUNT(*) FROM ledger_{table}") == [(rows,)]


@pytest.mark.parametrize("table", [*GUARDED, "log", "stream"])
def test_no_row_is_replaced(filled: Bureau, table: str) -> None:
    if connection.vendor == "postgresql":
        columns = [name for (name,) in run(COLUMNS_OF, [f"ledger_{table}"])]
        keys = [name for (name,) in run(KEY_OF, [f"ledger_{table}"])]
        told = (
            f"INSERT INTO ledger_{table} SELECT * FROM ledger_{table} LIMIT 1 ON CONFLICT ({', '.join(keys)})"
        )
        refused(f"{told} DO UPDATE SET {columns[-1]} = EXCLUDED.{columns[-1]}")
        refused(f"TRUNCATE ledger_{table} CASCADE")
    else:
        refused(f"INSERT OR REPLACE INTO ledger_{table} SELECT * FROM ledger_{table} LIMIT 1")
        run("PRAGMA recursive_triggers = OFF")
        refused(f"INSERT OR REPLACE INTO ledger_{table} SELECT * FROM ledger_{table} LIMIT 1")
        run("PRAGMA recursive_triggers = ON")


COLUMNS_OF = (
    "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position"
)
KEY_OF = """SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
            WHERE i.indrelid = %s::regclass AND i.indisprimary"""


def test_no_entry_out_of_order(filled: Bureau) -> None:
    columns = "agency, idx, stream, number, kind, happened, recorded, actor, leaf, header"
    rest = "kind, happened, recorded, actor, leaf, header FROM ledger_entry WHERE idx = 0 AND agency = %s"
    for index, number in ((4, 4), (2, 4), (3, 5), (3, 3), (-1, 4)):
        told = f"INSERT INTO ledger_entry ({columns}) SELECT agency, {index}, stream, {number}, {rest}"
        refused(told, [filled.agency], match="紧接上一条")
    run(f"INSERT INTO ledger_entry ({columns}) SELECT agency, 3, stream, 4, {rest}", [filled.agency])


def test_nothing_is_laid_under_what_the_head_covers(filled: Bureau) -> None:
    agency = filled.agency
    refused("INSERT INTO ledger_part (agency, idx, name) VALUES (%s, 0, 'late')", [agency])
    refused(
        "INSERT INTO ledger_adoption (stream, adopted, agency, idx) VALUES (%s, %s, %s, 0)",
        [filled.lead, filled.case, agency],
    )
    refused("INSERT INTO ledger_receipt (agency, key, first, count) VALUES (%s, 'late', 0, 1)", [agency])
    refused("INSERT INTO ledger_destruction (agency, idx, name, by_idx) VALUES (%s, 0, 'open', 0)", [agency])
    refused(
        "INSERT INTO ledger_file (sha256, sm3, size, media_type, agency, idx) VALUES ('x', 'y', 1, 't', %s, 0)",
        [agency],
    )


def test_checkpoints_only_grow_and_stay_within_the_log(filled: Bureau) -> None:
    told = "INSERT INTO ledger_checkpoint (agency, size, root, signed, note) SELECT agency, {}, root, signed, note"
    told += " FROM ledger_checkpoint WHERE agency = %s"
    refused(told.format(2), [filled.agency], match="只能比上一个长")
    refused(told.format(4), [filled.agency], match="不能超过")


def test_reading_records_are_numbered_without_gap(filled: Bureau) -> None:
    told = "INSERT INTO ledger_read (agency, number, actor, what, how, at, granted, reason, leaf)"
    told += " SELECT agency, number + 2, actor, what, how, at, granted, reason, leaf FROM ledger_read"
    refused(told, match="紧接上一条")


def test_heads_only_grow_and_keep_their_names(filled: Bureau) -> None:
    for change in ("origin = 'other'", "vkey = 'x'", "agency = 'x'", "size = size - 1"):
        refused(f"UPDATE ledger_log SET {change}")
    for change in ("agency = 'x'", "type = 'lead2'", "id = 'x'", "length = length - 1"):
        refused(f"UPDATE ledger_stream SET {change} WHERE length > 0")
    refused("DELETE FROM ledger_log")
    refused("DELETE FROM ledger_stream")


def test_only_an_ordered_part_can_be_emptied_and_only_emptied(filled: Bureau) -> None:
    at = [filled.agency]
    refused(
        "UPDATE ledger_part SET salt = NULL, body = NULL WHERE agency = %s AND idx = 0 AND name = 'open'", at
    )
    refused("UPDATE ledger_part SET name = 'x' WHERE agency = %s AND idx = 0 AND name = 'secret'", at)
    refused("DELETE FROM ledger_part WHERE agency = %s AND idx = 0 AND name = 'secret'", at)


@pytest.mark.postgres
def test_the_replica_role_does_not_get_past(filled: Bureau) -> None:
    if connection.vendor == "sqlite":
        return
    with transaction.atomic():
        run("SET LOCAL session_replication_role = replica")
        refused("UPDATE ledger_entry SET happened = 0")
        refused("DELETE FROM ledger_part")
