"""Bringing an installation's databases to where the program needs them. Django is set up before."""

import re
import shutil
from importlib import import_module

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from liuhen.config.home import Home
from liuhen.config.storage import require_safe_storage
from liuhen.kernel.clock import SystemClock

_ROWS_BEHIND = "rows-behind"
"""In the home while the database's structure has moved on and the rows (列表和期限) are still those of before."""
_SEARCH_PATH = re.compile(r"search_path=(\w+)")


def prepare(house: Home) -> None:
    """Migrate both databases; refuse one that is set too weakly (`UnsafeStorage`).

    Agencies of an older installation, whose people stood in tables alone, enter them into the record as they stand;
    and its rows are made again from the entries, at the next start if this one is cut short.
    """
    rows_behind = house.path / _ROWS_BEHIND
    for alias in ("default", "portal"):
        _create_schema(alias)
        if is_behind(alias):
            rows_behind.touch()
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    require_safe_storage("default", "portal")
    # by name: their models can be read only once Django is set up
    import_module("liuhen.accounts.taking_over").take_over_as_it_stands(SystemClock())
    if rows_behind.exists():
        _make_rows_again()
        rows_behind.unlink()
    connections.close_all()


def is_behind(alias: str) -> bool:
    """Whether the program has moved on and the database's structure has not: it was not started since."""
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _make_rows_again() -> None:
    rebuild = import_module("liuhen.acts.rebuild")
    if next(rebuild.all_streams(), None) is None:
        return  # a new installation
    print("数据库结构有更新：正在由条目重新生成列表和期限……", flush=True)
    print(f"已重新生成 {rebuild.rebuild()} 件事项的列表和期限", flush=True)
    import_module("liuhen.claims.rows").read_again()


def discard_unfinished_demo(house: Home) -> None:
    """Begin a demonstration anew whose loading was cut short; nobody has worked in it yet."""
    for file in (house.officers_database, house.public_database):
        for part in file.parent.glob(f"{file.name}*"):
            part.unlink()
    for folder in (house.files, house.keys):
        shutil.rmtree(folder, ignore_errors=True)


def _create_schema(alias: str) -> None:
    """The schema that a PostgreSQL address names with `?schema=`."""
    connection = connections[alias]
    named = _SEARCH_PATH.search(str(connection.settings_dict["OPTIONS"].get("options", "")))
    if connection.vendor == "postgresql" and named:
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE SCHEMA IF NOT EXISTS "{named[1]}"')
