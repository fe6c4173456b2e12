"""明细现在怎样: the state of every row by the entries that name it, and the sums by cause, fund and year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.db import connection

from liuhen.acts.act import Matter, fields_of
from liuhen.claims import selection
from liuhen.claims.reading import Claim
from liuhen.claims.standing import Standing
from liuhen.ledger import Entry

SUSPECTED, CONFIRMED, STRUCK = "suspected", "confirmed", "struck"
STATES = {SUSPECTED: "疑点", CONFIRMED: "认定违规", STRUCK: "剔除"}
REPAIRED = "claim_repaired"
SPOKEN = ("claims_explained", "claims_viewed", "claims_settled", REPAIRED)
"""Kinds of entries that say something of rows."""
REPAIRS_MOST = 500
"""So many rows of one list can be corrected here; with more, the file itself is put right."""


@dataclass(frozen=True)
class ClaimList:
    """一份明细 and what was entered about it, in the order of the log."""

    key: str
    imported: Entry
    spoken: tuple[Entry, ...]
    cut_on: str

    @property
    def sha256(self) -> str:
        """The file's digest."""
        return str(self.imported.open["files"][0]["sha256"])

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return int(self.imported.open["rows"])

    @cached_property
    def repairs(self) -> dict[int, Entry]:
        """By row, the latest correction of one that was kept apart."""
        return {int(entry.open["row"]): entry for entry in self.spoken if entry.kind == REPAIRED}

    @cached_property
    def standing(self) -> Standing:
        """The rows as they stand now."""
        return Standing(self.sha256, tuple(_fixed(entry.open) for entry in self.repairs.values()))

    @property
    def apart(self) -> int:
        """How many rows are still kept apart."""
        return int(self.imported.open["apart"]) - len(self.repairs)

    def said_of(self, number: int) -> list[Entry]:
        """The entries that name a row."""
        return [
            entry for entry, ranges in self._named if any(first <= number <= last for first, last in ranges)
        ]

    @cached_property
    def _named(self) -> Sequence[tuple[Entry, selection.Ranges]]:
        """Every entry with the rows that it names."""
        return [(entry, selection.kept(entry.open["ranges"])) for entry in self.spoken]

    def spans(self) -> list[tuple[int, int, str]]:
        """The rows' states as spans in order, the latest word counting, over all rows.

        A row that is corrected is suspected again: what was settled before did not know it.
        """
        spans = [(1, self.rows, SUSPECTED)]
        for entry, named in self._named:
            if entry.kind in ("claims_settled", REPAIRED):
                spans = list(_laid_over(spans, named, entry.open.get("outcome", SUSPECTED)))
        return spans


@dataclass(frozen=True)
class Sum:
    """One line of the sums: amounts in fen; `late`: before the day from which there is penalty."""

    state: str
    cause: str
    fund: str
    year: str
    late: bool
    count: int
    amount: int


def _fixed(fields: Mapping[str, Any]) -> Claim:
    """A corrected row as it counts."""
    text = {
        name: str(fields.get(name, "")) for name in ("claim", "institution", "item", "cause", "basis", "fund")
    }
    return Claim(number=int(fields["row"]), **text, day=fields["day"], amount=fields["amount"], problem="")


def lists_of(matter: Matter) -> list[ClaimList]:
    """The lists of a case, in the order imported."""
    found = []
    for imported in matter.all("claims_imported"):
        key = fields_of(imported)["list"]
        spoken = tuple(e for e in matter.entries if e.kind in SPOKEN and e.open.get("list") == key)
        corrected = {entry.supersedes for entry in spoken}
        cuts = [e.open["from_on"] for e in matter.all("claims_cut") if e.open.get("list") == key]
        standing = tuple(entry for entry in spoken if entry.id not in corrected)
        found.append(ClaimList(key, imported, standing, cuts[-1] if cuts else ""))
    return found


def list_of(matter: Matter, key: str) -> ClaimList | None:
    """One list of a case."""
    return next((one for one in lists_of(matter) if one.key == key), None)


def sums(claims: ClaimList) -> Sequence[Sum]:
    """By state, cause, fund and year; rows kept apart are in none."""
    return _sums(claims.standing, tuple(claims.spans()), claims.cut_on)


@lru_cache(maxsize=64)
def _sums(rows: Standing, spans: tuple[tuple[int, int, str], ...], cut_on: str) -> Sequence[Sum]:
    """For the same rows and spans the sums are the same."""
    source, held = rows.source()
    marks = ", ".join(["(%s, %s, %s)"] * len(spans))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH span(first, last, state) AS (VALUES {marks})"
            " SELECT s.state, r.cause, r.fund, substr(r.day, 1, 4), r.day < %s, COUNT(*), SUM(r.amount)"
            f" FROM span s JOIN {source} r ON r.number BETWEEN s.first AND s.last"
            " AND r.problem = '' GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5",
            [*(value for span in spans for value in span), cut_on, *held],
        )
        return tuple(
            Sum(state, cause, fund, year, bool(late), int(count), int(amount))
            for state, cause, fund, year, late, count, amount in cursor.fetchall()
        )


def totals(claims: ClaimList) -> dict[str, tuple[int, int]]:
    """Count and amount by state."""
    found = dict.fromkeys(STATES, (0, 0))
    for line in sums(claims):
        count, amount = found[line.state]
        found[line.state] = (count + line.count, amount + line.amount)
    return found


def counted(rows: Standing, ranges: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """How many rows that count stand in ranges, and their amount in fen."""
    marks = ", ".join(["(%s, %s)"] * len(ranges))
    source, held = rows.source()
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH span(first, last) AS (VALUES {marks})"
            " SELECT COUNT(*), COALESCE(SUM(r.amount), 0) FROM span s"
            f" JOIN {source} r ON r.number BETWEEN s.first AND s.last AND r.problem = ''",
            [*(value for span in ranges for value in span), *held],
        )
        count, amount = cursor.fetchone()
        return int(count), int(amount)


def _laid_over(
    spans: Iterable[tuple[int, int, str]], named: Sequence[tuple[int, int]], state: Any
) -> Iterable[tuple[int, int, str]]:
    """The spans with the named ranges in their new state, in order."""
    cut: list[tuple[int, int, str]] = [(first, last, str(state)) for first, last in named]
    for first, last, old in spans:
        at = first
        for begin, end in named:
            if end < at or begin > last:
                continue
            if begin > at:
                cut.append((at, begin - 1, old))
            at = end + 1
        if at <= last:
            cut.append((at, last, old))
    return sorted(cut)
