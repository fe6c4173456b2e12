"""Streams, matters and their locks. Plain SQL, the same on both engines but for the row lock."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db import connection, transaction

from liuhen.kernel.ids import new_id
from liuhen.ledger.errors import Grown, LedgerError, OutsideTransaction, UnknownStream
from liuhen.ledger.pipeline import Rows
from liuhen.ledger.together import Question, ask, here


@dataclass(frozen=True, slots=True)
class Head:
    """卷流之首: how long a stream is, and the leaf hash of its last entry (None when it has none)."""

    stream: str
    agency: str
    type: str
    length: int
    last: bytes | None


def create_stream(agency: str, type: str, stream: str | None = None) -> str:
    """Begin a stream (lead, case, inspection, recording, publication, register), by this id if one is given."""
    stream = stream or new_id()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_stream (id, agency, type, length, head) VALUES (%s, %s, %s, 0, NULL)",
            [stream, agency, type],
        )
    return stream


def heads(stream_ids: Iterable[str], *, for_update: bool = False) -> dict[str, Head]:
    """The heads of streams, in the order of their ids. Raises `UnknownStream` for one that does not exist."""
    wanted = sorted(set(stream_ids))
    if not wanted:
        return {}
    (found,) = ask([heads_of(wanted, for_update=for_update)])
    return cast("dict[str, Head]", found)


def heads_of(wanted: Sequence[str], *, for_update: bool = False) -> Question[dict[str, Head]]:
    """The question for these heads."""
    suffix = " FOR UPDATE" if for_update and here().vendor == "postgresql" else ""
    sql = (
        f"SELECT id, agency, type, length, head FROM ledger_stream WHERE id IN ({marks(wanted)}) ORDER BY id"
    )
    return Question(sql + suffix, wanted, lambda rows: _all_there(wanted, _heads(rows)))


Ends = Mapping[str, tuple[int, bytes | None]]
"""Of each stream: its length, and the leaf hash of its last entry."""


def ends(
    stream_ids: Collection[str], agency: str, span: tuple[int, int], parts: Sequence[str]
) -> Question[tuple[Ends, int]]:
    """The question how long each stream is and how it ends, and how many of these parts stand destroyed.

    `span` is the first and the last index of the streams' entries in the agency's log.
    """
    streams = sorted(stream_ids)
    return Question(
        "SELECT s.id, s.length, s.head, (SELECT COUNT(*) FROM ledger_destruction d"
        " JOIN ledger_entry e ON e.agency = d.agency AND e.idx = d.idx"
        " WHERE d.agency = %s AND d.idx BETWEEN %s AND %s"
        f" AND d.name IN ({marks(parts)}) AND e.stream IN ({marks(streams)}))"
        f" FROM ledger_stream s WHERE s.id IN ({marks(streams)})",
        [agency, *span, *parts, *streams, *streams],
        _ends,
    )


def _ends(rows: Rows) -> tuple[Ends, int]:
    return {row[0]: (row[1], as_bytes(row[2])) for row in rows}, rows[0][3] if rows else 0


def lock(stream_ids: Iterable[str]) -> dict[str, Head]:
    """Lock the streams and every stream that adopts them, by id, and return all their heads. Lock first, read after.

    Inside the caller's transaction. On SQLite that transaction began IMMEDIATE and holds everything already.
    """
    require_transaction()
    wanted = set(stream_ids)
    if here().vendor != "postgresql":
        return lock_and_ask(wanted, ())[0]
    while True:
        held = transaction.savepoint()
        try:
            found, _ = lock_and_ask(wanted, ())
        except Grown:
            transaction.savepoint_rollback(held)  # gives the row locks back: the larger set is taken in order
            continue
        transaction.savepoint_commit(held)
        return found


def lock_and_ask(
    stream_ids: Iterable[str], questions: Sequence[Question[Any]]
) -> tuple[dict[str, Head], list[Any]]:
    """`lock`, and what is asked as soon as the locks are held, in the same round trip.

    Raises `Grown` on PostgreSQL when the locks taken are too few: whoever holds nothing else in this transaction
    rolls it back and begins again.
    """
    require_transaction()
    wanted = sorted(set(stream_ids))
    if not wanted:
        return {}, ask(questions)
    if here().vendor != "postgresql":
        return _ask_alone(wanted, questions)
    # each question sees what was committed before it began
    if _taken_in.isdisjoint(wanted):
        own = Question(f"{_HEADS} IN ({marks(wanted)}) ORDER BY id FOR UPDATE", wanted, _heads)
        found, taken_in, *answers = ask([own, adopted_among(wanted), *questions])
        if taken_in:
            if len(_taken_in) > _TAKEN_IN_MAX:
                _taken_in.clear()
            _taken_in.update(taken_in)
            raise Grown("卷流已被并入其他案卷；请重新办理")
        return _all_there(wanted, found), answers
    locked = Question(f"{_HEADS} IN ({_adopters(wanted)}) ORDER BY id FOR UPDATE", wanted, _heads)
    again: Question[set[str]] = Question(_adopters(wanted), wanted, lambda rows: {row[0] for row in rows})
    found, closure, *answers = ask([locked, again, *questions])
    if closure != found.keys():
        raise Grown("等待期间卷流已被并入其他案卷；请重新办理")
    return _all_there(wanted, found), answers


_taken_in: set[str] = set()
"""Streams seen to be adopted, which they stay: what adopts them is locked with them at once. The others are most."""
_TAKEN_IN_MAX = 10_000


def adopted_among(wanted: Sequence[str]) -> Question[set[str]]:
    """The question which of these streams others have adopted."""
    return Question(
        f"SELECT DISTINCT adopted FROM ledger_adoption WHERE adopted IN ({marks(wanted)})",
        wanted,
        lambda rows: {row[0] for row in rows},
    )


_HEADS = "SELECT id, agency, type, length, head FROM ledger_stream WHERE id"


def _ask_alone(
    wanted: Sequence[str], questions: Sequence[Question[Any]]
) -> tuple[dict[str, Head], list[Any]]:
    """The same on SQLite, whose writer is alone: most streams are adopted by none, and then that is all to ask."""
    own = Question(f"{_HEADS} IN ({marks(wanted)}) ORDER BY id", wanted, _heads)
    found, taken_in, *answers = ask([own, adopted_among(wanted), *questions])
    if taken_in:
        (found,) = ask([Question(f"{_HEADS} IN ({_adopters(wanted)}) ORDER BY id", wanted, _heads)])
    return _all_there(wanted, found), answers


def _adopters(wanted: Sequence[str]) -> str:
    """SQL for the ids of these streams, which are its values, and all that adopt them."""
    return (
        f"WITH RECURSIVE reach(id) AS (SELECT id FROM ledger_stream WHERE id IN ({marks(wanted)})"
        " UNION SELECT a.stream FROM ledger_adoption a JOIN reach r ON a.adopted = r.id) SELECT id FROM reach"
    )


def _heads(rows: Rows) -> dict[str, Head]:
    return {row[0]: Head(row[0], row[1], row[2], row[3], as_bytes(row[4])) for row in rows}


def _all_there(wanted: Iterable[str], found: dict[str, Head]) -> dict[str, Head]:
    if missing := [stream for stream in wanted if stream not in found]:
        raise UnknownStream(f"卷流不存在：{'、'.join(missing)}")
    return found


def adopters(stream_ids: Collection[str]) -> set[str]:
    """The streams, and all that adopt them, directly or through others."""
    return _closure(stream_ids, "adopted", "stream")


def adopters_of(streams: Collection[str]) -> dict[str, set[str]]:
    """By stream, those that adopt it, directly or through others."""
    found: dict[str, set[str]] = {stream: set() for stream in streams}
    if found:
        among = marks(list(found))
        sql = (
            f"WITH RECURSIVE reach(root, id) AS (SELECT adopted, stream FROM ledger_adoption WHERE adopted IN ({among})"
            " UNION SELECT r.root, a.stream FROM ledger_adoption a JOIN reach r ON a.adopted = r.id)"
            " SELECT root, id FROM reach"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, list(found))
            for root, above in cursor.fetchall():
                found[root].add(above)
    return found


def matter_streams(stream: str) -> list[str]:
    """案卷范围: a stream with all it adopts, itself first, the rest by id."""
    return [stream, *sorted(_closure([stream], "stream", "adopted") - {stream})]


def streams_of(agency: str, type: str) -> list[str]:
    """An agency's streams of one type, oldest first (its registers, for instance)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM ledger_stream WHERE agency = %s AND type = %s ORDER BY id", [agency, type]
        )
        return [row[0] for row in cursor.fetchall()]


