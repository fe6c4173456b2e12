"""Rows read out of the entries: a matter's rows are computed whole, the difference to the table is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

from liuhen import ledger
from liuhen.acts.act import Matter
from liuhen.acts.registry import Projection, Row, Values, projections

Rows = dict[Any, Values]
"""The rows that a matter has in a table, by key."""


@dataclass(frozen=True)
class Changes:
    """What is to be executed, and the matter's rows by table as they stand afterwards, as far as known."""

    statements: list[ledger.Statement]
    rows: dict[str, Rows]


def write(matter: Matter, since: Sequence[ledger.Entry] | None = None) -> None:
    """Bring every projection of this matter up to date, in the caller's transaction.

    `since`: these entries are all that is new since its rows were last written; tables that none of them bears on
    are left alone.
    """
    for each in projections():
        if matter.type in each.stream_types:
            ledger.run(_changes([each], matter, since, {}).statements)


def foreseeable(type: str) -> bool:
    """Whether the rows of such a stream can be worked out before any is written: tables hold nothing else beside."""
    return all(each.kept is None for each in projections() if type in each.stream_types)


def changes(
    matter: Matter, since: Sequence[ledger.Entry] | None, known: Mapping[str, Rows], *, placed: bool
) -> Changes:
    """The statements that bring this matter's rows up to date.

    `since` as for `write`; `known` are rows of which it is known how they stand, the others are read. `placed`: of the
    tables that tell where in the log entries lie, else of the others.
    """
    ours = [each for each in projections() if each.placed is placed and matter.type in each.stream_types]
    return _changes(ours, matter, since, known)


def _changes(
    ours: Sequence[Projection],
    matter: Matter,
    since: Sequence[ledger.Entry] | None,
    known: Mapping[str, Rows],
) -> Changes:
    bearing = [each for each in ours if since is None or each.bears is None or any(map(each.bears, since))]
    wanted = {each.table: _wanted(each, matter) for each in bearing}
    unknown = [
        each for each in bearing if each.table not in known and not (_is_one(each) and wanted[each.table])
    ]
    read = ledger.ask([_asked(each, matter.stream) for each in unknown])
    standing = {**known, **dict(zip((each.table for each in unknown), read, strict=True))}
    rows = {each.table: standing[each.table] for each in ours if each.table in standing} | wanted
    statements = [
        statement
        for each in bearing
        for statement in _difference(each, wanted[each.table], standing.get(each.table, {}))
    ]
    return Changes(statements, rows)


def as_left(matter: Matter, rows: Mapping[str, Rows]) -> ledger.Question[bool]:
    """The question whether these are the matter's rows still: whoever writes any writes those that tell of places."""
    (told,) = [each for each in projections() if each.placed]
    asked = _asked(told, matter.stream)
    left = rows.get(told.table)
    return ledger.Question(asked.sql, asked.values, lambda found: asked.read(found) == left)


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


def _standing(projection: Projection, matter: str) -> Rows:
    """By key, the rows as they stand. (SQLite hands truth values out as 0 and 1, which equal False and True.)"""
    asked = _asked(projection, matter)
    (rows,) = ledger.run([(asked.sql, asked.values)])
    return asked.read(rows)


def _asked(projection: Projection, matter: str) -> ledger.Question[Rows]:
    key = _key_of(projection)
    return ledger.Question(
        f"SELECT {_read_as(projection)} FROM {projection.table} WHERE {projection.matter_column} = %s",
        [projection.matter_key(matter)],
        lambda rows: {key(row): row for row in rows},
    )


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


def _is_one(projection: Projection) -> bool:
    """Whether a matter has one row at most, which can be put in the place of whatever stands."""
    return projection.key_columns == (projection.matter_column,) and not projection.virtual


def _difference(projection: Projection, wanted: Rows, standing: Rows) -> Iterator[ledger.Statement]:
    """Rows that are no more go, new and changed ones are put in their places."""
    delete, insert = _sql(projection)
    key = _key_of(projection)
    beside = [value for _, value in projection.kept or ()]
    for at in standing.keys() - wanted.keys():
        yield delete, key(standing[at])
    for at, row in wanted.items():
        before = standing.get(at)
        if before == row:
            continue
        if before is not None and projection.virtual:
            yield delete, key(row)
        yield insert, (*row, *beside)


@cache
def _sql(projection: Projection) -> tuple[str, str]:
    """To take one row away, by its key; to put one in its place, by its columns and those that it keeps."""
    keys = projection.key_columns
    columns = [*projection.columns, *(column for column, _ in projection.kept or ())]
    delete = f"DELETE FROM {projection.table} WHERE {' AND '.join(f'{column} = %s' for column in keys)}"
    insert = (
        f"INSERT INTO {projection.table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"
    )
    others = ", ".join(f"{column} = excluded.{column}" for column in projection.columns if column not in keys)
    on_conflict = "" if projection.virtual else f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {others}"
    return delete, insert + on_conflict
