"""找出一幅里的核验码: the QR codes of the house on a picture turned by any angle, and where they stand. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import zxingcpp
from PIL import Image, ImageFilter

from liuhen.kernel.papers import read_address

Point = tuple[int, int]
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_LARGEST = 24_000_000
"""Points of a picture that is still looked at twice as large."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A code seen: document and page, and its corners on the picture, from the upper left of the paper clockwise."""

    code: str
    page: int
    corners: tuple[Point, Point, Point, Point]


def codes_on(picture: Image.Image) -> Sequence[Seen]:
    """The codes of the house on a grey picture, each once; none where there is none.

    What is coarse is looked at larger, then softened, then cleaned of dust: each only where the one before saw nothing.
    """
    for prepared, back in _ways(picture):
        found = _seen(prepared, back)
        if found:
            return found
    return ()


def _ways(picture: Image.Image) -> Iterator[tuple[Image.Image, float]]:
    """The picture, prepared one way after another, with the factor back to the picture itself."""
    yield picture, 1.0
    if picture.width * picture.height * 4 <= _LARGEST:
        larger = _twice(picture)
        yield larger, 0.5
        yield larger.filter(ImageFilter.GaussianBlur(1)), 0.5
        yield _twice(picture.filter(ImageFilter.MedianFilter(3))), 0.5
    else:
        yield picture.filter(ImageFilter.GaussianBlur(1)), 1.0
        yield picture.filter(ImageFilter.MedianFilter(3)), 1.0
        yield picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BOX), 2.0


def _twice(picture: Image.Image) -> Image.Image:
    return picture.resize((picture.width * 2, picture.height * 2), Image.Resampling.BILINEAR)


def _seen(picture: Image.Image, back: float) -> list[Seen]:
    found: dict[tuple[str, int], Seen] = {}
    for one in zxingcpp.read_barcodes(
        picture,
        formats=_QR,
        try_rotate=False,  # a finder pattern is found at any angle
        try_downscale=False,
        try_invert=False,
    ):
        read = read_address(one.text)
        if read:
            found.setdefault(read, Seen(*read, _corners(one.position, lambda at: round(at * back))))
    return list(found.values())


def _corners(position: zxingcpp.Position, at: Callable[[float], int]) -> tuple[Point, Point, Point, Point]:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    first, second, third, fourth = ((at(one.x), at(one.y)) for one in corners)
    return first, second, third, fourth
