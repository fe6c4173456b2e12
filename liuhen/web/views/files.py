"""Files of the record: opened by the entry that holds them, in ranges, each opening noted before the answer."""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from liuhen import ledger
from liuhen.accounts.pages import used_by
from liuhen.acts.matter import load_matter
from liuhen.cases.access import WHOLE, parts_of, visible_parts
from liuhen.ledger.entry import file_references
from liuhen.web.errors import altered
from liuhen.web.me import Me, own_stream, screen

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_HELD_AGAINST_MAX = 32 * 1024**2
"""Bytes up to which a file is held against its digest each time it is opened; longer ones are when all is verified."""
_SHOWN_INLINE = re.compile(r"(image/(jpeg|png|webp|gif)|video/.+|audio/.+|application/(pdf|ogg)|text/plain)")


@screen("own_agency")
def file(request: HttpRequest, me: Me, stream: str, number: int, digest: str) -> HttpResponseBase:
    """A file named by an entry of his own agency: whole, or the range asked for (playing, jumping)."""
    own_stream(me, stream)
    found = _reference(me, stream, number, digest)
    size = int(found["size"])
    span = _span(request.headers.get("Range", ""), size)
    if span is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if span[0] == 0:
        what = f"{ledger.entry_id(stream, number)}:{digest}"
        ledger.record_read(me.agency, me.actor.id, what, "file", me.now_ms, granted=True)
    start, stop = span
    partial = (start, stop) != (0, size)
    if start == 0 and size <= _HELD_AGAINST_MAX and not _is_whole(digest):
        return altered(request, str(found["name"]))
    body: Iterator[bytes] = (
        ledger.file_store().read(digest, start, stop) if request.method == "GET" else iter(())
    )
    response = StreamingHttpResponse(body, status=206 if partial else 200)
    _headers(response, found, start, stop, size, partial, download="download" in request.GET)
    return response


def _is_whole(digest: str) -> bool:
    """Whether the stored bytes are those that were registered."""
    held = sha256()
    try:
        for chunk in ledger.file_store().read(digest):
            held.update(chunk)
    except (ledger.FileMissing, OSError):
        return False
    return held.hexdigest() == digest


def _reference(me: Me, stream: str, number: int, digest: str) -> dict[str, Any]:
    """The file as an entry names it, in a part that he may see. Raises `Http404` or `PermissionDenied`."""
    matter = load_matter(stream)
    entry = next((one for one in matter.entries if one.stream == stream and one.number == number), None)
    if entry is None:
        raise Http404
    allowed = parts_of(me.actor, entry, visible_parts(me.actor, matter))
    if not allowed:
        raise PermissionDenied(f"这一记录的附件由{used_by(WHOLE)}查阅")
    for name, part in entry.parts.items():
        for reference in file_references(part) if part else ():
            if reference["sha256"] == digest and name in allowed:
                return dict(reference)
    raise Http404


def _span(header: str, size: int) -> tuple[int, int] | None:
    """The bytes asked for as (start, stop); the whole file without a range; None when it cannot be given."""
    match = _RANGE.fullmatch(header.strip())
    if not header or match is None or match[1] == match[2] == "":
        return 0, size
    if match[1] == "":
        return max(0, size - int(match[2])), size
    start = int(match[1])
    stop = min(int(match[2]) + 1, size) if match[2] else size
    return (start, stop) if start < stop else None


def _headers(
    response: HttpResponseBase,
    found: dict[str, Any],
    start: int,
    stop: int,
    size: int,
    partial: bool,
    *,
    download: bool,
) -> None:
    media = str(found["media_type"])
    inline = not download and _SHOWN_INLINE.fullmatch(media)
    response["Content-Type"] = media if inline else "application/octet-stream"
    response["Content-Length"] = str(stop - start)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-store"
    if partial:
        response["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    kind = "inline" if inline else "attachment"
    response["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(str(found['name']))}"
