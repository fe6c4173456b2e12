"""Entries as they are stored, with what stands beside them: what verification reads, a run at a time."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from liuhen.ledger.findings import Finding, blob


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as stored, with the leaf of the one before it in its stream."""

    agency: str
    idx: int
    stream: str
    number: int
    kind: str
    happened: int
    recorded: int
    actor: str
    leaf: bytes
    header: bytes
    before: bytes

    @property
    def where(self) -> str:
        return f"机关 {self.agency} 日志第{self.idx}条（卷流 {self.stream} 第{self.number}号，{self.kind}）"

    def finding(self, what: str, column: str, text: str) -> Finding:
        return Finding(
            what, self.where, column, text, self.agency, self.idx, self.stream, self.number, self.kind
        )


@dataclass
class Group:
    """Consecutive entries of one act, and the receipt that should answer for them."""

    key: str
    first: int
    count: int = 0


def rows(agency: str, start: int, stop: int) -> list[Row]:
    """The entries from `start` to before `stop`, in order; those that are gone are left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.agency, e.idx, e.stream, e.number, e.kind, e.happened, e.recorded, e.actor, e.leaf, e.header,"
            " b.leaf FROM ledger_entry e"
            " LEFT JOIN ledger_entry b ON b.stream = e.stream AND b.number = e.number - 1"
            " WHERE e.agency = %s AND e.idx >= %s AND e.idx < %s ORDER BY e.idx",
            [agency, start, stop],
        )
        return [Row(*row[:8], *map(blob, row[8:])) for row in cursor.fetchall()]


class Side:
    """Rows beside a run of entries: parts, adoptions, destructions, receipts, files named."""

    def __init__(self, agency: str, start: int, stop: int) -> None:
        self.agency = agency
        span = [agency, start, stop]
        self.parts: dict[int, dict[str, tuple[object, object]]] = defaultdict(dict)
        for idx, name, salt, body in _select("idx, name, salt, body FROM ledger_part", "idx", span):
            self.parts[idx][name] = (salt, body)
        self.adoptions: dict[int, set[tuple[str, str]]] = defaultdict(set)
        for idx, stream, adopted in _select("idx, stream, adopted FROM ledger_adoption", "idx", span):
            self.adoptions[idx].add((stream, adopted))
        self.destroyed: dict[int, set[str]] = defaultdict(set)
        for idx, name in _select("idx, name FROM ledger_destruction", "idx", span):
            self.destroyed[idx].add(name)
        self.orders: dict[int, set[tuple[str, str]]] = defaultdict(set)
        for by_idx, stream, number, name in _orders(span):
            self.orders[by_idx].add((f"{stream}.{number}", name))
        self.receipts: dict[int, tuple[str, int]] = {
            first: (key, count)
            for first, key, count in _select("first, key, count FROM ledger_receipt", "first", span)
        }

    def key_at(self, index: int, group: Group | None) -> str:
        """The key of an entry whose header cannot be read: by its receipt, else that of the act before."""
        if index in self.receipts:
            return self.receipts[index][0]
        return group.key if group else ""

    def leftovers(self, keep_receipts_of: Group | None) -> Iterator[Finding]:
        """What no entry accounts for."""
        for first, (key, _) in self.receipts.items():
            if keep_receipts_of is None or first != keep_receipts_of.first:
                text = f"回执 {key} 指向的条目不是该次行为的第一条"
                yield Finding(
                    "receipt", f"机关 {self.agency} 的回执 {key}", "first", text, self.agency, first
                )


def _select(columns: str, by: str, span: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} WHERE agency = %s AND {by} >= %s AND {by} < %s", span)
        return list(cursor.fetchall())


def _orders(span: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.by_idx, e.stream, e.number, d.name FROM ledger_destruction d"
            " LEFT JOIN ledger_entry e ON e.agency = d.agency AND e.idx = d.idx"
            " WHERE d.agency = %s AND d.by_idx >= %s AND d.by_idx < %s",
            span,
        )
        return list(cursor.fetchall())
