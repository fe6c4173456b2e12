"""Reads `owe`: when it arises, what meets it, by when."""

import re
from typing import Any

from liuhen.law.conditions import INT
from liuhen.law.counting import UNITS
from liuhen.law.names import RuleScope
from liuhen.law.problems import suggestion
from liuhen.law.reading import Reader
from liuhen.law.reading_common import COMMON_WORDS, common_of, read_spans, text_or_none
from liuhen.law.rules import (
    Before,
    Owe,
    Reached,
    Rule,
    Signed,
)
from liuhen.law.source import Node

_OWE = (
    *COMMON_WORDS, "since", "since_due", "every", "where", "each", "subject", "may", "done", "instead", "same", "after",
    "holds", "signed",
    "within", "from", "until", "before", "promptly", "stop", "extend", "restart", "cap", "about", "same_as",
)  # fmt: skip
_MONTH_DAY = re.compile(r"\d\d-\d\d")

_RULE = re.compile(r"[A-Z0-9-]+-\d+\.[a-z][a-z0-9_]*")
_START = "start"


def read_owe(reader: Reader, name: str, node: Node, title: str) -> Rule | None:
    """One `owe`; None (and noted) where it cannot be read."""
    what = f"owe {name}"
    if not reader.words(node, _OWE, what):
        return None
    begun = [word for word in ("since", "since_due", "every") if node.get(word) is not None]
    if len(begun) != 1 or node.get("done") is None:
        reader.wrong(
            node.place, f"{what} 要写 done，并写 since、since_due、every 之一", "写明何时产生、怎样算做了"
        )
        return None
    since = _since(reader, node, what)
    done_node = node.value["done"]
    done_of = done_node.get("of") if done_node.is_map() else done_node
    if done_node.is_map():
        reader.words(done_node, ("of", "where", "sum", "reaches"), f"{what} 的 done")
    done = reader.kinds(done_of, what)
    each = reader.each(node.get("each"), since, what)
    mine = each.of if each else since
    scope = RuleScope(reader.dictionary, since, each.of if each else (), reader.names)
    joins = reader.same(node.get("same"), () if node.get("every") else mine, done, what)
    spans = read_spans(reader, node, what)
    return Owe(
        **common_of(reader, name, node, title, scope), since=since, since_due=text_or_none(node.get("since_due")),
        every=_every(reader, node), where=reader.where(node.get("where"), since), each=each,
        agency=_agency(reader, node),
        may=reader.flag(node.get("may")), done=done,
        done_where=reader.where(done_node.get("where"), done) if done_node.is_map() else None, same=joins,
        done_sum=_reached(reader, done_node, done, scope, what), instead=_instead(reader, node, since, done, what),
        after=_after(reader, node), after_start=_after_start(node), holds=reader.holds(node.get("holds"), done, what),
        signed=_signed(reader, node.get("signed"), done, what),
        start_field=_moment_field(reader, node.get("from"), since, what),
        until=_until(reader, node, since, what), before=_before(reader, node.get("before"), since, what),
        about=text_or_none(node.get("about")), same_as=_same_as(reader, node, what),
        **_within(reader, node, scope, what), **spans,
    )  # fmt: skip


def _after(reader: Reader, node: Node) -> bool:
    """`after: true`: only what was done after the entry itself."""
    return not _after_start(node) and reader.flag(node.get("after"))


def _after_start(node: Node) -> bool:
    """`after: start`: only what was done since its time is counted."""
    after = node.get("after")
    return after is not None and after.value == _START


def _reached(
    reader: Reader, done: Node, kinds: tuple[str, ...], scope: RuleScope, what: str
) -> Reached | None:
    """`done: {sum: amount, reaches: fine}`: met by the entry with which the sum reaches so much."""
    field, amount = (done.get("sum"), done.get("reaches")) if done.is_map() else (None, None)
    if field is None and amount is None:
        return None
    if field is None or amount is None:
        reader.wrong(done.place, f"{what} 的 done：sum 和 reaches 要一起写", "写明合计哪个字段、要达到多少")
        return None
    spec = reader.field_of(kinds, str(field.value), field.place, f"{what} 的 done")
    if spec is not None and spec.type not in ("money", "int"):
        reader.wrong(field.place, f"{what} 的 done：字段“{field.value}”不是整数", "换成金额或者整数的字段")
    wanted = reader.condition(amount, scope, INT)
    return Reached(str(field.value), wanted) if wanted is not None else None


def _same_as(reader: Reader, node: Node, what: str) -> tuple[str, ...]:
    """`same_as`: rules, mostly of other measures, by which the same thing is done; shown as one line with them."""
    named = node.get("same_as")
    rules = reader.texts(named)
    if named is not None and (node.get("since") is None or reader.flag(node.get("may"))):
        reader.wrong(named.place, f"{what} 的 same_as 只能写在有 since、应当做的 owe 上", "去掉 same_as")
        return ()
    for rule in rules:
        if not _RULE.fullmatch(rule):
            reader.wrong(named.place if named else node.place, f"{what} 的 same_as：“{rule}”不是规则的名字",
                         "写作“条.规则”，例如 R09-39.again")  # fmt: skip
    return rules


