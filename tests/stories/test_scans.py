"""扫描件归位: paper that comes back in any order and at any angle finds its documents; what is missing is named."""

import io
import random
from collections.abc import Sequence
from typing import Any

import pikepdf
import pytest
from PIL import Image

from liuhen import ledger
from liuhen.acts import Invalid, Receipt, Refused
from liuhen.acts.matter import load_matter
from liuhen.acts.uploads import receive
from liuhen.kernel.clock import MS_PER_HOUR
from liuhen.scans.returned import papers_of
from tests.scans.printing import pages_of, papers
from tests.scans.scanner import DPI
from tests.stories.office import Office, case_as_far_as

pytestmark = pytest.mark.usefixtures("stage")
BLANK = Image.new("RGB", (1240, 1754), "white")


def case(through: str = "inspection") -> tuple[Office, str]:
    office, streams = case_as_far_as(through)
    return office, streams["case"]


def sent(office: Office, content: bytes, name: str) -> str:
    return receive([content], owner=office.officer("zhang").id, name=name, now_ms=office.clock.ms).id


def filed(office: Office, stream: str, files: Sequence[tuple[str, bytes]], by: str = "zhang") -> Receipt:
    given = [sent(office, content, name) for name, content in files]
    return office.do(by, "file_scans", {"files": given}, stream)


def one_pdf(pictures: Sequence[bytes]) -> bytes:
    """As a scanner sends it: every page a JPEG as it is, none decoded."""
    book = pikepdf.new()
    for one in pictures:
        width, height = Image.open(io.BytesIO(one)).size
        seen = pikepdf.Stream(book, one)
        seen.stream_dict.update(
            {
                "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": width, "/Height": height,
                "/ColorSpace": pikepdf.Name.DeviceRGB, "/BitsPerComponent": 8, "/Filter": pikepdf.Name.DCTDecode,
            }
        )  # fmt: skip
        wide, high = width * 72 / DPI, height * 72 / DPI
        page = book.add_blank_page(page_size=(wide, high))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=seen))
        page.Contents = pikepdf.Stream(book, f"{wide} 0 0 {high} 0 0 cm /I Do".encode())
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def check_come_back(office: Office, stream: str, chance: random.Random) -> int:
    """All pages but three, shuffled and turned; each is found, the three are named. How many came back."""
    printed = list(papers(stream))
    chance.shuffle(printed)
    gone, rest = printed[:3], printed[3:]
    scans = [one.scan(chance) for one in rest]
    half = len(scans) // 2
    photos = [(f"照片{n}.jpg", one) for n, one in enumerate(scans[half:])]
    receipt = filed(office, stream, [("扫描.pdf", one_pdf(scans[:half])), *photos])
    assert (receipt.fields["sheets"], receipt.fields["apart"]) == (len(rest), 0)
    assert [(row["document"], int(row["page"])) for row in receipt.fields["pages"]] == [
        (one.document, one.page) for one in rest
    ]
    found = papers_of(load_matter(stream))
    nothing_of = {ref.id for ref in found.nothing_of}
    missing = {(one.ref.id, page) for one in found.returned for page in one.missing}
    missing |= {(one.document, one.page) for one in printed if one.document in nothing_of}
    assert missing == {(one.document, one.page) for one in gone}
    assert not any(one.twice for one in found.returned)
    return len(rest)


def test_pages_in_any_order_and_at_any_angle_find_their_documents_and_the_missing_are_named() -> None:
    office, stream = case()
    assert check_come_back(office, stream, random.Random(4)) >= 4


@pytest.mark.slow
def test_two_hundred_pages() -> None:
    office, stream = case("inquiry")
    words = "\n".join(f"问：第{n}项收费是怎样形成的？\n答：按{n}次结算，实际没有做。" for n in range(900))
    own = inquiry_of(office, stream) | {"content": words}
    while pages_of(stream) < 203:
        office.clock.advance(3 * MS_PER_HOUR)
        own = later(own, 3 * MS_PER_HOUR)
        office.do("zhang", "inquire", own, stream)
    assert check_come_back(office, stream, random.Random(200)) >= 200


