"""Reading rows of lists by SQL that both engines understand."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from liuhen import ledger
from liuhen.ledger import Statement

Row = Mapping[str, Any]


def rows(sql: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    """What a query gives, by column."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def named(columns: Sequence[str], sql: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    """What a query gives that is asked over and over in the same words: PostgreSQL prepares it."""
    (found,) = ledger.run([(sql, values)])
    return [dict(zip(columns, row, strict=True)) for row in found]


def plain(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The same without names, where there are many rows of few columns."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def counted(source: str, values: Sequence[Any], most: int) -> int:
    """How many rows `source` (from FROM on) has; counting stops at `most`."""
    return int(plain(*counting(source, values, most))[0][0])


def counting(source: str, values: Sequence[Any], most: int) -> Statement:
    """The statement that counts so. A planner that knows `most` beforehand need not plan anew each time."""
    return f"SELECT COUNT(*) FROM (SELECT 1 {source} LIMIT {most}) counted", values


def marks(values: Sequence[object]) -> str:
    """As many placeholders as there are values."""
    return ", ".join(["%s"] * len(values))
