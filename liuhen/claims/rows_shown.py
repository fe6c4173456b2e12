"""明细的各行 with their states, a page at a time."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection

from liuhen.claims.reading import COLUMNS, Claim
from liuhen.claims.selection import joined
from liuhen.claims.standing import Standing
from liuhen.claims.state import ClaimList, Sum, sums

_COLUMNS = ", ".join(COLUMNS)
APART = "NOT (problem = '')"
"""Rows kept apart, as the index of them says it."""
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


@dataclass(frozen=True)
class _Asked:
    """What decides which rows are meant: the rows of a file never change, so for the same the answer is the same."""

    standing: Standing
    spans: tuple[tuple[int, int, str], ...]
    cut_on: str
    wanted: Wanted


@dataclass(frozen=True)
class _Matching:
    """The numbers of the wanted rows in order, and their amount in fen."""

    numbers: Sequence[int]
    amount: int


def count(claims: ClaimList, wanted: Wanted) -> tuple[int, int]:
    """How many rows are wanted, and their amount in fen."""
    if _summed(wanted):
        lines = [line for line in sums(claims) if _in(line, wanted)]
        return sum(line.count for line in lines), sum(line.amount for line in lines)
    found = _matching(_asked(claims, wanted))
    return len(found.numbers), found.amount


def page(claims: ClaimList, wanted: Wanted, start: int, stop: int) -> list[ClaimLine]:
    """The wanted rows from start to stop, in the order of the file."""
    asked = _asked(claims, wanted)
    if wanted == Wanted(state=wanted.state):
        return _onwards(asked, _number_at(asked, start), stop - start)
    if not start and _summed(wanted):
        return _onwards(asked, 1, stop)
    return _named(asked, _matching(asked).numbers[start:stop])


def every(claims: ClaimList, wanted: Wanted) -> Iterator[ClaimLine]:
    """All wanted rows, read a batch at a time."""
    asked = _asked(claims, wanted)
    number = 1
    while some := _onwards(asked, number, BATCH):
        yield from some
        number = some[-1].number + 1


def _asked(claims: ClaimList, wanted: Wanted) -> _Asked:
    return _Asked(claims.standing, tuple(claims.spans()), claims.cut_on, wanted)


def _summed(wanted: Wanted) -> bool:
    """Whether the sums tell how many there are."""
    return not (wanted.words or wanted.apart or wanted.basis)


@lru_cache(maxsize=32)
def _matching(asked: _Asked) -> _Matching:
    numbers, amount = array("q"), 0
    source, given = asked.standing.source()
    for some in _portions(asked, 1):
        sql, values = _where(asked, some)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT number, amount FROM {source} r WHERE {sql} ORDER BY number", [*given, *values]
            )
            for number, fen in cursor:
                numbers.append(number)
                amount += fen
    return _Matching(numbers, amount)


def _number_at(asked: _Asked, start: int) -> int:
    """The number of the row before which so many rows of the state asked for stand; none of those kept apart counts."""
    if not start:
        return 1
    apart = _apart(asked.standing)
    for first, last in _ranges(asked, 1):
        without = bisect_left(apart, first)
        held = last - first + 1 - (bisect_right(apart, last) - without)
        if start < held:
            return first + bisect_right(
                range(last - first + 1),
                start,
                key=lambda at: at + 1 - (bisect_right(apart, first + at) - without),
            )
        start -= held
    return asked.spans[-1][1] + 1


@lru_cache(maxsize=64)
def _apart(standing: Standing) -> Sequence[int]:
    """The numbers of the rows that are still kept apart, in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT number FROM claims_row WHERE sha256 = %s AND {APART} ORDER BY number", [standing.sha256]
        )
        fixed = {row.number for row in standing.fixed}
        return array("q", (number for (number,) in cursor if number not in fixed))


def _onwards(asked: _Asked, number: int, most: int) -> list[ClaimLine]:
    """So many wanted rows from a number on."""
    found: list[ClaimLine] = []
    source, given = asked.standing.source()
    for some in _portions(asked, number):
        sql, values = _where(asked, some)
        sql = f"SELECT {_COLUMNS} FROM {source} r WHERE {sql} ORDER BY number LIMIT %s"
        found += _lines(asked, sql, [*given, *values, most - len(found)])
        if len(found) >= most:
            break
    return found


def _named(asked: _Asked, numbers: Sequence[int]) -> list[ClaimLine]:
    """The rows of these numbers."""
    if not numbers:
        return []
    source, given = asked.standing.source()
    marks = ", ".join(["%s"] * len(numbers))
    sql = f"SELECT {_COLUMNS} FROM {source} r WHERE number IN ({marks}) ORDER BY number"
    return _lines(asked, sql, [*given, *numbers])


def _lines(asked: _Asked, sql: str, values: Sequence[Any]) -> list[ClaimLine]:
    begins = [first for first, _, _ in asked.spans]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [
            ClaimLine(
                **dict(zip(COLUMNS, row, strict=True)), state=asked.spans[bisect_right(begins, row[0]) - 1][2]
            )
            for row in cursor
        ]


def _in(line: Sum, wanted: Wanted) -> bool:
    pairs = (
        (wanted.state, line.state),
        (wanted.cause, line.cause),
        (wanted.fund, line.fund),
        (wanted.year, line.year),
        (wanted.late, "1" if line.late else "0"),
    )
    return all(not asked or asked == value for asked, value in pairs)


def _ranges(asked: _Asked, number: int) -> Sequence[tuple[int, int]]:
    """The ranges of the state asked for, from a number on, in order."""
    state = asked.wanted.state
    spans = joined((first, last) for first, last, name in asked.spans if state in ("", name))
    return [(max(first, number), last) for first, last in spans if last >= number]


def _portions(asked: _Asked, number: int) -> Iterator[Sequence[tuple[int, int]]]:
    """The same, so many at a time as one statement takes well."""
    ranges = _ranges(asked, number)
    for at in range(0, len(ranges), RANGES):
        yield ranges[at : at + RANGES]


def _where(asked: _Asked, ranges: Sequence[tuple[int, int]]) -> tuple[str, list[Any]]:
    wanted = asked.wanted
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
        values.append(asked.cut_on)
    for word in wanted.words.split():
        where.append(
            "(claim LIKE %s ESCAPE '~' OR institution LIKE %s ESCAPE '~' OR item LIKE %s ESCAPE '~')"
        )
        values += [f"%{_plain(word)}%"] * 3
    where.append(APART if wanted.apart else "problem = ''")
    return " AND ".join(where), values


def _plain(word: str) -> str:
    return word.replace("~", "~~").replace("%", "~%").replace("_", "~_")
