"""The tree is RFC 6962's, and no altered proof is accepted."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.ledger import merkle
from liuhen.ledger.errors import BadProof

# The test tree of the certificate-transparency project.
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [merkle.leaf_hash(str(number).encode()) for number in range(70)]


def root(size: int) -> bytes:
    return merkle.tree_root(LEAVES[:size])


def test_the_roots_are_those_of_the_reference_tree() -> None:
    frontier: list[bytes] = []
    for size, data in enumerate(INPUTS):
        frontier = merkle.grow(frontier, size, merkle.leaf_hash(data))
        assert merkle.root_of(frontier).hex() == ROOTS[size]
    assert merkle.root_of([]) == merkle.EMPTY_ROOT == sha256(b"").digest()


def test_a_frontier_that_does_not_fit_its_size_is_refused() -> None:
    with pytest.raises(BadProof, match="不符"):
        merkle.grow([b"x" * 32], 2 + 1, b"y" * 32)


def test_every_inclusion_proof_holds_and_only_for_its_place() -> None:
    for size in range(1, 34):
        subtree = merkle.subtree_of(LEAVES[:size])
        for index in range(size):
            path = merkle.inclusion_path(index, size, subtree)
            assert merkle.inclusion_holds(LEAVES[index], index, size, path, root(size))
            assert not merkle.inclusion_holds(LEAVES[index], index, size, path, root(size + 1))
            assert not merkle.inclusion_holds(LEAVES[index + 1], index, size, path, root(size))
            others = [other for other in range(-1, size + 1) if other != index]
            assert not any(
                merkle.inclusion_holds(LEAVES[index], other, size, path, root(size)) for other in others
            )


def test_every_consistency_proof_holds_and_only_for_its_sizes() -> None:
    for new in range(1, 34):
        subtree = merkle.subtree_of(LEAVES[:new])
        for old in range(1, new + 1):
            path = merkle.consistency_path(old, new, subtree)
            assert merkle.consistency_holds(old, root(old), new, root(new), path)
            assert not merkle.consistency_holds(old, root(new + 1), new, root(new), path)
            assert not merkle.consistency_holds(old, root(old), new, root(new + 1), path)
            if old != new:
                assert not merkle.consistency_holds(new, root(old), old, root(new), path)
                assert not merkle.consistency_holds(0, root(old), new, root(new), path)


@given(st.integers(2, 70), st.data())
def test_an_altered_inclusion_proof_is_refused(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path = merkle.inclusion_path(index, size, merkle.subtree_of(LEAVES[:size]))
    for altered in alterations(path):
        assert not merkle.inclusion_holds(LEAVES[index], index, size, altered, root(size))


@given(st.integers(2, 70), st.data())
def test_an_altered_consistency_proof_is_refused(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new - 1))
    path = merkle.consistency_path(old, new, merkle.subtree_of(LEAVES[:new]))
    for altered in alterations(path):
        assert not merkle.consistency_holds(old, root(old), new, root(new), altered)


def alterations(path: list[bytes]) -> list[list[bytes]]:
    """Every byte changed, every node dropped, doubled, exchanged, shortened, one too many."""
    changed = []
    for place, node in enumerate(path):
        before, after = path[:place], path[place + 1 :]
        for at in range(len(node)):
            flipped = bytearray(node)
            flipped[at] ^= 1 << (at % 8)
            changed.append([*before, bytes(flipped), *after])
        changed += [[*before, *after], [*before, node, node, *after], [*before, node[:-1], *after]]
        if after and after[0] != node:
            changed.append([*before, after[0], node, *after[1:]])
    return [*changed, [*path, merkle.EMPTY_ROOT], [merkle.EMPTY_ROOT, *path]]
