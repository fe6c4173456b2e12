"""One page of a PDF to its printed rows: the text of each, and where it begins and ends on the page."""

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from pypdfium2 import raw as pdfium

from liuhen.law.text.markup import BLANKS

_WIDE_GAP: Final = 0.7
"""Ems: a gap as wide stands for a space; narrower ones only spread a line."""
_HYPHENS: Final = ("\x02", "\ufffe")
_RADICALS: Final = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
"""Radicals that a face may stand for the characters that look the same: ⼀ is 一."""


@dataclass(frozen=True)
class Row:
    """A printed line. `left`, `right`: ems from the text's margins; `edge`: share of the page to its nearer end."""

    number: int
    text: str
    page: int
    left: float
    right: float
    edge: float
    size: float
    indent: int = 0

    def even(self, other: "Row") -> bool:
        """Whether both are set in the same size."""
        return abs(self.size - other.size) < 0.15 * max(self.size, other.size)


@dataclass
class _Char:
    text: str
    made: bool
    left: float
    right: float
    middle: float
    size: float


def rows_of(page: Any, number: int) -> list[Row]:
    """The rows in the order of the page's content. The caller holds PDFium."""
    text = page.get_textpage()
    try:
        lines = [line for line in _lines(text) if any(not one.made for one in line)]
    finally:
        text.close()
    height = max(page.get_height(), 1.0)
    rows = [row for line in lines if (row := _row(line, number, height)) is not None]
    body = [row for row in rows if row.edge >= 0.05] or rows
    left = min((row.left for row in body), default=0.0)
    right = max((row.right for row in body), default=0.0)
    return [
        replace(row, left=(row.left - left) / row.size, right=(right - row.right) / row.size,
                indent=max(round((row.left - left) / row.size * 2), 0))
        for row in rows
    ]  # fmt: skip


def _lines(text: Any) -> Iterator[list[_Char]]:
    """The page's characters, line by line as PDFium breaks them."""
    line: list[_Char] = []
    for at in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, at)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if char in "\r\n":
            if line:
                yield line
            line = []
            continue
        line.append(_char(text, at, "-" if char in _HYPHENS else char.translate(_RADICALS)))
    if line:
        yield line


def _char(text: Any, at: int, char: str) -> _Char:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    made = pdfium.FPDFText_IsGenerated(text, at) == 1
    pdfium.FPDFText_GetCharBox(text, at, left, right, bottom, top)
    size = max(pdfium.FPDFText_GetFontSize(text, at), top.value - bottom.value, 1.0)
    return _Char(char, made, left.value, right.value, (top.value + bottom.value) / 2, size)


def _row(line: list[_Char], page: int, height: float) -> Row | None:
    printed = [one for one in line if not one.made and one.text not in BLANKS]
    if not printed:
        return None
    first, last = printed[0], printed[-1]
    sizes = sorted(one.size for one in printed)
    middle = first.middle / height
    words = "".join(_words(line)).strip(BLANKS)
    return Row(0, words, page, first.left, last.right, min(middle, 1 - middle), sizes[len(sizes) // 2])


def _words(line: list[_Char]) -> Iterator[str]:
    """The row's characters; a space that PDFium puts into a gap stays where the gap is wide, or between letters."""
    for at, one in enumerate(line):
        if not one.made or one.text not in BLANKS:
            yield one.text
            continue
        before = next((other for other in reversed(line[:at]) if not other.made), None)
        after = next((other for other in line[at + 1 :] if not other.made), None)
        if before is None or after is None:
            continue
        letters = before.text.isascii() and after.text.isascii()
        if letters or after.left - before.right >= _WIDE_GAP * one_em(before, after):
            yield one.text


def one_em(before: _Char, after: _Char) -> float:
    """The size of the type on both sides of a gap, in points."""
    return max(min(before.size, after.size), 1.0)
