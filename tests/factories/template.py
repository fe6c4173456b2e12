"""A played matter taken apart once, so that a clone is one substitution: what changes becomes a hole in the bytes."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from operator import itemgetter
from typing import Any

from django.db import connection

from liuhen import ledger
from liuhen.accounts.models import Officer
from liuhen.acts import projections, registry
from liuhen.acts.matter import load_matter
from liuhen.acts.registry import Values
from liuhen.cases.search import ROWS, row_of, tokens
from liuhen.kernel.ids import is_id
from tests.factories.matters import Played

_ID = re.compile(rb"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_CELL = b"\0"
_INDEX = 8_888_888_888_888
_PREVIOUS = "previous of the clone"


@dataclass(frozen=True)
class Numbered:
    """文号 as drawn in the template: the series it counts in, and the text before and after the number."""

    series: str
    year: int
    head: str
    drawn: str
    tail: str

    def text(self, n: int) -> str:
        """The document number with this number, padded as the template's."""
        width = len(self.drawn) if self.drawn.startswith("0") else 0
        return f"{self.head}{n:0{width}d}{self.tail}"

    @property
    def shown(self) -> str:
        """The template's own number."""
        return f"{self.head}{self.drawn}{self.tail}"


@dataclass
class EntryPlan:
    """One entry of the template: `header` has holes for index, previous and commitments, in this order by name."""

    stream: str
    columns: tuple[Any, ...]
    header: bytes
    holes: tuple[str, ...]
    parts: tuple[str, ...]
    first_of_stream: bool
    key: bytes
    adopts: tuple[str, ...]


@dataclass
class TablePlan:
    """Rows of one table, flat: `cells` are the positions of texts that change, `computed` those told by the clone."""

    table: str
    columns: tuple[str, ...]
    flat: list[Any]
    cells: list[int] = field(default_factory=list)
    rows: list[tuple[int, str]] = field(default_factory=list)
    searched: list[tuple[int, str, int]] = field(default_factory=list)
    indexes: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Template:
    """Everything needed to write the matter again under other names."""

    agency: str
    ids: tuple[bytes, ...]
    numbers: tuple[Numbered, ...]
    streams: tuple[tuple[str, str], ...]
    entries: list[EntryPlan]
    tables: list[TablePlan]
    fill: Callable[[Sequence[bytes]], list[bytes]]
    party: bytes


def template_of(played: Played, party: str) -> Template:
    """Take a played matter apart; `party` is the name of which every clone has its own (two characters change)."""
    return _Taking(played, party).template()


