"""Numerals as official texts print them: Chinese (一百零二), Arabic (12), full-width (１２)."""

from typing import Final

DIGITS: Final = "零一二三四五六七八九"
CHINESE: Final = "零〇○一二两三四五六七八九十百千"
ARABIC: Final = "0-9０-９"
NUMERAL: Final = rf"[{CHINESE}]+|[{ARABIC}]+"
"""Pattern of any numeral that `to_int` may be asked about."""

_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_VALUES: Final = {**{digit: value for value, digit in enumerate(DIGITS)}, "〇": 0, "○": 0, "两": 2}
LARGEST: Final = 9999


def to_int(text: str) -> int:
    """Value of a numeral; ValueError when it is none. 〇, ○ and 零 are one; 十二 and 一十二 too."""
    if not text:
        raise ValueError("不是数字：（空）")
    if all(char in "0123456789０１２３４５６７８９" for char in text):
        return int(text)
    if all(char in _VALUES for char in text):
        return int("".join(str(_VALUES[char]) for char in text))
    return _with_units(text)


def _with_units(text: str) -> int:
    total, digit, smallest = 0, -1, 10_000
    for char in text:
        if char in _UNITS:
            unit = _UNITS[char]
            if unit >= smallest or digit == 0:
                raise ValueError(f"不是数字：{text}")
            total, digit, smallest = total + (1 if digit < 0 else digit) * unit, -1, unit
        elif char in _VALUES and digit <= 0:
            digit = _VALUES[char]
        else:
            raise ValueError(f"不是数字：{text}")
    return total + max(digit, 0)


def to_chinese(number: int) -> str:
    """1 to 9999 as articles are numbered: 10 十, 12 十二, 102 一百零二, 110 一百一十."""
    if not 1 <= number <= LARGEST:
        raise ValueError(f"条文序号应在 1 至 {LARGEST} 之间：{number}")
    out, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if gap else "") + DIGITS[digit] + name
        gap = bool(out) and not digit
    return out[1:] if out.startswith("一十") else out
