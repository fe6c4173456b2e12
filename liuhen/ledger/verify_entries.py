"""Verification of one agency's entries: header, columns, chain, parts, adoptions, destructions, receipts, tree."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.db import connection

from liuhen.ledger import merkle
from liuhen.ledger.canonical import canonical
from liuhen.ledger.entry import FORMAT, commitment, file_references
from liuhen.ledger.errors import NotCanonical
from liuhen.ledger.findings import Finding, blob
from liuhen.ledger.verify_damage import DAMAGE, guarded, unreadable

BATCH = 500
_UNKNOWN = -(2**40)
"""In the place of a number of entries of which some cannot be read."""
Progress = Callable[[str, int, int], None]

_HEADER_OF_COLUMN = {
    "agency": "agency",
    "idx": "index",
    "stream": "stream",
    "number": "number",
    "kind": "kind",
    "happened": "happened",
    "recorded": "recorded",
    "actor": "actor",
}
_TYPES: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("agency", "stream", "stream_type", "kind", "actor", "act", "key"), str),
    **dict.fromkeys(("v", "index", "number", "kind_version", "happened", "recorded"), int),
    **dict.fromkeys(("previous", "pack", "supersedes"), (str, type(None))),
    "parts": dict,
}


@dataclass(frozen=True, slots=True)
class _Row:
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
class Tree:
    """The tree as it grows while entries go by. `broken`: an entry is gone, later roots cannot be told."""

    size: int = 0
    frontier: list[bytes] = field(default_factory=list)
    broken: bool = False

    def add(self, leaf: bytes) -> None:
        """Take in the next leaf."""
        self.frontier = merkle.grow(self.frontier, self.size, leaf)
        self.size += 1

    def lose(self) -> None:
        """The next entry is gone: something in its place, so that later ones keep theirs."""
        self.broken = True
        self.add(merkle.leaf_hash(b""))

    @property
    def root(self) -> bytes:
        """The root so far."""
        return merkle.root_of(self.frontier)


@dataclass
class _Group:
    """Consecutive entries of one act, and the receipt that should answer for them."""

    key: str
    first: int
    count: int = 0


def check_entries(
    agency: str, size: int, tree: Tree, at_size: Callable[[Tree], Iterator[Finding]], progress: Progress
) -> Iterator[Finding]:
    """Go through the entries 0..size-1 in order, growing `tree`; `at_size` is asked after each entry."""
    group: _Group | None = None
    for start in range(0, size, BATCH):
        stop = min(size, start + BATCH)
        for read in _read(agency, start, stop):
            if isinstance(read, Finding):
                yield from _gaps(agency, tree, read.index or 0)
                yield read
                tree.lose()
                group = None if group is None else _Group(group.key, group.first, _UNKNOWN)
                continue
            side, rows = read
            for row in rows:
                yield from _gaps(agency, tree, row.idx)
                header, leaf, found = _check_header(row)
                yield from found
                yield from guarded("part", row.where, partial(_check_parts, row, header, side))
                yield from _check_links(row, header, side)
                key = str(header["key"]) if header else side.key_at(row.idx, group)
                if group is None or group.key != key:
                    yield from _end_group(agency, group, side.receipts)
                    group = _Group(key, row.idx)
                group.count += 1
                tree.add(leaf)
                yield from guarded("checkpoint", f"机关 {agency} 的检查点", partial(at_size, tree))
            yield from side.leftovers(keep_receipts_of=group)
        progress(agency, stop, size)
    yield from _gaps(agency, tree, size)
    if tree.broken:
        yield from guarded("checkpoint", f"机关 {agency} 的检查点", partial(at_size, tree))
    yield from _end_group(agency, group, {})


def _read(agency: str, start: int, stop: int) -> Iterator["tuple[_Side, list[_Row]] | Finding"]:
    """Entries with what stands beside them; what cannot be read is narrowed down to the entry."""
    try:
        found = _Side(agency, start, stop), _rows(agency, start, stop)
    except DAMAGE as error:
        if stop - start > 1:
            middle = (start + stop) // 2
            yield from _read(agency, start, middle)
            yield from _read(agency, middle, stop)
            return
        named = unreadable("entry", f"机关 {agency} 日志第{start}条", error)
        yield replace(named, agency=agency, index=start)
        return
    yield found


def _gaps(agency: str, tree: Tree, upto: int) -> Iterator[Finding]:
    while tree.size < upto:
        yield _gap(agency, tree.size)
        tree.lose()


def _gap(agency: str, index: int) -> Finding:
    return Finding(
        "entry", f"机关 {agency} 日志第{index}条", "idx", "条目缺失：已被删除或改动序号", agency, index
    )


def _rows(agency: str, start: int, stop: int) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.agency, e.idx, e.stream, e.number, e.kind, e.happened, e.recorded, e.actor, e.leaf, e.header,"
            " b.leaf FROM ledger_entry e"
            " LEFT JOIN ledger_entry b ON b.stream = e.stream AND b.number = e.number - 1"
            " WHERE e.agency = %s AND e.idx >= %s AND e.idx < %s ORDER BY e.idx",
            [agency, start, stop],
        )
        return [_Row(*row[:8], *map(blob, row[8:])) for row in cursor.fetchall()]


def _check_header(row: _Row) -> tuple[dict[str, Any], bytes, list[Finding]]:
    """The decoded header (empty when it is not one), the leaf that the tree is to take, and what is wrong."""
    header = _decode(row.header)
    computed = merkle.leaf_hash(row.header)
    if computed != row.leaf:
        if _expected_by_successor(row) == computed:
            return header, computed, [row.finding("entry", "leaf", "叶哈希被改动，与首部不符")]
        return {}, row.leaf, [row.finding("entry", "header", "首部被改动，与叶哈希不符")]
    found = []
    if not header:
        found.append(row.finding("entry", "header", "首部不是规范的条目首部"))
    for column, key in _HEADER_OF_COLUMN.items():
        if header and getattr(row, column) != header[key]:
            found.append(row.finding("entry", column, f"{column} 列被改动，与首部的 {key} 不符"))
    if header and (header["previous"] or "") != row.before.hex() and not _previous_explained(row, header):
        found.append(row.finding("entry", "previous", "与本卷流上一条的链接断开：上一条被改动、删除或替换"))
    return header, computed, found


def _decode(data: bytes) -> dict[str, Any]:
    """The header, or nothing when the bytes are not a header in canonical form."""
    try:
        header = json.loads(data)
        return header if _well_formed(header) and canonical(header) == data else {}
    except (ValueError, RecursionError, NotCanonical):
        return {}


def _well_formed(header: Any) -> bool:
    return (
        isinstance(header, dict)
        and all(isinstance(header.get(key, ...), kind) for key, kind in _TYPES.items())
        and header["v"] == FORMAT
        and all(isinstance(digest, str) for digest in header["parts"].values())
        and _all_are(header.get("adopts", []), lambda item: isinstance(item, str))
        and _all_are(header.get("destroys", []), lambda item: set(item) == {"entry", "part"})
    )


def _all_are(values: Any, good: Callable[[Any], bool]) -> bool:
    try:
        return isinstance(values, list) and all(good(item) for item in values)
    except TypeError:
        return False


def _expected_by_successor(row: _Row) -> bytes:
    """What the next entry of the stream, or the stream's head, says this entry's leaf hash is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT header FROM ledger_entry WHERE stream = %s AND number = %s", [row.stream, row.number + 1]
        )
        after = cursor.fetchone()
        if after is not None:
            return _from_hex(_decode(blob(after[0])).get("previous"))
        cursor.execute("SELECT head FROM ledger_stream WHERE id = %s", [row.stream])
        head = cursor.fetchone()
    return blob(head[0]) if head else b""


