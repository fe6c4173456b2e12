"""Whatever is changed behind the program's back is named; what is honest is not."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from liuhen import ledger
from liuhen.ledger import canonical, merkle
from liuhen.ledger.note import Signer
from tests.ledger.conftest import START_MS, Bureau, drop_guards, run

EVIDENCE = {
    "log": ("agency", "origin", "vkey", "size", "frontier", "root"),
    "stream": ("id", "agency", "type", "length", "head"),
    "entry": (
        *("agency", "idx", "stream", "number", "kind"),
        *("happened", "recorded", "actor", "leaf", "header"),
    ),
    "part": ("agency", "idx", "name", "salt", "body"),
    "adoption": ("stream", "adopted", "agency", "idx"),
    "receipt": ("agency", "key", "first", "count"),
    "checkpoint": ("agency", "size", "root", "signed", "note"),
    "cosignature": ("agency", "size", "witness", "line"),
    "destruction": ("agency", "idx", "name", "by_idx"),
    "read": ("agency", "number", "actor", "what", "how", "at", "granted", "reason", "leaf"),
    "file": ("sha256", "sm3", "size", "media_type", "agency", "idx"),
    "tile": ("agency", "level", "number", "hashes", "root"),
}
KEYS = {
    "log": ("agency",),
    "stream": ("id",),
    "entry": ("agency", "idx"),
    "part": ("agency", "idx", "name"),
    "adoption": ("stream", "adopted"),
    "receipt": ("agency", "key"),
    "checkpoint": ("agency", "size"),
    "cosignature": ("agency", "size"),
    "destruction": ("agency", "idx"),
    "read": ("agency", "number"),
    "file": ("sha256",),
    "tile": ("agency", "level", "number"),
}


@pytest.fixture
def filled(bureau: Bureau) -> Bureau:
    """A row in every table of record: a file, adoption, destruction, reads sealed and not, checkpoints, a witness."""
    sent = ledger.upload(
        [b"bytes of a photo"], owner="o", name="a.jpg", media_type="image/jpeg", now_ms=START_MS
    )
    (file,) = ledger.attach([sent.id], owner="o", now_ms=START_MS)
    payload = {"open": {"files": [file.reference()]}, "secret": {"who": "x"}}
    (entry,) = bureau.act(bureau.draft(payload=payload, files=(file,)), response={"ok": True})
    bureau.act(ledger.adopt(bureau.draft(), bureau.lead), bureau.draft(bureau.lead))
    ledger.publish_checkpoint(bureau.agency, START_MS)
    bureau.act(bureau.draft(destroys=((entry.id, "secret"),)))
    for number in range(3):
        ledger.record_read(bureau.agency, "o", f"case/{number}", "open", START_MS, granted=number != 1)
    sealed = ledger.seal_reads(bureau.agency)
    assert sealed is not None
    register = ledger.create_stream(bureau.agency, "register")
    bureau.act(bureau.draft(register, ledger.READS_SEALED, payload={"open": sealed}))
    ledger.record_read(bureau.agency, "o", "case/9", "play", START_MS, granted=True)
    made = ledger.publish_checkpoint(bureau.agency, START_MS + 5000)
    assert made is not None
    witness = Signer("w.example/w", b"\x07" * 32)
    line = witness.cosign(made.note.decode().split("\n\n")[0] + "\n", START_MS // 1000).rstrip("\n")
    ledger.add_cosignature(bureau.agency, made.size, line, witness.timed_verifier)
    return bureau


@contextmanager
def behind_its_back() -> Iterator[None]:
    """Undo on leaving what a superuser did."""
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


def test_an_honest_record_has_no_findings(filled: Bureau) -> None:
    told: list[tuple[str, int, int]] = []
    assert ledger.verify(progress=lambda *step: told.append(step)) == []
    assert told[-1][1:] == (5, 5)


def altered(value: Any, at: int = 0, mask: int = 1) -> Any:
    """The value with one bit of one byte (or a number) changed."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1000  # beyond every key in use
    if isinstance(value, str):
        data = value.encode()
        return data[:at].decode() + chr(data[at] ^ mask) + data[at + 1 :].decode()
    data = bytes(value)
    return data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :]


def rows_of(table: str) -> list[dict[str, Any]]:
    columns = EVIDENCE[table]
    return [
        dict(zip(columns, row, strict=True))
        for row in run(f"SELECT {', '.join(columns)} FROM ledger_{table} ORDER BY {', '.join(KEYS[table])}")
    ]


