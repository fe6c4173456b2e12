"""Append: entries, parts, stream heads, receipt and the log's head, in the caller's transaction, in plain SQL."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from liuhen.ledger import merkle
from liuhen.ledger.ahead import worth_asking
from liuhen.ledger.entry import (
    RESPONSE,
    SALT_BYTES,
    Act,
    Entry,
    EntryDraft,
    SealedEntry,
    foreseen,
    place,
    ready,
)
from liuhen.ledger.errors import LedgerError, UnknownStream
from liuhen.ledger.pipeline import Rows, Statement
from liuhen.ledger.streams import Head, as_bytes, heads, require_transaction, same_agency
from liuhen.ledger.together import Question, ask, here, run

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
    common = Act(agency, act, key, actor, recorded_ms, pack_digest)
    return Appending(common, drafts, response=response, heads=heads, salt=salt).write()


class Appending:
    """The entries of one act on their way into the log: `append` in two steps.

    At first they have no place in the log, which is not locked yet (`foreseen`); `write` locks it and records them.
    """

    def __init__(
        self,
        act: Act,
        drafts: Sequence[EntryDraft],
        *,
        response: Mapping[str, Any] | None = None,
        heads: Mapping[str, Head] | None = None,
        salt: Callable[[], bytes] | None = None,
    ) -> None:
        require_transaction()
        if not drafts:
            raise LedgerError("一次行为至少产生一条条目")
        self._act = act
        self._heads = _known_heads(act.agency, drafts, heads)
        salt = salt or _fresh_salt
        self._ready = [
            ready(draft, salt, {RESPONSE: response} if response and not offset else None)
            for offset, draft in enumerate(drafts)
        ]

    def foreseen(self) -> list[Entry]:
        """The entries as they will be, but for index and leaf hash."""
        known, entries = dict(self._heads), []
        for made in self._ready:
            head = known[made.draft.stream]
            number = head.length + 1
            entries.append(
                foreseen(made, self._act, number=number, stream_type=head.type, previous=head.last)
            )
            known[head.stream] = Head(head.stream, head.agency, head.type, number, b"")
        return entries

    def write(
        self,
        before: Sequence[Statement] = (),
        beside: Callable[[Sequence[Entry]], Sequence[Statement]] | None = None,
        *,
        ends: bool = False,
    ) -> list[Entry]:
        """Lock the log and record the entries.

        Statements of the caller's own go in the same round trips: `before` the log is locked, and `beside` the entries
        once they have their places. `ends`: nothing else is written in this transaction, which is committed with the
        last of them where a round trip takes time; its owner then finds it committed.
        """
        agency = self._act.agency
        *_, log = ask([*(Question(sql, values, list) for sql, values in before), _log_head(agency)])
        sealed = self._sealed(log.size)
        entries = [item.entry for item in sealed]
        run(
            [
                *_entries(sealed),
                *_parts(sealed),
                *_adoptions(sealed),
                *_destructions(sealed),
                *_files([made.draft for made in self._ready], sealed),
                *_streams_moved(sealed),
                *_insert(
                    "ledger_receipt (agency, key, first, count)",
                    [(agency, self._act.key, log.size, len(sealed))],
                ),
                *(beside(entries) if beside else ()),
                _log_moved(agency, log, sealed),
                *([_COMMIT] if ends and worth_asking() else ()),
            ]
        )
        return entries

    def _sealed(self, size: int) -> list[SealedEntry]:
        known, sealed = dict(self._heads), []
        for index, made in enumerate(self._ready, size):
            head = known[made.draft.stream]
            number = head.length + 1
            item = place(
                made, self._act, index=index, number=number, stream_type=head.type, previous=head.last
            )
            known[head.stream] = Head(head.stream, head.agency, head.type, number, item.entry.leaf_hash)
            sealed.append(item)
        return sealed


_COMMIT: Statement = ("COMMIT", ())


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
    suffix = " FOR UPDATE" if here().vendor == "postgresql" else ""

    def read(rows: Rows) -> _LogHead:
        if not rows:
            raise UnknownStream(f"机关 {agency} 还没有日志；请先建立")
        return _LogHead(rows[0][0], merkle.unpack(as_bytes(rows[0][1]) or b""))

    return Question(f"SELECT size, frontier FROM ledger_log WHERE agency = %s{suffix}", [agency], read)


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
        (_inserting(into, len(some), len(some[0])), [value for row in some for value in row])
        for some in portions
    ]


@cache
def _inserting(into: str, rows: int, columns: int) -> str:
    """The text of it: so many rows of so many columns."""
    row = f"({', '.join(['%s'] * columns)})"
    return f"INSERT INTO {into} VALUES {', '.join([row] * rows)}"
