"""明细的各行 with their states, a page at a time."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from liuhen.claims.reading import COLUMNS, Claim
from liuhen.claims.selection import joined
from liuhen.claims.state import ClaimList, Sum, sums

_COLUMNS = ", ".join(COLUMNS)
RANGES = 100
"""Ranges in one statement."""
BATCH = 5_000


@dataclass(frozen=True, slots=True)
class ClaimLine(Claim):
    """One row as it stands."""

    state: str


@dataclass(frozen=True)
class Wanted:
    """Which rows: by state, cause, fund, year, basis, words of claim, institution or item; or those kept apart.

    `late`: `1` before the day from which there is penalty, `0` from it on, empty: either.
    """

    state: str = ""
    cause: str = ""
    fund: str = ""
    year: str = ""
    words: str = ""
    apart: bool = False
    basis: str = ""
    late: str = ""


def count(claims: ClaimList, wanted: Wanted) -> tuple[int, int]:
    """How many rows are wanted, and their amount in fen."""
    if not wanted.words and not wanted.apart and not wanted.basis:
        lines = [line for line in sums(claims) if _in(line, wanted)]
        return sum(line.count for line in lines), sum(line.amount for line in lines)
    total, amount = 0, 0
    for some in _portions(claims, wanted):
        sql, values = _where(claims, wanted, some)
        source, given = claims.standing.source()
        values = [*given, *values]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*), COALESCE(SUM(amount), 0) FROM {source} r WHERE {sql}", values)
            row = cursor.fetchone()
        total, amount = total + int(row[0]), amount + int(row[1])
    return total, amount


def page(claims: ClaimList, wanted: Wanted, start: int, stop: int) -> list[ClaimLine]:
    """The wanted rows from start to stop, in the order of the file."""
    found: list[ClaimLine] = []
    skip, spans = start, claims.spans()
    begins = [first for first, _, _ in spans]
    for some in _portions(claims, wanted):
        sql, values = _where(claims, wanted, some)
        source, given = claims.standing.source()
        values = [*given, *values]
        with connection.cursor() as cursor:
            if skip:
                cursor.execute(f"SELECT COUNT(*) FROM {source} r WHERE {sql}", values)
                held = int(cursor.fetchone()[0])
                if held <= skip:
                    skip -= held
                    continue
            cursor.execute(
                f"SELECT {_COLUMNS} FROM {source} r WHERE {sql} ORDER BY number LIMIT %s OFFSET %s",
                [*values, stop - start - len(found), skip],
            )
            rows = cursor.fetchall()
        skip = 0
        found += [
            ClaimLine(
                **dict(zip(COLUMNS, row, strict=True)), state=spans[bisect_right(begins, row[0]) - 1][2]
            )
            for row in rows
        ]
        if len(found) >= stop - start:
            break
    return found


def every(claims: ClaimList, wanted: Wanted) -> Iterator[ClaimLine]:
    """All wanted rows, read a batch at a time."""
    start = 0
    while some := page(claims, wanted, start, start + BATCH):
        yield from some
        start += BATCH


def _in(line: Sum, wanted: Wanted) -> bool:
    pairs = (
        (wanted.state, line.state),
        (wanted.cause, line.cause),
        (wanted.fund, line.fund),
        (wanted.year, line.year),
        (wanted.late, "1" if line.late else "0"),
    )
    return all(not asked or asked == value for asked, value in pairs)


def _portions(claims: ClaimList, wanted: Wanted) -> Iterator[Sequence[tuple[int, int]]]:
    """The ranges of the state asked for, in order, so many at a time as one statement takes well."""
    spans = [(first, last) for first, last, state in claims.spans() if wanted.state in ("", state)]
    ranges = joined(spans)
    for at in range(0, len(ranges), RANGES):
        yield ranges[at : at + RANGES]


def _where(claims: ClaimList, wanted: Wanted, ranges: Sequence[tuple[int, int]]) -> tuple[str, list[Any]]:
    within = " OR ".join(["number BETWEEN %s AND %s"] * len(ranges))
    where = ["number BETWEEN %s AND %s", f"({within})"]
    values: list[Any] = [ranges[0][0], ranges[-1][1], *(end for one in ranges for end in one)]
    for column, value in (("cause", wanted.cause), ("fund", wanted.fund), ("basis", wanted.basis)):
        if value:
            where.append(f"{column} = %s")
            values.append(value)
    if wanted.year:
        where.append("substr(day, 1, 4) = %s")
        values.append(wanted.year)
    if wanted.late:
        where.append("day < %s" if wanted.late == "1" else "day >= %s")
        values.append(claims.cut_on)
    for word in wanted.words.split():
        where.append(
            "(claim LIKE %s ESCAPE '~' OR institution LIKE %s ESCAPE '~' OR item LIKE %s ESCAPE '~')"
        )
        values += [f"%{_plain(word)}%"] * 3
    where.append("problem <> ''" if wanted.apart else "problem = ''")
    return " AND ".join(where), values


def _plain(word: str) -> str:
    return word.replace("~", "~~").replace("%", "~%").replace("_", "~_")
