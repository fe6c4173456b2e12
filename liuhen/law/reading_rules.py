"""Reads what an article asks: record, gate, access, breach, clock, excuse, course; `owe` has a room of its own."""

from typing import Any

from liuhen.law.names import RuleScope
from liuhen.law.problems import suggestion
from liuhen.law.reading import Reader
from liuhen.law.reading_common import COMMON_WORDS, common_of, read_spans
from liuhen.law.reading_owe import read_owe
from liuhen.law.rules import (
    Access,
    Bend,
    Breach,
    Excuse,
    Gate,
    Pairs,
    Phase,
    Record,
    Room,
    Rule,
    Wait,
)
from liuhen.law.source import Node
from liuhen.law.values import Ask

_RECORD = (*COMMON_WORDS, "of", "must", "where", "medium", "holds", "within", "until", "itself")
_GATE = (*COMMON_WORDS, "act", "of", "need", "after", "room")
_ACCESS = (*COMMON_WORDS, "of", "part", "may", "need", "deny")
_BREACH = (*COMMON_WORDS, "when_missing", "since", "where", "ask")
_BEND = ("cite", "title", "say", "show", "when", "stop", "extend", "restart", "cap")
_EXCUSE = ("cite", "title", "say", "show", "when", "since", "same", "holds", "where")


def read_rules(reader: Reader, node: Node, title: str) -> list[Rule]:
    """All rules of an article in the order of the vocabulary. `title` stands where a rule has none."""
    rules: list[Rule] = []
    for word, read in _READERS.items():
        section = node.get(word)
        if section is None:
            continue
        if not section.is_map():
            reader.wrong(section.place, f"{word} 下面应当是“名字: …”", "见 docs/law/pack-format.md")
            continue
        for name, child in section.items():
            for part in child.many() if word == "excuse" else [child]:
                rule = read(reader, name, part, title)
                if rule is not None:
                    rules.append(rule)
    _unique(reader, rules)
    return rules


