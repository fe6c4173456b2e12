"""The publisher signs what was committed; proofs lead from any entry to its checkpoint."""

import stat
from pathlib import Path

import pytest

from liuhen import ledger
from liuhen.ledger import merkle
from liuhen.ledger.checkpoint import open_checkpoint
from liuhen.ledger.note import Signer, Verifier
from liuhen.ledger.proof import verify_proof
from liuhen.ledger.tiles import StoredTree, rebuild_tiles, tile_path
from tests.ledger.conftest import START_MS, Bureau, run


def verifier(bureau: Bureau) -> Verifier:
    state = ledger.log_state(bureau.agency)
    assert state is not None
    return Verifier.parse(state.vkey)


def header(bureau: Bureau, index: int) -> bytes:
    rows = run("SELECT header FROM ledger_entry WHERE agency = %s AND idx = %s", [bureau.agency, index])
    return bytes(rows[0][0])


def state_of(bureau: Bureau, index: int) -> str:
    state = ledger.log_state(bureau.agency)
    assert state is not None
    return state.state(index)


def test_an_entry_is_durable_then_fixed_then_witnessed(bureau: Bureau) -> None:
    bureau.act()
    assert state_of(bureau, 0) == "durable"
    made = ledger.publish_checkpoint(bureau.agency, START_MS)
    assert made is not None
    assert state_of(bureau, 0) == "fixed"
    witness = Signer("liuhen.example/witness", b"\x09" * 32)
    text = made.note.decode().split("\n\n")[0] + "\n"
    line = witness.cosign(text, START_MS // 1000).rstrip("\n")
    with pytest.raises(ledger.BadProof):
        ledger.add_cosignature(bureau.agency, 1, line.replace("witness ", "other "), witness.timed_verifier)
    ledger.add_cosignature(bureau.agency, 1, line, witness.timed_verifier)
    assert state_of(bureau, 0) == "witnessed"
    proof = ledger.inclusion_proof(bureau.agency, 0).text()
    held = verify_proof(proof, header(bureau, 0), verifier(bureau), [witness.timed_verifier])
    assert held.witnesses == ("liuhen.example/witness",)


def test_nothing_new_nothing_signed(bureau: Bureau) -> None:
    assert ledger.publish_checkpoint(bureau.agency, START_MS) is None
    bureau.act()
    assert ledger.publish_checkpoint(bureau.agency, START_MS) is not None
    assert ledger.publish_checkpoint(bureau.agency, START_MS + 1000) is None


def test_a_checkpoint_is_signed_by_the_key_of_its_log(bureau: Bureau) -> None:
    bureau.act()
    made = ledger.publish_checkpoint(bureau.agency, START_MS + 999)
    assert made is not None
    opened = open_checkpoint(made.note, verifier(bureau))
    assert (opened.head.size, opened.head.root, opened.signed_ms) == (1, made.root, START_MS)


def test_proofs_across_tiles_hold_for_every_checkpoint(bureau: Bureau) -> None:
    heads = []
    for size in (1, 255, 256, 257, 300, 513, 700):
        state = ledger.log_state(bureau.agency)
        assert state is not None
        bureau.act(*(bureau.draft(payload={"open": {}}) for _ in range(size - state.size)))
        heads.append(ledger.publish_checkpoint(bureau.agency, START_MS))
    ((tiles,),) = run("SELECT COUNT(*) FROM ledger_tile WHERE agency = %s", [bureau.agency])
    assert tiles == 2
    for made in heads:
        assert made is not None
        for index in {0, made.size // 2, made.size - 1}:
            proof = ledger.inclusion_proof(bureau.agency, index, size=made.size).text()
            assert verify_proof(proof, header(bureau, index), verifier(bureau)).head.size == made.size
        for later in heads:
            assert later is not None
            if made.size <= later.size:
                path = ledger.consistency_proof(bureau.agency, made.size, later.size)
                assert merkle.consistency_holds(made.size, made.root, later.size, later.root, path)
    assert ledger.verify() == []


def test_an_entry_not_fixed_yet_has_no_proof(bureau: Bureau) -> None:
    bureau.act()
    with pytest.raises(ledger.BadProof, match="尚未固化"):
        ledger.inclusion_proof(bureau.agency, 0)


class _MemoryTree(StoredTree):
    """A large log: the roots of its full tiles as they would be stored, and its leaves."""

    def __init__(self, leaves: list[bytes]) -> None:
        super().__init__("")
        self.levels = [leaves]
        self.read = 0
        while len(self.levels[-1]) >= 256:
            below = self.levels[-1]
            full = range(0, len(below) // 256 * 256, 256)
            self.levels.append([merkle.tree_root(below[at : at + 256]) for at in full])

    def leaves(self, lo: int, stop: int) -> list[bytes]:
        return self._some(0, lo, stop)

    def roots(self, level: int, first: int, stop: int) -> list[bytes]:
        return self._some(level + 1, first, stop)

    def _some(self, level: int, first: int, stop: int) -> list[bytes]:
        self.read += stop - first
        return self.levels[level][first:stop]


@pytest.mark.parametrize("size", [65_535, 65_536, 66_000, 131_073])
def test_a_proof_in_a_large_log_reads_little(size: int) -> None:
    leaves = [merkle.leaf_hash(number.to_bytes(4, "big")) for number in range(size)]
    tree = _MemoryTree(leaves)
    root = merkle.tree_root(leaves)
    assert tree.subtree(0, size) == root
    for index in (0, 255, 256, 65_534, size - 1, size // 3):
        tree.read = 0
        path = merkle.inclusion_path(index, size, tree.subtree)
        assert merkle.inclusion_holds(leaves[index], index, size, path, root)
        assert tree.read < 1200
    for old in (1, 255, 4096, 65_000, size - 1):
        consistency = merkle.consistency_path(old, size, tree.subtree)
        assert merkle.consistency_holds(old, merkle.tree_root(leaves[:old]), size, root, consistency)


def test_tiles_are_verified_and_made_again(bureau: Bureau) -> None:
    bureau.act(*(bureau.draft(payload={"open": {}}) for _ in range(520)))
    ledger.publish_checkpoint(bureau.agency, START_MS)
    run("UPDATE ledger_tile SET root = hashes WHERE number = 1")
    assert [(item.what, item.column) for item in ledger.verify()] == [("tile", "hashes")]
    run("DELETE FROM ledger_tile WHERE number = 1")
    assert [(item.what, item.column) for item in ledger.verify()] == [("tile", "number")]
    rebuild_tiles(bureau.agency)
    assert ledger.verify() == []


def test_tiles_lie_where_the_format_says() -> None:
    assert [tile_path(0, 7), tile_path(3, 1_234_067)] == ["tile/0/007", "tile/3/x001/x234/067"]


def test_the_signing_key_is_the_owners_alone(bureau: Bureau, tmp_path: Path) -> None:
    key = tmp_path / "keys" / f"{bureau.agency}.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    bureau.act()
    key.chmod(0o644)
    with pytest.raises(ledger.LedgerError, match="0600"):
        ledger.publish_checkpoint(bureau.agency, START_MS)
    key.unlink()
    with pytest.raises(ledger.LedgerError, match="备份"):
        ledger.publish_checkpoint(bureau.agency, START_MS)
    assert ledger.verify() == [], "verification needs the public key alone"
