"""照片证据页: several on a page, each with its caption, the comparison on each; nothing of the file's own tale."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from liuhen import ledger
from liuhen.documents.catalogue import catalogue
from liuhen.documents.context import Issuer, context
from liuhen.documents.fonts import load_fonts
from liuhen.documents.pictures import cannot_be_shown, drawn
from liuhen.documents.render import render
from liuhen.documents.samples import AT
from liuhen.documents.values import SLASH, total
from tests.documents import samples
from tests.documents.pdftext import text_of


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    settings.LEDGER_FILES = tmp_path


def kept(name: str, picture: Image.Image, **options: Any) -> dict[str, Any]:
    out = io.BytesIO()
    picture.save(out, "JPEG", **options)
    staged = f"{abs(hash(name)):032x}"[:32]
    digests = ledger.file_store().stage(staged, [out.getvalue()])
    ledger.file_store().keep(staged, digests.sha256)
    return {"sha256": digests.sha256, "sm3": "", "name": name, "size": digests.size}


def sheet(files: list[dict[str, Any]], **own: Any) -> bytes:
    form = catalogue().form("picture_sheet", 1)
    captions = [
        {"maker": "张堃璟", "made_at": f"2026-09-21 10:0{n}", "place": "收费处", "proves": f"重复收费{n}"}
        for n in range(len(files))
    ]
    given = {"files": files, "captions": captions, "count": len(files), "compared": False, **own}
    entry = samples.entry("pictures_laid", full=False, **given)
    return render(form, context(entry, form, [entry], Issuer("清溪县医疗保障局")), load_fonts())


def test_four_to_a_page_with_captions_and_the_comparison_on_each() -> None:
    files = [kept(f"照片{n}.jpg", Image.new("RGB", (900, 600), (20 * n, 90, 120))) for n in range(6)]
    pdf = sheet(files, compared=True, compared_at=AT)
    text = "".join(str(text_of(pdf)).split())
    assert text.count("与原件核对无异核对人") == 6
    assert all(f"图{n + 1}" in text and f"证明对象：重复收费{n}" in text for n in range(6))
    assert b"%PDF" in pdf[:8] and len(pikepdf.open(io.BytesIO(pdf)).pages) == 2
    assert sheet(files, compared=True, compared_at=AT) == pdf
    assert "核对人" not in "".join(str(text_of(sheet(files))).split())


def test_the_place_in_the_file_stays_in_the_file_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "LongitudeOfTheClinic"
    file = kept("横.jpg", Image.new("RGB", (400, 200), "red"), exif=exif)
    assert 'width="200" height="400"' in drawn(file)
    assert b"LongitudeOfTheClinic" not in sheet([file])


def test_what_cannot_be_shown_leaves_the_sheet_whole() -> None:
    lost = {"sha256": "0" * 64, "sm3": "", "name": "没有的.jpg", "size": 1}
    huge = kept("大.jpg", Image.new("L", (12_000, 8_000)))
    assert drawn(lost) == drawn(huge) == ""
    assert "图片不能显示" in str(text_of(sheet([lost, huge])))


def test_a_list_ends_with_its_total() -> None:
    rows = [["1", "收费清单", "12", "财务室"], ["2", "票据", "30", "财务室"]]
    assert total(rows) == [SLASH, "合计 2 项", "42", SLASH]


def test_what_cannot_stand_on_a_page_is_told_before_it_is_laid() -> None:
    good = kept("好.jpg", Image.new("RGB", (90, 60), "red"))
    huge = kept("全景.jpg", Image.new("L", (10_000, 9_000), 200))
    assert cannot_be_shown(good) == ""
    assert "有0.9亿点" in cannot_be_shown(huge) and "收集证据" in cannot_be_shown(huge)
    poster = kept("海报.png", Image.new("1", (16_000, 12_600)))
    assert "有1.8亿以上的点，超过0.8亿点" in cannot_be_shown(poster) and drawn(poster) == ""
    broken = good | {"sha256": ledger.file_store().stage("b" * 32, [b"\xff\xd8\xff no picture"]).sha256}
    ledger.file_store().keep("b" * 32, broken["sha256"])
    assert "打不开" in cannot_be_shown(broken)
