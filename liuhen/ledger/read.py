"""Reading entries with their parts: one SQL statement for a matter, or for many.

Columns tell by which entries are chosen and judged; the header around them is as long as all that its entry tells, and
is decoded only where somebody asks for more (`Entry`). `ledger.verify` holds columns and headers together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Any, cast

import orjson

from liuhen.ledger.entry import CORRECTS_NONE, OPEN, RESPONSE, Entry
from liuhen.ledger.errors import LedgerError
from liuhen.ledger.pipeline import Rows
from liuhen.ledger.streams import marks
from liuhen.ledger.together import Question, ask, here, run

_COLUMNS = (
    "e.agency, e.idx, e.stream, e.number, e.kind, e.happened, e.recorded, e.leaf, e.header, p.name, p.body"
)
_JOIN = "FROM ledger_entry e LEFT JOIN ledger_part p ON p.agency = e.agency AND p.idx = e.idx"


@dataclass(frozen=True, slots=True)
class Receipt:
    """回执: what the act of a key made. `response` is what it answered (None once destroyed or never given)."""

    agency: str
    key: str
    act: str
    actor: str
    recorded_ms: int
    first: int
    count: int
    response: dict[str, Any] | None


def read(
    stream_ids: Iterable[str], *, upto: int | None = None, parts: Sequence[str] | None = None
) -> list[Entry]:
    """All entries of the streams with their parts, in the order of the log.

    `upto` keeps those with index <= it; `parts` reads these parts only (judging needs no earlier judgement).
    """
    wanted = sorted(set(stream_ids))
    if not wanted:
        return []
    join, values = _joined(parts)
    sql = f"SELECT {_COLUMNS} {join} WHERE e.stream IN ({marks(wanted)})"
    values += wanted
    if upto is not None:
        sql += " AND e.idx <= %s"
        values.append(upto)
    (rows,) = run([(sql, values)])
    return _entries(rows)


def _joined(parts: Sequence[str] | None) -> tuple[str, list[Any]]:
    """Entries and these of their parts (None: all), and the values."""
    if parts is None:
        return _JOIN, []
    return f"{_JOIN} AND p.name || '' IN ({marks(parts)})", [
        *parts
    ]  # few parts: they are walked, no name looked up


def entries_of(stream: str, parts: Sequence[str], most: int) -> Question[list[Entry]]:
    """The question for the entries of a matter, with these parts; none where its own stream has more than so many."""
    join, values = _joined(parts)
    reach = (
        "WITH RECURSIVE reach(id) AS (SELECT id FROM ledger_stream WHERE id = %s AND length <= %s"
        " UNION SELECT a.adopted FROM ledger_adoption a JOIN reach r ON a.stream = r.id) SELECT id FROM reach"
    )
    among = f"IN ({reach})"
    if here().vendor == "postgresql":  # guesses that a matter is large, and would read whole tables for it
        join = (
            "FROM ledger_entry e LEFT JOIN LATERAL (SELECT p.name, p.body FROM ledger_part p"
            f" WHERE p.agency = e.agency AND p.idx = e.idx AND p.name IN ({marks(parts)}) OFFSET 0) p ON TRUE"
        )
        among = f"= ANY (ARRAY({reach}))"
    sql = f"SELECT {_COLUMNS} {join} WHERE e.stream {among}"
    return Question(sql, [*values, stream, most], _entries)


def read_log(agency: str, start: int, stop: int) -> list[Entry]:
    """The agency's entries with start <= index < stop."""
    sql = f"SELECT {_COLUMNS} {_JOIN} WHERE e.agency = %s AND e.idx >= %s AND e.idx < %s"
    (rows,) = run([(sql, [agency, start, stop])])
    return _entries(rows)


_LOOKED_BACK = 200_000
"""Entries that are looked through for the latest of one kind."""


def latest_of(agency: str, kind: str, count: int) -> list[tuple[str, int]]:
    """Stream and number of the agency's latest entries of a kind, the latest first."""
    sql = (
        "SELECT stream, number FROM ledger_entry WHERE agency = %s AND kind = %s AND idx >="
        " (SELECT size FROM ledger_log WHERE agency = %s) - %s ORDER BY idx DESC LIMIT %s"
    )
    (rows,) = run([(sql, [agency, kind, agency, _LOOKED_BACK, count])])
    return [(stream, number) for stream, number in rows]


def read_some(ids: Sequence[str]) -> list[Entry]:
    """The entries of these ids, with their open part, in the order in which they are named."""
    if not ids:
        return []
    places = [(stream, int(number)) for stream, _, number in (id.rpartition(".") for id in ids)]
    among = " OR ".join(["e.stream = %s AND e.number = %s"] * len(places))
    sql = f"SELECT {_COLUMNS} {_JOIN} AND p.name = %s WHERE {among}"
    (rows,) = run([(sql, [OPEN, *(value for place in places for value in place)])])
    found = {entry.id: entry for entry in _entries(rows)}
    return [found[id] for id in ids if id in found]


def receipt(agency: str, key: str) -> Receipt | None:
    """The receipt of an act done under this key, or None."""
    (found,) = ask([receipt_of(agency, key)])
    return cast("Receipt | None", found)


def receipt_of(agency: str, key: str) -> Question[Receipt | None]:
    """The question for that receipt."""
    return Question(
        "SELECT r.first, r.count, e.header, p.body FROM ledger_receipt r"
        " JOIN ledger_entry e ON e.agency = r.agency AND e.idx = r.first"
        " LEFT JOIN ledger_part p ON p.agency = r.agency AND p.idx = r.first AND p.name = %s"
        " WHERE r.agency = %s AND r.key = %s",
        [RESPONSE, agency, key],
        partial(_receipt, agency, key),
    )


def _receipt(agency: str, key: str, rows: Rows) -> Receipt | None:
    if not rows:
        return None
    first, count, header, body = rows[0]
    told = orjson.loads(header)
    response = None if body is None else orjson.loads(body)
    return Receipt(agency, key, told["act"], told["actor"], told["recorded"], first, count, response)


_index = attrgetter("index")
_place = attrgetter("agency", "index")


def _entries(rows: Rows) -> list[Entry]:
    """One of each entry, whichever rows tell of it, in the order of the log; bodies are decoded in one go."""
    bodies = [row[10] for row in rows if row[10] is not None]
    decoded = orjson.loads(b"[%s]" % b",".join(bodies))
    if len(decoded) != len(bodies):
        raise LedgerError("条目内容的编码已被改动；请运行 liuhen ledger verify")
    contents = iter(decoded)
    found: dict[tuple[str, int], Entry] = {}
    new = Entry.__new__
    for agency, index, stream, number, kind, happened, recorded, leaf, header, name, body in rows:
        entry = found.get((agency, index))
        if entry is None:  # filled in here, without a call: a matter has forty
            entry = found[agency, index] = new(Entry)
            entry.agency, entry.index, entry.stream, entry.number = agency, index, stream, number
            entry.kind, entry.happened_ms, entry.recorded_ms = kind, happened, recorded
            entry.leaf_hash, entry.header, entry.content, entry.parts = bytes(leaf), bytes(header), None, {}
            entry.supersedes = None if entry.header.endswith(CORRECTS_NONE) else entry.told("supersedes")
        if name is not None:
            entry.parts[name] = None if body is None else next(contents)
    return sorted(found.values(), key=_index if len({row[0] for row in rows}) < 2 else _place)
