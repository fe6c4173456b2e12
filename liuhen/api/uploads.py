"""上传: one file as the body of one request, streamed to staging and never held whole."""

from collections.abc import Iterator
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse

from liuhen import ledger
from liuhen.acts.uploads import MAX_BYTES, receive
from liuhen.api.answers import Problem, answer
from liuhen.api.person import Caller, endpoint

_CHUNK = 256 * 1024


@endpoint("signed_in", methods=("POST",))
def upload(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Answers the number by which an act attaches the file, or why nothing of it was kept."""
    name = unquote(request.headers.get("X-File-Name", "")).strip()
    if not name:
        raise Problem(
            400, "bad_request", "缺少 X-File-Name：文件名（百分号编码的 UTF-8），类型由它的后缀决定"
        )
    length = request.headers.get("Content-Length", "")
    size = int(length) if length.isascii() and length.isdigit() else None
    if size is not None and size > MAX_BYTES:
        raise _too_large(name)
    try:
        staged = receive(
            _chunks(request, name), owner=caller.actor.id, name=name, now_ms=caller.now_ms, size=size
        )
    except ledger.UploadRefused as error:
        raise Problem(422, "upload_refused", str(error), {"file": str(error)}) from error
    except OSError as error:
        raise Problem(400, "bad_request", "上传中断，没有保存任何内容，请重新上传") from error
    file = staged.file
    return answer(
        {
            "id": staged.id,
            "name": file.name,
            "size": file.size,
            "media_type": file.media_type,
            "sha256": file.sha256,
            "sm3": file.sm3,
            "expires_ms": staged.expires_ms,
        },
        201,
    )


def _chunks(request: HttpRequest, name: str) -> Iterator[bytes]:
    total = 0
    while chunk := request.read(_CHUNK):
        total += len(chunk)
        if total > MAX_BYTES:
            raise _too_large(name)
        yield chunk


def _too_large(name: str) -> Problem:
    return Problem(413, "too_large", f"文件“{name}”超过4GB，没有保存任何内容，请分段上传")
