"""Rows in every table, to show that a refused act wrote nothing."""

from functools import lru_cache

from django.db import connections


def row_counts() -> dict[str, int]:
    """The number of rows of every table of both databases, by `database.table`."""
    counts = {}
    for alias in ("default", "portal"):
        connection = connections[alias]
        with connection.cursor() as cursor:
            for table in _tables(alias, str(connection.settings_dict["NAME"])):
                cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
                counts[f"{alias}.{table}"] = int(cursor.fetchone()[0])
    return counts


def changed(before: dict[str, int], after: dict[str, int]) -> str:
    """The tables whose number of rows differs, as text; empty when none does."""
    different = [table for table in after if after[table] != before.get(table)]
    return "、".join(f"{table}（{before.get(table)}→{after[table]}）" for table in sorted(different))


@lru_cache(maxsize=8)
def _tables(alias: str, name: str) -> tuple[str, ...]:
    connection = connections[alias]
    shown = connection.introspection.table_names()
    return tuple(table for table in shown if not table.startswith("cases_search_"))
