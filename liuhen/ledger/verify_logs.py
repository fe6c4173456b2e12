"""Verification of what stands around the entries: log head, checkpoints, tiles."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from liuhen.ledger import merkle
from liuhen.ledger.checkpoint import open_checkpoint, with_cosignatures
from liuhen.ledger.errors import BadProof
from liuhen.ledger.findings import Finding, blob
from liuhen.ledger.keys import published_vkey
from liuhen.ledger.note import Verifier
from liuhen.ledger.tiles import HEIGHT, tile_from_below
from liuhen.ledger.verify_entries import Tree


@dataclass(frozen=True, slots=True)
class LogRow:
    """An agency's log as stored when its verification began."""

    agency: str
    origin: str
    vkey: str
    size: int
    frontier: bytes
    root: bytes

    def finding(self, what: str, column: str, text: str) -> Finding:
        """A finding about this log."""
        return Finding(what, f"机关 {self.agency} 的日志 {self.origin}", column, text, self.agency)


def log_rows(agency: str | None) -> list[LogRow]:
    """The logs to verify: all, or one agency's."""
    where, values = ("", []) if agency is None else (" WHERE agency = %s", [agency])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT agency, origin, vkey, size, frontier, root FROM ledger_log{where} ORDER BY agency",
            values,
        )
        return [LogRow(*row[:4], *map(blob, row[4:])) for row in cursor.fetchall()]


def check_log_head(log: LogRow, tree: Tree) -> Iterator[Finding]:
    """Origin, key, and the head against the tree out of the entries."""
    verifier = _verifier(log)
    if verifier is None:
        yield log.finding("log", "vkey", "公钥不合格式：被改动")
    elif verifier.name != log.origin:
        yield log.finding("log", "origin", f"日志名与公钥的名称 {verifier.name} 不符：被改动")
    published = published_vkey(log.agency)
    if published is not None and published != log.vkey:
        yield log.finding("log", "vkey", "公钥与密钥文件旁的公钥不符：被改动")
    told, held = sizes(log.agency)
    if told != held:
        yield log.finding("log", "size", f"日志登记有{told}条，实有{held}条")
    if tree.broken:
        return
    if merkle.pack(tree.frontier) != log.frontier:
        yield log.finding("log", "frontier", "日志边界哈希与条目不符")
    if tree.root != log.root:
        yield log.finding("log", "root", "日志的根与条目不符")


def _at_most(value: object, size: int) -> bool:
    """Compares a number; whatever else stands in its column (SQLite lets it) counts as beyond."""
    return isinstance(value, int | float) and value <= size


