"""Append: entries, parts, stream heads, receipt and the log's head, in the caller's transaction, in plain SQL."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from liuhen.ledger import merkle
from liuhen.ledger.entry import RESPONSE, SALT_BYTES, Act, Entry, EntryDraft, SealedEntry, seal
from liuhen.ledger.errors import LedgerError, UnknownStream
from liuhen.ledger.streams import Head, as_bytes, heads, marks, require_transaction, same_agency

ROWS_A_STATEMENT = 80
"""Rows in one INSERT: below SQLite's oldest limit of 999 values."""


@dataclass(frozen=True, slots=True)
class _LogHead:
    size: int
    frontier: list[bytes]


def append(
    agency: str,
    drafts: Sequence[EntryDraft],
    *,
    act: str,
    key: str,
    actor: str,
    recorded_ms: int,
    pack_digest: str | None,
    response: Mapping[str, Any] | None = None,
    heads: Mapping[str, Head] | None = None,
    salt: Callable[[], bytes] | None = None,
) -> list[Entry]:
    """Record the entries of one act in the agency's log, and the receipt for its `key`.

    `response` is what the act answers; it is kept as a part of the first entry and given again by `receipt`.
    `heads` are those that `lock` returned in this transaction (read again when absent).
    Raises `UnknownStream`, `LedgerError`; the database refuses a key already used and anything out of order.
    """
    require_transaction()
    if not drafts:
        raise LedgerError("一次行为至少产生一条条目")
    known = _known_heads(agency, drafts, heads)
    with connection.cursor() as cursor:
        log = _lock_log(cursor, agency)
        common = Act(agency, act, key, actor, recorded_ms, pack_digest)
        sealed = _seal_all(drafts, common, known, log, salt or _fresh_salt, response)
        _insert_entries(cursor, sealed)
        _insert_parts(cursor, sealed)
        _insert_adoptions(cursor, sealed)
        _destroy_parts(cursor, sealed)
        _insert_files(cursor, drafts, sealed)
        _move_streams(cursor, sealed)
        _insert(cursor, "ledger_receipt (agency, key, first, count)", [(agency, key, log.size, len(sealed))])
        _move_log(cursor, agency, log, sealed)
    return [item.entry for item in sealed]


def _fresh_salt() -> bytes:
    return os.urandom(SALT_BYTES)


def _known_heads(
    agency: str, drafts: Sequence[EntryDraft], given: Mapping[str, Head] | None
) -> dict[str, Head]:
    touched = {draft.stream for draft in drafts}
    needed = touched.union(*(draft.adopts for draft in drafts))
    if given is not None and needed <= given.keys():
        known = {stream: given[stream] for stream in needed}
    else:
        known = heads(needed, for_update=True)
    same_agency(known, agency)
    return known


def _lock_log(cursor: CursorWrapper, agency: str) -> _LogHead:
    suffix = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    cursor.execute(f"SELECT size, frontier FROM ledger_log WHERE agency = %s{suffix}", [agency])
    row = cursor.fetchone()
    if row is None:
        raise UnknownStream(f"机关 {agency} 还没有日志；请先建立")
    return _LogHead(row[0], merkle.unpack(as_bytes(row[1]) or b""))


def _seal_all(
    drafts: Sequence[EntryDraft],
    common: Act,
    known: dict[str, Head],
    log: _LogHead,
    salt: Callable[[], bytes],
    response: Mapping[str, Any] | None,
) -> list[SealedEntry]:
    sealed: list[SealedEntry] = []
    for offset, draft in enumerate(drafts):
        head = known[draft.stream]
        item = seal(
            draft,
            common,
            index=log.size + offset,
            number=head.length + 1,
            stream_type=head.type,
            previous=head.last,
            salt=salt,
            extra={RESPONSE: response} if response and not offset else None,
        )
        known[draft.stream] = replace(head, length=item.entry.number, last=item.entry.leaf_hash)
        sealed.append(item)
    return sealed


