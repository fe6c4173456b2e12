"""拼音首字母: of the common characters, without a dictionary: GB 2312 orders them by their sound."""

from bisect import bisect_right
from functools import lru_cache

_LETTERS = "abcdefghjklmnopqrstwxyz"
_STARTS = [
    0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8, 0xC4C3, 0xC5B6,
    0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1,
]  # fmt: skip
_END = 0xD7F9
"""The last of the characters that are in the order of their sounds; those after it are ordered by their shape."""


@lru_cache(maxsize=65_536)
def initials(text: str) -> str:
    """`清溪县康宁诊所` → `qxxknzs`. Letters and figures stay; of rarer characters nothing is said."""
    return "".join(filter(None, map(_initial, text)))


@lru_cache(maxsize=32_768)
def _initial(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    try:
        code = int.from_bytes(character.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    return _LETTERS[bisect_right(_STARTS, code) - 1] if _STARTS[0] <= code <= _END else ""