def sizes(agency: str) -> tuple[int, int]:
    """The log's size as told and as the entries have it, in one snapshot."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.size, (SELECT COALESCE(MAX(e.idx) + 1, 0) FROM ledger_entry e WHERE e.agency = l.agency)"
            " FROM ledger_log l WHERE l.agency = %s",
            [agency],
        )
        row = cursor.fetchone()
    return (row[0], row[1]) if row else (0, 0)


class CheckpointCheck:
    """Every signed checkpoint, as the tree passes its size. Holds one checkpoint at a time."""

    def __init__(self, log: LogRow) -> None:
        self._log = log
        self._verifier = _verifier(log)
        self._good = 0
        self._next = self._after(-(2**53))

    def at(self, tree: Tree) -> Iterator[Finding]:
        """Ask when the tree has grown by one."""
        while self._next is not None and _at_most(self._next[0], tree.size):
            yield from self._check(self._next, tree)
            self._next = self._after(self._next[0])

    def rest(self) -> Iterator[Finding]:
        """Checkpoints beyond the log's end: the log was cut short, or set back to an older copy."""
        while self._next is not None:
            size = self._next[0]
            yield self._finding(size, "size", f"检查点长于日志（{self._log.size}条）：日志被截短或退回旧本")
            self._next = self._after(size)

    def _after(self, size: int) -> tuple[Any, ...] | None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT size, root, signed, note FROM ledger_checkpoint"
                " WHERE agency = %s AND size > %s ORDER BY size LIMIT 1",
                [self._log.agency, size],
            )
            row: tuple[Any, ...] | None = cursor.fetchone()
            return row

    def _check(self, row: tuple[Any, ...], tree: Tree) -> Iterator[Finding]:
        size, root, signed, note = row[0], blob(row[1]), row[2], blob(row[3])
        if self._verifier is None:
            return
        try:
            opened = open_checkpoint(note, self._verifier, unknown_allowed=False)
        except BadProof as error:
            yield self._finding(size, "note", f"检查点的签名文本被改动：{error}")
            return
        told = {"size": opened.head.size, "root": opened.head.root, "signed": opened.signed_ms}
        for column, value in (("size", size), ("root", root), ("signed", signed)):
            if told[column] != value:
                yield self._finding(size, column, f"检查点的 {column} 列被改动，与签名文本不符")
        if opened.head.size == tree.size and not tree.broken:
            if opened.head.root == tree.root:
                self._good = tree.size
            else:
                text = f"条目与已签署的检查点不符：第{self._good}条至第{tree.size - 1}条之间有条目被整体替换"
                yield self._finding(size, "root", text)
                tree.broken = True
        yield from self._cosignatures(size, note, self._verifier)

    def _cosignatures(self, size: int, note: bytes, log: Verifier) -> Iterator[Finding]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT witness, line FROM ledger_cosignature WHERE agency = %s AND size = %s",
                [self._log.agency, size],
            )
            rows = cursor.fetchall()
        for vkey, line in rows:
            try:
                witness = Verifier.parse(vkey)
                together = with_cosignatures(note, [blob(line).decode()])
                held = open_checkpoint(together, log, [witness], unknown_allowed=False).witnesses
            except (BadProof, UnicodeDecodeError) as error:
                yield self._finding(size, "line", f"见证签名被改动：{error}", "cosignature")
                continue
            if witness.name not in held:
                yield self._finding(size, "witness", "见证签名不是登记的见证人的", "cosignature")

    def _finding(self, size: int, column: str, text: str, what: str = "checkpoint") -> Finding:
        where = f"机关 {self._log.agency} 长度{size}的检查点"
        return Finding(what, where, column, text, self._log.agency, size)


def check_tiles(log: LogRow) -> Iterator[Finding]:
    """Tiles are derived: each equals what lies beneath it, and none that a checkpoint covers is missing.

    Checkpoints may be published meanwhile: there are as many tiles as before or after, or between.
    """
    full = _published_size(log.agency) >> HEIGHT
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT level, number, hashes, root FROM ledger_tile WHERE agency = %s ORDER BY level, number",
            [log.agency],
        )
        seen: dict[int, int] = {}
        for level, number, hashes, root in iter(cursor.fetchone, None):
            seen[level] = seen.get(level, 0) + 1
            beneath = tile_from_below(log.agency, level, number)
            if blob(hashes) != beneath or blob(root) != merkle.tree_root(merkle.unpack(beneath)):
                text = f"哈希砖（{level} 层第 {number} 块）与条目不符：可由条目重做"
                yield log.finding("tile", "hashes", text)
    level, later = 0, _published_size(log.agency) >> HEIGHT
    while later:
        if not full <= seen.get(level, 0) <= later:
            yield log.finding("tile", "number", f"哈希砖 {level} 层应有{full}块，实有{seen.get(level, 0)}块")
        level, full, later = level + 1, full >> HEIGHT, later >> HEIGHT


def _published_size(agency: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COALESCE(MAX(size), 0) FROM ledger_checkpoint WHERE agency = %s AND size < 9007199254740992",
            [agency],
        )
        return int(cursor.fetchone()[0])


def _verifier(log: LogRow) -> Verifier | None:
    try:
        return Verifier.parse(log.vkey)
    except BadProof:
        return None
