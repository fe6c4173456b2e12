"""Rows read out of the entries: a matter's rows are computed whole, the difference to the table is written."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from liuhen.acts.act import Matter
from liuhen.acts.registry import Projection, Row, projections


def write(matter: Matter) -> None:
    """Bring every projection of this matter up to date, in the caller's transaction."""
    for projection in projections():
        if matter.type in projection.stream_types:
            _write_difference(projection, matter.stream, projection.project(matter))


def differences(matter: Matter) -> list[tuple[str, str, Row]]:
    """What the tables hold otherwise than the entries say: (table, 缺少|多出, row). Nothing is written."""
    found = []
    for projection in projections():
        if matter.type not in projection.stream_types:
            continue
        wanted = {_key(projection, row): row for row in projection.project(matter)}
        standing = _standing(projection, matter.stream)
        found += [(projection.table, "缺少", row) for key, row in wanted.items() if standing.get(key) != row]
        found += [(projection.table, "多出", row) for key, row in standing.items() if wanted.get(key) != row]
    return found


def _key(projection: Projection, row: Row) -> tuple[Any, ...]:
    return tuple(row[column] for column in projection.key_columns)


def _standing(projection: Projection, matter: str) -> dict[tuple[Any, ...], Row]:
    columns = projection.columns
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(columns)} FROM {projection.table} WHERE {projection.matter_column} = %s",
            [projection.matter_key(matter)],
        )
        rows: Iterable[Sequence[Any]] = cursor.fetchall()
    found = (_plain(projection, dict(zip(columns, row, strict=True))) for row in rows)
    return {_key(projection, row): row for row in found}


def _plain(projection: Projection, row: Row) -> Row:
    """SQLite hands truth values out as numbers."""
    for column in projection.booleans:
        if row[column] is not None:
            row[column] = bool(row[column])
    return row


def _write_difference(projection: Projection, matter: str, rows: list[Row]) -> None:
    wanted = {_key(projection, row): row for row in rows}
    standing = _standing(projection, matter)
    gone = [key for key in standing if standing[key] != wanted.get(key)]
    new = [row for key, row in wanted.items() if standing.get(key) != row]
    with connection.cursor() as cursor:
        if gone:
            where = " AND ".join(f"{column} = %s" for column in projection.key_columns)
            cursor.executemany(f"DELETE FROM {projection.table} WHERE {where}", gone)
        if new:
            columns = projection.columns
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f"INSERT INTO {projection.table} ({', '.join(columns)}) VALUES ({marks})",
                [[row[column] for column in columns] for row in new],
            )
