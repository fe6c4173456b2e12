"""C2SP tlog-proof: one text that shows offline that an entry is in a log at an index. Pure."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from liuhen.ledger.checkpoint import Checkpoint, decimal, open_checkpoint
from liuhen.ledger.errors import BadProof
from liuhen.ledger.merkle import HASH_BYTES, inclusion_holds, leaf_hash
from liuhen.ledger.note import Verifier, unb64

_FIRST_LINE = "c2sp.org/tlog-proof@v1"
_MAX_PATH = 63


@dataclass(frozen=True, slots=True)
class Proof:
    """An inclusion proof and the checkpoint that it leads to."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes

    def text(self) -> bytes:
        """The proof as a `.tlog-proof` file."""
        lines = [_FIRST_LINE, f"index {self.index}", *(base64.b64encode(node).decode() for node in self.path)]
        return ("\n".join(lines) + "\n\n").encode() + self.checkpoint

    @classmethod
    def parse(cls, data: bytes) -> "Proof":
        """Read a `.tlog-proof` file (an `extra` line, which nothing vouches for, is refused). Raises `BadProof`."""
        head, empty, checkpoint = data.partition(b"\n\n")
        try:
            lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError as error:
            raise BadProof("证明含非ASCII字符") from error
        if not empty or len(lines) < 2 or lines[0] != _FIRST_LINE or not lines[1].startswith("index "):
            raise BadProof("不是 tlog-proof@v1 格式的证明")
        path = tuple(unb64(line) for line in lines[2:])
        if len(path) > _MAX_PATH or any(len(node) != HASH_BYTES for node in path):
            raise BadProof("证明中的哈希长度或数目不对")
        return cls(decimal(lines[1].removeprefix("index ")), path, checkpoint)


def verify_proof(data: bytes, header: bytes, log: Verifier, witnesses: Sequence[Verifier] = ()) -> Checkpoint:
    """The checkpoint under which this entry's header stands in the log. Raises `BadProof` when it does not."""
    proof = Proof.parse(data)
    checkpoint = open_checkpoint(proof.checkpoint, log, witnesses)
    head = checkpoint.head
    if not inclusion_holds(leaf_hash(header), proof.index, head.size, proof.path, head.root):
        raise BadProof("条目不在此检查点之内")
    return checkpoint