def _from_hex(text: str | None) -> bytes:
    """The bytes of hexadecimal text; nothing for what is not."""
    try:
        return bytes.fromhex(text or "")
    except ValueError:
        return b""


def _previous_explained(row: _Row, header: dict[str, Any]) -> bool:
    """Is it the leaf column of the entry before that was changed (named there), not the chain?"""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT header FROM ledger_entry WHERE stream = %s AND number = %s",
            [header["stream"], header["number"] - 1],
        )
        before = cursor.fetchone()
    return before is not None and merkle.leaf_hash(blob(before[0])).hex() == header["previous"]


class _Side:
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

    def key_at(self, index: int, group: _Group | None) -> str:
        """The key of an entry whose header cannot be read: by its receipt, else that of the act before."""
        if index in self.receipts:
            return self.receipts[index][0]
        return group.key if group else ""

    def leftovers(self, keep_receipts_of: _Group | None) -> Iterator[Finding]:
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


def _check_parts(row: _Row, header: dict[str, Any], side: _Side) -> Iterator[Finding]:
    stored = side.parts.get(row.idx, {})
    committed = header.get("parts", {})
    if not header:
        return
    for name in stored.keys() - committed.keys():
        yield row.finding("part", "name", f"“{name}”部分不是本条原有的内容")
    for name, digest in committed.items():
        if name not in stored:
            yield row.finding("part", "name", f"“{name}”部分缺失：已被删除或改名")
            continue
        salt, body = stored[name]
        if salt is None and body is None:
            if name not in side.destroyed.get(row.idx, set()):
                yield row.finding("part", "body", f"“{name}”部分已不在，却没有销毁条目")
        elif commitment(blob(salt), blob(body)) != digest:
            yield row.finding("part", "body", f"“{name}”部分的内容或盐被改动，与首部的承诺值不符")
        else:
            yield from _check_references(row, blob(body))


