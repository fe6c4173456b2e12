"""Where the glyphs of a PDF made by us stand: boxes on the page, and glyphs that a font does not have."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Glyph:
    """One glyph: page from 1, its number in the font, and its box in points from the lower left."""

    page: int
    number: int
    left: float
    right: float
    bottom: float


def glyphs(pdf: bytes) -> Iterator[Glyph]:
    """Every glyph shown."""
    document = pikepdf.open(io.BytesIO(pdf))
    for number, page in enumerate(document.pages, 1):
        yield from _page(page, number)


@dataclass(frozen=True)
class Line:
    """An upright line: page from 1, and where it stands in points from the lower left."""

    page: int
    x: float
    bottom: float
    top: float


def lines(pdf: bytes) -> Iterator[Line]:
    """Every upright line drawn, of tables above all."""
    document = pikepdf.open(io.BytesIO(pdf))
    for number, page in enumerate(document.pages, 1):
        stack: list[Matrix] = []
        now: Matrix = (1, 0, 0, 1, 0, 0)
        start = (0.0, 0.0)
        for step in pikepdf.parse_content_stream(page):
            match str(step.operator):
                case "q":
                    stack.append(now)
                case "Q":
                    now = stack.pop()
                case "cm":
                    now = _times(_matrix(step.operands), now)
                case "m":
                    start = _point(step.operands, now)
                case "l":
                    end = _point(step.operands, now)
                    if abs(end[0] - start[0]) < 0.1:
                        yield Line(number, end[0], min(start[1], end[1]), max(start[1], end[1]))
                    start = end


def unembedded(pdf: bytes) -> list[str]:
    """The fonts used on any page whose outlines are not in the file."""
    document = pikepdf.open(io.BytesIO(pdf))
    found = [
        font.DescendantFonts[0].FontDescriptor
        for page in document.pages
        for font in page.resources.get("/Font", {}).values()
    ]
    return [str(one.FontName) for one in found if "/FontFile3" not in one and "/FontFile2" not in one]


def _page(page: Any, number: int) -> Iterator[Glyph]:
    widths = {str(name): _widths(font.DescendantFonts[0]) for name, font in page.resources.Font.items()}
    stack: list[Matrix] = []
    now: Matrix = (1, 0, 0, 1, 0, 0)
    text: Matrix = now
    font, size = "", 0.0
    for step in pikepdf.parse_content_stream(page):
        match str(step.operator):
            case "q":
                stack.append(now)
            case "Q":
                now = stack.pop()
            case "cm":
                now = _times(_matrix(step.operands), now)
            case "Tm":
                text = _matrix(step.operands)
            case "Tf":
                font, size = str(step.operands[0]), float(step.operands[1])
            case "Tj" | "TJ":
                shown = step.operands[0] if str(step.operator) == "TJ" else [step.operands[0]]
                yield from _shown(shown, widths[font], size, _times(text, now), number)


def _shown(pieces: Any, widths: dict[int, float], size: float, where: Matrix, page: int) -> Iterator[Glyph]:
    x = 0.0
    for piece in pieces:
        if not isinstance(piece, pikepdf.String):
            x -= float(piece) / 1000 * size
            continue
        data = bytes(piece)
        for i in range(0, len(data), 2):
            number = int.from_bytes(data[i : i + 2], "big")
            wide = widths.get(number, 0.0) / 1000 * size
            left = where[0] * x + where[4]
            yield Glyph(page, number, left, left + where[0] * wide, where[5])
            x += wide


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def _point(operands: Any, now: Matrix) -> tuple[float, float]:
    x, y = (float(value) for value in operands)
    return now[0] * x + now[2] * y + now[4], now[1] * x + now[3] * y + now[5]


def _times(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5],
    )  # fmt: skip


def _widths(font: Any) -> dict[int, float]:
    found: dict[int, float] = {}
    entries = list(font.W)
    while entries:
        first, second = int(entries.pop(0)), entries.pop(0)
        if isinstance(second, pikepdf.Array):
            found.update({first + i: float(width) for i, width in enumerate(second)})
        else:
            wide = float(entries.pop(0))
            found.update(dict.fromkeys(range(first, int(second) + 1), wide))
    return found
