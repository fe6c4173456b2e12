"""Reads `fact`, `define`, `ask` and `set` of an article."""

from typing import Any

from liuhen.law.conditions import BOOL, INT, TEXT, Type
from liuhen.law.dictionary import LISTS
from liuhen.law.names import RuleScope
from liuhen.law.reading import Reader
from liuhen.law.rules import Pairs
from liuhen.law.source import Node
from liuhen.law.values import Amount, Ask, Define, Name, Reading

OPERATIONS = ("last", "first", "least", "most", "sum", "count", "any", "all")
_TAKING = ("last", "first", "least", "most", "sum")
_FACT_WORDS = (*OPERATIONS, "take", "else", "where", "has", "without", "with", "same", "by", "title")
_UNITS = ("yuan", "fen", "days", "people", "percent", "number")


def read_names(reader: Reader, node: Node) -> dict[str, Name]:
    """All names that an article gives, by their short name."""
    named: dict[str, Name] = {}
    for word, read in (("fact", _fact), ("define", _define), ("ask", _ask), ("set", _set)):
        section = node.get(word)
        if section is None:
            continue
        if not section.is_map():
            reader.wrong(section.place, f"{word} 下面应当是“名字: …”", "见 docs/law/pack-format.md 第4节")
            continue
        for name, child in section.items():
            if name in named:
                reader.wrong(child.place, f"名字“{name}”用了两次", "改名")
            spec = read(reader, name, child)
            if spec is not None:
                named[name] = spec
    return named


def _fact(reader: Reader, name: str, node: Node) -> Name | None:
    if not reader.words(node, _FACT_WORDS, f"fact {name}"):
        return None
    found = [word for word in OPERATIONS if node.get(word) is not None]
    if len(found) != 1:
        reader.wrong(node.place, f"fact {name} 要写一种取法", f"写其中之一：{'、'.join(OPERATIONS)}")
        return None
    op = found[0]
    kinds = reader.kinds(node.get(op), f"fact {name}")
    if not kinds:
        return None
    kind, take = _taken(reader, name, node, op, kinds)
    otherwise = _otherwise(reader, name, node, op, kind)
    if kind.options is not None and isinstance(otherwise, str):
        kind = Type("text", (*kind.options, otherwise))
    other = reader.kinds(node.get("without") or node.get("with"), f"fact {name}")
    by = node.get("by")
    pairs: Pairs = ()
    if by is not None:
        listed = list(by.items()) if by.is_map() else [(str(each.value), each) for each in by.many()]
        for theirs, child in listed:
            reader.field_of(kinds, theirs, child.place, f"fact {name} 的 by")
        pairs = tuple((theirs, str(child.value)) for theirs, child in listed)
    has = reader.texts(node.get("has"))
    for each in has:
        reader.field_of(kinds, each, node.place, f"fact {name} 的 has")
    return Reading(
        f"{reader.article}.{name}", reader.article, op, kinds, take, kind, otherwise,
        reader.where(node.get("where"), kinds), has, other if node.get("without") else (),
        other if node.get("with") else (), reader.same(node.get("same"), kinds, other, f"fact {name}"), pairs,
        reader.text(node.get("title")), node.place,
    )  # fmt: skip


def _taken(reader: Reader, name: str, node: Node, op: str, kinds: tuple[str, ...]) -> tuple[Type, str | None]:
    take = node.get("take")
    if op not in _TAKING:
        if take is not None:
            reader.wrong(take.place, f"fact {name}：{op} 不用写 take", "去掉 take")
        return (INT if op == "count" else BOOL), None
    if take is None:
        reader.wrong(node.place, f"fact {name}：{op} 要写 take", "写取哪个字段，例如 take: amount")
        return TEXT, None
    field = str(take.value)
    if field in ("at", "on"):
        return (INT if field == "at" else TEXT), field
    spec = reader.field_of(kinds, field, take.place, f"fact {name} 的 take")
    kind = spec.seen_as if spec else TEXT
    if (
        kind is None
        or (op in ("least", "most", "sum") and kind.name not in ("int", "text"))
        or (op == "sum" and kind.name != "int")
    ):
        hint = "数个数用 count" if spec and spec.type in LISTS else "换一个字段"
        reader.wrong(take.place, f"fact {name}：字段“{field}”不能这样取", hint)
        return TEXT, None
    return kind, field


