"""Large databases: a played matter written again and again beneath the door, in new names, whole and verifiable.

Ids, document numbers and the party's name differ from clone to clone; headers, commitments, chains, log, receipts,
adoptions and the rows of every projection are made anew. `ledger.verify` and `rebuild --check` pass on what it wrote.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import count, product
from time import time_ns
from typing import Any

from django.db import connection, transaction

from liuhen.cases.search import row_of, rows_of
from liuhen.ledger import merkle
from liuhen.ledger.entry import SALT_BYTES
from tests.factories.template import TablePlan, Template, new_ids, written

BATCH = 100
CHUNK = 1_000
"""So many clones in one transaction."""
_NAMES = "".join(
    bytes([row, cell]).decode("gb2312") for row in range(0xB0, 0xB4) for cell in range(0xA1, 0xFF)
)
"""The first 376 characters of GB/T 2312: enough pairs that no two of 100,000 parties have one name."""
_YEAR_MS = 365 * 24 * 3_600_000

_ENTRY = ("agency", "idx", "stream", "number", "kind", "happened", "recorded", "actor", "leaf", "header")
_PART = ("agency", "idx", "name", "salt", "body")
_RECEIPT = ("agency", "key", "first", "count")
_ADOPTION = ("stream", "adopted", "agency", "idx")
_STREAM = ("id", "agency", "type", "length", "head")
Rows = dict[tuple[str, tuple[str, ...]], list[Sequence[Any]]]


def clone(template: Template, times: int) -> list[str]:
    """Write the matter `times` more times into the connected database; gives the clones' main streams."""
    made: list[str] = []
    with _in_bulk():
        while len(made) < times:
            with transaction.atomic(), _guards_aside():
                made += _chunk(_Writer(template), min(CHUNK, times - len(made)))
    return made


def _chunk(writer: "_Writer", times: int) -> list[str]:
    made = []
    for start in range(0, times, BATCH):
        rows: Rows = {}
        made += [writer.one(rows) for _ in range(min(BATCH, times - start))]
        for (table, columns), listed in rows.items():
            _insert(table, columns, listed)
    writer.finish()
    return made


@dataclass
class _Log:
    size: int
    frontier: list[bytes]

    def add(self, leaf: bytes) -> None:
        """Take in a leaf (as `merkle.grow`, without copying)."""
        size, node = self.size, leaf
        while size & 1:
            node = merkle.node_hash(self.frontier.pop(), node)
            size >>= 1
        self.frontier.append(node)
        self.size += 1