def _check_references(row: _Row, body: bytes) -> Iterator[Finding]:
    """Every file that a part names is registered with the same SM3 and size."""
    if b'"sha256"' not in body:
        return
    for reference in file_references(json.loads(body)):
        with connection.cursor() as cursor:
            cursor.execute("SELECT sm3, size FROM ledger_file WHERE sha256 = %s", [reference["sha256"]])
            stored = cursor.fetchone()
        name = f"“{reference['name']}”（{reference['sha256']}）"
        if stored is None:
            yield row.finding("file", "sha256", f"所附文件{name}没有登记：登记被删除或改动")
            continue
        for column, value in zip(("sm3", "size"), stored, strict=True):
            if value != reference[column]:
                yield row.finding("file", column, f"所附文件{name}的登记 {column} 被改动，与条目不符")


def _check_links(row: _Row, header: dict[str, Any], side: _Side) -> Iterator[Finding]:
    """Adoptions and destruction orders: rows and header say the same."""
    if not header:
        return
    told = {(str(header["stream"]), adopted) for adopted in header.get("adopts", ())}
    for _, adopted in side.adoptions.pop(row.idx, set()) ^ told:
        yield row.finding("adoption", "adopted", f"并入 {adopted} 的登记与条目不符：被改动、删除或添加")
    orders = {(item["entry"], item["part"]) for item in header.get("destroys", ())}
    for target, part in side.orders.pop(row.idx, set()) ^ orders:
        yield row.finding("destruction", "name", f"销毁 {target} 的“{part}”部分的登记与条目不符")


def _end_group(agency: str, group: _Group | None, receipts: dict[int, tuple[str, int]]) -> Iterator[Finding]:
    """The act's receipt names its key, its first entry and their number."""
    if group is None:
        return
    stored = receipts.pop(group.first, None) or _receipt_at(agency, group.first)
    where = f"机关 {agency} 的回执 {group.key}"
    if stored is None:
        yield Finding("receipt", where, "first", f"第{group.first}条起的行为缺少回执", agency, group.first)
        return
    for column, have, want in zip(("key", "count"), stored, (group.key, group.count), strict=True):
        if have != want and not (column == "count" and group.count < 0):
            text = f"回执的 {column} 被改动，与第{group.first}条起的条目不符"
            yield Finding("receipt", where, column, text, agency, group.first)


def _receipt_at(agency: str, first: int) -> tuple[str, int] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, count FROM ledger_receipt WHERE agency = %s AND first = %s", [agency, first]
        )
        row = cursor.fetchone()
    return None if row is None else (row[0], row[1])