def _insert_entries(cursor: CursorWrapper, sealed: list[SealedEntry]) -> None:
    _insert(
        cursor,
        "ledger_entry (agency, idx, stream, number, kind, happened, recorded, actor, leaf, header)",
        [
            (
                entry.agency,
                entry.index,
                entry.stream,
                entry.number,
                entry.kind,
                entry.happened_ms,
                entry.recorded_ms,
                entry.actor,
                entry.leaf_hash,
                item.header,
            )
            for item in sealed
            for entry in (item.entry,)
        ],
    )


def _insert_parts(cursor: CursorWrapper, sealed: list[SealedEntry]) -> None:
    _insert(
        cursor,
        "ledger_part (agency, idx, name, salt, body)",
        [
            (item.entry.agency, item.entry.index, part.name, part.salt, part.body)
            for item in sealed
            for part in item.parts
        ],
    )


def _insert_adoptions(cursor: CursorWrapper, sealed: list[SealedEntry]) -> None:
    _insert(
        cursor,
        "ledger_adoption (stream, adopted, agency, idx)",
        [
            (item.entry.stream, adopted, item.entry.agency, item.entry.index)
            for item in sealed
            for adopted in item.entry.adopts
        ],
    )


def _destroy_parts(cursor: CursorWrapper, sealed: list[SealedEntry]) -> None:
    """Carry out what an entry orders destroyed: salt and body go, the commitment in the header stays."""
    for item in sealed:
        for target, part in item.entry.destroys:
            stream, _, number = target.partition(".")
            cursor.execute(
                "SELECT idx FROM ledger_entry WHERE stream = %s AND number = %s AND agency = %s",
                [stream, int(number), item.entry.agency],
            )
            row = cursor.fetchone()
            if row is None:
                raise LedgerError(f"要销毁的条目 {target} 不存在或不属于本机关")
            at = [item.entry.agency, row[0], part]
            _insert(cursor, "ledger_destruction (agency, idx, name, by_idx)", [(*at, item.entry.index)])
            cursor.execute(
                "UPDATE ledger_part SET salt = NULL, body = NULL WHERE agency = %s AND idx = %s AND name = %s",
                at,
            )


def _insert_files(cursor: CursorWrapper, drafts: Sequence[EntryDraft], sealed: list[SealedEntry]) -> None:
    """Register bytes that the record names for the first time; once for each digest."""
    for draft, item in zip(drafts, sealed, strict=True):
        for file in draft.files:
            row = (file.sha256, file.sm3, file.size, file.media_type, item.entry.agency, item.entry.index)
            cursor.execute(
                "INSERT INTO ledger_file (sha256, sm3, size, media_type, agency, idx)"
                " SELECT %s, %s, %s, %s, %s, %s"
                " WHERE NOT EXISTS (SELECT 1 FROM ledger_file WHERE sha256 = %s) ON CONFLICT DO NOTHING",
                [*row, file.sha256],
            )


def _move_streams(cursor: CursorWrapper, sealed: list[SealedEntry]) -> None:
    last = {item.entry.stream: item.entry for item in sealed}
    for entry in last.values():
        cursor.execute(
            "UPDATE ledger_stream SET length = %s, head = %s WHERE id = %s",
            [entry.number, entry.leaf_hash, entry.stream],
        )


def _move_log(cursor: CursorWrapper, agency: str, log: _LogHead, sealed: list[SealedEntry]) -> None:
    """The log's head last: locked until the commit."""
    frontier, size = log.frontier, log.size
    for item in sealed:
        frontier = merkle.grow(frontier, size, item.entry.leaf_hash)
        size += 1
    if len(frontier) > merkle.MAX_FRONTIER:
        raise LedgerError("日志过长")
    cursor.execute(
        "UPDATE ledger_log SET size = %s, frontier = %s, root = %s WHERE agency = %s",
        [size, merkle.pack(frontier), merkle.root_of(frontier), agency],
    )


def _insert(cursor: CursorWrapper, into: str, rows: Sequence[tuple[Any, ...]]) -> None:
    for start in range(0, len(rows), ROWS_A_STATEMENT):
        some = rows[start : start + ROWS_A_STATEMENT]
        row_marks = f"({marks(some[0])})"
        values = ", ".join([row_marks] * len(some))
        cursor.execute(f"INSERT INTO {into} VALUES {values}", [value for row in some for value in row])
