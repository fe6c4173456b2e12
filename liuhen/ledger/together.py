"""Statements that go to the database together: one round trip on PostgreSQL, one after another on SQLite.

For the few statements that every act makes. They go to the driver itself, in the transaction that Django holds; where
somebody listens to Django's statements (`execute_wrapper`), through Django.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from liuhen.ledger import pipeline
from liuhen.ledger.pipeline import Rows, Statement

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Question(Generic[Answer]):
    """A statement, and what its rows mean."""

    sql: str
    values: Sequence[Any]
    read: Callable[[Rows], Answer]


_held = threading.local()


@contextmanager
def one_connection() -> Iterator[BaseDatabaseWrapper]:
    """While the block runs this thread's connection is looked up once: Django takes a while for it."""
    before = getattr(_held, "here", None)
    _held.here = before or connections[DEFAULT_DB_ALIAS]
    try:
        yield _held.here
    finally:
        _held.here = before


def here() -> BaseDatabaseWrapper:
    """The connection to the record's database."""
    return getattr(_held, "here", None) or connections[DEFAULT_DB_ALIAS]


def ask(questions: Sequence[Question[Any]]) -> list[Any]:
    """The answers to all questions, asked in this order."""
    found = run([(question.sql, question.values) for question in questions])
    return [question.read(rows) for question, rows in zip(questions, found, strict=True)]


def run(statements: Sequence[Statement], *, one_way: bool = False) -> list[Rows]:
    """Execute all, in this order, and give the rows of each (none for a statement that returns nothing).

    `one_way`: there is one good way to answer them, whatever the values: PostgreSQL plans them once a connection.
    A failed one raises Django's error; those after it were not executed.
    """
    if not statements:
        return []
    ours = here()
    if ours.execute_wrappers or ours.force_debug_cursor:
        return _through_django(statements)
    if ours.connection is None:
        ours.ensure_connection()
    ours.validate_no_broken_transaction()
    with ours.wrap_database_errors:
        if ours.vendor == "postgresql":
            return pipeline.run(ours.connection, statements, one_way=one_way)
        execute = ours.connection.execute
        return [execute(_question_marks(sql), values).fetchall() for sql, values in statements]


def _through_django(statements: Sequence[Statement]) -> list[Rows]:
    found = []
    for sql, values in statements:
        with here().cursor() as cursor:
            cursor.execute(sql, values)
            found.append(cursor.fetchall() if cursor.description else [])
    return found


@lru_cache(maxsize=1000)
def _question_marks(sql: str) -> str:
    """The statement as SQLite's driver takes it."""
    return sql.replace("%s", "?")