def _instead(
    reader: Reader, node: Node, since: tuple[str, ...], done: tuple[str, ...], what: str
) -> tuple[str, ...]:
    """`instead`: what makes up for an entry that lacks something itself, apart from correcting it."""
    named = node.get("instead")
    if named is None:
        return ()
    if since != done:
        reader.wrong(
            named.place, f"{what} 的 instead 只能写在起算的条目自己要写全的 owe 上", "另写在 done 里"
        )
        return ()
    return reader.kinds(named, what)


def _since(reader: Reader, node: Node, what: str) -> tuple[str, ...]:
    """The kinds that begin it; for `since_due`, those of the rule whose time runs out."""
    due = node.get("since_due")
    if due is None:
        return reader.kinds(node.get("since"), what)
    target = reader.owes.get(str(due.value))
    if target is None:
        remedy = suggestion(
            str(due.value), reader.owes, "写作“条.规则”，例如 R09-26.dispose，须是本办法的 owe"
        )
        reader.wrong(due.place, f"{what} 的 since_due：没有“{due.value}”这条规则", remedy)
        return ()
    return reader.kinds(target.get("since"), what)


def _every(reader: Reader, node: Node) -> str | None:
    every = node.get("every")
    if every is not None and every.value != "year":
        reader.wrong(every.place, f"every“{every.value}”没有这一种", "写 every: year")
    return None if every is None else "year"


def _agency(reader: Reader, node: Node) -> bool:
    subject = node.get("subject")
    if subject is not None and subject.value != "agency":
        reader.wrong(
            subject.place, f"subject“{subject.value}”没有这一种", "机关自己的义务写 subject: agency，其他不写"
        )
    return subject is not None or node.get("every") is not None


def _within(reader: Reader, node: Node, scope: RuleScope, what: str) -> dict[str, Any]:
    within, promptly = node.get("within"), reader.flag(node.get("promptly"))
    if within is None or within.value == "promptly":
        return {}
    if promptly:
        reader.wrong(
            within.place, f"{what}：promptly 和 within 不能都写", "有数字的写 within，没有的写 promptly"
        )
    if not within.is_map():
        return {"within": reader.term(within)}
    reader.words(within, ("take", "unit"), f"{what} 的 within")
    unit = reader.text(within.get("unit"))
    if unit not in UNITS:
        reader.wrong(within.place, f"期限单位“{unit}”没有这一种", f"可写：{'、'.join(UNITS)}")
        return {}
    return {"within_take": reader.condition(within.get("take"), scope, INT), "within_unit": unit}


def _moment_field(reader: Reader, node: Node | None, since: tuple[str, ...], what: str) -> str | None:
    if node is None:
        return None
    spec = reader.field_of(since, str(node.value), node.place, what)
    if spec is not None and spec.type not in ("date", "instant"):
        reader.wrong(node.place, f"{what}：字段“{node.value}”不是日期或者时间", "换一个日期（时间）字段")
    return str(node.value)


def _until(reader: Reader, node: Node, since: tuple[str, ...], what: str) -> str | None:
    until = node.get("until")
    if until is None:
        return None
    if node.get("every") is not None:
        if not _MONTH_DAY.fullmatch(str(until.value)):
            reader.wrong(until.place, f"{what}：until“{until.value}”应当是月日", "写作 01-31")
        return str(until.value)
    return _moment_field(reader, until, since, what)


def _before(reader: Reader, node: Node | None, since: tuple[str, ...], what: str) -> Before | None:
    if node is None:
        return None
    if not node.is_map():
        return Before(reader.term(node), None, False)
    reader.words(node, ("limit", "of"), f"{what} 的 before")
    of = _moment_field(reader, node.get("of"), since, what)
    kinds = reader.dictionary.kinds
    whole = of is not None and any(
        of in kinds[kind].fields and kinds[kind].fields[of].type == "date" for kind in since
    )
    return Before(reader.term(node.get("limit")), of, whole)


def _signed(reader: Reader, node: Node | None, done: tuple[str, ...], what: str) -> tuple[Signed, ...]:
    needed = []
    for each in node.many() if node is not None else ():
        if each.is_map():
            for name, least in each.items():
                needed.append(_signature(reader, (name,), int(least.value), done, each, what))
        else:
            needed.append(_signature(reader, reader.texts(each), 1, done, each, what))
    return tuple(needed)


def _signature(
    reader: Reader, names: tuple[str, ...], least: int, done: tuple[str, ...], node: Node, what: str
) -> Signed:
    """A name is a signatures field of every done kind, else who signs in the entry's signatures."""
    kinds = reader.dictionary.kinds
    fields = [
        name for name in names
        if any(name in kinds[kind].fields and kinds[kind].fields[name].type == "signatures" for kind in done)
    ]  # fmt: skip
    for name in fields:
        reader.field_of(done, name, node.place, f"{what} 的 signed")
    if len(fields) < len(names):
        for kind in done:
            if not any(spec.type == "signatures" for spec in kinds[kind].fields.values()):
                reader.wrong(
                    node.place,
                    f"{what} 的 signed：{kind}（{kinds[kind].title}）没有签名字段",
                    "去掉 signed，或者在字典里加签名字段",
                )
    return Signed(tuple(fields), tuple(name for name in names if name not in fields), least)