def change(table: str, row: dict[str, Any], column: str, value: Any) -> None:
    keys = KEYS[table]
    where = " AND ".join(f"{key} = %s" for key in keys)
    run(f"UPDATE ledger_{table} SET {column} = %s WHERE {where}", [value, *(row[key] for key in keys)])


@pytest.mark.parametrize("table", [table for table in EVIDENCE if table != "tile"])
def test_every_column_of_every_row_is_covered(filled: Bureau, table: str) -> None:
    drop_guards()
    rows = rows_of(table)
    assert rows
    for row in rows:
        for column, value in row.items():
            if value is None or value in ("", b""):
                continue
            with behind_its_back():
                change(table, row, column, altered(value))
                found = ledger.verify()
            assert found, f"{table}.{column} of {row}"
            if column not in ("agency", "idx", "id", "first", "stream", "number"):
                assert any(finding.what == table for finding in found), (column, found)
    assert ledger.verify() == []


def test_no_column_of_record_is_left_out(database: str) -> None:
    for table, columns in EVIDENCE.items():
        with connection.cursor() as cursor:
            described = connection.introspection.get_table_description(cursor, f"ledger_{table}")
        assert {column.name for column in described} == set(columns), table


@pytest.mark.parametrize(
    "table", [table for table in EVIDENCE if table not in ("tile", "checkpoint", "cosignature")]
)
def test_a_row_that_is_gone_is_missed(filled: Bureau, table: str) -> None:
    """Checkpoints and cosignatures leave no trace here when they go: witnesses hold them."""
    drop_guards()
    for row in rows_of(table):
        if (table, row.get("number")) == ("read", 4):
            continue  # the last row, not sealed yet
        where = " AND ".join(f"{key} = %s" for key in KEYS[table])
        with behind_its_back():
            run(f"DELETE FROM ledger_{table} WHERE {where}", [row[key] for key in KEYS[table]])
            assert ledger.verify(), (table, row)


@pytest.mark.parametrize(
    ("table", "column"),
    [("entry", "header"), ("entry", "leaf"), ("part", "body"), ("part", "salt"), ("checkpoint", "note")],
)
def test_any_one_byte_of_an_entry_part_or_checkpoint_is_named(
    filled: Bureau, table: str, column: str
) -> None:
    drop_guards()
    row = [row for row in rows_of(table) if row[column]][1]
    step = 1 if connection.vendor == "sqlite" else 7  # the digests do not differ between engines
    for at in range(0, len(row[column]), step):
        with behind_its_back():
            change(table, row, column, altered(row[column], at, 1 << (at % 8)))
            found = ledger.verify(filled.agency)
        assert [(item.what, item.index) for item in found] == [(table, row.get("idx", row.get("size")))]
        if column != "salt":
            assert found[0].column == column


def test_any_one_byte_of_a_file_is_named(filled: Bureau, tmp_path: Path) -> None:
    (row,) = rows_of("file")
    path = ledger.LocalStore(tmp_path / "files").path(row["sha256"])
    content = path.read_bytes()
    path.chmod(0o640)
    for at in range(len(content)):
        path.write_bytes(altered(content, at))
        (found,) = ledger.verify()
        assert (found.what, found.column, row["sha256"] in found.where) == ("file", "bytes", True)
    for other in (content[:-1], content + b"x", b""):
        path.write_bytes(other)
        assert [item.what for item in ledger.verify()] == ["file"]
    path.unlink()
    assert "文件缺失" in str(ledger.verify()[0])


def test_an_entry_replaced_whole_is_found_by_the_checkpoint(filled: Bureau) -> None:
    """Header, leaf, commitments, chain and log head all forged to fit; only the signature does not."""
    drop_guards()
    rows = run("SELECT idx, header FROM ledger_entry WHERE agency = %s ORDER BY idx", [filled.agency])
    frontier: list[bytes] = []
    last: dict[str, str] = {}
    for size, (idx, header) in enumerate(rows):
        text = bytes(header).decode()
        entry = ledger.read_log(filled.agency, idx, idx + 1)[0]
        if idx == 2:
            text = text.replace('"actor":"officer-1"', '"actor":"officer-2"')
            run("UPDATE ledger_entry SET actor = 'officer-2' WHERE agency = %s AND idx = 2", [filled.agency])
        if entry.stream in last and entry.previous:
            text = text.replace(entry.previous, last[entry.stream])
        leaf = merkle.leaf_hash(text.encode())
        last[entry.stream] = leaf.hex()
        frontier = merkle.grow(frontier, size, leaf)
        run(
            "UPDATE ledger_entry SET header = %s, leaf = %s WHERE agency = %s AND idx = %s",
            [text.encode(), leaf, filled.agency, idx],
        )
        run("UPDATE ledger_stream SET head = %s WHERE id = %s", [leaf, entry.stream])
    run(
        "UPDATE ledger_log SET frontier = %s, root = %s WHERE agency = %s",
        [merkle.pack(frontier), merkle.root_of(frontier), filled.agency],
    )
    (found,) = ledger.verify()
    assert (found.what, found.column) == ("checkpoint", "root")
    assert "第0条至第2条之间" in found.text


