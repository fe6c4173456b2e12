"""装订的存放处: what a bound file is made of lies in a folder of its own on the disk, not in memory."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import pikepdf


class Spool:
    """A folder that goes away with its holder."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="liuhen-bound-")
        self._kept = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def keep(self, chunks: Iterable[bytes]) -> "Kept":
        """Lay down the bytes of one piece as they come."""
        path, length = self._next(), 0
        with path.open("wb") as file:
            for chunk in chunks:
                length += file.write(chunk)
        return Kept(path, length, self)

    def joined(self, parts: Sequence["Kept"]) -> Path:
        """All pages of these PDFs in one; what they hold goes from file to file and is never held whole."""
        path = self._next()
        sources = [word for part in parts for word in (str(part.path), "1-z")]
        job = [
            "qpdf",
            "--empty",
            "--static-id",
            "--no-warn",
            "--warning-exit-0",
            "--pages",
            *sources,
            "--",
            str(path),
        ]
        pikepdf.Job(job).run()
        return path

    def _next(self) -> Path:
        self._kept += 1
        return Path(self._folder.name) / f"{self._kept}.pdf"


@dataclass(frozen=True)
class Kept:
    """One piece; false where it has no bytes. It holds its folder."""

    path: Path
    length: int
    spool: Spool = field(repr=False, compare=False)

    def __bool__(self) -> bool:
        return self.length > 0

    def open(self) -> BinaryIO:
        """The piece as an open file."""
        return self.path.open("rb")
