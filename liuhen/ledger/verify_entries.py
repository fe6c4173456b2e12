"""Verification of one agency's entries in order: none is gone, each is whole, the receipts and the tree agree."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from django.db import connection

from liuhen.ledger import merkle
from liuhen.ledger.findings import Finding
from liuhen.ledger.verify_damage import DAMAGE, guarded, unreadable
from liuhen.ledger.verify_entry import check_header, check_links, check_parts
from liuhen.ledger.verify_rows import Group, Row, Side, rows

BATCH = 500
_UNKNOWN = -(2**40)
"""In the place of a number of entries of which some cannot be read."""
Progress = Callable[[str, int, int], None]


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


def check_entries(
    agency: str, size: int, tree: Tree, at_size: Callable[[Tree], Iterator[Finding]], progress: Progress
) -> Iterator[Finding]:
    """Go through the entries 0..size-1 in order, growing `tree`; `at_size` is asked after each entry."""
    group: Group | None = None
    for start in range(0, size, BATCH):
        stop = min(size, start + BATCH)
        for read in _read(agency, start, stop):
            if isinstance(read, Finding):
                yield from _gaps(agency, tree, read.index or 0)
                yield read
                tree.lose()
                group = None if group is None else Group(group.key, group.first, _UNKNOWN)
                continue
            side, run = read
            for row in run:
                yield from _gaps(agency, tree, row.idx)
                header, leaf, found = check_header(row)
                yield from found
                yield from guarded("part", row.where, partial(check_parts, row, header, side))
                yield from check_links(row, header, side)
                key = str(header["key"]) if header else side.key_at(row.idx, group)
                if group is None or group.key != key:
                    yield from _end_group(agency, group, side.receipts)
                    group = Group(key, row.idx)
                group.count += 1
                tree.add(leaf)
                yield from guarded("checkpoint", f"机关 {agency} 的检查点", partial(at_size, tree))
            yield from side.leftovers(keep_receipts_of=group)
        progress(agency, stop, size)
    yield from _gaps(agency, tree, size)
    if tree.broken:
        yield from guarded("checkpoint", f"机关 {agency} 的检查点", partial(at_size, tree))
    yield from _end_group(agency, group, {})


def _read(agency: str, start: int, stop: int) -> Iterator[tuple[Side, list[Row]] | Finding]:
    """Entries with what stands beside them; what cannot be read is narrowed down to the entry."""
    try:
        found = Side(agency, start, stop), rows(agency, start, stop)
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


def _end_group(agency: str, group: Group | None, receipts: dict[int, tuple[str, int]]) -> Iterator[Finding]:
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
