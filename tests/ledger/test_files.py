"""Files: streamed, durable, once by digest, never overwritten; uploads belong to their sender and expire."""

import hashlib
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from liuhen import ledger
from liuhen.ledger.digest import FileDigest
from liuhen.ledger.store import LocalStore
from liuhen.ledger.uploads import LIFE_MS
from tests.ledger.conftest import START_MS, run

ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
ABC_SM3 = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "files")


def send(content: bytes = b"abc", **options: object) -> ledger.Upload:
    given = {"owner": "zhang", "name": "现场.jpg", "media_type": "image/jpeg", "now_ms": START_MS, **options}
    return ledger.upload([content], **given)  # type: ignore[arg-type]


def files_in(store: LocalStore) -> list[str]:
    return sorted(path.name for path in store.root.rglob("*") if path.is_file())


def test_both_digests_are_the_standards_own() -> None:
    digest = FileDigest()
    digest.update(b"a")
    digest.update(b"bc")
    assert (digest.sha256, digest.sm3, digest.size) == (ABC, ABC_SM3, 3)


def test_an_attached_upload_is_stored_by_its_digest(database: str, store: LocalStore) -> None:
    sent = send()
    (file,) = ledger.attach([sent.id], owner="zhang", now_ms=START_MS)
    assert file.reference() == {
        "sha256": ABC,
        "sm3": ABC_SM3,
        "name": "现场.jpg",
        "size": 3,
        "media_type": "image/jpeg",
    }
    kept = store.root / "ba" / "78" / ABC
    assert kept.read_bytes() == b"abc"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o440


def test_ranges_are_streamed(store: LocalStore) -> None:
    content = bytes(range(256)) * 9000
    digests = store.stage("a" * 32, [content[:1000], content[1000:]])
    store.keep("a" * 32, digests.sha256)
    chunks = list(store.read(digests.sha256))
    assert b"".join(chunks) == content
    assert max(map(len, chunks)) <= 1 << 20
    assert b"".join(store.read(digests.sha256, 10, 30)) == content[10:30]
    assert b"".join(store.read(digests.sha256, len(content) - 5)) == content[-5:]
    assert store.size(digests.sha256) == len(content)
    with pytest.raises(ledger.FileMissing, match="没有摘要为"):
        store.read("0" * 64)


def test_what_is_stored_is_never_overwritten(store: LocalStore) -> None:
    for staged in ("a" * 32, "b" * 32):
        store.stage(staged, [b"abc"])
        store.keep(staged, ABC)
    before = store.path(ABC).stat().st_ino
    store.stage("c" * 32, [b"other"])
    store.keep("c" * 32, ABC)
    assert store.path(ABC).stat().st_ino == before
    assert store.path(ABC).read_bytes() == b"abc"


@pytest.mark.parametrize("name", ["../x", "", "A" * 64, "0" * 63, "/etc/passwd"])
def test_no_path_leads_out_of_the_store(store: LocalStore, name: str) -> None:
    with pytest.raises(ledger.LedgerError):
        store.path(name)
    with pytest.raises(ledger.LedgerError):
        store.discard(name)


def test_an_upload_cut_half_way_leaves_nothing(database: str, store: LocalStore) -> None:
    def broken() -> Iterator[bytes]:
        yield b"first half"
        raise ConnectionResetError("peer gone")

    with pytest.raises(ledger.UploadRefused, match="上传中断，没有保存任何内容"):
        ledger.upload(broken(), owner="z", name="a.mp4", media_type="video/mp4", now_ms=START_MS)
    assert files_in(store) == []
    assert run("SELECT COUNT(*) FROM ledger_upload") == [(0,)]


@pytest.mark.parametrize(
    ("announced", "content", "word"),
    [({"size": 4}, b"abc", "应有4字节"), ({"sha256": "0" * 64}, b"abc", "摘要不符"), ({}, b"", "空的")],
)
def test_an_upload_that_is_not_what_was_announced_leaves_nothing(
    database: str, store: LocalStore, announced: dict[str, object], content: bytes, word: str
) -> None:
    with pytest.raises(ledger.UploadRefused, match=word):
        send(content, **announced)
    assert files_in(store) == []


def test_an_upload_is_its_senders_own_used_once_and_expires(database: str) -> None:
    sent = send()
    assert ledger.find_upload(sent.id, "zhang") == sent
    assert ledger.find_upload(sent.id, "li") is None
    with pytest.raises(ledger.UploadRefused, match="不是本人"):
        ledger.attach([sent.id], owner="li", now_ms=START_MS)
    with pytest.raises(ledger.UploadRefused, match="过期"):
        ledger.attach([sent.id], owner="zhang", now_ms=START_MS + LIFE_MS + 1)
    ledger.attach([sent.id], owner="zhang", now_ms=START_MS + LIFE_MS)
    with pytest.raises(ledger.UploadRefused, match="已被使用"):
        ledger.attach([sent.id], owner="zhang", now_ms=START_MS)


def test_an_act_that_is_rolled_back_gives_the_upload_back(fresh_database: object, store: LocalStore) -> None:
    sent = send()
    with pytest.raises(RuntimeError), transaction.atomic():
        ledger.attach([sent.id], owner="zhang", now_ms=START_MS)
        raise RuntimeError
    with transaction.atomic():
        ledger.attach([sent.id], owner="zhang", now_ms=START_MS)
    assert files_in(store) == [ABC], "staging is emptied once the act is committed"


def test_expired_uploads_are_removed(fresh_database: object, store: LocalStore) -> None:
    sent, kept = send(), send(b"later", now_ms=START_MS + 10)
    assert ledger.discard_expired(START_MS + LIFE_MS + 1) == 1
    assert ledger.find_upload(sent.id, "zhang") is None
    assert files_in(store) == [kept.id]


def test_the_bytes_are_hashed_as_they_come(database: str) -> None:
    content = [bytes([n]) * 70_000 for n in range(20)]
    sent = ledger.upload(iter(content), owner="z", name="a", media_type="x/y", now_ms=START_MS)
    assert sent.file.sha256 == hashlib.sha256(b"".join(content)).hexdigest()