def _otherwise(reader: Reader, name: str, node: Node, op: str, kind: Type) -> Any:
    other = node.get("else")
    if other is None:
        if op in ("last", "first", "least", "most"):
            remedy = "写没有条目时的值，例如 else: none、else: 0"
            reader.wrong(node.place, f"fact {name}：{op} 要写 else", remedy)
        return {"sum": 0, "count": 0}.get(op, False)
    value = other.value
    right = {"text": str, "int": int, "bool": bool}.get(kind.name)
    if right is None or not isinstance(value, right) or (kind.name == "int" and isinstance(value, bool)):
        if kind.name == "text" and not isinstance(value, dict | list) and value is not None:
            return str(value)
        if kind.name == "list" and value in ("none", []):
            return ()
        reader.wrong(other.place, f"fact {name} 的 else 应当是{kind}", "与 take 的字段同一类")
    return value


def _define(reader: Reader, name: str, node: Node) -> Name | None:
    if isinstance(node.value, list) or node.value is None:
        reader.wrong(node.place, f"define {name} 应当是“项号: 条件”", "写成 1: …、2: …")
        return None
    items = [item for item in node.items() if item[0] != "title"] if node.is_map() else [("", node)]
    title = reader.text(node.get("title")) if node.is_map() else ""
    alternatives = tuple((number, _condition_text(child), child.place) for number, child in items)
    return Define(
        f"{reader.article}.{name}",
        reader.article,
        alternatives or (("", "false", node.place),),
        title,
        node.place,
    )


def _condition_text(node: Node) -> str:
    return str(node.value).lower() if isinstance(node.value, bool) else str(node.value)


def _ask(reader: Reader, name: str, node: Node) -> Name | None:
    if not reader.words(node, ("text", "of", "who", "when", "subject"), f"ask {name}"):
        return None
    if node.get("text") is None or node.get("who") is None:
        reader.wrong(node.place, f"ask {name} 要写 text 和 who", "写问什么、由谁答")
    kinds: list[str] = []
    acts: list[str] = []
    entries: list[str] = []
    of = node.get("of")
    for each in of.many() if of is not None else ():
        entered = reader.dictionary.acts.get(str(each.value))
        if entered:
            kinds += entered
            acts.append(str(each.value))
        else:
            found = reader.kinds(each, f"ask {name} 的 of")
            kinds += found
            entries += found
            acts += [act for kind in found if (act := reader.dictionary.kinds[kind].act)]
    when, subject = node.get("when"), node.get("subject")
    if subject is not None and subject.value != "matter":
        reader.wrong(
            subject.place, f"ask {name} 的 subject“{subject.value}”没有这一种", "写 subject: matter，或者不写"
        )
    return Ask(
        f"{reader.article}.{name}", reader.article, reader.text(node.get("text")), reader.who(node.get("who")),
        tuple(kinds), tuple(acts), _condition_text(when) if when else None, subject is not None, node.place,
        tuple(entries),
    )  # fmt: skip


def check_asks(reader: Reader, article: str) -> None:
    """The `when` of each `ask` of an article, checked against every entry that it is asked before."""
    for spec in reader.names.values():
        if isinstance(spec, Ask) and spec.article == article and spec.when is not None:
            for kind in spec.of:
                scope = RuleScope(reader.dictionary, (kind,), (), reader.names)
                reader.condition(Node(spec.when, spec.place), scope)


def _set(reader: Reader, name: str, node: Node) -> Name | None:
    if not reader.words(node, ("unit", "value", "from", "text"), f"set {name}"):
        return None
    unit, value, origin = reader.text(node.get("unit")), node.get("value"), reader.text(node.get("from"))
    if unit not in _UNITS:
        reader.wrong(node.place, f"set {name} 的 unit“{unit}”没有这一种", f"可写：{'、'.join(_UNITS)}")
    if (value is None) == (origin != "agency"):
        reader.wrong(node.place, f"set {name} 要么写 value，要么写 from: agency", "二者取一")
    fixed = value.value if value is not None else None
    if fixed is not None and (isinstance(fixed, bool) or not isinstance(fixed, int)):
        reader.wrong(node.place, f"set {name} 的 value 要写整数", "例如 value: 200")
        fixed = None
    return Amount(
        f"{reader.article}.{name}", reader.article, unit, fixed, reader.text(node.get("text")), node.place
    )
