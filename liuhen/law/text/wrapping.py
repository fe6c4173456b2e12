"""Lines back to paragraphs: whether a line goes on from the one before. Nothing is added between them."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from liuhen.law.text.labels import ends_sentence, formal
from liuhen.law.text.markup import Line, width

_SLACK: Final = 3
"""Columns by which a full line may differ: punctuation is kept off the start of a line."""
_INDENT: Final = 3
_NARROWEST: Final = 20
_FULL_LINES: Final = 3
_WIDER_ONE_IN: Final = 20
_PAIRS: Final = (("《", "》"), ("（", "）"), ("“", "”"), ("(", ")"))
_GOES_ON: Final = ("，", "、", "《", "（", "“")
_LAST_WORDS: Final = ("施行", "实施", "试行", "执行", "废止")


def wrap_width(lines: Sequence[Line]) -> int | None:
    """Columns at which the text was hard-wrapped; None when its lines are whole paragraphs.

    A wrapped text breaks sentences at one width again and again, and hardly a line is wider.
    """
    columns = [width(line.text) for line in lines if not line.level and not ends_sentence(line.text)]
    broken = sorted((wide for wide in columns if wide >= _NARROWEST), reverse=True)
    for widest in broken:
        full = [wide for wide in broken if widest - _SLACK <= wide <= widest]
        if len(full) >= _FULL_LINES:
            [(common, _)] = Counter(full).most_common(1)
            wider = sum(width(line.text) > common + _SLACK for line in lines)
            return common if wider <= len(lines) // _WIDER_ONE_IN else None
    return None


def goes_on(before: Line, line: Line, wrapped: int | None) -> bool:
    """Whether `line`, which has no label, belongs to the paragraph that `before` ends.

    An unfinished sentence goes on, unless a letterhead's line follows the last words. A finished one
    goes on only in a hard-wrapped text, when its line was full and the next one is not indented.
    """
    if line.level or before.level:
        return False
    if not ends_sentence(before.text):
        return not (formal(line.text) and before.text.endswith(_LAST_WORDS))
    if wrapped is None or line.indent - before.indent >= _INDENT or width(before.text) < wrapped - _SLACK + 1:
        return False
    if width(line.text) > wrapped - _SLACK:
        return True
    return ends_sentence(line.text) and before.text.endswith(("；", "：", ";", ":"))


def goes_on_loosely(before: Line, line: Line, so_far: str, wrapped: int | None) -> bool:
    """The same in a letterhead or signature, where short lines without a full stop stand alone."""
    if line.level or before.level or ends_sentence(before.text):
        return False
    unclosed = any(so_far.count(left) > so_far.count(right) for left, right in _PAIRS)
    full = wrapped is not None and width(before.text) >= wrapped - _SLACK
    return (
        unclosed
        or before.text.endswith(_GOES_ON)
        or (full and not formal(line.text) and not formal(before.text))
    )
