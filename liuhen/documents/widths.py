"""Widths of a table's columns by what stands in them. Pure."""

import re
from collections.abc import Sequence

_LINE, _NUMBER, _PADDING, _WIDEST, _LONGEST_WORD = 78.0, 5.0, 2.0, 48, 10
"""In digits: a table without its first column, that column, what a cell keeps free, the most that a text asks for,
and the longest word that is kept whole (a date, a number): as much has half of every text."""
_WORD = re.compile(r"[\x21-\x7e]+")


def widths_of(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Relative widths of columns by the longest text, within bounds; a date or a number has room in one line."""
    columns = list(zip(*[head, *rows], strict=True))[1:]
    longest = [float(min(max(map(_width, column)), _WIDEST)) for column in columns]
    least = [float(max(map(_least, column))) + _PADDING for column in columns]
    room = _LINE - sum(least)
    wanted = [max(length + _PADDING - floor, 0.0) for length, floor in zip(longest, least, strict=True)]
    share = max(room, 0.0) / (sum(wanted) or 1.0)
    return [_NUMBER, *(round(floor + share * more, 2) for floor, more in zip(least, wanted, strict=True))]


def _width(text: str) -> int:
    """The width of a text in digits: a character of Chinese is as wide as two."""
    return sum(1 if char < "\u2000" else 2 for char in text)


def _least(text: str) -> int:
    """What a text needs in one line: its longest word, half of itself; never more than a date."""
    return min(max(4, _width(text) // 2, *map(len, _WORD.findall(text))), _LONGEST_WORD)
