"""The corpus of released entries: what was once recorded, as lines of text, and back beneath the door.

A line is a log (`{"log": agency, "origin": …, "vkey": …}`), a stream, an entry
(`{"header": …, "parts": {name: {"salt": hex, "body": …}}}`) or what was read.
Files' bytes are not kept, only their digests.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db import connection

from liuhen.ledger import merkle
from liuhen.ledger.reads import read_leaf

_READ = "agency, number, actor, what, how, at, granted, reason"
_GRANTED = 6
FOLDER = Path(__file__).parent / "released"


def exported() -> Iterator[str]:
    """Every log of the connected database that has entries, with its streams and entries."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT agency, origin, vkey FROM ledger_log WHERE size > 0 ORDER BY agency")
        logs = cursor.fetchall()
    for agency, origin, vkey in logs:
        yield json.dumps({"log": agency, "origin": origin, "vkey": vkey})
        yield from _streams(agency)
        yield from _entries(agency)
        yield from _reads(agency)


def _reads(agency: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_READ} FROM ledger_read WHERE agency = %s ORDER BY number", [agency])
        for row in cursor.fetchall():
            yield json.dumps(
                {"read": [bool(value) if at == _GRANTED else value for at, value in enumerate(row)]}
            )


def _streams(agency: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, type FROM ledger_stream WHERE agency = %s AND length > 0 ORDER BY id", [agency]
        )
        for stream, type_ in cursor.fetchall():
            yield json.dumps({"stream": stream, "agency": agency, "type": type_})


def _entries(agency: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT idx, header FROM ledger_entry WHERE agency = %s ORDER BY idx", [agency])
        for idx, header in cursor.fetchall():
            cursor.execute(
                "SELECT name, salt, body FROM ledger_part WHERE agency = %s AND idx = %s ORDER BY name",
                [agency, idx],
            )
            parts = {
                name: {"salt": bytes(salt).hex(), "body": bytes(body).decode()}
                for name, salt, body in cursor.fetchall()
            }
            yield json.dumps({"header": bytes(header).decode(), "parts": parts}, ensure_ascii=False)


def headers(lines: Iterable[str]) -> Iterator[dict[str, object]]:
    """The decoded header of every entry."""
    for line in lines:
        item = json.loads(line)
        if "header" in item:
            yield json.loads(item["header"])


def load(lines: Iterable[str]) -> None:
    """Put the lines into an empty record, beneath the door and in the order in which they were written."""
    loading = _Loading()
    for line in lines:
        loading.take(json.loads(line))
    loading.finish()


class _Loading:
    """What is known of logs, streams and receipts while lines come in; their heads are written last."""

    def __init__(self) -> None:
        self.logs: dict[str, tuple[int, list[bytes]]] = {}
        self.streams: dict[str, tuple[int, bytes]] = {}
        self.receipts: dict[tuple[str, str], list[int]] = {}

    def take(self, item: dict[str, Any]) -> None:
        """One line."""
        if "log" in item:
            self.logs[item["log"]] = (0, [])
            values = [item["log"], item["origin"], item["vkey"], 0, b"", merkle.root_of([])]
            _insert("ledger_log (agency, origin, vkey, size, frontier, root)", values)
        elif "stream" in item:
            _insert(
                "ledger_stream (id, agency, type, length)", [item["stream"], item["agency"], item["type"], 0]
            )
        elif "read" in item:
            agency, number, actor, what, how, at, granted, reason = item["read"]
            leaf = read_leaf(agency, number, actor, what, how, at, granted, reason)
            _insert(f"ledger_read ({_READ}, leaf)", [*item["read"], leaf])
        else:
            self._entry(item["header"].encode(), item["parts"])

    def finish(self) -> None:
        """Receipts, then the heads of logs and streams."""
        for (agency, key), found in self.receipts.items():
            _insert("ledger_receipt (agency, key, first, count)", [agency, key, found[0], len(found)])
        for stream, (length, head) in self.streams.items():
            _run("UPDATE ledger_stream SET length = %s, head = %s WHERE id = %s", [length, head, stream])
        for agency, (size, frontier) in self.logs.items():
            values = [size, merkle.pack(frontier), merkle.root_of(frontier), agency]
            _run("UPDATE ledger_log SET size = %s, frontier = %s, root = %s WHERE agency = %s", values)

    def _entry(self, raw: bytes, parts: dict[str, dict[str, str]]) -> None:
        header = json.loads(raw)
        agency, idx, stream = header["agency"], header["index"], header["stream"]
        leaf = merkle.leaf_hash(raw)
        plain = [
            header[name]
            for name in ("agency", "index", "stream", "number", "kind", "happened", "recorded", "actor")
        ]
        columns = "agency, idx, stream, number, kind, happened, recorded, actor, leaf, header"
        _insert(f"ledger_entry ({columns})", [*plain, leaf, raw])
        for name, part in parts.items():
            values = [agency, idx, name, bytes.fromhex(part["salt"]), part["body"].encode()]
            _insert("ledger_part (agency, idx, name, salt, body)", values)
        for adopted in header.get("adopts") or []:
            _insert("ledger_adoption (stream, adopted, agency, idx)", [stream, adopted, agency, idx])
        size, frontier = self.logs[agency]
        self.logs[agency] = (size + 1, merkle.grow(frontier, size, leaf))
        self.streams[stream] = (header["number"], leaf)
        self.receipts.setdefault((agency, header["key"]), []).append(idx)


def _insert(into: str, values: list[Any]) -> None:
    _run(f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(values))})", values)


def _run(sql: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
