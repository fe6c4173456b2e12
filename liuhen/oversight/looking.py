"""审计: who looked at, signed in to and was refused what, out of the agency's reading record; newest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from liuhen.oversight.below import REFUSED

SIGN_IN, SIGN_OUT = "sign-in", "sign-out"
HOWS = {
    "page": "查看", "card": "签批卡片", "print": "打印",
    "form": "打开表单", "search": "查询", "file": "查看附件", "document": "查看文书",
    "pdf": "下载文书", "export": "导出", "verify": "核验", "play": "播放", "open": "打开",
    "earlier": "引用以前的文书", "oversight": "上级查阅", "law-text": "登记法规文本",
    "sealed": "下载盖章文书", "docx": "下载可编辑副本", "sign-slip": "在另一设备上签名", "party-copy": "当事人领取文书",
    SIGN_IN: "登录", SIGN_OUT: "退出", "password": "修改密码", REFUSED: "办理",
}  # fmt: skip
"""How somebody looked, as people read it."""

_COLUMNS = "number, at, actor, what, how, granted, reason"
_A_STATEMENT = 500


@dataclass(frozen=True)
class Wanted:
    """What is looked for. `kind`: one of `KINDS`; instants in milliseconds UTC, `to_ms` not included.

    `meant`: what the words stand for in the record, which names matters by their ids and acts by their names.
    """

    words: str = ""
    meant: Sequence[str] = ()
    actor: str = ""
    kind: str = ""
    from_ms: int | None = None
    to_ms: int | None = None


@dataclass(frozen=True)
class Looked:
    """One row of the record."""

    number: int
    at_ms: int
    actor: str
    what: str
    how: str
    granted: bool
    reason: str


KINDS = {
    "sign": ("登录和退出", "how IN ('sign-in', 'sign-out')"),
    "failed": ("登录失败", "how = 'sign-in' AND NOT granted"),
    "refused": ("被拒绝的", "NOT granted"),
    "read": (
        "查看和查询",
        "granted AND how NOT IN ('sign-in', 'sign-out', 'export', 'pdf', 'sealed', 'docx')",
    ),
    "export": ("下载和导出", "how IN ('export', 'pdf', 'file', 'sealed', 'docx', 'party-copy')"),
}
"""What can be chosen: its title and its condition."""


def page(agency: str, wanted: Wanted, before: int | None, most: int) -> Sequence[Looked]:
    """At most so many rows that are wanted, with numbers below `before`, newest first."""
    conditions, values = _conditions(agency, wanted)
    if before is not None:
        conditions, values = [*conditions, "number < %s"], [*values, before]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM ledger_read WHERE {' AND '.join(conditions)} ORDER BY number DESC LIMIT %s",
            [*values, most],
        )
        rows = cursor.fetchall()
    return [Looked(*row) for row in rows]


def everything(agency: str, wanted: Wanted) -> Iterator[Sequence[Looked]]:
    """Every row that is wanted, newest first, so many at a time."""
    before: int | None = None
    while rows := page(agency, wanted, before, _A_STATEMENT):
        yield rows
        before = rows[-1].number


def _conditions(agency: str, wanted: Wanted) -> tuple[list[str], list[Any]]:
    conditions: list[str] = ["agency = %s"]
    values: list[Any] = [agency]
    if wanted.kind in KINDS:
        conditions.append(KINDS[wanted.kind][1])
    for condition, value in (
        ("actor = %s", wanted.actor),
        ("at >= %s", wanted.from_ms),
        ("at < %s", wanted.to_ms),
    ):
        if value not in ("", None):
            conditions.append(condition)
            values.append(value)
    if wanted.words:
        meant = " OR what LIKE %s ESCAPE '\\'" * len(wanted.meant)
        conditions.append(f"(what LIKE %s ESCAPE '\\' OR reason LIKE %s ESCAPE '\\'{meant})")
        values += [_containing(wanted.words)] * 2 + [_containing(one) for one in wanted.meant]
    return conditions, values


def _containing(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
