"""找出一幅里的核验码: the QR codes of the house on a picture turned by any angle, and where they stand. Pure."""

import cmath
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import zxingcpp
from PIL import Image, ImageChops, ImageFilter

from liuhen.kernel.papers import read_address

Point = tuple[int, int]
Back = Callable[[float, float], Point]
"""From a point of a prepared picture to the point of the picture itself."""
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_TURNS = (45, 20, 70, 8, 33, 58, 82)
_GREY = 128
_AROUND = 25
_SMOOTHED = ((1, 12), (1.4, 8), (1, 8), (1.4, 12), (1, _AROUND), (0.7, _AROUND))
"""How far noise is smoothed and light made even, in points of the picture twice as large: some squares of a code wide.

What smooths one code blurs another.
"""
_BINARIZERS = (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram)
"""How dark is told from light: by what lies around, then by the whole picture."""
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

    What is coarse is looked at larger, softened, cleaned of dust, turned: each only where nothing was seen before.
    """
    for prepared, back in _ways(picture):
        found = _seen(prepared, back)
        if found:
            return found
    return ()


def _ways(picture: Image.Image) -> Iterator[tuple[Image.Image, Back]]:
    """The picture, prepared one way after another, with the way back to the picture itself."""
    yield picture, _scaled(1)
    if picture.width * picture.height * 4 > _LARGEST:
        softened = picture.filter(ImageFilter.GaussianBlur(1))
        yield softened, _scaled(1)
        yield _evened(softened), _scaled(1)
        yield picture.filter(ImageFilter.MedianFilter(3)), _scaled(1)
        yield picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BOX), _scaled(2)
        return
    larger = _twice(picture)
    yield larger, _scaled(0.5)
    yield _evened(larger), _scaled(0.5)
    yield larger.filter(ImageFilter.GaussianBlur(1)), _scaled(0.5)
    for softness, around in _SMOOTHED:
        yield _evened(larger.filter(ImageFilter.GaussianBlur(softness)), around), _scaled(0.5)
    yield _twice(picture.filter(ImageFilter.MedianFilter(3))), _scaled(0.5)
    for angle in _TURNS:
        turned = _twice(picture.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=_GREY))
        back = _turned(angle, turned.size, picture.size)
        softened = turned.filter(ImageFilter.GaussianBlur(1.5))
        yield turned, back
        yield softened, back
        yield _evened(softened), back


def _evened(picture: Image.Image, around: int = _AROUND) -> Image.Image:
    """The light made even: each point by how much darker it is than what lies around it."""
    return ImageChops.subtract(picture, picture.filter(ImageFilter.BoxBlur(around)), 1, _GREY)


def _twice(picture: Image.Image) -> Image.Image:
    return picture.resize((picture.width * 2, picture.height * 2), Image.Resampling.BILINEAR)


def _scaled(factor: float) -> Back:
    return lambda x, y: (round(x * factor), round(y * factor))


def _turned(angle: float, size: tuple[int, int], original: tuple[int, int]) -> Back:
    """Back from a picture turned against the clock and drawn twice as large."""
    turn = cmath.rect(0.5, math.radians(angle))

    def back(x: float, y: float) -> Point:
        at = complex(x - size[0] / 2, y - size[1] / 2) * turn
        return round(at.real + original[0] / 2), round(at.imag + original[1] / 2)

    return back


def _seen(picture: Image.Image, back: Back) -> list[Seen]:
    for binarizer in _BINARIZERS:
        found: dict[tuple[str, int], Seen] = {}
        for one in zxingcpp.read_barcodes(
            picture,
            formats=_QR,
            try_rotate=False,  # a finder pattern is found at any angle
            try_downscale=False,
            try_invert=False,
            binarizer=binarizer,
        ):
            read = read_address(one.text)
            if read:
                found.setdefault(read, Seen(*read, _corners(one.position, back)))
        if found:
            return list(found.values())
    return []


def _corners(position: zxingcpp.Position, back: Back) -> tuple[Point, Point, Point, Point]:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    first, second, third, fourth = (back(one.x, one.y) for one in corners)
    return first, second, third, fourth
