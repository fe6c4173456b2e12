"""The Merkle tree of RFC 6962 (SHA-256): leaves, frontier, roots, inclusion and consistency proofs.

Pure. A *frontier* is the list of the roots of the perfect subtrees of a log of some size, largest first:
one hash for each bit set in the size, at most 40 for any log this program will see.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

from liuhen.ledger.errors import BadProof

HASH_BYTES = 32
MAX_FRONTIER = 40
EMPTY_ROOT = sha256(b"").digest()

Subtree = Callable[[int, int], bytes]
"""(lo, hi) -> root of the leaves lo..hi-1."""


def leaf_hash(data: bytes) -> bytes:
    """Hash of one leaf: SHA-256(0x00 ‖ data)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node: SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()


def grow(frontier: list[bytes], size: int, leaf: bytes) -> list[bytes]:
    """The frontier of a log of `size + 1`, given that of `size` and the new leaf's hash."""
    if len(frontier) != size.bit_count():
        raise BadProof(f"日志长度 {size} 与边界哈希数 {len(frontier)} 不符")
    grown = list(frontier)
    node = leaf
    while size & 1:
        node = node_hash(grown.pop(), node)
        size >>= 1
    grown.append(node)
    return grown


def root_of(frontier: Sequence[bytes]) -> bytes:
    """The root of the log that has this frontier."""
    if not frontier:
        return EMPTY_ROOT
    root = frontier[-1]
    for node in reversed(frontier[:-1]):
        root = node_hash(node, root)
    return root


def pack(frontier: Sequence[bytes]) -> bytes:
    """A frontier as one value for a database column."""
    return b"".join(frontier)


def unpack(data: bytes) -> list[bytes]:
    """Back from the column's value."""
    if len(data) % HASH_BYTES:
        raise BadProof("边界哈希的长度不是32字节的倍数")
    return [data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)]


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes."""
    return subtree_of(leaves)(0, len(leaves)) if leaves else EMPTY_ROOT


def subtree_of(leaves: Sequence[bytes]) -> Subtree:
    """A `Subtree` that reads from leaf hashes held in memory."""

    def subtree(lo: int, hi: int) -> bytes:
        frontier: list[bytes] = []
        for count in range(hi - lo):
            frontier = grow(frontier, count, leaves[lo + count])
        return root_of(frontier)

    return subtree


def split(size: int) -> int:
    """The largest power of two smaller than `size` (size > 1)."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_path(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The audit path of leaf `index` in a log of `size`, leaf side first."""
    if not 0 <= index < size:
        raise BadProof(f"序号 {index} 不在长度 {size} 的日志内")
    lo, hi = 0, size
    path: list[bytes] = []
    while hi - lo > 1:
        middle = lo + split(hi - lo)
        if index < middle:
            path.append(subtree(middle, hi))
            hi = middle
        else:
            path.append(subtree(lo, middle))
            lo = middle
    path.reverse()
    return path


def root_from_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that an audit path leads to (RFC 9162 §2.1.3.2). Raises `BadProof` for a path of wrong form."""
    if not 0 <= index < size:
        raise BadProof(f"序号 {index} 不在长度 {size} 的日志内")
    _whole_hashes([leaf, *path])
    fn, sn, node = index, size - 1, leaf
    for sibling in path:
        if sn == 0:
            raise BadProof("存在证明过长")
        if fn & 1 or fn == sn:
            node = node_hash(sibling, node)
            while not fn & 1 and fn:
                fn >>= 1
                sn >>= 1
        else:
            node = node_hash(node, sibling)
        fn >>= 1
        sn >>= 1
    if sn:
        raise BadProof("存在证明过短")
    return node


def inclusion_holds(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Is the leaf at `index` in the log of this size and root?"""
    try:
        return root_from_inclusion(leaf, index, size, path) == root
    except BadProof:
        return False


def consistency_path(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """Proof that the log of `new` begins with the log of `old` (0 < old <= new; empty when equal)."""
    if not 0 < old <= new:
        raise BadProof(f"不能证明长度 {old} 与 {new} 一致")
    lo, hi, whole = 0, new, True
    path: list[bytes] = []
    while old < hi:
        middle = lo + split(hi - lo)
        if old <= middle:
            path.append(subtree(middle, hi))
            hi = middle
        else:
            path.append(subtree(lo, middle))
            lo, whole = middle, False
    if not whole:
        path.append(subtree(lo, hi))
    path.reverse()
    return path


def consistency_holds(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Does the log (new, new_root) begin with the log (old, old_root)? RFC 9162 §2.1.4.2."""
    try:
        _whole_hashes([old_root, new_root, *path])
    except BadProof:
        return False
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    nodes = list(path) if old & (old - 1) else [old_root, *path]
    if not nodes:
        return False
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn >>= 1
        sn >>= 1
    first = second = nodes[0]
    for node in nodes[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            first = node_hash(node, first)
            second = node_hash(node, second)
            while not fn & 1 and fn:
                fn >>= 1
                sn >>= 1
        else:
            second = node_hash(second, node)
        fn >>= 1
        sn >>= 1
    return sn == 0 and first == old_root and second == new_root


def _whole_hashes(hashes: Sequence[bytes]) -> None:
    if any(len(item) != HASH_BYTES for item in hashes):
        raise BadProof("哈希不是32字节")