def count_streams(agency: str, type: str) -> int:
    """How many streams of one type an agency has."""
    sql = "SELECT COUNT(*) FROM ledger_stream WHERE agency = %s AND type = %s"
    (found,) = ask([Question(sql, [agency, type], lambda rows: int(rows[0][0]))])
    return cast("int", found)


def some_streams(agency: str, type: str, start: int, count: int, *, newest: bool) -> list[str]:
    """So many of them from the `start`th on, oldest or newest first: a page of a list."""
    sql = (
        f"SELECT id FROM ledger_stream WHERE agency = %s AND type = %s ORDER BY id {'DESC' if newest else 'ASC'}"
        " LIMIT %s OFFSET %s"
    )
    (found,) = ask([Question(sql, [agency, type, count, start], lambda rows: [stream for (stream,) in rows])])
    return cast("list[str]", found)


def first_stream(agency: str, type: str) -> Question[Head | None]:
    """The question for the head of an agency's oldest stream of a type (its register)."""
    return Question(
        "SELECT id, agency, type, length, head FROM ledger_stream"
        " WHERE agency = %s AND type = %s ORDER BY id LIMIT 1",
        [agency, type],
        lambda rows: next(iter(_heads(rows).values()), None),
    )


def _closure(stream_ids: Collection[str], via: str, to: str) -> set[str]:
    start = sorted(set(stream_ids))
    if not start:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE reach(id) AS (SELECT {to} FROM ledger_adoption WHERE {via} IN ({marks(start)})"
            f" UNION SELECT a.{to} FROM ledger_adoption a JOIN reach r ON a.{via} = r.id) SELECT id FROM reach",
            start,
        )
        return {*start, *(row[0] for row in cursor.fetchall())}


def marks(values: Sequence[object]) -> str:
    """Placeholders for an SQL list."""
    return ", ".join(["%s"] * len(values))


def as_bytes(value: bytes | memoryview | None) -> bytes | None:
    """A binary column's value, whatever the driver hands out."""
    return value if value is None or type(value) is bytes else bytes(value)


def require_transaction() -> None:
    """Raise `OutsideTransaction` unless the caller is in one."""
    if not here().in_atomic_block:
        raise OutsideTransaction("写入底账须在事务中进行")


def same_agency(found: dict[str, Head], agency: str) -> None:
    """Raise `LedgerError` when a stream belongs to another agency: one act writes to one agency's log."""
    if foreign := [head.stream for head in found.values() if head.agency != agency]:
        raise LedgerError(f"一次行为只能写入本机关的日志；下列卷流属于其他机关：{'、'.join(foreign)}")
