"""哪些行: typed as `全部`, `1-500、730` or `原因=…`; kept as ranges of row numbers."""

import re
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from liuhen.claims.models import ClaimRow
from liuhen.claims.standing import Standing

ALL = "全部"
BY = {"原因": "cause", "机构": "institution", "险种": "fund"}
MOST_RANGES = 5_000

Ranges = list[tuple[int, int]]
"""First and last row, both included, ascending and apart."""

_PART = re.compile(r"(\d{1,9})(?:\s*[-—~至]\s*(\d{1,9}))?")


class BadSelection(ValueError):
    """A selection that cannot be read or names nothing; the message is Chinese."""


def ranges_of(text: str, standing: Standing, rows: int) -> Ranges:
    """The ranges that a typed selection names in a file of so many rows. Raises `BadSelection`."""
    text = normalize("NFKC", text).strip()
    if text == ALL:
        return [(1, rows)]
    field, sign, value = text.partition("=")
    if sign and any(character.isdigit() for character in field):
        raise BadSelection("行号和“原因=……”不能写在一起，请分两次办理")
    if sign:
        return _by_value(field.strip(), value.strip(), standing)
    found = [_part(part, rows) for part in re.split(r"[,，、;；\s]+", text) if part]
    if not found:
        raise BadSelection("请写行号（如 1-500、730）、“全部”或者“原因=……”")
    return joined(found)


def joined(parts: Iterable[tuple[int, int]]) -> Ranges:
    """Ranges in order, those that touch or overlap made one."""
    found: Ranges = []
    for first, last in sorted(parts):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def text_of(ranges: Sequence[tuple[int, int]]) -> str:
    """Ranges as they are kept: `1-500,730`."""
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)


def kept(text: str) -> Ranges:
    """The ranges of a kept text."""
    parts = (part.partition("-") for part in text.split(",") if part)
    return [(int(first), int(last or first)) for first, _, last in parts]


def _part(text: str, rows: int) -> tuple[int, int]:
    match = _PART.fullmatch(text)
    if match is None:
        raise BadSelection(f"“{text[:20]}”不是行号，请写如 1-500、730")
    first, last = int(match[1]), int(match[2] or match[1])
    if not 1 <= first <= last <= rows:
        raise BadSelection(f"“{text}”不在明细之内：行号从1到{rows}，前小后大")
    return first, last


def _by_value(field: str, value: str, standing: Standing) -> Ranges:
    if field not in BY:
        raise BadSelection(f"不能按“{field[:20]}”选，可以按{'、'.join(BY)}")
    rows = ClaimRow.objects.filter(sha256=standing.sha256, problem="", **{BY[field]: value})
    fixed = [row.number for row in standing.fixed if getattr(row, BY[field]) == value]
    numbers = [*rows.order_by("number").values_list("number", flat=True), *fixed]
    found = joined((number, number) for number in numbers)
    if not found:
        raise BadSelection(f"明细中没有{field}为“{value[:50]}”的行")
    if len(found) > MOST_RANGES:
        raise BadSelection(
            f"{field}为“{value[:50]}”的行过于分散（{len(found)}段），请在原表中按{field}排序后再导入"
        )
    return found
