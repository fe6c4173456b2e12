"""Rows read out of the entries: a matter's rows are computed whole, the difference to the table is written."""

from collections.abc import Iterable, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from liuhen.acts.act import Matter
from liuhen.acts.registry import Projection, Row, Values, projections
from liuhen.ledger import Entry

VALUES_A_STATEMENT = 30_000
"""Below SQLite's limit of 32766 and PostgreSQL's of 65535 values in one statement."""


def write(matter: Matter, since: Sequence[Entry] | None = None) -> None:
    """Bring every projection of this matter up to date, in the caller's transaction.

    `since`: these entries are all that is new since its rows were last written; tables that none of them bears on
    are left alone.
    """
    for projection in projections():
        if matter.type not in projection.stream_types:
            continue
        if since is None or projection.bears is None or any(map(projection.bears, since)):
            _write(projection, matter)


def differences(matter: Matter, *only: Projection) -> list[tuple[str, str, Row]]:
    """What the tables (all, or these) hold otherwise than the entries say: (table, 缺少|多出, row)."""
    found: list[tuple[str, str, Row]] = []
    for projection in only or projections():
        if matter.type not in projection.stream_types:
            continue
        wanted, standing = _wanted(projection, matter), _standing(projection, matter.stream)
        for what, some, others in (("缺少", wanted, standing), ("多出", standing, wanted)):
            different = [row for key, row in some.items() if others.get(key) != row]
            found += [(projection.table, what, _shown(projection, row)) for row in different]
    return found


@cache
def _key_of(projection: Projection) -> Any:
    places = [projection.columns.index(column) for column in projection.key_columns]
    if len(places) == 1:
        (place,) = places
        return lambda row: (row[place],)
    return itemgetter(*places)


def _wanted(projection: Projection, matter: Matter) -> dict[Values, Values]:
    """By key, the rows as the entries say they should be."""
    key = _key_of(projection)
    return {key(row): row for row in values(projection, matter)}


def values(projection: Projection, matter: Matter) -> list[Values]:
    """The rows of a matter in the order of the table's columns."""
    pick = itemgetter(*projection.columns)
    return [row if type(row) is tuple else pick(row) for row in projection.project(matter)]


def _standing(projection: Projection, matter: str) -> dict[Values, Values]:
    """By key, the rows as they stand. (SQLite hands truth values out as 0 and 1, which equal False and True.)"""
    key = _key_of(projection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_read_as(projection)} FROM {projection.table} WHERE {projection.matter_column} = %s",
            [projection.matter_key(matter)],
        )
        return {key(row): row for row in cursor.fetchall()}


@cache
def _read_as(projection: Projection) -> str:
    """The columns of a statement that reads rows: dates as they are written."""
    return ", ".join(
        f"CAST({column} AS varchar(20))" if column in projection.dates else column
        for column in projection.columns
    )


def _shown(projection: Projection, row: Values) -> Row:
    """A row by column, truth values as such."""
    shown = dict(zip(projection.columns, row, strict=True))
    for column in projection.booleans:
        if shown[column] is not None:
            shown[column] = bool(shown[column])
    return shown


def _write(projection: Projection, matter: Matter) -> None:
    """A matter's one row is put in the place of whatever stands; of many rows the difference is written."""
    plain = not projection.virtual and projection.kept is None
    one = plain and projection.key_columns == (projection.matter_column,)
    wanted = _wanted(projection, matter) if one else {}
    if not wanted:
        _write_difference(projection, matter)
        return
    (row,) = wanted.values()
    columns = ", ".join(projection.columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {projection.table} ({columns}) VALUES {_marks([row])}"
            f" ON CONFLICT ({projection.matter_column}) DO UPDATE SET {_taken_over(projection)}",
            row,
        )


@cache
def _taken_over(projection: Projection) -> str:
    others = [column for column in projection.columns if column not in projection.key_columns]
    return ", ".join(f"{column} = excluded.{column}" for column in others)


def _write_difference(projection: Projection, matter: Matter) -> None:
    wanted, standing = _wanted(projection, matter), _standing(projection, matter.stream)
    stays = wanted.keys() if projection.kept is not None else frozenset()
    gone = [key for key, row in standing.items() if wanted.get(key) != row and key not in stays]
    new = [row for key, row in wanted.items() if standing.get(key) != row]
    keys, columns = ", ".join(projection.key_columns), ", ".join(projection.columns)
    with connection.cursor() as cursor:
        for some in _portions(gone):
            cursor.execute(
                f"DELETE FROM {projection.table} WHERE ({keys}) IN (VALUES {_marks(some)})", _flat(some)
            )
        for some in _portions(new):
            if projection.kept is not None:
                _put(cursor, projection, some)
                continue
            cursor.execute(f"INSERT INTO {projection.table} ({columns}) VALUES {_marks(some)}", _flat(some))


def _put(cursor: CursorWrapper, projection: Projection, rows: Sequence[Values]) -> None:
    """Write rows over those of the same key, whose other columns stay as they are."""
    kept = dict(projection.kept or {})
    columns = ", ".join([*projection.columns, *kept])
    whole = [(*row, *kept.values()) for row in rows]
    cursor.execute(
        f"INSERT INTO {projection.table} ({columns}) VALUES {_marks(whole)}"
        f" ON CONFLICT ({', '.join(projection.key_columns)}) DO UPDATE SET {_taken_over(projection)}",
        _flat(whole),
    )


def _portions(rows: Sequence[Values]) -> Iterable[Sequence[Values]]:
    """As many rows at a time as one statement takes."""
    if not rows:
        return
    size = VALUES_A_STATEMENT // len(rows[0])
    yield from (rows[start : start + size] for start in range(0, len(rows), size))


def _marks(rows: Sequence[Values]) -> str:
    one = f"({', '.join(['%s'] * len(rows[0]))})"
    return ", ".join([one] * len(rows))


def _flat(rows: Sequence[Values]) -> list[Any]:
    return [value for row in rows for value in row]
