"""案卷: nothing of a case is left out, and the file reads like one."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from liuhen.archive.binding import Binder, BoundVolume, bind, volumes
from liuhen.archive.dossier import archived_index, index_rows, pieces
from liuhen.documents.context import Issuer
from liuhen.documents.fonts import load_fonts
from liuhen.documents.forms import Volume
from liuhen.documents.queries import documents_of
from liuhen.documents.samples import SampleEntry
from liuhen.kernel.clock import MS_PER_DAY, parse_local
from tests.documents import samples
from tests.documents.pdftext import text_of

AGENCY = Issuer("望都县医疗保障局")
FONTS = load_fonts()
COURSE = (
    "lead_registered verified filing_proposed filing_endorsed filed inspected recording_ended recording_stored inquired"
    " evidence_collected preservation_approved preserved investigation_reported notice_served statement_made"
    " hearing_held review_submitted review_opined deliberated decided delivered performed closed archived"
).split()
_TWICE = ("verified", "recording_stored", "delivered")


def picture(index: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1600, 900), (index * 9 % 255, 120, 90)).save(out, "JPEG")
    return out.getvalue()


def file(index: int, media_type: str = "image/jpeg", name: str = "照片") -> dict[str, Any]:
    return samples.FILES[0] | {
        "sha256": f"{index:02x}" * 32,
        "name": f"{name}{index}",
        "media_type": media_type,
    }


@pytest.fixture(scope="module")
def case() -> list[SampleEntry]:
    entries = []
    for i, kind in enumerate(COURSE):
        entry = (
            samples.entry(kind, index=i, retention="thirty")
            if kind == "archived"
            else samples.entry(kind, index=i)
        )
        for fields in filter(None, entry.parts.values()):
            fields.pop("material", None)
            if "files" in fields:
                media = "video/mp4" if kind == "recording_stored" else "image/jpeg"
                fields["files"] = [file(i, media)]
        at = parse_local("2026-09-21 10:00") + i * MS_PER_DAY
        entries.append(replace(entry, happened_ms=at, recorded_ms=at))
    return entries


def contents(sha256: str) -> list[bytes]:
    return [picture(int(sha256[:2], 16))]


def bound_pdf(case: list[SampleEntry], with_: Binder) -> bytes:
    out = io.BytesIO()
    bind(case, with_, out)
    return out.getvalue()


@pytest.fixture(scope="module")
def bound(case: list[SampleEntry]) -> list[BoundVolume]:
    return volumes(case, binder())


def binder(**changes: Any) -> Binder:
    return Binder(AGENCY, FONTS, **{"contents": contents, **changes})


def test_everything_is_in_it(case):
    """Documents, approvals, evidence, attachments and recordings: each in the index once."""
    listed = [piece for _, volume in pieces(case, AGENCY) for piece in volume]
    documents = {ref.id for ref in documents_of(case, AGENCY) if not ref.form.startswith("dossier_")}
    assert {piece.document.id for piece in listed if piece.document} == documents
    digests = [piece.file["sha256"] for piece in listed if piece.file]
    held = [part["files"][0]["sha256"] for entry in case for part in entry.parts.values() if "files" in part]
    assert sorted(digests) == sorted(held)


def test_served_and_internal_papers_lie_apart(case):
    books = {volume: [piece.title.split("（")[0] for piece in own] for volume, own in pieces(case, AGENCY)}
    assert {"立案审批表", "行政处罚决定书", "现场笔录", "送达回证", "音像记录说明单"} <= set(books["main"])
    assert {"案源登记表", "案件调查终结报告", "法制审核意见书", "集体讨论笔录", "结案审批表"} <= set(
        books["sub"]
    )
    main = books["main"]
    assert (
        main.index("立案审批表")
        < main.index("行政处罚决定书")
        < main.index("送达回证")
        < main.index("现场笔录")
    )


def test_one_volume_by_procedure(case):
    ((volume, own),) = pieces(case, AGENCY, "by_procedure")
    assert volume == "main"
    assert [piece.made_ms for piece in own] == sorted(piece.made_ms for piece in own)


def test_a_file_lies_behind_its_document(case):
    titles = [piece.title.split("（")[0] for piece in pieces(case, AGENCY)[0][1]]
    assert titles[titles.index("现场笔录") + 1] == f"附件：照片{COURSE.index('inspected')}"


def test_index_pages_run_through(bound):
    for volume in bound:
        expected = 1
        for row, piece in zip(volume.rows, volume.pieces, strict=True):
            if piece.pages:
                assert int(row.pages.split("-")[0]) == expected
                expected += piece.pages
        assert expected - 1 == volume.pages


def test_video_is_listed_with_its_digest(bound):
    rows = [row for volume in bound for row in volume.rows if row.title.startswith("音像资料")]
    assert [row.pages for row in rows] == ["—"]
    assert f"{COURSE.index('recording_stored'):02x}" * 6 in rows[0].note


def test_one_bookmarked_pdf(case, bound):
    book = bound_pdf(case, binder())
    assert book == bound_pdf(case, binder())
    pdf = pikepdf.open(io.BytesIO(book))
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["正卷", "副卷"]
        assert outline.root[0].children[0].title == "卷内目录"
        assert len(outline.root[0].children) == 2 + sum(1 for piece in bound[0].pieces if piece.pages)
    assert len(pdf.pages) >= sum(volume.pages for volume in bound) + 6
    pages = text_of(book, pages=True)
    assert "行政执法案卷" in pages[0]
    assert "正卷" in pages[0]
    assert "保管期限：30年" in pages[0]
    assert "顺序号" in pages[1]
    assert "立案审批表" in pages[1]


def test_the_informant_is_withheld(case):
    assert "〈informant_name〉" in text_of(bound_pdf(case, binder()))
    book = text_of(bound_pdf(case, binder(withhold={"informant"})))
    assert "〈informant_name〉" not in book
    assert "（依法保密，不予显示）" in book


def test_a_party_reads_the_main_volume_alone(case):
    main: Volume = "main"
    binder = Binder(AGENCY, FONTS, withhold=("informant", "person"), kept=(main,))
    (only,) = volumes(case, binder)
    assert only.volume == "main"
    with pikepdf.open(io.BytesIO(bound_pdf(case, binder))) as book, book.open_outline() as outline:
        assert [branch.title for branch in outline.root] == ["正卷"]


def test_a_broken_attachment_stops_nothing(case):
    bound = volumes(case, binder(contents=lambda _: [b"not a picture"]))
    notes = [row.note for volume in bound for row in volume.rows if row.title.startswith("附件")]
    assert notes
    assert all("不能打开" in note for note in notes)


def test_files_not_at_hand_are_listed_all_the_same(case):
    bound = volumes(case, binder(contents=None))
    assert any(row.title.startswith("附件") for volume in bound for row in volume.rows)


def test_a_correction_stands_beside_what_it_corrects(case):
    old = case[COURSE.index("inspected")]
    new = replace(old, index=900, number=900, supersedes=old.id, parts={"open": {"place": "更正后的地点"}})
    every = [piece for _, own in pieces([*case, new], AGENCY) for piece in own]
    notes = [(piece.title, piece.note) for piece in every if piece.title.startswith("现场笔录")]
    assert notes == [("现场笔录（〈place〉）", "已更正"), ("现场笔录（更正后的地点）", "")]


def test_what_came_after_archiving_changes_nothing_of_the_archived_index(case):
    archived = replace(case[0], kind="archived", index=900, number=900, parts={"open": {}})
    later = replace(case[COURSE.index("performed")], index=901, number=901)
    before = pieces([*case, archived], AGENCY)
    after = dict(pieces([*case, archived, later], AGENCY))
    assert [(part, own) for part, own in before] == [(part, after[part]) for part, _ in before]
    assert after["main_later"][0].title.startswith("履行情况记录")
    bound = volumes([*case, archived, later], binder(kept=("main",)))
    assert [volume.volume for volume in bound] == ["main", "main_later"]
    assert bound[1].rows[0].pages == "1"


def test_the_index_as_the_archiving_act_keeps_it(case, bound):
    kept = archived_index([(volume.volume, volume.pieces) for volume in bound])
    assert set(kept[0]) == {"number", "maker", "title", "date", "pages", "note"}
    assert len(kept) == sum(len(own) for _, own in pieces(case, AGENCY))
    places = [row["pages"] for row in kept if row["pages"] != "—"]
    assert len(set(places)) == len(places), "no page stands twice in one index"
    assert {place[:2] for place in places} == {"正卷", "副卷"}


def test_an_empty_volume_has_no_rows():
    assert index_rows([]) == []


def test_pdf_attachments_keep_their_pages():
    two = pikepdf.new()
    two.add_blank_page()
    two.add_blank_page()
    out = io.BytesIO()
    two.save(out)
    entry = samples.entry("inspected", full=False, files=[file(1, "application/pdf"), file(2, "text/plain")])
    (volume,) = volumes([entry], binder(contents=lambda _: [out.getvalue()[:100], out.getvalue()[100:]]))
    assert [piece.pages for piece in volume.pieces if piece.file] == [2, 0]
    (kept,) = [pdf for piece, pdf in zip(volume.pieces, volume.pdfs, strict=True) if piece.file and pdf]
    assert kept.path.read_bytes() == out.getvalue()


def test_a_picture_of_two_hundred_million_points_is_listed_and_not_decoded(case, monkeypatch):
    huge = io.BytesIO()
    Image.new("1", (20_000, 10_000)).save(huge, "PNG")
    monkeypatch.setattr(Image.Image, "convert", lambda *_: pytest.fail("decoded"))
    entry = samples.entry("inspected", full=False, files=[file(1, "image/png")])
    (volume,) = volumes([entry], binder(contents=lambda _: [huge.getvalue()]))
    (row,) = [row for row in volume.rows if row.title.startswith("附件")]
    assert "点数过多" in row.note


def test_cached_pages_are_the_same(case, tmp_path: Path):
    assert bound_pdf(case, binder(cache=tmp_path)) == bound_pdf(case, binder(cache=tmp_path))
    assert list(tmp_path.rglob("*.pdf"))
    assert not list(tmp_path.rglob("*.part"))


def test_a_withheld_letter_is_neither_bound_nor_named(case):
    """Whoever may not see the informant gets an empty page in its place: the other pages keep their numbers."""
    index = COURSE.index("lead_registered")
    whole, less = volumes(case, binder()), volumes(case, binder(withhold={"informant"}))
    assert [one.rows for one in whole] == [one.rows for one in less]
    letters = [
        pdf
        for volume in (*whole, *less)
        for piece, pdf in zip(volume.pieces, volume.pdfs, strict=True)
        if piece.part == "informant"
    ]
    assert [b"/Image" in pdf.path.read_bytes() for pdf in letters] == [True, False]
    assert all(f"照片{index}" not in row.title for volume in whole for row in volume.rows)


def test_receipts_without_a_number_are_told_apart_by_what_they_served():
    served = [
        samples.entry("delivered", index=number, document_name=name)
        for number, name in enumerate(("行政处罚决定书", "听证通知书", "责令限期改正通知书"), 1)
    ]
    titles = [
        piece.title
        for _, own in pieces(served, AGENCY)
        for piece in own
        if piece.title.startswith("送达回证")
    ]
    assert titles == [
        "送达回证（行政处罚决定书）",
        "送达回证（听证通知书）",
        "送达回证（责令限期改正通知书）",
    ]


def test_a_file_attached_again_is_bound_where_the_index_has_it_first(case):
    """By the order of the index through both volumes, not by the day: what is guarded is apart and bound on its own."""
    filed, sheet, served = (samples.entry(kind, index=5 + at, full=False) for at, kind in enumerate(_TWICE))
    for one in (filed, sheet, served):
        part = one.parts["open"]
        assert part is not None
        part["files"] = [file(7)]
    filed.parts["person"] = {"files": [file(7)]}
    laid = pieces([filed, sheet, served], AGENCY)
    own = [piece for _, volume in laid for piece in volume if "070707" in piece.note]
    shown = [piece for piece in own if piece.part == "open"]
    assert len({piece.volume for piece in shown}) == 2 and len(shown) == 3
    assert shown[0].place[1] > shown[-1].place[1]  # the first in the index came about last
    assert [piece.note.startswith("与前附同一文件") for piece in shown] == [False, True, True]
    assert [bool(piece.file) for piece in shown] == [True, False, False]
    assert [bool(piece.file) for piece in own if piece.part == "person"] == [True]
