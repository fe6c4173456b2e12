"""An altered file that several records carry: each is named, up to a bound, and all are counted."""

from pathlib import Path

from django.conf import settings

from liuhen import ledger
from liuhen.oversight.altered import SHOWN
from liuhen.oversight.verification import verify
from tests.ledger.conftest import START_MS, Bureau, new_bureau


def _told(bureau: Bureau) -> str:
    (said,) = [str(one) for one in verify(bureau.agency) if one.what == "file"]
    return said


def test_each_record_that_carries_an_altered_file_is_named(database: str) -> None:
    bureau = new_bureau()
    sent = ledger.upload(
        [b"a photograph"], owner="o", name="门头.jpg", media_type="image/jpeg", now_ms=START_MS
    )
    (file,) = ledger.attach([sent.id], owner="o", now_ms=START_MS)

    def recorded(kind: str) -> ledger.Entry:
        payload = {"open": {"files": [file.reference()]}}
        (entry,) = bureau.act(bureau.draft(kind=kind, payload=payload, files=(file,)))
        return entry

    recorded("inspected")
    (path,) = Path(settings.LEDGER_FILES).rglob(file.sha256)
    path.chmod(0o600)
    path.write_bytes(b"another photograph")
    assert "附件“门头.jpg”" in _told(bureau) and "另有" not in _told(bureau)
    later = [recorded("evidence_collected") for _ in range(2)]
    said = _told(bureau)
    assert "另有 2 条记录附同一文件" in said and "没有列出" not in said
    assert all(f"第{entry.number}号记录“" in said for entry in later)
    for _ in range(SHOWN):
        recorded("inspected")
    said = _told(bureau)
    assert f"另有 {SHOWN + 2} 条记录附同一文件" in said and "其余 2 条没有列出" in said
    assert said.count("号记录“") == SHOWN + 1
