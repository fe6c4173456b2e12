"""Receiving a file: its first bytes must be what its name says, before anything of it is kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

import filetype

from liuhen import ledger
from liuhen.acts import registry
from liuhen.acts.act import Matter
from liuhen.acts.endings import Watched
from liuhen.acts.errors import Invalid
from liuhen.acts.payload import has_control

RECORDED = "recorded:"
"""Stands before the SHA-256 of a file that the matter holds already: it is taken over and not sent again."""

HEAD_BYTES = 8192
NAME_MAX = 200
MAX_BYTES = 4 * 1024**3
"""4 GiB: an hour and a half of a body camera's video."""

MEDIA_TYPES = {
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".tif": "image/tiff", ".tiff": "image/tiff",
    ".mp4": "video/mp4", ".m4a": "audio/mp4", ".mov": "video/quicktime", ".mkv": "video/x-matroska",
    ".webm": "video/webm", ".avi": "video/x-msvideo", ".mpg": "video/mpeg", ".mpeg": "video/mpeg",
    ".mp3": "audio/mpeg", ".wav": "audio/x-wav", ".ogg": "audio/ogg", ".opus": "audio/ogg", ".amr": "audio/amr",
    ".pdf": "application/pdf", ".zip": "application/zip", ".ofd": "application/ofd",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".txt": "text/plain", ".csv": "text/csv",
}  # fmt: skip

_ALIKE = (
    {"video/mp4", "audio/mp4", "video/quicktime", "video/x-m4v"},
    {"audio/ogg", "video/ogg"},
    {"video/webm", "video/x-matroska", "audio/webm"},
    {"application/zip", "application/ofd"},
    {"application/zip", MEDIA_TYPES[".docx"]},
    {"application/zip", MEDIA_TYPES[".xlsx"]},
)


def receive(
    chunks: Iterable[bytes],
    *,
    owner: str,
    name: str,
    now_ms: int,
    size: int | None = None,
    sha256: str | None = None,
) -> ledger.Upload:
    """Take a file in as it comes (streamed), durable on return.

    Raises `ledger.UploadRefused` when it is cut off, too large, empty, of a kind not accepted, or not what its name
    says; then nothing of it stays.
    """
    if has_control(name) or "\n" in name or len(name) > NAME_MAX:
        raise ledger.UploadRefused(f"文件名含有不能保存的字符或者超过{NAME_MAX}字，请改名后重新上传")
    media_type = MEDIA_TYPES.get(PurePath(name).suffix.lower())
    if media_type is None:
        raise ledger.UploadRefused(
            f"文件“{name}”的类型不能接收；可以上传照片、音视频、PDF、文档、表格、压缩包"
        )
    if size is not None and size > MAX_BYTES:
        raise ledger.UploadRefused(f"文件“{name}”超过4GB，请分段上传")
    watched = Watched(_checked(chunks, name, media_type))
    return ledger.upload(
        watched,
        owner=owner,
        name=PurePath(name).name,
        media_type=media_type,
        now_ms=now_ms,
        size=size,
        sha256=sha256,
        cut_off=lambda: watched.is_cut_off(media_type),
    )


def taken_in(ids: Sequence[str], matter: Matter | None, owner: str, now_ms: int) -> list[dict[str, Any]]:
    """References to files, in their order: the sender's uploads, now used up, and files that the matter holds.

    Raises `Invalid` for a file that the matter does not hold openly, `ledger.UploadRefused` for an upload.
    """
    sent = [one for one in ids if not one.startswith(RECORDED)]
    attached = dict(zip(sent, ledger.attach(sent, owner=owner, now_ms=now_ms), strict=True))
    held = files_held(matter) if len(sent) < len(ids) and matter else {}
    found = []
    for one in ids:
        if one in attached:
            found.append(attached[one].reference())
        elif (file := held.get(one.removeprefix(RECORDED))) is not None:
            found.append(dict(file))
        else:
            raise Invalid({"": "取自案卷的附件不在本案公开的记录中，请重新选择文件"})
    return found


def files_held(matter: Matter) -> dict[str, Mapping[str, Any]]:
    """The files that the matter holds openly, by their SHA-256."""
    kinds = registry.dictionary().kinds
    return {
        str(file["sha256"]): file
        for entry in matter.entries
        if entry.kind in kinds
        for name, field in kinds[entry.kind].fields.items()
        if field.type == "files"
        for file in entry.open.get(name) or ()
    }


def _checked(chunks: Iterable[bytes], name: str, media_type: str) -> Iterator[bytes]:
    source = iter(chunks)
    head = b""
    taken = []
    for chunk in source:
        taken.append(chunk)
        head += chunk[: HEAD_BYTES - len(head)]
        if len(head) >= HEAD_BYTES:
            break
    _as_named(head, name, media_type)
    total = 0
    for part in (*taken, *source):
        total += len(part)
        if total > MAX_BYTES:
            raise ledger.UploadRefused(f"文件“{name}”超过4GB，没有保存任何内容，请分段上传")
        yield part


def _as_named(head: bytes, name: str, media_type: str) -> None:
    if not head:
        raise ledger.UploadRefused(f"文件“{name}”是空的（0 字节），没有保存；请核对原件后重新选择")
    found = filetype.guess_mime(head)
    if media_type.startswith("text/"):
        fine = found is None and b"\0" not in head
    elif media_type == "video/mpeg":
        fine = head[:4] in (b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3")
    else:
        fine = found == media_type or any({found, media_type} <= alike for alike in _ALIKE)
    if not fine:
        raise ledger.UploadRefused(
            f"文件“{name}”的内容与名称不符（不是真正的{PurePath(name).suffix}文件），没有保存；请核对原件"
        )