def test_a_log_set_back_to_an_older_copy_is_found(filled: Bureau) -> None:
    drop_guards()
    run("DELETE FROM ledger_part WHERE agency = %s AND idx = 4", [filled.agency])
    run("DELETE FROM ledger_entry WHERE agency = %s AND idx = 4", [filled.agency])
    run("UPDATE ledger_log SET size = 4 WHERE agency = %s", [filled.agency])
    assert any("被截短或退回旧本" in item.text for item in ledger.verify())


def test_the_publisher_signs_nothing_that_does_not_fit(filled: Bureau) -> None:
    drop_guards()
    filled.act()
    run("UPDATE ledger_entry SET header = %s WHERE agency = %s AND idx = 5", [b"{}", filled.agency])
    with pytest.raises(ledger.LedgerError, match="停止签署"):
        ledger.publish_checkpoint(filled.agency, START_MS + 9000)


def test_a_finding_says_in_chinese_what_and_where(filled: Bureau) -> None:
    drop_guards()
    run("UPDATE ledger_entry SET kind = 'closed' WHERE agency = %s AND idx = 0", [filled.agency])
    (found,) = ledger.verify()
    assert (found.what, found.column, found.index, found.number) == ("entry", "kind", 0, 1)
    assert found.stream == filled.case
    assert str(found).endswith("：kind 列被改动，与首部的 kind 不符")
    assert f"机关 {filled.agency} 日志第0条" in str(found)


def test_text_damaged_on_the_disk_is_named(filled: Bureau) -> None:
    if connection.vendor == "postgresql":
        return
    drop_guards()
    damaged = "UPDATE ledger_entry SET actor = CAST(x'6fff' AS TEXT) WHERE agency = %s AND idx = 1"
    run(damaged, [filled.agency])
    assert [(item.what, item.column) for item in ledger.verify()] == [("entry", "actor")]


@pytest.mark.parametrize("table", [table for table in EVIDENCE if table != "tile"])
def test_a_value_of_another_type_is_named_too(filled: Bureau, table: str) -> None:
    """SQLite lets any column hold anything; verification must say so, not fall over."""
    if connection.vendor == "postgresql":
        return
    drop_guards()
    for row in rows_of(table):
        for column, value in row.items():
            for other in ("x", b"\x00\xff", 1.5, -7, "'9'; --"):
                if value is None or value in ("", b"", other):
                    continue
                with behind_its_back():
                    change(table, row, column, other)
                    assert ledger.verify(), (table, column, other)


def test_a_forged_header_of_strange_form_is_named(filled: Bureau) -> None:
    drop_guards()
    for header in (b"5", b"[]", b'{"v":1}', b"null", b"\xff", b"", b"{" * 100_000):
        with behind_its_back():
            run(
                "UPDATE ledger_entry SET header = %s, leaf = %s WHERE agency = %s AND idx = 1",
                [header, merkle.leaf_hash(header), filled.agency],
            )
            assert any(item.what == "entry" and item.index == 1 for item in ledger.verify())
    ((whole,),) = run("SELECT header FROM ledger_entry WHERE agency = %s AND idx = 1", [filled.agency])
    for key in json.loads(bytes(whole)):
        for value in (None, 5, "x", [], {}, [5], {"x": 5}):
            strange = canonical({**json.loads(bytes(whole)), key: value})
            with behind_its_back():
                run(
                    "UPDATE ledger_entry SET header = %s, leaf = %s WHERE agency = %s AND idx = 1",
                    [strange, merkle.leaf_hash(strange), filled.agency],
                )
                assert strange == bytes(whole) or ledger.verify()
