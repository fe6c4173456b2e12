"""What entries tell, without the headers around it: for whoever only judges them, and many matters at a time.

A header is as long as all that its entry tells; whoever needs no more of it than the columns hold leaves it undecoded.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from liuhen.ledger.entry import Entry, entry_id, from_header
from liuhen.ledger.errors import LedgerError
from liuhen.ledger.pipeline import Rows
from liuhen.ledger.streams import marks
from liuhen.ledger.together import run

_FIRST = b'"supersedes":null'
"""How the canonical header of an entry reads that corrects no other; a text could not hold its quotation marks."""

Parts = dict[str, dict[str, Any] | None]


@dataclass(slots=True)
class Told:
    """An entry as its columns and parts tell it. Instants in milliseconds UTC; a destroyed part is None."""

    agency: str
    index: int
    stream: str
    number: int
    kind: str
    happened_ms: int
    recorded_ms: int
    header: bytes
    parts: Parts

    @property
    def id(self) -> str:
        """Stream and number: the entry's name for good."""
        return entry_id(self.stream, self.number)

    @property
    def supersedes(self) -> str | None:
        """The entry in whose place it stands, if it is a correction."""
        if _FIRST in self.header:
            return None
        corrected: str | None = json.loads(self.header)["supersedes"]
        return corrected

    def entry(self) -> Entry:
        """The whole entry, its header decoded; without its leaf hash."""
        return from_header(json.loads(self.header), b"", self.parts)


def told(stream_ids: Iterable[str], parts: Sequence[str]) -> list[Told]:
    """What all entries of the streams tell in these parts, in the order of the log."""
    wanted = sorted(set(stream_ids))
    if not wanted:
        return []
    sql = (
        "SELECT e.agency, e.idx, e.stream, e.number, e.kind, e.happened, e.recorded, e.header, p.name, p.body"
        " FROM ledger_entry e LEFT JOIN ledger_part p ON p.agency = e.agency AND p.idx = e.idx"
        f" AND p.name IN ({marks(parts)}) WHERE e.stream IN ({marks(wanted)})"
    )
    (rows,) = run([(sql, [*parts, *wanted])])
    return sorted(_gathered(rows), key=attrgetter("agency", "index"))


def _gathered(rows: Rows) -> list[Told]:
    """One of each entry, whichever rows tell of it; all bodies are decoded in one go."""
    bodies = [row[9] for row in rows if row[9] is not None]
    decoded = json.loads(b"[%s]" % b",".join(bodies))
    if len(decoded) != len(bodies):
        raise LedgerError("条目内容的编码已被改动；请运行 liuhen ledger verify")
    contents = iter(decoded)
    found: dict[tuple[str, int], Told] = {}
    for agency, index, stream, number, kind, happened, recorded, header, name, body in rows:
        entry = found.get((stream, number))
        if entry is None:
            entry = Told(agency, index, stream, number, kind, happened, recorded, bytes(header), {})
            found[stream, number] = entry
        if name is not None:
            entry.parts[name] = None if body is None else next(contents)
    return list(found.values())


def matters_of(streams: Collection[str]) -> dict[str, list[str]]:
    """Of each stream all the streams of its matter (itself and what it adopts), in one statement."""
    wanted = sorted(set(streams))
    if not wanted:
        return {}
    sql = (
        "WITH RECURSIVE reach(root, id) AS ("
        f"SELECT id, id FROM ledger_stream WHERE id IN ({marks(wanted)})"
        " UNION SELECT r.root, a.adopted FROM ledger_adoption a JOIN reach r ON a.stream = r.id)"
        " SELECT root, id FROM reach"
    )
    (rows,) = run([(sql, wanted)])
    matters: dict[str, list[str]] = {}
    for root, stream in rows:
        matters.setdefault(root, []).append(stream)
    return matters
