"""The content-addressed store: bytes once by SHA-256, streamed, durable when acknowledged, never overwritten.

`FileStore` is the protocol; here is the local folder. Another store (S3-compatible) keeps the same few promises.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from liuhen.ledger.digest import FileDigest
from liuhen.ledger.errors import FileMissing, LedgerError

CHUNK = 1 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")
_STAGED = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Digests:
    """What bytes in the store are known by; `size` in bytes."""

    sha256: str
    sm3: str
    size: int


class FileStore(Protocol):
    """Where files lie."""

    def stage(self, staged: str, chunks: Iterable[bytes]) -> Digests:
        """Write chunks under an id, durable on return; whatever breaks leaves nothing behind."""
        ...

    def keep(self, staged: str, sha256: str) -> None:
        """Make staged bytes part of the store, durable on return. What is there already stays."""
        ...

    def discard(self, staged: str) -> None:
        """Forget staged bytes; no error when they are gone."""
        ...

    def read_staged(self, staged: str) -> Iterator[bytes]:
        """Staged bytes, in chunks. Raises `FileMissing`."""
        ...

    def read(self, sha256: str, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The bytes start..stop-1, in chunks. Raises `FileMissing`."""
        ...

    def size(self, sha256: str) -> int:
        """Size in bytes. Raises `FileMissing`."""
        ...


class LocalStore:
    """A folder: `staging/<id>` and `ab/cd/<sha256>`, files of mode 0440."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def stage(self, staged: str, chunks: Iterable[bytes]) -> Digests:
        """Write chunks to staging, hashing as they come; fsync the file, then its folder."""
        path = self._staged(staged)
        self._folder(path.parent)
        digest = FileDigest()
        try:
            with path.open("xb") as file:
                for chunk in chunks:
                    digest.update(chunk)
                    file.write(chunk)
                os.fchmod(file.fileno(), 0o440)
                file.flush()
                os.fsync(file.fileno())
            _sync_folder(path.parent)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Digests(digest.sha256, digest.sm3, digest.size)

    def keep(self, staged: str, sha256: str) -> None:
        """Link staged bytes to their place (a link, unlike a rename, overwrites nothing); fsync the folders."""
        path = self.path(sha256)
        self._folder(path.parent)
        try:
            os.link(self._staged(staged), path)
        except FileExistsError:
            pass
        except FileNotFoundError as error:
            raise FileMissing(f"上传 {staged} 的内容已不在暂存处，请重新上传") from error
        _sync_folder(path.parent)

    def discard(self, staged: str) -> None:
        """Remove staged bytes."""
        self._staged(staged).unlink(missing_ok=True)

    def read_staged(self, staged: str) -> Iterator[bytes]:
        """Stream staged bytes in chunks of at most 1 MiB."""
        try:
            return _chunks(self._staged(staged).open("rb"), 0, None)
        except FileNotFoundError as error:
            raise FileMissing(f"上传 {staged} 的内容已不在暂存处，请重新上传") from error

    def read(self, sha256: str, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Stream a range of a stored file in chunks of at most 1 MiB."""
        return _chunks(self._open(sha256), start, stop)

    def size(self, sha256: str) -> int:
        """Size of a stored file in bytes."""
        try:
            return self.path(sha256).stat().st_size
        except FileNotFoundError as error:
            raise _missing(sha256) from error

    def path(self, sha256: str) -> Path:
        """Where a file of this digest lies, or would lie."""
        if not _SHA256.fullmatch(sha256):
            raise LedgerError("文件摘要应为64位小写十六进制")
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def _open(self, sha256: str) -> BinaryIO:
        try:
            return self.path(sha256).open("rb")
        except FileNotFoundError as error:
            raise _missing(sha256) from error

    def _staged(self, staged: str) -> Path:
        if not _STAGED.fullmatch(staged):
            raise LedgerError("上传编号应为32位小写十六进制")
        return self.root / "staging" / staged

    def _folder(self, folder: Path) -> None:
        """Make a folder and make its making durable."""
        if folder.is_dir():
            return
        if not folder.parent.is_dir():
            self._folder(folder.parent)
        folder.mkdir(exist_ok=True, mode=0o750)
        _sync_folder(folder.parent)


def file_store() -> FileStore:
    """The store of this installation: the folder in the setting LEDGER_FILES."""
    folder = getattr(settings, "LEDGER_FILES", None)
    if not folder:
        raise ImproperlyConfigured("缺少设置 LEDGER_FILES：文件库的文件夹")
    return LocalStore(Path(folder))


def _chunks(file: BinaryIO, start: int, stop: int | None) -> Iterator[bytes]:
    with file:
        file.seek(start)
        left = None if stop is None else max(0, stop - start)
        while left is None or left > 0:
            chunk = file.read(CHUNK if left is None else min(CHUNK, left))
            if not chunk:
                return
            if left is not None:
                left -= len(chunk)
            yield chunk


def _missing(sha256: str) -> FileMissing:
    return FileMissing(f"文件库中没有摘要为 {sha256} 的文件")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
