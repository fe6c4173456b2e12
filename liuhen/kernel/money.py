"""Money: integer 分 (fen) inside; 元 and Chinese capitals where people read it."""

import re
from decimal import Decimal

FEN_PER_YUAN = 100
MAX_FEN = 10**18 - 1
"""The largest amount taken: below ten thousand 万亿元, and within a 64-bit integer."""

_YUAN = re.compile(r"\d+(\.\d{1,2})?")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d{1,2})?")
_UNITS = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_UNIT_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)(万元|亿元)")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def parse_yuan(text: str) -> int:
    """分 of an amount in 元: `12,345.6`, `12345.60元`, `1.5万元`, `￥300`. Raises `ValueError` in Chinese."""
    bare = text.strip().lstrip("￥¥").strip()
    if scaled := _UNIT_AMOUNT.fullmatch(bare):
        fen = Decimal(scaled[1]) * _UNITS[scaled[2]] * FEN_PER_YUAN
    else:
        bare = bare.removesuffix("元").strip()
        if not (_YUAN.fullmatch(bare) or _GROUPED.fullmatch(bare)):
            raise ValueError(f"金额“{text}”不合格式：应以元为单位，最多两位小数，例如 12345.60")
        fen = Decimal(bare.replace(",", "")) * FEN_PER_YUAN
    if fen != int(fen):
        raise ValueError(f"金额“{text}”不合格式：最小单位是分")
    if fen > MAX_FEN:
        raise ValueError(f"金额“{text}”超出可以记录的范围")
    return int(fen)


def format_yuan(fen: int, *, grouped: bool = True) -> str:
    """`12,345.60` of 1234560 分; without `grouped`, `12345.60`."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{sign}{yuan:,}.{rest:02d}" if grouped else f"{sign}{yuan}.{rest:02d}"


def capital_yuan(fen: int) -> str:
    """大写金额: `壹万贰仟叁佰肆拾伍元陆角整` of 1234560 分. Raises `ValueError` for a negative amount."""
    if not 0 <= fen <= MAX_FEN:
        raise ValueError("大写金额只适用于零以上、可以记录的金额")
    yuan, rest = divmod(fen, FEN_PER_YUAN)
    jiao, cents = divmod(rest, 10)
    text = f"{_capital_integer(yuan)}元" if yuan or not rest else ""
    if not rest:
        return f"{text}整"
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif text:
        text += "零"
    return f"{text}{_DIGITS[cents]}分" if cents else f"{text}整"


def _capital_integer(number: int) -> str:
    """Chinese capitals of an integer, groups of four digits from the highest, a gap read as one 零."""
    if number == 0:
        return _DIGITS[0]
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text = ""
    for position in range(len(groups) - 1, -1, -1):
        group = groups[position]
        if group == 0:
            continue
        if text and (group < 1_000 or groups[position + 1] == 0):
            text += _DIGITS[0]
        text += _capital_group(group) + _group_name(position, groups)
    return text


def _group_name(position: int, groups: list[int]) -> str:
    """The name of a group of four; 万亿 above a filled 亿 group is said 万 once."""
    return "万" if position == 3 and groups[2] else _GROUPS[position]


def _capital_group(group: int) -> str:
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += (_DIGITS[0] if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return text