class _Writer:
    def __init__(self, template: Template) -> None:
        self.template, self.agency = template, template.agency
        with connection.cursor() as cursor:
            cursor.execute("SELECT size, frontier FROM ledger_log WHERE agency = %s", [self.agency])
            size, frontier = cursor.fetchone()
        self.log = _Log(size, merkle.unpack(bytes(frontier)))
        self.ids = new_ids(time_ns() // 1_000_000 - _YEAR_MS + size)
        self.names = self._parties()
        self.counters = {
            (number.series, number.year): self._counter(number.series, number.year)
            for number in template.numbers
        }
        self.place = {stream: template.ids.index(stream.encode()) for stream, _ in template.streams}

    def _parties(self) -> Iterator[str]:
        name = self.template.party.decode()
        middle = len(name) // 2
        start = int(self.log.size)
        pairs = [a + b for a, b in product(_NAMES, _NAMES) if a != b]
        for n in count(start):
            yield f"{name[: middle - 1]}{pairs[n % len(pairs)]}{name[middle + 1 :]}"

    def _counter(self, series: str, year: int) -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT last FROM document_counter WHERE agency = %s AND series = %s AND year = %s",
                [self.agency, series, year],
            )
            row = cursor.fetchone()
        return int(row[0]) if row else 0

    def _texts(self) -> list[bytes]:
        numbers = []
        for number in self.template.numbers:
            place = (number.series, number.year)
            self.counters[place] += 1
            numbers.append(number.text(self.counters[place]))
        return written(next(self.names), numbers)

    def one(self, rows: Rows) -> str:
        """One clone's rows, added to those of its batch; the id of its main stream."""
        template = self.template
        ids = self.ids(len(template.ids))
        cells = iter(template.fill([*ids, *self._texts()]))
        streams = {stream: ids[place].decode() for stream, place in self.place.items()}
        base = self.log.size
        heads = self._entries(cells, streams, rows)
        for stream, type_ in template.streams:
            length, leaf = heads[stream]
            _put(rows, "ledger_stream", _STREAM, (streams[stream], self.agency, type_, length, leaf))
        for plan in template.tables:
            self._table(plan, cells, streams, base, rows)
        return streams[template.streams[0][0]]

    def _entries(
        self, cells: Iterator[bytes], streams: dict[str, str], rows: Rows
    ) -> dict[str, tuple[int, bytes]]:
        heads: dict[str, tuple[int, bytes]] = {}
        agency, log = self.agency, self.log
        salts = os.urandom(SALT_BYTES * sum(len(plan.parts) for plan in self.template.entries))
        entries, parts = (
            rows.setdefault(("ledger_entry", _ENTRY), []),
            rows.setdefault(("ledger_part", _PART), []),
        )
        receipts = rows.setdefault(("ledger_receipt", _RECEIPT), [])
        last_key, first, taken = "", 0, 0
        for plan in self.template.entries:
            header, key = next(cells), next(cells).decode()
            values: dict[str, object] = {"index": log.size}
            for name in plan.parts:
                salt, body = salts[taken : taken + SALT_BYTES], next(cells)
                taken += SALT_BYTES
                values[name] = sha256(salt + body).hexdigest().encode()
                parts.append((agency, log.size, name, salt, body))
            if not plan.first_of_stream:
                values["previous"] = heads[plan.stream][1].hex().encode()
            header %= tuple([values[hole] for hole in plan.holes])
            leaf = sha256(b"\x00" + header).digest()
            number, kind, happened, recorded, actor = plan.columns
            stream = streams[plan.stream]
            entries.append((agency, log.size, stream, number, kind, happened, recorded, actor, leaf, header))
            for adopted in plan.adopts:
                _put(rows, "ledger_adoption", _ADOPTION, (stream, streams[adopted], agency, log.size))
            heads[plan.stream] = (number, leaf)
            if key == last_key:
                receipts[-1] = (agency, key, first, log.size - first + 1)
            else:
                last_key, first = key, log.size
                receipts.append((agency, key, first, 1))
            log.add(leaf)
        return heads

    def _table(
        self, plan: TablePlan, cells: Iterator[bytes], streams: dict[str, str], base: int, rows: Rows
    ) -> None:
        flat = plan.flat.copy()
        for position in plan.cells:
            flat[position] = next(cells).decode()
        for position, stream in plan.rows:
            flat[position] = row_of(streams[stream])
        for position, stream, number in plan.searched:
            flat[position] = rows_of(streams[stream])[0] + number
        for position, offset in plan.indexes:
            flat[position] = base + offset
        listed = rows.setdefault((plan.table, plan.columns), [])
        listed.extend(zip(*[iter(flat)] * len(plan.columns), strict=True))

    def finish(self) -> None:
        """The log's head and the counters, last."""
        frontier = self.log.frontier
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE ledger_log SET size = %s, frontier = %s, root = %s WHERE agency = %s",
                [self.log.size, merkle.pack(frontier), merkle.root_of(frontier), self.agency],
            )
            for (series, year), last in self.counters.items():
                cursor.execute(
                    "UPDATE document_counter SET last = %s WHERE agency = %s AND series = %s AND year = %s",
                    [last, self.agency, series, year],
                )


def _put(rows: Rows, table: str, columns: tuple[str, ...], row: Sequence[Any]) -> None:
    rows.setdefault((table, columns), []).append(row)


def _insert(table: str, columns: tuple[str, ...], listed: list[Sequence[Any]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            raw: Any = cursor.cursor
            with raw.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in listed:
                    copy.write_row(row)
            return
        marks = ", ".join("?" * len(columns))
        raw_connection: Any = connection.connection
        raw_connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", listed)


@contextmanager
def _in_bulk() -> Iterator[None]:
    """SQLite holds indexes in memory and does not wait for the disk; PostgreSQL counts afterwards what there is."""
    sqlite = connection.vendor == "sqlite" and not connection.in_atomic_block
    before = {name: _told(f"PRAGMA {name}") for name in _BULK} if sqlite else {}
    for name in before:
        _tell(f"PRAGMA {name} = {_BULK[name]}")
    try:
        yield
    finally:
        for name, value in before.items():
            _tell(f"PRAGMA {name} = {value}")
        if sqlite:
            _tell("PRAGMA wal_checkpoint(TRUNCATE)")
    if connection.vendor == "postgresql":
        _tell("ANALYZE")


_BULK = {"cache_size": "-600000", "synchronous": "OFF"}


def _tell(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _told(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


@contextmanager
def _guards_aside() -> Iterator[None]:
    """The record's triggers look at every row; they go for as long as this writes, and come back as they were."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
            triggers = cursor.fetchall()
            away = [f"ALTER TABLE {table} DISABLE TRIGGER {name}" for name, table in triggers]
            back = [f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}" for name, table in triggers]
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            away = [f"DROP TRIGGER {name}" for name, _ in triggers]
            back = [sql for _, sql in triggers]
        for statement in away:
            cursor.execute(statement)
        try:
            yield
        finally:
            for statement in back:
                cursor.execute(statement)
