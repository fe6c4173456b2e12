"""签名处的深浅: where the printed page has a line to sign on, and whether ink stands there. A hint, never a finding."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from PIL import Image, ImageChops, ImageFilter
from pypdfium2 import PdfDocument, PdfTextPage

from liuhen.kernel.pdfium import PDFIUM
from liuhen.scans.codes import Point, Seen, codes_on

_PER_INCH, _DPI, _FINE = 72, 100, 200
_SHORTEST = 40.0
"""Points of an inch: a shorter run of underscores is no place to sign."""
_ROOM = 20.0
"""How high above its line somebody signs, in points."""
_LABEL_MAX = 16
_INK = 0.015
"""The least share of a place that is dark where somebody has signed."""
_PRINT, _SPREAD = 170, 9
_DARKER = 0.78
_WHITE = 255

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Blank:
    """签名处: its words, and its box in points from the upper left."""

    label: str
    box: Box


@dataclass(frozen=True)
class Printed:
    """A page as it was printed: drawn in grey, its places to sign, its own code."""

    picture: Image.Image
    blanks: tuple[Blank, ...]
    seen: Seen | None


def printed_pages(pdf: bytes) -> Iterator[Printed]:
    """The pages of a document of the house; drawn only where there is a place to sign."""
    with PDFIUM:
        document = PdfDocument(pdf)
        try:
            for page in document:
                text = page.get_textpage()
                blanks = tuple(_blanks(text, page.get_height()))
                if not blanks:
                    yield Printed(Image.new("L", (1, 1)), (), None)
                    continue
                fine = page.render(scale=_FINE / _PER_INCH, grayscale=True).to_pil().convert("L")
                coarse = fine.resize((fine.width * _DPI // _FINE, fine.height * _DPI // _FINE))
                yield Printed(coarse, blanks, next(iter(codes_on(fine)), None))
        finally:
            document.close()


def empty(scan: Image.Image, seen: Seen, page: Printed) -> list[str]:
    """The words of the places on a scan that look empty."""
    if page.seen is None:
        return []
    laid = _laid_over(scan, seen.corners, page.seen.corners, page.picture.size).filter(ImageFilter.BoxBlur(1))
    return [blank.label for blank in page.blanks if _ink(laid, page.picture, blank.box) < _INK]


def _laid_over(
    scan: Image.Image, corners: Sequence[Point], printed: Sequence[Point], size: tuple[int, int]
) -> Image.Image:
    """The scan turned and shrunk as the printed page is drawn, by the corners of the code on both."""
    own = [complex(x, y) * _DPI / _FINE for x, y in printed]
    other = [complex(x, y) for x, y in corners]
    middle, there = sum(own) / len(own), sum(other) / len(other)
    spread = sum(abs(z - middle) ** 2 for z in own)
    turn = sum((w - there) * (z - middle).conjugate() for z, w in zip(own, other, strict=True)) / spread
    move = there - turn * middle
    return scan.transform(
        size,
        Image.Transform.AFFINE,
        (turn.real, -turn.imag, move.real, turn.imag, turn.real, move.imag),
        Image.Resampling.BILINEAR,
        fillcolor=_WHITE,
    )


def _ink(laid: Image.Image, printed: Image.Image, box: Box) -> float:
    """The share of a place that is darker than the paper around it and was not printed."""
    left, top, right, bottom = (round(at * _DPI / _PER_INCH) for at in box)
    paper = laid.crop((left, top, right, bottom))
    around = paper.filter(ImageFilter.GaussianBlur(12)).point(lambda shade: shade * _DARKER)
    dark = ImageChops.subtract(around, paper).point(lambda more: _WHITE if more else 0)
    print_ = printed.filter(ImageFilter.MinFilter(_SPREAD)).crop((left, top, right, bottom))
    ink = ImageChops.multiply(dark, print_.point(lambda shade: _WHITE if shade > _PRINT else 0))
    return ink.histogram()[_WHITE] / (paper.width * paper.height)


def _blanks(text: PdfTextPage, height: float) -> Iterator[Blank]:
    """Runs of underscores, each with the words before it."""
    words = text.get_text_range()
    at = 0
    label = ""
    for line, found in groupby(words, key=lambda letter: letter == "_"):
        run = "".join(found)
        if line:
            boxes = [text.get_charbox(i) for i in range(at, at + len(run))]
            left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
            right = max(box[2] for box in boxes)
            if right - left >= _SHORTEST and label:
                yield Blank(label, (left, height - bottom - _ROOM, right, height - bottom - 1.5))
        else:
            label = run.strip().splitlines()[-1].strip("： \u3000")[-_LABEL_MAX:] if run.strip() else ""
        at += len(run)
