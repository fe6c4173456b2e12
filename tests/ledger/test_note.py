"""Notes, checkpoints and proofs are C2SP's, and one changed byte is enough to be refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.ledger import merkle
from liuhen.ledger.checkpoint import TreeHead, open_checkpoint, sign_checkpoint, with_cosignatures
from liuhen.ledger.errors import BadProof
from liuhen.ledger.note import Signer, Verifier, compose, open_note
from liuhen.ledger.proof import Proof, verify_proof

# The example of c2sp.org/signed-note.
VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
).encode()

ORIGIN = "liuhen.example/zfjl/410000-ybj"
SIGNER = Signer(ORIGIN, b"\x01" * 32)
WITNESS = Signer("liuhen.example/witness/province", b"\x02" * 32)
HEADERS = [b"header %d" % number for number in range(21)]
LEAVES = [merkle.leaf_hash(header) for header in HEADERS]
HEAD = TreeHead(ORIGIN, len(LEAVES), merkle.tree_root(LEAVES))
NOW_MS = 1_790_000_000_999
CHECKPOINT = sign_checkpoint(HEAD, SIGNER, NOW_MS)
PATH = merkle.inclusion_path(13, len(LEAVES), merkle.subtree_of(LEAVES))
PROOF = Proof(13, tuple(PATH), CHECKPOINT).text()


def test_the_published_example_verifies() -> None:
    text, verified = open_note(NOTE, [Verifier.parse(VKEY)])
    assert text == "This is an example message.\n"
    assert [item.by.name for item in verified] == ["example.com/foo"]


def test_a_vkey_survives_and_an_altered_one_is_refused() -> None:
    assert Verifier.parse(VKEY).vkey == VKEY
    for at in range(len(VKEY)):
        changed = VKEY[:at] + ("A" if VKEY[at] != "A" else "B") + VKEY[at + 1 :]
        with pytest.raises(BadProof):
            open_note(NOTE, [Verifier.parse(changed)])


def every_change(data: bytes) -> list[bytes]:
    """Each byte changed in one bit, in all, removed, doubled; the text cut at each place."""
    changed = []
    for at in range(len(data)):
        before, byte, after = data[:at], data[at : at + 1], data[at + 1 :]
        changed += [
            before + bytes([byte[0] ^ 1 << (at % 8)]) + after,
            before + bytes([byte[0] ^ 0xFF]) + after,
        ]
        changed += [before + after, before + byte + byte + after, before]
    return changed


def test_no_changed_note_is_accepted() -> None:
    for changed in every_change(NOTE):
        if changed != NOTE:
            with pytest.raises(BadProof):
                open_note(changed, [Verifier.parse(VKEY)])


def test_a_checkpoint_says_size_root_and_time() -> None:
    opened = open_checkpoint(CHECKPOINT, SIGNER.verifier)
    assert opened.head == HEAD
    assert opened.signed_ms == NOW_MS // 1000 * 1000
    assert opened.witnesses == ()


def test_no_changed_checkpoint_is_accepted() -> None:
    for changed in every_change(CHECKPOINT):
        with pytest.raises(BadProof):
            open_checkpoint(changed, SIGNER.verifier, unknown_allowed=False)


def test_a_checkpoint_of_another_log_or_key_is_refused() -> None:
    with pytest.raises(BadProof, match="没有一个已知密钥"):
        open_checkpoint(CHECKPOINT, WITNESS.verifier)
    foreign = TreeHead("other.example/log", HEAD.size, HEAD.root)
    with pytest.raises(BadProof, match="不是"):
        open_checkpoint(sign_checkpoint(foreign, SIGNER, NOW_MS), SIGNER.verifier)


def test_a_checkpoint_without_its_time_is_refused() -> None:
    with pytest.raises(BadProof, match="缺少日志自己的签名"):
        open_checkpoint(compose(HEAD.text(), [SIGNER.sign(HEAD.text())]), SIGNER.verifier)


def test_a_witness_stands_below_the_log() -> None:
    line = WITNESS.cosign(HEAD.text(), 1_790_000_001).rstrip("\n")
    both = with_cosignatures(CHECKPOINT, [line])
    opened = open_checkpoint(both, SIGNER.verifier, [WITNESS.timed_verifier], unknown_allowed=False)
    assert opened.witnesses == ("liuhen.example/witness/province",)
    for changed in every_change(both):
        if changed == CHECKPOINT:
            continue  # the witness's whole line cut off: a good checkpoint, not witnessed
        with pytest.raises(BadProof):
            open_checkpoint(changed, SIGNER.verifier, [WITNESS.timed_verifier], unknown_allowed=False)


@pytest.mark.parametrize(
    "body",
    [
        "a\n01\n" + "A" * 43 + "=\n",
        "a\n-1\nAAAA\n",
        "a\n1\nAAAA\n",
        "\n1\n\n",
        "a\n1\n",
        "a\n1\nAAAA\nextra\n",
    ],
)
def test_a_malformed_tree_head_is_refused(body: str) -> None:
    with pytest.raises(BadProof):
        TreeHead.parse(body)


def test_a_proof_shows_its_entry_offline() -> None:
    assert verify_proof(PROOF, HEADERS[13], SIGNER.verifier).head == HEAD
    for number, header in enumerate(HEADERS):
        if number != 13:
            with pytest.raises(BadProof, match="不在此检查点"):
                verify_proof(PROOF, header, SIGNER.verifier)


def test_no_changed_proof_is_accepted() -> None:
    for changed in every_change(PROOF):
        with pytest.raises(BadProof):
            opened = verify_proof(changed, HEADERS[13], SIGNER.verifier)
            pytest.fail(f"accepted: {changed!r} as {opened}")


@given(st.binary(max_size=300))
def test_noise_is_refused_politely(noise: bytes) -> None:
    for read in (
        lambda: open_note(noise, [SIGNER.verifier]),
        lambda: Proof.parse(noise),
        lambda: Verifier.parse(noise.decode("latin1")),
    ):
        with pytest.raises(BadProof):
            read()
