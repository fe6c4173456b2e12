"""核验码 on pictures: read however it is prepared, and always found at the same place."""

import math
import random
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from liuhen.kernel.papers import read_address
from liuhen.scans import codes
from tests.scans.scanner import scanned
from tests.scans.test_blanks import paper

CODE = "7G43TBF0J5Y5YA95"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"https://a.gov.cn/d/{CODE}/2/", (CODE, 2)),
        (f"HTTPS://A.GOV.CN/D/{CODE}/12/", (CODE, 12)),
        (f"LIUHEN:///D/{CODE}/1/", (CODE, 1)),
        (f"https://a.gov.cn/x/d/{CODE.lower()}/1", (CODE, 1)),
        (f"https://a.gov.cn/d/{CODE}/0/", None),
        (f"https://a.gov.cn/d/{CODE[:-1]}/1/", None),
        (f"https://a.gov.cn/e/{CODE}/1/", None),
        ("发票 044001900111", None),
    ],
)
def test_only_addresses_of_pages_are_read(text: str, read: tuple[str, int] | None) -> None:
    assert read_address(text) == read


def test_every_way_of_looking_finds_the_code_at_the_same_place() -> None:
    _, picture = paper("inspection_record")
    scan = Image.open(BytesIO(scanned(picture, 12, random.Random(1), quality=90))).convert("L")
    (first,) = codes.codes_on(scan)
    seen = 0
    for prepared, back in codes._ways(scan):
        for one in codes._seen(prepared, back):
            seen += 1
            assert (one.code, one.page) == (first.code, 1)
            assert all(math.dist(a, b) < 4 for a, b in zip(one.corners, first.corners, strict=True))
    assert seen > 5


def test_a_page_without_a_code_has_none() -> None:
    assert codes.codes_on(Image.new("L", (400, 300), 200)) == ()


def test_a_code_in_noise_and_uneven_light_is_read() -> None:
    """Cut out of a scan as the scanner of these tests made it: neither smoothed nor evened alone was it read."""
    scan = Image.open(Path(__file__).with_name("noisy.jpg")).convert("L")
    assert [(one.code, one.page) for one in codes.codes_on(scan)] == [("H1DJQMNBXEP6ZZ10", 1)]
