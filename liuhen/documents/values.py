"""栏目的写法: a value of each field type as official paper writes it. Pure.

A blank column prints 无 (text) or a slash (anything short); what is guarded and withheld says so.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from liuhen.kernel.clock import format_date, local_datetime
from liuhen.kernel.money import capital_yuan, format_yuan
from liuhen.law.dictionary import Field, standard
from liuhen.law.reading import role_titles

SLASH = "／"
NONE = "无"
WITHHELD = "（依法保密，不予显示）"
DESTROYED = "（已依法销毁）"
_DIGEST_SHOWN = 16
_FLATTEST = 4
"""So many times as wide as high, at most, is the picture of a signature: beside it stands the date."""


def is_blank(value: Any) -> bool:
    """Nothing was recorded. Zero and 否 are values."""
    return value is None or value in ([], {}, ()) or (isinstance(value, str) and not value.strip())


def format_instant(ms: int) -> str:
    """`2026年9月21日10时05分` of an instant in milliseconds UTC."""
    moment = local_datetime(ms)
    return f"{format_date(moment.date())}{moment.hour}时{moment.minute:02d}分"


def paragraphs(field: Field, value: Any) -> list[str]:
    """A value as one or more paragraphs; a blank as 无 or a slash."""
    if is_blank(value):
        return [NONE if field.type in ("longtext", "files", "items") else SLASH]
    if isinstance(value, str) and field.type in ("longtext", "text") and not field.choices_from:
        return [line.strip() for line in value.split("\n") if line.strip()]
    return [inline(field, value)]


def inline(field: Field, value: Any) -> str:
    """A value within a sentence or a cell."""
    if is_blank(value):
        return SLASH
    if field.choices_from == "kinds":
        kind = standard().kinds.get(str(value))
        return kind.title if kind else str(value)
    writer = _WRITERS.get(field.type)
    return writer(field, value) if writer else str(value).strip()


def person(value: Mapping[str, Any]) -> str:
    """An officer with certificate number: 张三（执法证号：41000001）."""
    certificate = value.get("certificate")
    return (
        f"{value.get('name', '')}（执法证号：{certificate}）" if certificate else str(value.get("name", ""))
    )


def file_row(value: Mapping[str, Any]) -> list[str]:
    """Name, size and the beginning of the digest of a file."""
    return [
        str(value.get("name", "")),
        size(int(value.get("size", 0))),
        str(value.get("sha256", ""))[:_DIGEST_SHOWN],
    ]


def size(count: int) -> str:
    """A number of bytes as people read it."""
    if count < 1024:
        return f"{count} 字节"
    return f"{count / 1024:.1f} KB" if count < 1024**2 else f"{count / 1024**2:.1f} MB"


def signature(value: Mapping[str, Any]) -> dict[str, Any]:
    """A signature for the template: who, name, at (ready to print), refused, note."""
    at = value.get("at")
    return {
        "who": signer(value),
        "name": str(value.get("name") or ""),
        "at": format_instant(at) if isinstance(at, int) else str(at or ""),
        "refused": bool(value.get("refused")),
        "note": str(value.get("note") or ""),
        "drawn": drawn(value.get("drawn")),
    }


def drawn(strokes: Any) -> str:
    """A signature drawn on a screen as SVG; empty where none was."""
    points = [point for stroke in strokes or () for point in stroke]
    if not points:
        return ""
    left, top = min(point[0] for point in points) - 10, min(point[1] for point in points) - 10
    wide, high = max(point[0] for point in points) - left + 10, max(point[1] for point in points) - top + 10
    if flat := max(0, wide // _FLATTEST - high):
        top, high = top - flat // 2, high + flat
    lines = " ".join(
        "M" + "L".join(f"{x - left} {y - top}" for x, y, *_ in stroke) for stroke in strokes if stroke
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}"><path d="{lines}" fill="none"'
        ' stroke="#000" stroke-width="9" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def signer(value: Mapping[str, Any]) -> str:
    """Under which identity somebody signed, by the name of the role: 当事人; words of his own as they stand."""
    who = str(value.get("who") or "")
    return role_titles().get(who, who)


def signed_line(value: Mapping[str, Any]) -> str:
    """A signature in the line at the foot of a page."""
    mark = "拒绝签名" if value.get("refused") else str(value.get("name") or "")
    who = signer(value)
    return " ".join(filter(None, (who, mark)))


def rows(field: Field, value: Any) -> tuple[list[str], list[list[str]]]:
    """Head and rows of a list, numbered; an empty list has one row of slashes."""
    entries: Sequence[Mapping[str, Any]] = value or []
    if field.type == "files":
        head = ["序号", "名称", "大小", "SHA-256（前16位）"]
        lines = [file_row(entry) for entry in entries]
    else:
        head = ["序号", *field.columns.values()]
        lines = [[_cell(entry.get(name)) for name in field.columns] for entry in entries]
    numbered = [[str(i), *line] for i, line in enumerate(lines, 1)]
    return head, numbered or [[SLASH] * len(head)]


def total(lines: Sequence[Sequence[str]]) -> list[str]:
    """The last row of a list: how many there are, and the sum of every column of whole numbers."""
    sums = [
        str(sum(map(int, column))) if all(text.isascii() and text.isdigit() for text in column) else SLASH
        for column in list(zip(*lines, strict=True))[1:]
    ]
    sums[0] = f"合计 {len(lines)} 项"
    return [SLASH, *sums]


def _cell(value: Any) -> str:
    if is_blank(value):
        return SLASH
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)


def _money(_: Field, value: Any) -> str:
    if value < 0:  # a difference, not a sum to be paid
        return f"减少{format_yuan(-value)}元"
    return f"{format_yuan(value)}元（大写：{capital_yuan(value)}）"


def _date(_: Field, value: Any) -> str:
    return format_date(value if isinstance(value, date) else date.fromisoformat(str(value)))


def _object(_: Field, value: Any) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    return "，".join(str(item) for item in value.values() if not is_blank(item))


def _signatures(_: Field, value: Any) -> str:
    return "、".join(signed_line(item) for item in value)


_WRITERS: dict[str, Callable[[Field, Any], str]] = {
    "choice": lambda field, value: field.choices.get(value, str(value)),
    "choices": lambda field, value: "、".join(field.choices.get(item, str(item)) for item in value),
    "bool": lambda _, value: "是" if value else "否",
    "money": _money,
    "date": _date,
    "instant": lambda _, value: format_instant(value),
    "officers": lambda _, value: "、".join(person(item) for item in value),
    "signatures": _signatures,
    "files": lambda _, value: "、".join(str(item.get("name", "")) for item in value),
    "person": _object,
    "party": _object,
    "keys": lambda _, value: "、".join(str(item) for item in value),
}
