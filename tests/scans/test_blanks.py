"""签名处: what looks empty on a scan is pointed out by its words, and what somebody wrote on is not."""

import io
import random

import pytest
from PIL import Image, ImageDraw

from liuhen.documents.catalogue import catalogue
from liuhen.documents.context import Issuer, context
from liuhen.documents.fonts import load_fonts
from liuhen.documents.render import render
from liuhen.scans.blanks import Printed, empty, printed_pages
from liuhen.scans.codes import codes_on
from tests.documents import samples
from tests.scans.scanner import DPI, printed, scanned

FONTS = load_fonts()
SITE = "https://gongkai.qingxi.gov.cn/"
FORMS = {
    "inspection_record": ["当事人（签名）", "检查人员（签名）", "见证人（签名）"],
    "inquiry_record": ["被询问人（签名）", "询问人员（签名）", "记录人（签名）"],
}


def paper(form_id: str) -> tuple[Printed, Image.Image]:
    """The first page of an unsigned document: what is known of it, and the print."""
    form = catalogue().form(form_id, 1)
    entry = samples.entry(form.kind, full=False, signatures=[])
    pdf = render(form, context(entry, form, [entry], Issuer("清溪县医疗保障局", site=SITE)), FONTS)
    return next(printed_pages(pdf)), next(printed(pdf))


def looks(page: Printed, picture: Image.Image, angle: float, chance: random.Random) -> list[str]:
    scan = Image.open(io.BytesIO(scanned(picture, angle, chance))).convert("L")
    (seen,) = codes_on(scan)
    return empty(scan, seen, page)


def written_on(picture: Image.Image, page: Printed, label: str) -> Image.Image:
    """Something like a name over the line of these words."""
    signed = picture.copy()
    left, _, _, bottom = (at * DPI / 72 for at in next(one.box for one in page.blanks if one.label == label))
    points = [(left + 14 * n, bottom - 4 - 26 * (n % 2)) for n in range(7)]
    ImageDraw.Draw(signed).line(points, fill=(30, 40, 120), width=4)
    return signed


@pytest.mark.parametrize("form", sorted(FORMS))
def test_the_places_to_sign_are_found_by_their_words(form: str) -> None:
    page, _ = paper(form)
    assert set(FORMS[form]) <= {one.label for one in page.blanks}


@pytest.mark.parametrize("angle", [2.0, 91.5, 180.0, 237.0])
def test_what_looks_empty_is_told_and_what_is_signed_is_not(angle: float) -> None:
    page, picture = paper("inspection_record")
    chance = random.Random(angle)
    assert set(FORMS["inspection_record"]) <= set(looks(page, picture, angle, chance))
    signed = written_on(picture, page, "见证人（签名）")
    left = looks(page, signed, angle, chance)
    assert "见证人（签名）" not in left
    assert {"当事人（签名）", "检查人员（签名）"} <= set(left)
