"""Tiles (C2SP tlog-tiles): 256 hashes of one level each, so that a proof reads a few rows, not the whole log.

Level 0 holds leaf hashes; one hash of level n+1 is the root of a full tile of level n. Only full tiles are stored;
the right edge is read from the entries.
"""

from collections.abc import Iterator

from django.db import connection

from liuhen.ledger import merkle
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
                    "INSERT INTO ledger_tile (agency, level, number, hashes) VALUES (%s, %s, %s, %s)"
                    " ON CONFLICT DO NOTHING",
                    [agency, level, number, hashes],
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
        self._tiles: dict[tuple[int, int], bytes] = {}

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
        """Perfect subtrees, left to right, each out of the highest tile that has it."""
        level = self._level_for(lo, hi)
        while lo < hi:
            width = 1 << (HEIGHT * level)
            while level and (lo % width or lo + width > hi or not self._has(level, lo)):
                level -= 1
                width = 1 << (HEIGHT * level)
            if level == 0:
                stop = min(hi, (lo // WIDTH + 1) * WIDTH)
                for leaf in self._leaves(lo, stop):
                    yield 1, leaf
                lo = stop
                level = self._level_for(lo, hi)
                continue
            yield width, self._node(level, lo // width)
            lo += width

    def _level_for(self, lo: int, hi: int) -> int:
        level = 0
        while (width := 1 << (HEIGHT * (level + 1))) <= hi - lo and lo % width == 0:
            level += 1
        return level

    def _has(self, level: int, lo: int) -> bool:
        """Is the hash of level `level` over the leaves from `lo` to be had from a stored tile beneath it?"""
        return bool(self._tile(level - 1, lo >> (HEIGHT * level)))

    def _node(self, level: int, number: int) -> bytes:
        return tile_root(self._tile(level - 1, number))

    def _leaves(self, lo: int, stop: int) -> list[bytes]:
        tile = self._tile(0, lo // WIDTH)
        if tile:
            return merkle.unpack(tile)[lo % WIDTH : lo % WIDTH + stop - lo]
        return leaf_hashes(self._agency, lo, stop)

    def _tile(self, level: int, number: int) -> bytes:
        """A stored tile, or nothing when it is not full yet."""
        at = (level, number)
        if at not in self._tiles:
            self._tiles[at] = stored_tile(self._agency, level, number) or b""
        return self._tiles[at]


def stored_tile(agency: str, level: int, number: int) -> bytes | None:
    """A full tile as stored."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT hashes FROM ledger_tile WHERE agency = %s AND level = %s AND number = %s",
            [agency, level, number],
        )
        row = cursor.fetchone()
    return None if row is None else as_bytes(row[0])


def tile_root(tile: bytes) -> bytes:
    """The root over a tile's hashes."""
    return merkle.tree_root(merkle.unpack(tile))


def tile_from_below(agency: str, level: int, number: int) -> bytes:
    """The 256 hashes of a tile, from entries (level 0) or the tiles beneath."""
    if level == 0:
        return b"".join(leaf_hashes(agency, number * WIDTH, (number + 1) * WIDTH))
    beneath = (stored_tile(agency, level - 1, child) for child in range(number * WIDTH, (number + 1) * WIDTH))
    return b"".join(tile_root(tile) for tile in beneath if tile)
