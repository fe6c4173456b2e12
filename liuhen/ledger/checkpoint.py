"""C2SP checkpoints: an agency's tree head as a signed note. Pure.

Text: origin, size, root. Signed twice by the log's key: type 0x01 over the text, and a cosignature/v1 that adds the
time in whole seconds. Witnesses' lines come below. No extension lines.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from liuhen.ledger.errors import BadProof
from liuhen.ledger.merkle import HASH_BYTES
from liuhen.ledger.note import Signer, Verifier, compose, cosigner_of, open_note, split_note, unb64

_MAX_SIZE_DIGITS = 16


@dataclass(frozen=True, slots=True)
class TreeHead:
    """A log's size and root under its origin."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The note's text."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> "TreeHead":
        """Read a note's text. Raises `BadProof`; extension lines are refused, since we write none."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not lines[0]:
            raise BadProof("检查点应为三行：日志名、长度、根")
        root = unb64(lines[2])
        if len(root) != HASH_BYTES:
            raise BadProof("检查点的根不是32字节")
        return cls(lines[0], decimal(lines[1]), root)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A verified checkpoint; `signed_ms` in milliseconds UTC (whole seconds); `witnesses`: who else vouches."""

    head: TreeHead
    signed_ms: int
    witnesses: tuple[str, ...]


def sign_checkpoint(head: TreeHead, signer: Signer, now_ms: int) -> bytes:
    """The checkpoint of a tree head, as the log signs it."""
    text = head.text()
    return compose(text, [signer.sign(text), signer.cosign(text, now_ms // 1000)])


def open_checkpoint(
    data: bytes, log: Verifier, witnesses: Sequence[Verifier] = (), *, unknown_allowed: bool = True
) -> Checkpoint:
    """Verify a checkpoint of a log.

    Raises `BadProof` unless both of the log's signatures hold and the origin is its name.
    """
    timed = cosigner_of(log)
    text, verified = open_note(data, [log, timed, *witnesses], unknown_allowed=unknown_allowed)
    head = TreeHead.parse(text)
    if head.origin != log.name:
        raise BadProof(f"检查点属于 {head.origin}，不是 {log.name}")
    held = {item.by: item for item in verified}
    if log not in held or timed not in held:
        raise BadProof("检查点缺少日志自己的签名")
    seconds = held[timed].seconds or 0
    names = tuple(item.by.name for item in verified if item.by in witnesses)
    return Checkpoint(head, seconds * 1000, names)


def with_cosignatures(note: bytes, lines: Sequence[str]) -> bytes:
    """The checkpoint with witnesses' signature lines below the log's."""
    text, own = split_note(note)
    return compose(text, [f"{line}\n" for line in [*own, *lines]])


def decimal(text: str) -> int:
    """A decimal number without sign or leading zero. Raises `BadProof`."""
    if (
        not text.isascii()
        or not text.isdigit()
        or len(text) > _MAX_SIZE_DIGITS
        or (text[0] == "0" and text != "0")
    ):
        raise BadProof(f"“{text[:20]}”不是规范的十进制数")
    return int(text)
