"""音像时长: how long the stored files last, held against the span that was registered; what differs is pointed out.

A file says its own length in its head; one that does not (a stream cut off by a camera) is not played through for it.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import av

from liuhen import ledger
from liuhen.acts.act import Matter, fields_of
from liuhen.kernel.clock import MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND
from liuhen.ledger import Entry, FileMissing

SECONDS = "seconds"
_TIMED = ("audio/", "video/")
_SLACK_MS = MS_PER_MINUTE
"""Begin and end are written down to the minute."""
_SHARE = 20
"""One part in so many may lack besides: a camera needs its time to start."""


class Stored(io.RawIOBase):
    """A stored file as something to read from and seek in."""

    def __init__(self, sha256: str) -> None:
        self._store, self._sha256, self._at = ledger.file_store(), sha256, 0
        self._size = self._store.size(sha256)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, min(self._size, base + offset))
        return self._at

    def read(self, size: int = -1) -> bytes:
        stop = self._size if size < 0 else min(self._size, self._at + size)
        found = b"".join(self._store.read(self._sha256, self._at, stop)) if stop > self._at else b""
        self._at += len(found)
        return found


@lru_cache(maxsize=512)
def length_ms(sha256: str) -> int | None:
    """How long a stored sound or video lasts, in milliseconds; None where its head does not say."""
    try:
        with av.open(Stored(sha256), "r", metadata_errors="ignore") as file:
            longest = [one.duration * (one.time_base or 0) for one in file.streams if one.duration]
            whole = file.duration / av.time_base if file.duration else max(longest, default=None)
    except (av.FFmpegError, FileMissing, ValueError, OSError):
        return None
    return None if whole is None else round(float(whole) * MS_PER_SECOND)


def measured(values: Mapping[str, Any], matter: Matter | None) -> dict[str, Any]:
    """The length of all sound and video files together; nothing where one of them does not say its own."""
    lengths = [length_ms(str(file["sha256"])) for file in _timed(values.get("files") or ())]
    told = [one for one in lengths if one is not None]
    return {SECONDS: sum(told) // MS_PER_SECOND} if told and len(told) == len(lengths) else {}


def differs(matter: Matter) -> str:
    """What is said of a recording whose files last otherwise than its span; empty where nothing is to be said."""
    made, stored = matter.last("recording_ended"), matter.last("recording_stored")
    if made is None or stored is None or not list(_timed(fields_of(stored).get("files") or ())):
        return ""
    if fields_of(stored).get(SECONDS) is None:
        return "音像文件自己没有写明时长，没有能够与登记的起止时间核对，请播放核对"
    files_ms, span_ms = int(fields_of(stored)[SECONDS]) * MS_PER_SECOND, _span(made, _interrupted(matter))
    if abs(span_ms - files_ms) <= _SLACK_MS + span_ms // _SHARE:
        return ""
    how = "短" if files_ms < span_ms else "长"
    return (
        f"音像文件合计{said(files_ms)}，登记的记录起止合计{said(span_ms)}，{how}{said(abs(span_ms - files_ms))}："
        "请核对是否选错或者漏传了文件，起止时间有误的更正，中止过的登记音像中止"
    )


def said(ms: int) -> str:
    """`2小时3分`, `3秒`."""
    hours, rest = divmod(ms, MS_PER_HOUR)
    minutes, rest = divmod(rest, MS_PER_MINUTE)
    parts = [f"{hours}小时" if hours else "", f"{minutes}分" if minutes else ""]
    seconds = rest // MS_PER_SECOND
    return "".join([*parts, f"{seconds}秒" if seconds and not hours else ""]) or "0秒"


def _timed(files: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    return (file for file in files if str(file.get("media_type", "")).startswith(_TIMED))


def _interrupted(matter: Matter) -> list[Entry]:
    gone = {entry.supersedes for entry in matter.all("recording_interrupted")}
    return [entry for entry in matter.all("recording_interrupted") if entry.id not in gone]


def _span(made: Entry, interrupted: Sequence[Entry]) -> int:
    """From beginning to end, without the interruptions, in milliseconds."""
    fields = fields_of(made)
    first, last = int(fields["started"]), int(fields["ended"])
    left_out = 0
    for entry in interrupted:
        away, back = int(fields_of(entry)["from"]), int(fields_of(entry).get("to") or last)
        left_out += max(0, min(back, last) - max(away, first))
    return max(0, last - first - left_out)
