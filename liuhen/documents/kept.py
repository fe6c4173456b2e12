"""Rendered documents kept for the next reader: each file ends in the digest of its own bytes.

A file that does not fit its digest is never handed out: it is rendered again. `check_kept` names it.
"""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from liuhen.documents.catalogue import catalogue
from liuhen.kernel.ids import new_id
from liuhen.ledger import Finding

_MARK = b"%sha256 "
_TAIL = len(_MARK) + 64 + 1


def kept_at(folder: Path, digest: str, document: str) -> Path:
    """Where a document is kept: under the digest of what it is made from, with its name, so that it can be told."""
    return folder / digest[:2] / f"{digest}.{document}.pdf"


def kept(path: Path) -> bytes | None:
    """The document as it was rendered, or None where none is kept or its bytes were changed."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    return data[:-_TAIL] if _fits(data) else None


def keep(path: Path, pdf: bytes) -> None:
    """Write whole or not at all; two writers write the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{new_id()}.part")
    part.write_bytes(pdf + _tail(pdf))
    os.replace(part, path)


def check_kept(folder: Path | None) -> Iterator[Finding]:
    """Every rendered document in the folder: its bytes are those that were rendered."""
    if folder is None or not folder.is_dir():
        return
    for path in sorted(folder.glob("*/*.pdf")):
        try:
            fits = _fits(path.read_bytes())
        except OSError as error:
            yield _finding(path, f"文书读不出（{error}）：删去此文件即可由条目重新生成")
            continue
        if not fits:
            yield _finding(path, "生成的文书被改动：不会再用它，删去此文件即可由条目重新生成")


def _fits(data: bytes) -> bool:
    return data[-_TAIL:] == _tail(data[:-_TAIL])


def _tail(pdf: bytes) -> bytes:
    return _MARK + sha256(pdf).hexdigest().encode() + b"\n"


def _finding(path: Path, text: str) -> Finding:
    """The form's title stands in it; the entry that it is made of, by stream and number."""
    form, _, entry = path.stem.partition(".")[2].partition("@")
    stream, _, number = entry.rpartition(".")
    title = next((f"《{one.title}》" for one in catalogue() if one.id == form), "")
    return Finding(
        "document",
        f"生成的文书{title} {path.parent.name}/{path.name}",
        "bytes",
        text,
        stream=stream,
        number=int(number) if number.isdigit() else None,
    )
