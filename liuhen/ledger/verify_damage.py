"""Damage: pages of the database that cannot be read, values that cannot be decoded. Named, never a crash.

A check that falls over what it reads says so as a finding and the next check goes on.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connections

from liuhen.ledger.errors import LedgerError
from liuhen.ledger.findings import Finding

DAMAGE = (
    DatabaseError,
    ObjectDoesNotExist,
    LedgerError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    MemoryError,
    OSError,
)
"""What reading a damaged row, page or file can raise; a slip of the program among them is named like damage."""

_MESSAGES = 1000
_TREE = re.compile(r"Tree (\d+)")
_INDEX = re.compile(r"index (\w+)")
_FULL_TEXT = re.compile(r"FTS5 table (?:main\.)?(\w+)")
_COLUMN = re.compile(r"value in (\w+)\.")


def guarded(what: str, where: str, steps: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """The findings of a check, and where it could not go on because of damage, that."""
    try:
        yield from steps()
    except DAMAGE as error:
        yield unreadable(what, where, error)


def unreadable(what: str, where: str, error: Exception) -> Finding:
    """That something could not be read, in the engine's own words."""
    return Finding(what, where, "", f"读不出，可能已损坏（{type(error).__name__}：{error}）")


def check_storage(alias: str = "default") -> Iterator[Finding]:
    """Pages, trees and indexes of an embedded database, told by table. A server's are its own to check."""
    if connections[alias].vendor == "sqlite":
        yield from guarded("storage", f"数据库“{alias}”", lambda: _damaged_tables(alias))


def _damaged_tables(alias: str) -> Iterator[Finding]:
    """All at once; where the engine falls over that, table by table."""
    try:
        lines = _integrity(alias, str(_MESSAGES))
    except DatabaseError:
        for table in sorted(set(_names(alias).values())):
            where = f"数据库“{alias}”的表 {table}"
            yield from guarded("storage", where, partial(_damaged_table, alias, table))
        return
    if lines != ["ok"]:
        yield from _told(alias, lines)


def _damaged_table(alias: str, table: str) -> Iterator[Finding]:
    lines = _integrity(alias, f"'{table}'")
    if lines != ["ok"]:
        yield from _told(alias, lines)


def _integrity(alias: str, of: str) -> list[str]:
    with connections[alias].cursor() as cursor:
        cursor.execute(f"PRAGMA integrity_check({of})")
        return [line for (text,) in cursor.fetchall() for line in str(text).splitlines()]


def _told(alias: str, lines: list[str]) -> Iterator[Finding]:
    tables = _names(alias)
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        if not line.startswith("***"):
            found[_table_of(line, tables)].append(line)
    for table, messages in found.items():
        more = f"等 {len(messages)} 处" if len(messages) > 1 else ""
        where = f"数据库“{alias}”的表 {table}" if table else f"数据库“{alias}”"
        yield Finding("storage", where, table, f"数据库页或者索引损坏：{messages[0]}{more}")


def _names(alias: str) -> dict[str, str]:
    """The table of each root page, index and table name."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT name, tbl_name, rootpage FROM sqlite_master")
        rows = cursor.fetchall()
    return {key: table for name, table, root in rows for key in (str(root), name, table)}


def _table_of(line: str, tables: dict[str, str]) -> str:
    for shape in (_TREE, _INDEX, _FULL_TEXT, _COLUMN):
        match = shape.search(line)
        if match and match[1] in tables:
            return tables[match[1]]
    return ""
