"""录像从什么时候起: by the file's own clock where it has one that can be right, else as it was registered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import av

from liuhen.acts.act import Matter, fields_of
from liuhen.kernel.clock import MS_PER_HOUR, MS_PER_SECOND, format_local
from liuhen.ledger import FileMissing
from liuhen.ledger.entry import file_references
from liuhen.recordings.length import Stored

RECORDED = "recording_ended"
_NEAR_MS = 12 * MS_PER_HOUR
"""A clock that is farther from what was registered was never set."""
_WRITTEN = ("creation_time", "date_utc", "DATE_UTC")


@dataclass(frozen=True)
class Began:
    """When a recording begins, in milliseconds UTC, and whether its own clock says so; 0 where nothing does."""

    ms: int
    own: bool = False

    @property
    def said(self) -> str:
        """By what the time of a picture cut from it is told."""
        if not self.ms:
            return "录像没有写明开始时间，只记时间码"
        whole = format_local(self.ms, seconds=True)
        by = "录像文件自带的时钟" if self.own else "登记的录像开始时间（不是录像文件自带的）"
        return f"{by}：{whole}起"


def began(matter: Matter, sha256: str) -> Began:
    """Of one video that the matter holds."""
    stated = _stated(matter).get(sha256, {})
    first, last = int(stated.get("started") or 0), int(stated.get("ended") or 0)
    own = own_ms(sha256)
    if own is not None and (not first or first - _NEAR_MS <= own <= last + _NEAR_MS):
        return Began(own, own=True)
    return Began(first)


@lru_cache(maxsize=512)
def own_ms(sha256: str) -> int | None:
    """The beginning that a stored video's own head tells; None where it tells none."""
    try:
        with av.open(Stored(sha256), "r", metadata_errors="ignore") as file:
            told = [file.metadata, *(stream.metadata for stream in file.streams)]
    except (av.FFmpegError, FileMissing, ValueError, OSError):
        return None
    written = next((one[name] for one in told for name in _WRITTEN if one.get(name)), "")
    try:
        at = datetime.fromisoformat(written.replace("Z", "+00:00"))
    except ValueError:
        return None
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * MS_PER_SECOND)


def _stated(matter: Matter) -> Mapping[str, Mapping[str, Any]]:
    """By the digest of each file, what was registered of its recording."""
    about = {entry.stream: fields_of(entry) for entry in matter.entries if entry.kind == RECORDED}
    return {
        str(file["sha256"]): about[entry.stream]
        for entry in matter.entries
        if entry.stream in about
        for file in file_references(entry.parts.get("open") or {})
    }
