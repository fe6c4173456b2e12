"""签署簿: beside the signing key, one line for each checkpoint signed and each witness's line kept.

Checkpoints name no predecessor (their format is that of C2SP), so a row deleted behind the program's back, or a
database set back to an older copy, leaves no trace in the database. This file, outside of it, remembers. Lines are
added after the commit; what a crash in between left out is caught up with the next one.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from liuhen.ledger.keys import key_folder

_SUFFIX = ".signed"


@dataclass(frozen=True, slots=True)
class SignedLine:
    """One line: the tree's size and root as hexadecimal text; `witness` is empty for the log's own signature."""

    size: int
    root: str
    witness: str = ""


def book_path(agency: str) -> Path:
    """Where an agency's book lies."""
    return key_folder() / f"{agency}{_SUFFIX}"


def signed_lines(agency: str) -> Iterator[SignedLine | str]:
    """Every line of the book, a text for one that is no such line; nothing where there is no book on this machine."""
    path = book_path(agency)
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as book:
        for text in book:
            yield _parsed(text.rstrip("\n"))


def enter_signed(agency: str) -> None:
    """Bring the book up to date with the checkpoints that are committed. Durable on return."""
    last = _last_size(agency)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT size, root FROM ledger_checkpoint WHERE agency = %s AND size > %s ORDER BY size",
            [agency, last],
        )
        rows = cursor.fetchall()
    _add(agency, [f"{size} {bytes(root).hex()}" for size, root in rows])


def enter_cosigned(agency: str, size: int, root: bytes, witness: str) -> None:
    """Note a witness's line under the checkpoint of `size`. Durable on return."""
    _add(agency, [f"{size} {root.hex()} {witness}"])


def forget_signed() -> None:
    """Remove every book: for a scratch database that is put back to how it was made."""
    for path in key_folder().glob(f"*{_SUFFIX}"):
        path.unlink()


def _add(agency: str, lines: list[str]) -> None:
    if not lines:
        return
    path = book_path(agency)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, "".join(f"{line}\n" for line in lines).encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def _last_size(agency: str) -> int:
    """The size of the newest checkpoint in the book; it is found near the end."""
    path = book_path(agency)
    if not path.exists():
        return 0
    with path.open("rb") as book:
        book.seek(max(0, path.stat().st_size - 4096))
        tail = book.read().decode(errors="replace").split("\n")
    found = [line for line in map(_parsed, tail) if isinstance(line, SignedLine) and not line.witness]
    return max((line.size for line in found), default=0)


def _parsed(text: str) -> SignedLine | str:
    size, _, rest = text.partition(" ")
    root, _, witness = rest.partition(" ")
    if not size.isdecimal() or len(size) > 16 or len(root) != 64:
        return text
    return SignedLine(int(size), root, witness)
