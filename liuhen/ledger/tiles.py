"""Tiles (C2SP tlog-tiles): 256 hashes of one level each, so that a proof reads a few rows, not the whole log.

Level 0 holds leaf hashes; one hash of level n+1 is the root of a full tile of level n. Only full tiles are stored;
the right edge is read from the entries.
"""

from collections.abc import Iterator

from django.db import connection

from liuhen.ledger import merkle
from liuhen.ledger.errors import LedgerError
from liuhen.ledger.streams import as_bytes

HEIGHT = 8
WIDTH = 1 << HEIGHT


def tile_path(level: int, number: int) -> str:
    """Where a tile is served: `tile/<level>/x001/x234/067`."""
    groups = [f"{number % 1000:03d}"]
    while number := number // 1000:
        groups.append(f"x{number % 1000:03d}")
    return f"tile/{level}/" + "/".join(reversed(groups))


def write_tiles(agency: str, old: int, new: int) -> None:
    """Store the tiles that became full as the log grew from `old` to `new` entries. In the caller's transaction."""
    level, done, full = 0, old >> HEIGHT, new >> HEIGHT
    while full:
        for number in range(done, full):
            hashes = tile_from_below(agency, level, number)
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO ledger_tile (agency, level, number, hashes, root) VALUES (%s, %s, %s, %s, %s)"
                    " ON CONFLICT DO NOTHING",
                    [agency, level, number, hashes, merkle.tree_root(merkle.unpack(hashes))],
                )
        level, done, full = level + 1, done >> HEIGHT, full >> HEIGHT


def leaf_hashes(agency: str, start: int, stop: int) -> list[bytes]:
    """The stored leaf hashes of the entries start..stop-1."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT leaf FROM ledger_entry WHERE agency = %s AND idx >= %s AND idx < %s ORDER BY idx",
            [agency, start, stop],
        )
        return [as_bytes(row[0]) or b"" for row in cursor.fetchall()]


class StoredTree:
    """Subtree roots of one agency's log, out of tiles and, at the right edge, entries."""

    def __init__(self, agency: str) -> None:
        self._agency = agency

    def subtree(self, lo: int, hi: int) -> bytes:
        """The root of the leaves lo..hi-1 (a subtree as proofs need it: it begins at a multiple of its width)."""
        frontier: list[tuple[int, bytes]] = []
        for size, node in self._pieces(lo, hi):
            frontier.append((size, node))
            while len(frontier) > 1 and frontier[-1][0] == frontier[-2][0]:
                right = frontier.pop()
                left = frontier.pop()
                frontier.append((left[0] * 2, merkle.node_hash(left[1], right[1])))
        return merkle.root_of([node for _, node in frontier])

    def _pieces(self, lo: int, hi: int) -> Iterator[tuple[int, bytes]]:
        """Perfect subtrees, left to right: roots of full tiles where they fit, leaves at the edge."""
        while lo < hi:
            level = _level_for(lo, hi)
            width = 1 << (HEIGHT * level)
            stop = min(hi // width, (lo // width // WIDTH + 1) * WIDTH) * width
            nodes = self.roots(level - 1, lo // width, stop // width) if level else self.leaves(lo, stop)
            if len(nodes) != (stop - lo) // width:
                raise LedgerError("哈希砖缺失：请运行 liuhen ledger verify")
            for node in nodes:
                yield width, node
            lo = stop

    def leaves(self, lo: int, stop: int) -> list[bytes]:
        """The leaf hashes lo..stop-1."""
        return leaf_hashes(self._agency, lo, stop)

    def roots(self, level: int, first: int, stop: int) -> list[bytes]:
        """The roots of full tiles of a level."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT root FROM ledger_tile WHERE agency = %s AND level = %s AND number >= %s AND number < %s"
                " ORDER BY number",
                [self._agency, level, first, stop],
            )
            return [as_bytes(row[0]) or b"" for row in cursor.fetchall()]


def _level_for(lo: int, hi: int) -> int:
    """The highest level whose subtrees begin at `lo` and end by `hi`."""
    level = 0
    while (width := 1 << (HEIGHT * (level + 1))) <= hi - lo and lo % width == 0:
        level += 1
    return level


def tile_from_below(agency: str, level: int, number: int) -> bytes:
    """The 256 hashes of a tile, from entries (level 0) or the roots of the tiles beneath."""
    tree = StoredTree(agency)
    first, stop = number * WIDTH, (number + 1) * WIDTH
    nodes = tree.roots(level - 1, first, stop) if level else tree.leaves(first, stop)
    return b"".join(nodes)


def rebuild_tiles(agency: str) -> None:
    """Make all tiles again from the entries that a checkpoint covers. In the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_tile WHERE agency = %s", [agency])
        cursor.execute("SELECT COALESCE(MAX(size), 0) FROM ledger_checkpoint WHERE agency = %s", [agency])
        size = int(cursor.fetchone()[0])
    write_tiles(agency, 0, size)
