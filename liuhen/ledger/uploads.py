"""上传: bytes on their way into the record. Not yet a fact: durable in staging, the sender's own, and expiring.

An act attaches an upload's id, never a bare digest: to know a digest gives no right to a file.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection, transaction

from liuhen.kernel.clock import MS_PER_DAY
from liuhen.kernel.ids import new_id
from liuhen.ledger.entry import StoredFile
from liuhen.ledger.errors import UploadRefused
from liuhen.ledger.store import Digests, FileStore, file_store
from liuhen.ledger.streams import marks, require_transaction
from liuhen.ledger.turn import write_turn

LIFE_MS = 7 * MS_PER_DAY
"""How long an upload waits to be attached."""
_WAITING_MOST = 100
_COLUMNS = "id, owner, sha256, sm3, name, size, media_type, created, expires, cut_off"


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload in staging. Instants in milliseconds UTC; `cut_off`: its end seems to be missing."""

    id: str
    owner: str
    file: StoredFile
    created_ms: int
    expires_ms: int
    cut_off: bool = False


def upload(
    chunks: Iterable[bytes],
    *,
    owner: str,
    name: str,
    media_type: str,
    now_ms: int,
    size: int | None = None,
    sha256: str | None = None,
    cut_off: Callable[[], bool] = bool,
    store: FileStore | None = None,
) -> Upload:
    """Receive bytes as they come; durable on return.

    `size` and `sha256` are what the sender announced. Raises `UploadRefused` when the bytes are cut off or differ; then
    nothing stays. `cut_off` is asked once all has come: whether the file itself lacks its end.
    """
    store = store or file_store()
    made = new_id()
    try:
        digests = store.stage(made, chunks)
    except (OSError, EOFError) as error:
        raise UploadRefused(f"文件“{name}”上传中断，没有保存任何内容，请重新上传（{error}）") from error
    try:
        _as_announced(name, digests, size, sha256)
        file = StoredFile(digests.sha256, digests.sm3, name, digests.size, media_type)
        received = Upload(made, owner, file, now_ms, now_ms + LIFE_MS, cut_off())
        _register(received)
    except BaseException:
        store.discard(made)
        raise
    return received


def find_upload(upload_id: str, owner: str) -> Upload | None:
    """The sender's own upload, while it waits."""
    found = _rows([upload_id])
    return next((item for item in found if item.owner == owner), None)


def waiting_uploads(owner: str, now_ms: int) -> list[Upload]:
    """What somebody has sent and has not attached to anything yet, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM ledger_upload WHERE owner = %s AND expires >= %s"
            " ORDER BY created DESC, id LIMIT %s",
            [owner, now_ms, _WAITING_MOST],
        )
        return [_upload(row) for row in cursor.fetchall()]


def attach(
    upload_ids: Sequence[str], *, owner: str, now_ms: int, store: FileStore | None = None
) -> list[StoredFile]:
    """Make the sender's uploads part of the store and use them up, in the caller's transaction.

    Hand the result to the payload (`reference()`) and to `EntryDraft.files`. Rolled back, the uploads are there again.
    Raises `UploadRefused` for one that is unknown, somebody else's, or expired.
    """
    require_transaction()
    store = store or file_store()
    by_id = {item.id: item for item in _rows(upload_ids)}
    files = []
    for upload_id in upload_ids:
        found = by_id.get(upload_id)
        if found is None or found.owner != owner:
            raise UploadRefused("附件不存在、已被使用或不是本人上传的，请重新上传")
        if found.expires_ms < now_ms:
            raise UploadRefused(f"附件“{found.file.name}”上传后久未使用，已过期，请重新上传")
        store.keep(upload_id, found.file.sha256)
        files.append(found.file)
    if files:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM ledger_upload WHERE id IN ({marks(upload_ids)})", [*upload_ids])
        for upload_id in upload_ids:
            transaction.on_commit(partial(store.discard, upload_id))
    return files


def discard_expired(now_ms: int, store: FileStore | None = None) -> int:
    """Remove uploads whose time has run out; how many."""
    store = store or file_store()
    with write_turn(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM ledger_upload WHERE expires < %s", [now_ms])
        expired = [row[0] for row in cursor.fetchall()]
        _drop(expired, store)
    return len(expired)


def drop_uploads(upload_ids: Sequence[str], owner: str, store: FileStore | None = None) -> None:
    """Remove what somebody has sent and wants no more; in the caller's transaction."""
    require_transaction()
    _drop([item.id for item in _rows(upload_ids) if item.owner == owner], store or file_store())


def _drop(upload_ids: Sequence[str], store: FileStore) -> None:
    with connection.cursor() as cursor:
        for upload_id in upload_ids:
            cursor.execute("DELETE FROM ledger_upload WHERE id = %s", [upload_id])
            transaction.on_commit(partial(store.discard, upload_id))


def _as_announced(name: str, digests: Digests, size: int | None, sha256: str | None) -> None:
    if size is not None and digests.size != size:
        raise UploadRefused(
            f"文件“{name}”应有{size}字节，只收到{digests.size}字节，没有保存任何内容，请重新上传"
        )
    if sha256 is not None and digests.sha256 != sha256:
        raise UploadRefused(f"文件“{name}”收到的内容与发送前的摘要不符，没有保存任何内容，请重新上传")
    if not digests.size:
        raise UploadRefused(f"文件“{name}”是空的")


def _register(item: Upload) -> None:
    file = item.file
    with write_turn(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ledger_upload ({_COLUMNS}) VALUES ({', '.join(['%s'] * 10)})",
            [
                item.id,
                item.owner,
                file.sha256,
                file.sm3,
                file.name,
                file.size,
                file.media_type,
                item.created_ms,
                item.expires_ms,
                item.cut_off,
            ],
        )


def _rows(upload_ids: Sequence[str]) -> list[Upload]:
    if not upload_ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM ledger_upload WHERE id IN ({marks(upload_ids)})",
            [*upload_ids],
        )
        return [_upload(row) for row in cursor.fetchall()]


def _upload(row: Sequence[Any]) -> Upload:
    return Upload(row[0], row[1], StoredFile(*row[2:7]), row[7], row[8], bool(row[9]))
