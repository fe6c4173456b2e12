"""Many statements in one round trip to PostgreSQL: libpq's pipeline, prepared statements, values in binary.

Beneath psycopg's cursors, which take ten times as long for the same. Knows what an act needs: text, numbers, truth and
bytes. Prepared statements belong to a connection: no pooler may stand between that hands on connections (PgBouncer).
"""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import count
from select import POLLIN, POLLOUT, poll
from typing import Any
from weakref import WeakKeyDictionary

from psycopg import Connection
from psycopg.errors import DataError, error_from_result
from psycopg.pq import ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

Statement = tuple[str, Sequence[Any]]
"""SQL with `%s` for every value, and the values."""

Rows = list[tuple[Any, ...]]

PREPARED_MAX = 500
"""So many statements are prepared on one connection, the first ones; they take some memory of the server's."""

_prepared: "WeakKeyDictionary[Connection[Any], dict[str, bytes]]" = WeakKeyDictionary()
"""By connection: under which name a statement was prepared."""
_numbers = count(1)


_PLANNED_ONCE = ("SELECT set_config('plan_cache_mode', 'force_generic_plan', true)", ())
"""Until the transaction ends, a prepared statement is not planned anew for other values, however they look."""


def run(
    connection: "Connection[Any]", statements: Sequence[Statement], *, one_way: bool = False
) -> list[Rows]:
    """Execute all, in a transaction unless the connection is on autocommit, and give the rows of each.

    `one_way`: there is one good way to answer them, whatever the values.
    Raises psycopg's error of the first that failed; those after it were not executed.
    """
    if one_way:
        return run(connection, [_PLANNED_ONCE, *statements])[1:]
    pgconn, known = connection.pgconn, _prepared.setdefault(connection, {})
    fresh: dict[str, bytes] = {}
    begins = not connection.autocommit and pgconn.transaction_status == TransactionStatus.IDLE
    pgconn.enter_pipeline_mode()
    try:
        if begins:
            pgconn.send_query_params(b"BEGIN", None)
        for sql, values in statements:
            name = known.get(sql) or fresh.get(sql)
            if name is None and len(known) + len(fresh) < PREPARED_MAX:
                name = fresh[sql] = b"liuhen_%d" % next(_numbers)
                pgconn.send_prepare(name, _numbered(sql))
            _send(pgconn, name, sql, values)
        pgconn.pipeline_sync()
        results = _results(pgconn)
    finally:
        pgconn.exit_pipeline_mode()
    for result in results:
        if result.status == ExecStatus.FATAL_ERROR:
            raise error_from_result(result)
    known.update(fresh)
    answers = iter(results[1:] if begins else results)
    return [_rows_of(answers, sql, fresh) for sql, _ in statements]


def _numbered(sql: str) -> bytes:
    """`$1`, `$2`, … for every `%s`."""
    first, *rest = sql.split("%s")
    return "".join([first, *(f"${number}{text}" for number, text in enumerate(rest, 1))]).encode()


def _send(pgconn: PGconn, name: bytes | None, sql: str, values: Sequence[Any]) -> None:
    given: list[bytes | None] = []
    formats = []
    for value in values:
        if type(value) is bytes:
            given.append(value)
            formats.append(Format.BINARY)
            continue
        formats.append(Format.TEXT)
        given.append(None if value is None else str(value).encode())
    if name is None:
        pgconn.send_query_params(_numbered(sql), given, None, formats, Format.BINARY)
    else:
        pgconn.send_query_prepared(name, given, formats, Format.BINARY)


def _results(pgconn: PGconn) -> list[PGresult]:
    """All results up to the end of the pipeline. While it waits other threads may run."""
    socket = poll()
    results: list[PGresult] = []
    waits_to_write = pgconn.flush()
    while True:
        socket.register(pgconn.socket, POLLIN | POLLOUT if waits_to_write else POLLIN)
        socket.poll()
        pgconn.consume_input()
        if waits_to_write:
            waits_to_write = pgconn.flush()
        while not pgconn.is_busy():
            result = pgconn.get_result()
            if result is None:
                continue
            if result.status == ExecStatus.PIPELINE_SYNC:
                return results
            results.append(result)


def _rows_of(answers: Any, sql: str, fresh: dict[str, bytes]) -> Rows:
    """The rows of the next statement; what comes back of its preparation stands before them."""
    if fresh.pop(sql, None) is not None:
        next(answers)
    result: PGresult = next(answers)
    readers = [_reader(result.ftype(column)) for column in range(result.nfields)]
    return [
        tuple(
            None if (value := result.get_value(row, column)) is None else read(value)
            for column, read in enumerate(readers)
        )
        for row in range(result.ntuples)
    ]


def _whole(value: bytes) -> int:
    return int.from_bytes(value, "big", signed=True)


def _day(value: bytes) -> date:
    return date.fromordinal(_whole(value) + _DAY_ZERO)


_DAY_ZERO = date(2000, 1, 1).toordinal()
_READERS: dict[int, Callable[[bytes], Any]] = {
    16: b"\1".__eq__, 17: bytes, 20: _whole, 21: _whole, 23: _whole, 25: bytes.decode, 1043: bytes.decode, 1082: _day,
}  # fmt: skip
"""By type (oid): bool, bytea, bigint, smallint, integer, text, varchar, date."""


def _reader(oid: int) -> Callable[[bytes], Any]:
    if oid not in _READERS:
        raise DataError(f"no reader for values of PostgreSQL's type {oid}")
    return _READERS[oid]
