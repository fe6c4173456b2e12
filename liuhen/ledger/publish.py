"""The publisher: re-reads what was committed, signs the tree head, stores checkpoint and tiles; proofs to them.

Called by the worker each second. Once committed an entry is durable; in a checkpoint it is fixed (已固化).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.db import connection, transaction

from liuhen.ledger import merkle
from liuhen.ledger.checkpoint import TreeHead, open_checkpoint, sign_checkpoint, with_cosignatures
from liuhen.ledger.errors import BadProof, LedgerError, UnknownStream
from liuhen.ledger.keys import load_signer
from liuhen.ledger.note import Verifier
from liuhen.ledger.proof import Proof
from liuhen.ledger.signed import enter_cosigned, enter_signed
from liuhen.ledger.streams import as_bytes
from liuhen.ledger.tiles import StoredTree, write_tiles
from liuhen.ledger.turn import write_turn

BATCH = 4096


@dataclass(frozen=True, slots=True)
class StoredCheckpoint:
    """A checkpoint as stored; `signed_ms` in milliseconds UTC; `note` with the witnesses' lines."""

    agency: str
    size: int
    root: bytes
    signed_ms: int
    note: bytes


def publish_checkpoint(agency: str, now_ms: int) -> StoredCheckpoint | None:
    """Sign what was committed since the last checkpoint; None when there is nothing new.

    The leaves are hashed again from the headers as stored, on top of the last *signed* frontier. Raises `LedgerError`,
    and signs nothing, when they do not lead to the log's head: then the database was changed, and `verify` says where.
    """
    if agency not in unpublished():
        return None
    with write_turn(), transaction.atomic():
        origin, size, root = _lock(agency)
        last = latest_checkpoint(agency)
        done = last.size if last else 0
        if size == done:
            return None
        if _root_from_headers(agency, last, size) != root:
            raise LedgerError(f"日志 {origin} 的条目与日志首不符，停止签署；请运行 liuhen ledger verify")
        signer = load_signer(agency, origin)
        made = StoredCheckpoint(
            agency,
            size,
            root,
            now_ms // 1000 * 1000,
            sign_checkpoint(TreeHead(origin, size, root), signer, now_ms),
        )
        write_tiles(agency, done, size)
        _store(made)
        transaction.on_commit(partial(enter_signed, agency))
    return made


def unpublished() -> list[str]:
    """Agencies whose logs have grown since their last checkpoint. Takes no lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.agency FROM ledger_log l WHERE l.size >"
            " (SELECT COALESCE(MAX(c.size), 0) FROM ledger_checkpoint c WHERE c.agency = l.agency)"
            " ORDER BY l.agency"
        )
        return [row[0] for row in cursor.fetchall()]


def latest_checkpoint(agency: str, *, size: int | None = None) -> StoredCheckpoint | None:
    """The newest checkpoint (or that of exactly `size`), with its witnesses' lines."""
    values: list[str | int] = [agency] if size is None else [agency, size]
    exact = "" if size is None else " AND size = %s"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT size, root, signed, note FROM ledger_checkpoint"
            f" WHERE agency = %s{exact} ORDER BY size DESC LIMIT 1",
            values,
        )
        row = cursor.fetchone()
        if row is None:
            return None
        cursor.execute(
            "SELECT line FROM ledger_cosignature WHERE agency = %s AND size = %s ORDER BY witness",
            [agency, row[0]],
        )
        lines = [bytes(line[0]).decode() for line in cursor.fetchall()]
    note = with_cosignatures(bytes(row[3]), lines) if lines else bytes(row[3])
    return StoredCheckpoint(agency, row[0], bytes(row[1]), row[2], note)


def add_cosignature(agency: str, size: int, line: str, witness: Verifier) -> None:
    """Keep a witness's line under the checkpoint of `size`. Raises `BadProof` when it does not hold."""
    found = latest_checkpoint(agency, size=size)
    if found is None:
        raise UnknownStream(f"没有长度为{size}的检查点")
    log = Verifier.parse(_vkey(agency))
    if witness.name not in open_checkpoint(with_cosignatures(found.note, [line]), log, [witness]).witnesses:
        raise BadProof(f"签名不是 {witness.name} 的")
    with write_turn(), transaction.atomic(), connection.cursor() as cursor:
        transaction.on_commit(partial(enter_cosigned, agency, size, found.root, witness.vkey))
        cursor.execute(
            "INSERT INTO ledger_cosignature (agency, size, witness, line) VALUES (%s, %s, %s, %s)",
            [agency, size, witness.vkey, line.encode()],
        )


def inclusion_proof(agency: str, index: int, *, size: int | None = None) -> Proof:
    """Proof that the entry at `index` is in the log, to the newest checkpoint (or that of `size`).

    Raises `BadProof` when no such checkpoint covers it yet.
    """
    found = latest_checkpoint(agency, size=size)
    if found is None or index >= found.size:
        raise BadProof(f"序号 {index} 的条目尚未固化，请稍候再取证明")
    path = merkle.inclusion_path(index, found.size, StoredTree(agency).subtree)
    return Proof(index, tuple(path), found.note)


def consistency_proof(agency: str, old: int, new: int) -> Sequence[bytes]:
    """Proof that the log at size `new` begins with the log at size `old`."""
    return merkle.consistency_path(old, new, StoredTree(agency).subtree)


def _lock(agency: str) -> tuple[str, int, bytes]:
    suffix = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT origin, size, root FROM ledger_log WHERE agency = %s{suffix}", [agency])
        row = cursor.fetchone()
    if row is None:
        raise UnknownStream(f"机关 {agency} 还没有日志")
    return row[0], row[1], as_bytes(row[2]) or b""


def _vkey(agency: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT vkey FROM ledger_log WHERE agency = %s", [agency])
        row = cursor.fetchone()
    if row is None:
        raise UnknownStream(f"机关 {agency} 还没有日志")
    return str(row[0])


def _root_from_headers(agency: str, last: StoredCheckpoint | None, size: int) -> bytes:
    """The root at `size`: the tree that was signed, grown by the headers recorded since."""
    done = last.size if last else 0
    frontier = _frontier_at(agency, done)
    if last is not None and merkle.root_of(frontier) != last.root:
        raise LedgerError("已签署的部分与检查点不符，停止签署；请运行 liuhen ledger verify")
    for start in range(done, size, BATCH):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT header FROM ledger_entry WHERE agency = %s AND idx >= %s AND idx < %s ORDER BY idx",
                [agency, start, min(size, start + BATCH)],
            )
            for (header,) in cursor.fetchall():
                frontier = merkle.grow(frontier, done, merkle.leaf_hash(bytes(header)))
                done += 1
    return merkle.root_of(frontier) if done == size else b""


def _frontier_at(agency: str, size: int) -> list[bytes]:
    tree, frontier, start = StoredTree(agency), [], 0
    for bit in range(size.bit_length() - 1, -1, -1):
        if size >> bit & 1:
            frontier.append(tree.subtree(start, start + (1 << bit)))
            start += 1 << bit
    return frontier


def _store(made: StoredCheckpoint) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_checkpoint (agency, size, root, signed, note) VALUES (%s, %s, %s, %s, %s)",
            [made.agency, made.size, made.root, made.signed_ms, made.note],
        )
