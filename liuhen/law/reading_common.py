"""Reads what rules have in common, and what bends a count: stop, extend, restart, cap."""

import re
from typing import Any

from liuhen.law.counting import UNITS
from liuhen.law.names import RuleScope
from liuhen.law.reading import Reader
from liuhen.law.rules import (
    Extend,
    Restart,
    Stop,
)
from liuhen.law.source import Node

COMMON_WORDS = ("cite", "title", "say", "remedy", "show", "when", "who")
_ID = re.compile(r"[a-z][a-z0-9_]*")


def common_of(reader: Reader, name: str, node: Node, title: str, scope: RuleScope) -> dict[str, Any]:
    """What every rule may say: cite, title, say, remedy, show, when, who."""
    when = node.get("when")
    if not _ID.fullmatch(name.replace(".", "_").replace("-", "_").lower()):
        reader.wrong(node.place, f"规则的名字“{name}”不合格式", "用小写英文字母、数字、下划线")
    return {
        "id": f"{reader.article}.{name}", "article": reader.article, "prefix": reader.article.rpartition("-")[0],
        "title": reader.text(node.get("title")) or title, "cite": reader.text(node.get("cite")),
        "say": reader.text(node.get("say")), "remedy": reader.text(node.get("remedy")),
        "show": reader.texts(node.get("show")), "when": reader.condition(when, scope),
        "who": reader.who(node.get("who")), "place": node.place,
    }  # fmt: skip


def read_spans(reader: Reader, node: Node, what: str) -> dict[str, Any]:
    """What bends a count: `stop`, `extend`, `restart`, `cap`."""
    stop, extend, restart = node.get("stop"), node.get("extend"), node.get("restart")
    return {
        "stop": tuple(one for each in _each(stop) if (one := _stop(reader, each, what))),
        "extend": tuple(more for each in _each(extend) if (more := _extend(reader, each, what))),
        "restart": _restart(reader, restart, what) if restart else None,
        "cap": text_or_none(node.get("cap")),
    }


def _each(node: Node | None) -> list[Node]:
    return node.many() if node is not None else []


def _stop(reader: Reader, node: Node, what: str) -> Stop | None:
    if not reader.words(node, ("from", "to", "same", "from_where", "to_where"), f"{what} 的 stop"):
        return None
    start = reader.kinds(node.get("from"), f"{what} 的 stop")
    end = reader.kinds(node.get("to"), f"{what} 的 stop")
    if node.get("from") is None or node.get("to") is None:
        reader.wrong(node.place, f"{what} 的 stop 要写 from 和 to", "写明从哪一条到哪一条不计入")
    same = reader.same(node.get("same"), start, end, f"{what} 的 stop")
    return Stop(
        start, end, same, reader.where(node.get("from_where"), start), reader.where(node.get("to_where"), end)
    )


def _extend(reader: Reader, node: Node, what: str) -> Extend | None:
    known = ("since", "add", "take", "most", "unit", "times", "who", "where", "after")
    if not reader.words(node, known, f"{what} 的 extend"):
        return None
    since = reader.kinds(node.get("since"), f"{what} 的 extend")
    add, take, most, times = node.get("add"), node.get("take"), node.get("most"), node.get("times")
    if (add is None) == (take is None):
        reader.wrong(
            node.place,
            f"{what} 的 extend 要写 add 或者 take",
            "例如 add: 30 days，或者 take: days, most: 60 days",
        )
        return None
    limit = reader.term(most)
    unit = reader.text(node.get("unit")) or (limit.unit if limit else "days")
    if unit not in UNITS:
        reader.wrong(node.place, f"期限单位“{unit}”没有这一种", f"可写：{'、'.join(UNITS)}")
    if take is not None:
        spec = reader.field_of(since, str(take.value), take.place, f"{what} 的 extend")
        if spec is not None and spec.type != "int":
            reader.wrong(take.place, f"{what} 的 extend：字段“{take.value}”不是整数", "换成记天数的字段")
    number = times.value if times is not None else 1
    if not isinstance(number, int) or number < 1:
        reader.wrong(node.place, f"{what} 的 extend：times 要写正整数", "例如 times: 1")
        number = 1
    return Extend(
        since, reader.term(add), text_or_none(take), limit, unit, number, reader.who(node.get("who")),
        reader.where(node.get("where"), since), reader.kinds(node.get("after"), f"{what} 的 extend"),
    )  # fmt: skip


def _restart(reader: Reader, node: Node, what: str) -> Restart | None:
    if not reader.words(node, ("since", "declared", "same"), f"{what} 的 restart"):
        return None
    since, declared = reader.kinds(node.get("since"), what), reader.kinds(node.get("declared"), what)
    return Restart(since, declared, reader.same(node.get("same"), since, declared, f"{what} 的 restart"))


def text_or_none(node: Node | None) -> str | None:
    """A text; None where there is none."""
    return None if node is None else str(node.value)
