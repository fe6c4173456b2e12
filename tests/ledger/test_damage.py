"""A database file with damaged bytes: verification names what it can no longer read and goes on."""

import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from liuhen import ledger
from liuhen.ledger.note import Signer
from liuhen.ledger.signed import book_path
from tests.databases import Settings
from tests.ledger.conftest import START_MS, Bureau, drop_guards, new_bureau, run

SEED = 20261122
FLIPS = 120

on_sqlite = pytest.mark.parametrize("engine", ["sqlite"])


@pytest.fixture
def recorded(fresh_database: Settings) -> Bureau:
    """Sixty entries, two checkpoints, a witness, some reads: committed."""
    bureau = new_bureau()
    for number in range(60):
        payload = {"open": {"place": f"安居药店{number}", "text": "记录" * 60}}
        bureau.act(bureau.draft(payload=payload))
        if number == 30:
            ledger.publish_checkpoint(bureau.agency, START_MS)
    made = ledger.publish_checkpoint(bureau.agency, START_MS + 5000)
    assert made is not None
    witness = Signer("w.example/w", b"\x07" * 32)
    line = witness.cosign(made.note.decode().split("\n\n")[0] + "\n", START_MS // 1000).rstrip("\n")
    ledger.add_cosignature(bureau.agency, made.size, line, witness.timed_verifier)
    for number in range(5):
        ledger.record_read(bureau.agency, "o", f"case/{number}", "open", START_MS, granted=True)
    assert ledger.verify() == []
    return bureau


def file_of() -> Path:
    """The database's file, everything in it, closed."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    return path


def content(path: Path) -> dict[str, list[Any]] | None:
    """Every row of the record, as plain SQLite reads it; None when it cannot."""
    plain = sqlite3.connect(path)
    plain.text_factory = bytes
    try:
        names = [
            row[0].decode()
            for row in plain.execute(
                "SELECT name FROM sqlite_master WHERE name GLOB 'ledger_*' AND type = 'table'"
            )
        ]
        return {name: sorted(map(repr, plain.execute(f"SELECT * FROM {name}"))) for name in sorted(names)}
    except sqlite3.Error:
        return None
    finally:
        plain.close()


def without_companions(path: Path) -> None:
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


@on_sqlite
def test_any_byte_of_the_file_is_named_or_means_nothing(recorded: Bureau) -> None:
    path = file_of()
    whole = path.read_bytes()
    before = content(path)
    chosen = random.Random(SEED)
    named = 0
    for at in [*range(16, 100, 7), *chosen.sample(range(100, len(whole)), FLIPS)]:
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << chosen.randrange(8))]) + whole[at + 1 :])
        without_companions(path)
        found = ledger.verify()
        connection.close()
        without_companions(path)
        named += bool(found)
        assert found or content(path) == before, f"byte {at} of seed {SEED}"
    path.write_bytes(whole)
    assert named > FLIPS // 10
    assert ledger.verify() == []


@on_sqlite
def test_a_destroyed_page_is_named_with_its_table_and_the_rest_goes_on(recorded: Bureau) -> None:
    page = run("PRAGMA page_size")[0][0]
    # a leaf page of the parts' table, found through the root's right-most pointer
    ((root,),) = run("SELECT rootpage FROM sqlite_master WHERE name = 'ledger_part'")
    path = file_of()
    whole = bytearray(path.read_bytes())
    start = (root - 1) * page
    assert whole[start] == 5  # an interior page
    leaf = int.from_bytes(whole[start + 8 : start + 12], "big")
    whole[(leaf - 1) * page : leaf * page] = b"\xff" * page
    path.write_bytes(bytes(whole))
    without_companions(path)
    found = ledger.verify()
    assert any(item.what == "storage" and "ledger_part" in item.where for item in found)
    unread = {item.index for item in found if item.what == "entry"}
    assert unread and len(unread) < 60  # the entries on other pages were read and are right
    assert not [item for item in found if item.what == "read"]


@on_sqlite
def test_a_file_that_is_no_database_is_named(recorded: Bureau) -> None:
    path = file_of()
    path.write_bytes(b"not a database at all" * 4096)
    without_companions(path)
    assert any("读不出" in str(item) for item in ledger.verify())


@pytest.mark.parametrize("size", [31, 60])
def test_a_deleted_checkpoint_is_missed(recorded: Bureau, size: int) -> None:
    drop_guards()
    if size == 60:
        run("DELETE FROM ledger_cosignature")
    run("DELETE FROM ledger_checkpoint WHERE agency = %s AND size = %s", [recorded.agency, size])
    found = ledger.verify()
    assert any(item.what == "checkpoint" and f"长度{size}的检查点" in item.where for item in found)
    assert any("已被删除" in item.text for item in found)


def test_a_deleted_cosignature_is_missed(recorded: Bureau) -> None:
    drop_guards()
    run("DELETE FROM ledger_cosignature")
    (found,) = ledger.verify()
    assert (found.what, "w.example/w" in found.text) == ("cosignature", True)


def test_every_byte_of_the_signed_book_is_covered(recorded: Bureau) -> None:
    path = book_path(recorded.agency)
    whole = path.read_bytes()
    step = 1 if connection.vendor == "sqlite" else 7  # the book is a file, whatever the engine
    for at in range(0, len(whole) - 1, step):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert ledger.verify(), at


def test_the_book_catches_up_with_what_a_crash_left_out(recorded: Bureau) -> None:
    path = book_path(recorded.agency)
    first = path.read_text().splitlines()[0]
    path.write_text(first + "\n")
    recorded.act()
    ledger.publish_checkpoint(recorded.agency, START_MS + 9000)
    assert [line.split()[0] for line in path.read_text().splitlines()] == ["31", "60", "61"]
    assert ledger.verify() == []


def test_what_is_rolled_back_is_not_in_the_book(recorded: Bureau) -> None:
    before = book_path(recorded.agency).read_bytes()
    recorded.act()
    with transaction.atomic():
        ledger.publish_checkpoint(recorded.agency, START_MS + 9000)
        transaction.set_rollback(True)
    assert book_path(recorded.agency).read_bytes() == before
