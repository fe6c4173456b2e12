"""读出一份扫描文件: which codes stand on which sheet. Read once for a file's digest, bit by bit where it is long.

What was read is kept in the cache that may be thrown away at any time: the file itself says it again.
"""

import json
import tempfile
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO

from django.conf import settings

from liuhen.documents.kept import keep, kept
from liuhen.scans.codes import Seen, codes_on
from liuhen.scans.sheets import MAX_BYTES, NotASheet, sheets_of

_VERSION = 2
"""Raised when the same file would be read otherwise."""
_HELD = 2_000
_held: OrderedDict[str, bytes] = OrderedDict()
"""Where there is no folder for the cache."""

Chunks = Callable[[], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """一幅: what was seen on it. `number` from 1; `problem` where it could not be opened."""

    number: int
    seen: tuple[Seen, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Readings:
    """What is read of a file so far; `problem` where nothing of it can be read."""

    count: int
    sheets: tuple[Sheet, ...]
    problem: str = ""

    @property
    def done(self) -> bool:
        """Whether every sheet has been read."""
        return len(self.sheets) == self.count


def readings(sha256: str, media_type: str, chunks: Chunks, *, seconds: float = float("inf")) -> Readings:
    """The readings of a file, read on from where they stood; at least one sheet more, then until `seconds` are over."""
    name = f"read-{_VERSION}-{sha256}"
    known = _known(name)
    if known is not None and known.done:
        return known
    read = _read_on(known, media_type, chunks, monotonic() + seconds)
    remember(name, _plain(read))
    return read


def recalled(name: str) -> Any:
    """What the cache holds under a name, or None."""
    path = _path(name)
    data = kept(path) if path else _held.get(name)
    return None if data is None else json.loads(data)


def remember(name: str, value: Any) -> None:
    """Keep something that can be worked out again."""
    data = json.dumps(value, ensure_ascii=False).encode()
    path = _path(name)
    if path is not None:
        keep(path, data)
        return
    _held[name] = data
    while len(_held) > _HELD:
        _held.popitem(last=False)


def opened(chunks: Chunks) -> BinaryIO:
    """The bytes of a file where they can be sought in. Raises `NotASheet` when they are too many."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever asked closes it
    total = 0
    for chunk in chunks():
        total += len(chunk)
        if total > MAX_BYTES:
            file.close()
            raise NotASheet(f"文件超过{MAX_BYTES // 1024 // 1024}MB：请分成几份上传")
        file.write(chunk)
    file.seek(0)
    return file


def _read_on(known: Readings | None, media_type: str, chunks: Chunks, until: float) -> Readings:
    try:
        with opened(chunks) as file, sheets_of(media_type, file) as sheets:
            now = known or Readings(sheets.count, ())
            while not now.done:
                number = len(now.sheets) + 1
                try:
                    sheet = Sheet(number, tuple(codes_on(sheets.picture(number))))
                except NotASheet as error:
                    sheet = Sheet(number, (), str(error))
                now = replace(now, sheets=(*now.sheets, sheet))
                if monotonic() >= until:
                    break
            return now
    except NotASheet as error:
        return Readings(0, (), str(error))


def _path(name: str) -> Path | None:
    folder = getattr(settings, "DOCUMENT_CACHE", None)
    return Path(folder) / "scans" / f"{name}.json" if folder else None


def _known(name: str) -> Readings | None:
    value = recalled(name)
    if value is None:
        return None
    sheets = tuple(Sheet(number, _seen(seen), problem) for number, seen, problem in value["sheets"])
    return Readings(value["count"], sheets, value["problem"])


def _seen(found: Sequence[Any]) -> tuple[Seen, ...]:
    return tuple(
        Seen(code, page, ((a, b), (c, d), (e, f), (g, h))) for code, page, (a, b, c, d, e, f, g, h) in found
    )


def _plain(read: Readings) -> dict[str, Any]:
    sheets = [
        [
            one.number,
            [[seen.code, seen.page, [at for corner in seen.corners for at in corner]] for seen in one.seen],
            one.problem,
        ]
        for one in read.sheets
    ]
    return {"count": read.count, "sheets": sheets, "problem": read.problem}