def _unique(reader: Reader, rules: list[Rule]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen and not isinstance(rule, Excuse):
            reader.wrong(rule.place, f"规则“{rule.id}”有两个", "改名：同一条里各类规则的名字不得重复")
        seen.add(rule.id)


def _record(reader: Reader, name: str, node: Node, title: str) -> Rule | None:
    what = f"record {name}"
    if not reader.words(node, _RECORD, what):
        return None
    of, must = reader.kinds(node.get("of"), what), reader.text(node.get("must"))
    if must not in ("may", "any", "whole"):
        reader.wrong(node.place, f"{what} 的 must“{must}”没有这一种", "可写：may、any、whole")
    for kind in of:
        if must == "whole" and reader.dictionary.kinds[kind].span is None:
            reader.wrong(
                node.place,
                f"{what}：{kind}（{reader.dictionary.kinds[kind].title}）没有起止时间，无法判断是否全程",
                "字典里给它写 span: [开始, 结束]",
            )
    scope = RuleScope(reader.dictionary, of, (), reader.names)
    return Record(
        **common_of(reader, name, node, title, scope), of=of, must=must, where=reader.where(node.get("where"), of),
        medium=reader.texts(node.get("medium")), holds=reader.texts(node.get("holds")),
        within=reader.term(node.get("within")), until=reader.text(node.get("until")) or "recording.store",
        itself=reader.where(node.get("itself"), of),
    )  # fmt: skip


def _gate(reader: Reader, name: str, node: Node, title: str) -> Rule | None:
    what = f"gate {name}"
    if not reader.words(node, _GATE, what):
        return None
    acts = []
    act = node.get("act")
    for each in act.many() if act is not None else ():
        if str(each.value) in reader.dictionary.acts:
            acts.append(str(each.value))
        else:
            remedy = _nearest_act(reader, str(each.value))
            reader.wrong(each.place, f"{what}：没有“{each.value}”这个行为", remedy)
    need, after, room = node.get("need"), node.get("after"), node.get("room")
    if act is None or (need is None and after is None and room is None) or node.get("say") is None:
        reader.wrong(
            node.place,
            f"{what} 要写 act、need（或者 after、room）、say",
            "写明哪个行为、须符合什么、不符合时说什么",
        )
    entered = tuple(kind for each in acts for kind in reader.dictionary.acts[each])
    of = reader.kinds(node.get("of"), what) or entered
    scope = RuleScope(reader.dictionary, of, (), reader.names)
    wait = _wait(reader, after, of, scope, what) if after is not None else None
    common = common_of(reader, name, node, title, scope)
    return Gate(
        **common, acts=tuple(acts), of=of, need=reader.condition(need, scope), after=wait,
        room=_room(reader, room, of, what) if room is not None else None,
    )  # fmt: skip


def _nearest_act(reader: Reader, name: str) -> str:
    """What to do about an act that does not exist; an entry kind's name leads to its act."""
    kind = reader.dictionary.kinds.get(name)
    if kind and kind.act:
        return f"“{name}”是条目种类，它的行为是“{kind.act}”"
    return suggestion(name, reader.dictionary.acts, "行为名见字典里条目的 act")


def _wait(reader: Reader, node: Node, of: tuple[str, ...], scope: RuleScope, what: str) -> Wait | None:
    if not reader.words(node, ("since", "within", "same", "unless"), f"{what} 的 after"):
        return None
    since, within = reader.kinds(node.get("since"), what), reader.term(node.get("within"))
    if within is None:
        return None
    same: Pairs = reader.same(node.get("same"), of, since, f"{what} 的 after")
    return Wait(since, within, same, reader.condition(node.get("unless"), scope))


def _room(reader: Reader, node: Node, of: tuple[str, ...], what: str) -> Room | None:
    if not reader.words(node, ("field", "at_least"), f"{what} 的 room"):
        return None
    field, least = node.get("field"), reader.term(node.get("at_least"))
    if field is None or least is None:
        reader.wrong(
            node.place,
            f"{what} 的 room 要写 field 和 at_least",
            "例如 field: hearing_until, at_least: 5 working_days",
        )
        return None
    spec = reader.field_of(of, str(field.value), field.place, f"{what} 的 room")
    if spec is not None and spec.type != "date":
        reader.wrong(field.place, f"{what} 的 room：字段“{field.value}”不是日期", "换一个日期字段")
    if least.unit == "hours":
        reader.wrong(node.place, f"{what} 的 room 不能用小时", "写 days、working_days、months 或者 years")
    return Room(str(field.value), least)


def _access(reader: Reader, name: str, node: Node, title: str) -> Rule | None:
    what = f"access {name}"
    if not reader.words(node, _ACCESS, what):
        return None
    of = reader.kinds(node.get("of"), what)
    parts = reader.texts(node.get("part"))
    known = {spec.part for kind in reader.dictionary.kinds.values() for spec in kind.fields.values()}
    for part in parts:
        if part not in known:
            reader.wrong(
                node.place, f"{what}：字典里没有“{part}”这个受保护的部分", f"有：{'、'.join(sorted(known))}"
            )
    if not of and not parts:
        reader.wrong(node.place, f"{what} 要写 of 或者 part", "写明对哪种条目、哪个部分")
    may = reader.texts(node.get("may"))
    for word in may:
        if word not in ("read", "copy", "keep", "give"):
            reader.wrong(node.place, f"{what} 的 may“{word}”没有这一种", "可写：read、copy、keep、give")
    scope = RuleScope(reader.dictionary, of, (), reader.names)
    common = common_of(reader, name, node, title, scope)
    need = reader.condition(node.get("need"), scope)
    return Access(**common, of=of, parts=parts, may=may, need=need, deny=reader.flag(node.get("deny")))


def _breach(reader: Reader, name: str, node: Node, title: str) -> Rule | None:
    what = f"breach {name}"
    if not reader.words(node, _BREACH, what):
        return None
    since, missing = reader.kinds(node.get("since"), what), reader.texts(node.get("when_missing"))
    if not since and not missing:
        reader.wrong(
            node.place,
            f"{what} 要写 when_missing 或者 since",
            "写明哪些规则没有做到，或者出现哪种条目，算违反",
        )
    asks = []
    for name_node in node.value["ask"].many() if node.get("ask") is not None else ():
        spec = reader.names.get(str(name_node.value))
        if not isinstance(spec, Ask):
            reader.wrong(name_node.place, f"{what}：没有“{name_node.value}”这个 ask", "先在 ask 里写这个问题")
        else:
            asks.append(spec.id)
    scope = RuleScope(reader.dictionary, since, (), reader.names)
    where = reader.where(node.get("where"), since)
    common = common_of(reader, name, node, title, scope)
    return Breach(**common, when_missing=missing, since=since, where=where, asks=tuple(asks))


def _bend(reader: Reader, name: str, node: Node, title: str) -> Rule | None:
    what = f"clock {name}"
    if not reader.words(node, _BEND, what):
        return None
    common = common_of(reader, name, node, title, RuleScope(reader.dictionary, (), (), reader.names))
    return Bend(**common, about=name, **read_spans(reader, node, what))


def _excuse(reader: Reader, name: str, node: Node, title: str) -> Rule | None:
    what = f"excuse {name}"
    if not reader.words(node, _EXCUSE, what):
        return None
    since = reader.kinds(node.get("since"), what)
    if not since:
        reader.wrong(node.place, f"{what} 要写 since", "写明凭哪种条目免除")
    scope = RuleScope(reader.dictionary, since, (), reader.names)
    return Excuse(
        **common_of(reader, name, node, title, scope), about=name, since=since,
        same=reader.same(node.get("same"), (), since, what),
        holds=reader.holds(node.get("holds"), since, what), where=reader.where(node.get("where"), since),
    )  # fmt: skip


_READERS: dict[str, Any] = {
    "owe": read_owe, "record": _record, "gate": _gate, "access": _access, "breach": _breach,
    "clock": _bend, "excuse": _excuse,
}  # fmt: skip


def read_course(reader: Reader, node: Node | None) -> list[Phase]:
    """`course`: stages with their acts."""
    phases = []
    for each in node.many() if node is not None else ():
        if not reader.words(each, ("phase", "title", "acts"), "course"):
            continue
        acts = reader.texts(each.get("acts"))
        for act in acts:
            if act not in reader.dictionary.acts:
                reader.wrong(each.place, f"course：没有“{act}”这个行为", _nearest_act(reader, act))
        phases.append(
            Phase(reader.text(each.get("phase")), reader.text(each.get("title")), acts, reader.article)
        )
    return phases
