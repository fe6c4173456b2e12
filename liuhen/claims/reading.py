"""明细的每一行: columns found by their headings; a row that cannot be counted is kept apart and says why."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

from liuhen.kernel.money import format_yuan
from liuhen.registers.tables import NotATable, rows_of

HEADINGS: Mapping[str, Sequence[str]] = {
    "claim": ("结算流水号", "结算编号", "结算ID", "就诊流水号", "单据号", "流水号"),
    "institution": (
        "医药机构名称",
        "医疗机构名称",
        "机构名称",
        "医药机构编码",
        "机构编码",
        "机构",
        "医疗机构",
        "医药机构",
        "定点医药机构",
        "定点医疗机构",
    ),
    "item": ("项目名称", "医保项目名称", "药品名称", "诊疗项目", "项目编码", "项目", "违规项目"),
    "cause": ("违规原因", "违规类型", "疑点类型", "案由", "规则名称"),
    "basis": ("违规依据", "依据", "政策依据"),
    "fund": ("险种", "险种类型", "基金类别", "基金"),
    "day": ("费用发生日期", "费用日期", "结算日期", "结算时间", "发生日期", "日期"),
    "amount": (
        "违规基金金额",
        "基金损失",
        "涉及基金金额",
        "违规金额",
        "统筹基金支付",
        "基金支付金额",
        "金额",
    ),
}
"""By field, the headings under which it is looked for; the first that stands there is taken."""
BEFORE: Mapping[str, Sequence[str]] = {
    **HEADINGS,
    "institution": HEADINGS["institution"][:5],
    "item": HEADINGS["item"][:5],
}
"""As files were read that were recorded before plain names (机构、项目) were known: their rows stay as they are."""
NEEDED = ("claim", "cause", "day", "amount")
LIMITS = {"claim": 100, "institution": 200, "item": 300, "cause": 200, "basis": 300, "fund": 60}
_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})")
_NOISE = Decimal("0.0001")
"""Of a fen: what a spreadsheet's binary fractions leave behind."""
_FEN_MAX = 10**14
_SEARCHED_ROWS = 20
"""How far down the heading may stand: lists often begin with a title."""


@dataclass(frozen=True, slots=True)
class Claim:
    """一行明细, in the order of the table's columns; `amount` in fen, `day` an ISO date or empty."""

    number: int
    claim: str
    institution: str
    item: str
    cause: str
    basis: str
    fund: str
    day: str
    amount: int
    problem: str


COLUMNS = tuple(field.name for field in fields(Claim))
"""The columns of a row, in the order in which its digest counts them."""


def claims(name: str, content: bytes, headings: Mapping[str, Sequence[str]] = HEADINGS) -> Iterator[Claim]:
    """The claims of a file. Raises `NotATable` when it is none or a needed column is missing."""
    rows = rows_of(name, content)
    columns = _columns(name, rows, headings)
    seen: dict[bytes, int] = {}
    number = 0
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        number += 1
        claim = _claim(
            number,
            {
                field: row[at].replace("\x00", "").strip() if at < len(row) else ""
                for field, at in columns.items()
            },
        )
        same = sha256("\x1f".join(row).encode()).digest()
        first = seen.setdefault(same, number)
        if first != number:
            claim = replace(claim, problem=f"与第{first}行完全相同")
        yield claim
    if not number:
        raise NotATable(f"“{name}”只有表头，没有一行明细")


def as_recorded(name: str, content: bytes, digest: str) -> list[Claim]:
    """The claims of a file as they were read when this digest of theirs was kept; else as they are read today."""
    found = list(claims(name, content))
    if digest_of(map(astuple, found)) == digest:
        return found
    before = list(claims(name, content, BEFORE))
    return before if digest_of(map(astuple, before)) == digest else found


def row_text(row: Any) -> str:
    """A row in one line, as it was read."""
    texts = [str(getattr(row, name)) for name in COLUMNS if name not in ("number", "amount", "problem")]
    return "，".join(filter(None, [*texts, f"{format_yuan(row.amount)}元" if row.amount else ""]))


def digest_of(found: Iterable[Sequence[Any]]) -> str:
    """SHA-256, hexadecimal, over rows in their order: one line a row, fields parted by U+001F."""
    made = sha256()
    for row in found:
        made.update("\x1f".join(map(str, row)).encode() + b"\n")
    return made.hexdigest()


def _columns(name: str, rows: Iterator[list[str]], known: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Where each field stands, read from the heading."""
    missing = list(NEEDED)
    for _, row in zip(range(_SEARCHED_ROWS), rows, strict=False):
        cells = [re.sub(r"[\s（）()：:*]|元", "", cell) for cell in row]
        found = {
            field: cells.index(heading)
            for field, headings in known.items()
            for heading in reversed(headings)
            if heading in cells
        }
        lacking = [field for field in NEEDED if field not in found]
        if not lacking:
            return found
        missing = min(missing, lacking, key=len)
    wanted = "、".join(f"“{HEADINGS[field][0]}”" for field in missing)
    raise NotATable(f"“{name}”的表头中没有找到{wanted}这几列：请在第一行写上列名（前面可以有标题）")


def _claim(number: int, cells: Mapping[str, str]) -> Claim:
    problems = [
        f"{HEADINGS[field][0]}超过{most}字"
        for field, most in LIMITS.items()
        if len(cells.get(field, "")) > most
    ]
    day, amount = _day(cells["day"]), _fen(cells["amount"])
    problems += [f"没有{HEADINGS[field][0]}" for field in ("claim", "cause") if not cells[field]]
    if not day:
        problems.append(f"日期“{cells['day'][:20]}”不是日期")
    if amount is None:
        problems.append(f"金额“{cells['amount'][:20]}”不是金额")
    text = {field: cells.get(field, "")[:most] for field, most in LIMITS.items()}
    return Claim(number=number, **text, day=day, amount=amount or 0, problem="；".join(problems)[:200])


def _day(text: str) -> str:
    found = _DAY.match(text)
    try:
        return date(*map(int, found.groups())).isoformat() if found else ""
    except ValueError:
        return ""


def _fen(text: str) -> int | None:
    try:
        fen = Decimal(text.replace(",", "").replace("，", "")) * 100
        whole = fen.to_integral_value()
        return int(whole) if abs(fen - whole) < _NOISE and 0 <= whole < _FEN_MAX else None
    except InvalidOperation:
        return None