class _Taking:
    def __init__(self, played: Played, party: str) -> None:
        self.played = played
        self.matters = {stream: load_matter(stream) for stream in played.streams}
        self.main = self.matters[played.case]
        self.party = party
        self.cells: list[bytes] = []
        self.numbers = tuple(self._numbers())
        self.texts = [text.decode() for text in written(party, [number.shown for number in self.numbers])]

    def template(self) -> Template:
        entries = [self._entry(entry) for entry in self.main.entries]
        tables = list(self._tables())
        ids, numbers = self._ids(), self.numbers
        slots = [*ids, *written(self.party, [number.shown for number in numbers])]
        return Template(
            self.played.agency, ids, numbers,
            tuple((stream, self.matters[stream].type) for stream in self.played.streams),
            entries, tables, substitution(_CELL.join(self.cells), slots), self.party.encode(),
        )  # fmt: skip

    def _entry(self, entry: ledger.Entry) -> EntryPlan:
        header, bodies = _stored(entry)
        header["index"] = _INDEX
        if header["previous"] is not None:
            header["previous"] = _PREVIOUS
        header["parts"] = {name: f"commitment of {name}" for name in bodies}
        holes = {
            str(_INDEX): "index",
            _PREVIOUS: "previous",
            **{f"commitment of {name}": name for name in bodies},
        }
        text = ledger.canonical(header)
        found = re.findall("|".join(map(re.escape, holes)).encode(), text)
        names = tuple(holes[hole.decode()] for hole in found)
        text = text.replace(b"%", b"%%")
        for hole in holes:
            text = text.replace(hole.encode(), b"%d" if hole == str(_INDEX) else b"%s")
        self.cells += [text, entry.key.encode(), *bodies.values()]
        columns = (entry.number, entry.kind, entry.happened_ms, entry.recorded_ms, entry.actor)
        return EntryPlan(
            entry.stream,
            columns,
            text,
            names,
            tuple(bodies),
            entry.number == 1,
            entry.key.encode(),
            entry.adopts,
        )

    def _tables(self) -> Iterable[TablePlan]:
        place = {entry.index: position for position, entry in enumerate(self.main.entries)}
        rows = {row_of(stream): stream for stream in self.matters}
        for projection in registry.projections():
            plan = TablePlan(projection.table, projection.columns, [])
            for matter in self.matters.values():
                if matter.type not in projection.stream_types:
                    continue
                for row in projections.values(projection, matter):
                    self._row(plan, row, place, rows)
            if plan.flat:
                yield plan

    def _row(self, plan: TablePlan, row: Values, place: Mapping[int, int], rows: Mapping[int, str]) -> None:
        for column, value in zip(plan.columns, row, strict=True):
            position = len(plan.flat)
            plan.flat.append(value)
            if column == "last_index":
                plan.indexes.append((position, place[value]))
            elif isinstance(value, str) and self._changes(value):
                plan.cells.append(position)
                self.cells.append(value.encode())
            elif type(value) is int and value in rows:
                plan.rows.append((position, rows[value]))
            elif column == "rowid":
                plan.searched.append((position, rows[value // ROWS], value % ROWS))

    def _changes(self, text: str) -> bool:
        return bool(_ID.search(text.encode())) or any(one in text for one in self.texts)

    def _ids(self) -> tuple[bytes, ...]:
        """Every id made while the matter was played: not those of the agency and its people."""
        kept = {self.played.agency, *Officer.objects.values_list("id", flat=True)}
        found = {match.decode() for cell in self.cells for match in _ID.findall(cell)}
        return tuple(
            one.encode() for one in sorted(found | set(self.played.streams)) if one not in kept and is_id(one)
        )

    def _numbers(self) -> Iterable[Numbered]:
        kinds = registry.dictionary().kinds
        for entry in self.main.entries:
            for name, spec in kinds[entry.kind].fields.items():
                text = str(entry.open.get(name) or "")
                if not spec.numbered or not text:
                    continue
                parts = re.search(r"^(.*?(\d{4})\D+?)(\d+)(\D*)$", text)
                if parts is None:
                    raise AssertionError(f"文号 {text}")
                yield Numbered(spec.numbered, int(parts[2]), parts[1], parts[3], parts[4])


def written(party: str, numbers: Sequence[str]) -> list[bytes]:
    """A party's name and its document numbers as texts have them and as the search has them."""
    plain = [party, *numbers]
    searched = [tokens(party).rpartition(" ")[0], *map(tokens, numbers)]
    return [text.encode() for text in (*plain, *searched)]


def _stored(entry: ledger.Entry) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The header decoded and the parts' bytes, as they lie in the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT header FROM ledger_entry WHERE agency = %s AND idx = %s", [entry.agency, entry.index]
        )
        header: dict[str, Any] = json.loads(bytes(cursor.fetchone()[0]))
        cursor.execute(
            "SELECT name, body FROM ledger_part WHERE agency = %s AND idx = %s ORDER BY name",
            [entry.agency, entry.index],
        )
        return header, {name: bytes(body) for name, body in cursor.fetchall()}


def substitution(text: bytes, slots: Sequence[bytes]) -> Callable[[Sequence[bytes]], list[bytes]]:
    """A function that puts other values in the places of `slots` and gives the cells of the text."""
    wanted = {slot: number for number, slot in enumerate(slots)}
    longest_first = sorted(wanted, key=len, reverse=True)
    pattern = re.compile(b"|".join(map(re.escape, longest_first)))
    places = [wanted[found] for found in pattern.findall(text)]
    pieces = [piece.replace(b"%", b"%%") for piece in pattern.split(text)]
    form, pick = b"%s".join(pieces), itemgetter(*places)
    return lambda values: (form % pick(values)).split(_CELL)


def new_ids(base_ms: int) -> Callable[[int], list[bytes]]:
    """Identifiers in the order of their making, from an instant on: far quicker than one by one."""
    ticks = count(base_ms << 12)
    return lambda n: [
        b"%012x7%03x8c10e00000000000" % (tick >> 12, tick & 4095) for tick in (next(ticks) for _ in range(n))
    ]
