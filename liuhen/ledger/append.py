"""Append: entries, parts, stream heads, receipt and the log's head, in the caller's transaction, in plain SQL."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from liuhen.ledger import merkle
from liuhen.ledger.entry import RESPONSE, SALT_BYTES, Act, Entry, EntryDraft, SealedEntry, seal
from liuhen.ledger.errors import LedgerError, UnknownStream
from liuhen.ledger.pipeline import Rows, Statement
from liuhen.ledger.streams import Head, as_bytes, heads, marks, require_transaction, same_agency
from liuhen.ledger.together import Question, ask, run

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
    before: Sequence[Statement] = (),
    beside: Callable[[Sequence[Entry]], Sequence[Statement]] | None = None,
) -> list[Entry]:
    """Record the entries of one act in the agency's log, and the receipt for its `key`.

    `response` is what the act answers; it is kept as a part of the first entry and given again by `receipt`.
    `heads` are those that `lock` returned in this transaction (read again when absent). The caller's own statements
    go in the same round trips: `before` the log is locked, and `beside` the entries, once they have their places.
    Raises `UnknownStream`, `LedgerError`; the database refuses a key already used and anything out of order.
    """
    require_transaction()
    if not drafts:
        raise LedgerError("一次行为至少产生一条条目")
    known = _known_heads(agency, drafts, heads)
    *_, log = ask([*(Question(sql, values, list) for sql, values in before), _log_head(agency)])
    common = Act(agency, act, key, actor, recorded_ms, pack_digest)
    sealed = _seal_all(drafts, common, known, log, salt or _fresh_salt, response)
    entries = [item.entry for item in sealed]
    run(
        [
            *_entries(sealed),
            *_parts(sealed),
            *_adoptions(sealed),
            *_destructions(sealed),
            *_files(drafts, sealed),
            *_streams_moved(sealed),
            *_insert("ledger_receipt (agency, key, first, count)", [(agency, key, log.size, len(sealed))]),
            *(beside(entries) if beside else ()),
            _log_moved(agency, log, sealed),
        ]
    )
    return entries


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


def _log_head(agency: str) -> Question[_LogHead]:
    """The log's head, locked until the commit."""
    suffix = " FOR UPDATE" if connection.vendor == "postgresql" else ""

    def read(rows: Rows) -> _LogHead:
        if not rows:
            raise UnknownStream(f"机关 {agency} 还没有日志；请先建立")
        return _LogHead(rows[0][0], merkle.unpack(as_bytes(rows[0][1]) or b""))

    return Question(f"SELECT size, frontier FROM ledger_log WHERE agency = %s{suffix}", [agency], read)


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


def _entries(sealed: list[SealedEntry]) -> list[Statement]:
    return _insert(
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


def _parts(sealed: list[SealedEntry]) -> list[Statement]:
    return _insert(
        "ledger_part (agency, idx, name, salt, body)",
        [
            (item.entry.agency, item.entry.index, part.name, part.salt, part.body)
            for item in sealed
            for part in item.parts
        ],
    )


def _adoptions(sealed: list[SealedEntry]) -> list[Statement]:
    return _insert(
        "ledger_adoption (stream, adopted, agency, idx)",
        [
            (item.entry.stream, adopted, item.entry.agency, item.entry.index)
            for item in sealed
            for adopted in item.entry.adopts
        ],
    )


def _destructions(sealed: list[SealedEntry]) -> Iterator[Statement]:
    """Carry out what an entry orders destroyed: salt and body go, the commitment in the header stays."""
    for item in sealed:
        for target, part in item.entry.destroys:
            stream, _, number = target.partition(".")
            (found,) = run(
                [
                    (
                        "SELECT idx FROM ledger_entry WHERE stream = %s AND number = %s AND agency = %s",
                        [stream, int(number), item.entry.agency],
                    )
                ]
            )
            if not found:
                raise LedgerError(f"要销毁的条目 {target} 不存在或不属于本机关")
            at = (item.entry.agency, found[0][0], part)
            yield from _insert("ledger_destruction (agency, idx, name, by_idx)", [(*at, item.entry.index)])
            yield (
                "UPDATE ledger_part SET salt = NULL, body = NULL WHERE agency = %s AND idx = %s AND name = %s",
                at,
            )


def _files(drafts: Sequence[EntryDraft], sealed: list[SealedEntry]) -> Iterator[Statement]:
    """Register bytes that the record names for the first time; once for each digest."""
    for draft, item in zip(drafts, sealed, strict=True):
        for file in draft.files:
            row = (file.sha256, file.sm3, file.size, file.media_type, item.entry.agency, item.entry.index)
            yield (
                "INSERT INTO ledger_file (sha256, sm3, size, media_type, agency, idx)"
                " SELECT CAST(%s AS varchar), %s, CAST(%s AS bigint), %s, %s, CAST(%s AS bigint)"
                " WHERE NOT EXISTS (SELECT 1 FROM ledger_file WHERE sha256 = %s) ON CONFLICT DO NOTHING",
                [*row, file.sha256],
            )


def _streams_moved(sealed: list[SealedEntry]) -> Iterator[Statement]:
    last = {item.entry.stream: item.entry for item in sealed}
    for entry in last.values():
        yield (
            "UPDATE ledger_stream SET length = %s, head = %s WHERE id = %s",
            [entry.number, entry.leaf_hash, entry.stream],
        )


def _log_moved(agency: str, log: _LogHead, sealed: list[SealedEntry]) -> Statement:
    """The log's head last: parts, receipts and files laid under it afterwards are refused."""
    frontier, size = log.frontier, log.size
    for item in sealed:
        frontier = merkle.grow(frontier, size, item.entry.leaf_hash)
        size += 1
    if len(frontier) > merkle.MAX_FRONTIER:
        raise LedgerError("日志过长")
    return (
        "UPDATE ledger_log SET size = %s, frontier = %s, root = %s WHERE agency = %s",
        [size, merkle.pack(frontier), merkle.root_of(frontier), agency],
    )


def _insert(into: str, rows: Sequence[tuple[Any, ...]]) -> list[Statement]:
    portions = [rows[start : start + ROWS_A_STATEMENT] for start in range(0, len(rows), ROWS_A_STATEMENT)]
    return [
        (
            f"INSERT INTO {into} VALUES {', '.join([f'({marks(some[0])})'] * len(some))}",
            [value for row in some for value in row],
        )
        for some in portions
    ]
