"""Bringing an installation's databases to where the program needs them. Django is set up before."""

import re
import shutil
from importlib import import_module

from django.core.management import call_command
from django.db import connections

from liuhen.config.home import Home
from liuhen.config.storage import require_safe_storage
from liuhen.kernel.clock import SystemClock

_SEARCH_PATH = re.compile(r"search_path=(\w+)")


def prepare() -> None:
    """Migrate both databases; refuse one that is set too weakly (`UnsafeStorage`).

    Agencies of an older installation, whose people stood in tables alone, enter them into the record as they stand.
    """
    for alias in ("default", "portal"):
        _create_schema(alias)
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    require_safe_storage("default", "portal")
    # by name: its models can be read only once Django is set up
    import_module("liuhen.accounts.taking_over").take_over_as_it_stands(SystemClock())
    connections.close_all()


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
