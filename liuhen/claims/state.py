"""明细现在怎样: the state of every row by the entries that name it, and the sums by cause, fund and year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection

from liuhen.acts.act import Matter, fields_of
from liuhen.claims import selection
from liuhen.ledger import Entry

SUSPECTED, CONFIRMED, STRUCK = "suspected", "confirmed", "struck"
STATES = {SUSPECTED: "疑点", CONFIRMED: "认定违规", STRUCK: "剔除"}
SPOKEN = ("claims_explained", "claims_viewed", "claims_settled")
"""Kinds of entries that say something of rows."""


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

    def said_of(self, number: int) -> list[Entry]:
        """The entries that name a row."""
        return [
            entry
            for entry in self.spoken
            if any(first <= number <= last for first, last in selection.kept(entry.open["ranges"]))
        ]

    def spans(self) -> list[tuple[int, int, str]]:
        """The rows' states as spans in order, the latest word counting, over all rows."""
        spans = [(1, self.rows, SUSPECTED)]
        for entry in self.spoken:
            if entry.kind == "claims_settled":
                named = selection.kept(entry.open["ranges"])
                spans = list(_laid_over(spans, named, entry.open["outcome"]))
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
    return _sums(claims.sha256, tuple(claims.spans()), claims.cut_on)


@lru_cache(maxsize=64)
def _sums(sha256: str, spans: tuple[tuple[int, int, str], ...], cut_on: str) -> Sequence[Sum]:
    """A file's rows never change: for the same spans the sums are the same."""
    marks = ", ".join(["(%s, %s, %s)"] * len(spans))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH span(first, last, state) AS (VALUES {marks})"
            " SELECT s.state, r.cause, r.fund, substr(r.day, 1, 4), r.day < %s, COUNT(*), SUM(r.amount)"
            " FROM span s JOIN claims_row r ON r.sha256 = %s AND r.number BETWEEN s.first AND s.last"
            " AND r.problem = '' GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5",
            [*(value for span in spans for value in span), cut_on, sha256],
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


def counted(sha256: str, ranges: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """How many rows that count stand in ranges, and their amount in fen."""
    marks = ", ".join(["(%s, %s)"] * len(ranges))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH span(first, last) AS (VALUES {marks})"
            " SELECT COUNT(*), COALESCE(SUM(r.amount), 0) FROM span s JOIN claims_row r"
            " ON r.sha256 = %s AND r.number BETWEEN s.first AND s.last AND r.problem = ''",
            [*(value for span in ranges for value in span), sha256],
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