def later(own: dict[str, Any], by_ms: int) -> dict[str, Any]:
    """The same said again some hours on: nobody is asked twice at one hour."""
    signed = [{**row, "at": row["at"] + by_ms} for row in own["signatures"]]
    return {**own, "started": own["started"] + by_ms, "ended": own["ended"] + by_ms, "signatures": signed}


def inquiry_of(office: Office, stream: str) -> dict[str, Any]:
    """What was typed of the case's inquiry, ready to be sent again."""
    inquiry = next(one for one in reversed(load_matter(stream).entries) if one.kind == "inquired")
    own = {name: value for name, value in inquiry.open.items() if name not in ("inquiry", "files")}
    return own | {"officers": office.ids("zhang", "li")}


def test_what_cannot_be_placed_is_kept_aside_and_says_what_to_do() -> None:
    office, stream = case()
    chance = random.Random(1)
    here = next(papers(stream))
    two = Image.new("RGB", (here.picture.width * 2, here.picture.height), "white")
    second = list(papers(stream))[1]
    two.paste(here.picture, (0, 0))
    two.paste(second.picture, (here.picture.width, 0))
    files = [
        ("空白.png", _bytes(BLANK, "PNG")),
        ("两页.png", _bytes(two, "PNG")),
        ("页.jpg", here.scan(chance, 180)),
    ]
    receipt = filed(office, stream, files)
    assert (receipt.fields["filed"], receipt.fields["apart"]) == (1, 2)
    said = [(row["file"], row["why"], row["remedy"]) for row in receipt.fields["aside"]]
    assert said[0][1] == "没有读到核验码" and "重新扫描" in said[0][2]
    assert said[1][1] == "一幅里有几页的核验码" and "单独扫描" in said[1][2]


def test_the_page_of_another_case_is_named_and_not_taken() -> None:
    office, stream = case()
    other = office.lead().stream
    foreign = next(papers(other))
    receipt = filed(office, stream, [("页.jpg", foreign.scan(random.Random(3)))])
    assert receipt.fields["filed"] == 0
    assert "不是本案的文书" in receipt.fields["aside"][0]["why"]


def test_what_was_scanned_twice_is_told_and_originals_stay_as_they_came() -> None:
    office, stream = case()
    chance = random.Random(5)
    page = next(papers(stream))
    first, second = page.scan(chance), page.scan(chance)
    filed(office, stream, [("一.jpg", first)])
    filed(office, stream, [("二.jpg", second)], by="zhang")
    (one,) = papers_of(load_matter(stream)).returned
    assert one.twice == [1]
    sheets = one.found[1]
    assert [b"".join(ledger.file_store().read(at.file["sha256"])) for at in sheets] == [first, second]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("坏.pdf", b"%PDF-1.7\n" + b"x" * 100, "PDF 打不开"),
        ("说明.txt", "说明".encode(), "不是扫描件或者照片"),
        ("坏.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 50, "读不出"),
    ],
)
def test_what_is_no_scan_is_refused_by_name(name: str, content: bytes, said: str) -> None:
    office, stream = case()
    with pytest.raises(Invalid) as refused:
        filed(office, stream, [(name, content)])
    assert name in refused.value.errors["files"] and said in refused.value.errors["files"]
    assert not load_matter(stream).all("scans_filed")


def test_a_picture_of_two_hundred_million_points_is_refused_before_it_is_decoded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office, stream = case()
    content = _bytes(Image.new("1", (20_000, 10_000)), "PNG")
    monkeypatch.setattr(Image.Image, "convert", lambda *_: pytest.fail("decoded"))
    with pytest.raises(Invalid) as refused:
        filed(office, stream, [("大.png", content)])
    assert "没有打开" in refused.value.errors["files"]


@pytest.mark.parametrize("by", ["ke", "ju", "fa"])
def test_whoever_neither_handles_nor_keeps_may_not(by: str) -> None:
    office, stream = case()
    with pytest.raises(Refused) as refused:
        office.do(by, "file_scans", {"files": []}, stream)
    assert {reason.rule for reason in refused.value.reasons} == {"permission.file_scans"}


def _bytes(picture: Image.Image, form: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, form)
    return out.getvalue()
