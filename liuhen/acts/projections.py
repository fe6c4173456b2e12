"""Rows read out of the entries: a matter's rows are computed whole, the difference to the table is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress
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


@cache
def foreseeable(type: str) -> bool:
    """Whether the rows of such a stream can be worked out before any is written: tables hold nothing else beside."""
    return all(each.kept is None for each in projections() if type in each.stream_types)


def changes(
    matter: Matter,
    since: Sequence[ledger.Entry] | None,
    known: Mapping[str, Rows],
    *,
    stand: bool = False,
    placed: bool,
) -> Changes:
    """The statements that bring this matter's rows up to date.

    `since` as for `write`; `known` are rows of which it is known how they stand, the others are read. `stand`: all rows
    stand as the matter that this one has grown from tells them. `placed`: of the tables that tell where in the log
    entries lie, else of the others.
    """
    return _changes(_of(matter.type, placed), matter, since, known, stand=stand)


@cache
def _of(type: str, placed: bool) -> tuple[Projection, ...]:
    """The projections of such streams."""
    return tuple(each for each in projections() if each.placed is placed and type in each.stream_types)


def _changes(
    ours: Sequence[Projection],
    matter: Matter,
    since: Sequence[ledger.Entry] | None,
    known: Mapping[str, Rows],
    *,
    stand: bool = False,
) -> Changes:
    statements: list[ledger.Statement] = []
    rows = {each.table: known[each.table] for each in ours if each.table in known}
    whole: list[Projection] = []
    for each in ours:
        if each.bears is not None and since is not None and not any(map(each.bears, since)):
            continue
        changed = each.since(matter) if stand and each.since is not None else None
        if changed is None:
            whole.append(each)
        else:
            key = _key_of(each)
            gone, come = {key(row): row for row in changed.gone}, {key(row): row for row in changed.come}
            statements += _difference(each, come, gone)
    wanted = {each.table: _wanted(each, matter) for each in whole}
    unknown = [
        each for each in whole if each.table not in known and not (_is_one(each) and wanted[each.table])
    ]
    standing = known
    if unknown:
        read = ledger.ask([_asked(each, matter.stream) for each in unknown])
        standing = {**known, **{each.table: found for each, found in zip(unknown, read, strict=True)}}
    for each in whole:
        statements += _difference(each, wanted[each.table], standing.get(each.table, {}))
        if each.since is None:
            rows[each.table] = wanted[each.table]
    return Changes(statements, rows)


def unread(matter: Matter, known: Mapping[str, Rows]) -> dict[str, ledger.Question[Rows]]:
    """By table, the questions for rows that whatever is entered will have to be compared with."""
    return {
        each.table: _asked(each, matter.stream)
        for each in projections()
        if matter.type in each.stream_types
        and each.table not in known
        and each.bears is None
        and each.since is None
        and not each.placed
        and not _is_one(each)
    }


def places(stream: str) -> ledger.Question[Rows]:
    """The question for the rows of a matter that tell of places: whoever writes any of its rows writes those."""
    return _asked(_telling_places(), stream)


def stand(matter: Matter, found: Rows) -> bool:
    """Whether a matter's rows stand as its entries and the law of today tell them, by those that tell of places."""
    told = _telling_places()
    return matter.type in told.stream_types and bool(matter.entries) and found == _wanted(told, matter)


@cache
def _telling_places() -> Projection:
    (told,) = [each for each in projections() if each.placed]
    return told


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
    of_matter, values = "= %s", [projection.matter_key(matter)]
    if projection.spans is not None:
        of_matter, values = "BETWEEN %s AND %s", [*projection.spans(matter)]
    return ledger.Question(
        f"SELECT {_read_as(projection)} FROM {projection.table} WHERE {projection.matter_column} {of_matter}",
        values,
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
    return projection.key_columns == (projection.matter_column,) and projection.spans is None


def _difference(projection: Projection, wanted: Rows, standing: Rows) -> Iterator[ledger.Statement]:
    """Rows that are no more go, new ones are put in, and of changed ones what has changed."""
    if wanted == standing:
        return
    delete = _delete(projection)
    key = _key_of(projection)
    new: list[Values] = []
    beside = [value for _, value in projection.kept or ()]
    for at in standing.keys() - wanted.keys():
        yield delete, key(standing[at])
    for at, row in wanted.items():
        before = standing.get(at)
        if before == row:
            continue
        if before is not None and not projection.virtual:
            changed = tuple([one != other for one, other in zip(before, row, strict=True)])
            yield _update(projection, changed), (*compress(row, changed), *key(row))
            continue
        if before is not None:
            yield delete, key(row)
        new.append((*row, *beside))
    for size in _TOGETHER:
        while len(new) >= size:
            yield _insert(projection, size), [value for row in new[:size] for value in row]
            del new[:size]


_TOGETHER = (8, 4, 2, 1)
"""So many rows are put in by one statement; few sizes, so that statements are prepared once."""


@cache
def _update(projection: Projection, changed: tuple[bool, ...]) -> str:
    """To write these columns of a row that stands: an index on others is left alone."""
    columns = ", ".join(f"{column} = %s" for column in compress(projection.columns, changed))
    return f"UPDATE {projection.table} SET {columns} WHERE {_of_key(projection)}"


def _of_key(projection: Projection) -> str:
    return " AND ".join(f"{column} = %s" for column in projection.key_columns)


@cache
def _delete(projection: Projection) -> str:
    """To take one row away, by its key."""
    return f"DELETE FROM {projection.table} WHERE {_of_key(projection)}"


@cache
def _insert(projection: Projection, rows: int) -> str:
    """To put rows in their places, by their columns and those that they keep."""
    keys = projection.key_columns
    columns = [*projection.columns, *(column for column, _ in projection.kept or ())]
    values = f"({', '.join(['%s'] * len(columns))})"
    insert = f"INSERT INTO {projection.table} ({', '.join(columns)}) VALUES {', '.join([values] * rows)}"
    others = ", ".join(f"{column} = excluded.{column}" for column in projection.columns if column not in keys)
    return insert + ("" if projection.virtual else f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {others}")
