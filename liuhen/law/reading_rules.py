"""Reads what an article asks: owe, record, gate, access, breach, clock, excuse, course."""

import re
from typing import Any

from liuhen.law.conditions import INT
from liuhen.law.counting import UNITS
from liuhen.law.names import Ask, RuleScope
from liuhen.law.problems import suggestion
from liuhen.law.reading import Reader
from liuhen.law.rules import (
    Access,
    Before,
    Bend,
    Breach,
    Excuse,
    Extend,
    Gate,
    Owe,
    Pairs,
    Phase,
    Record,
    Restart,
    Rule,
    Signed,
    Stop,
    Wait,
)
from liuhen.law.source import Node

_ANY = ("cite", "title", "say", "remedy", "show", "when", "who")
_OWE = (
    *_ANY, "since", "since_due", "every", "where", "each", "subject", "may", "done", "same", "after", "holds", "signed",
    "within", "from", "until", "before", "promptly", "stop", "extend", "restart", "cap", "about",
)  # fmt: skip
_RECORD = (*_ANY, "of", "must", "where", "medium", "holds", "within", "until")
_GATE = (*_ANY, "act", "of", "need", "after")
_ACCESS = (*_ANY, "of", "part", "may", "need", "deny")
_BREACH = (*_ANY, "when_missing", "since", "where", "ask")
_BEND = ("cite", "title", "say", "show", "when", "stop", "extend", "restart", "cap")
_EXCUSE = ("cite", "title", "say", "show", "when", "since", "same", "holds", "where")
_MONTH_DAY = re.compile(r"\d\d-\d\d")
_ID = re.compile(r"[a-z][a-z0-9_]*")


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


def _common(reader: Reader, name: str, node: Node, title: str, scope: RuleScope) -> dict[str, Any]:
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


def _owe(reader: Reader, name: str, node: Node, title: str) -> Rule | None:
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
        reader.words(done_node, ("of", "where"), f"{what} 的 done")
    done = reader.kinds(done_of, what)
    each = reader.each(node.get("each"), since, what)
    mine = each.of if each else since
    scope = RuleScope(reader.dictionary, since, each.of if each else (), reader.names)
    joins = reader.same(node.get("same"), () if node.get("every") else mine, done, what)
    spans = _spans(reader, node, what)
    return Owe(
        **_common(reader, name, node, title, scope), since=since, since_due=_text_or_none(node.get("since_due")),
        every=_every(reader, node), where=reader.where(node.get("where"), since), each=each, agency=_agency(reader, node),
        may=reader.flag(node.get("may")), done=done,
        done_where=reader.where(done_node.get("where"), done) if done_node.is_map() else None, same=joins,
        after=reader.flag(node.get("after")), holds=reader.holds(node.get("holds"), done, what),
        signed=_signed(reader, node.get("signed"), done, what), start_field=_moment_field(reader, node.get("from"), since, what),
        until=_until(reader, node, since, what), before=_before(reader, node.get("before"), since, what),
        about=_text_or_none(node.get("about")), **_within(reader, node, scope, what), **spans,
    )  # fmt: skip


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


def _spans(reader: Reader, node: Node, what: str) -> dict[str, Any]:
    stop, extend, restart = node.get("stop"), node.get("extend"), node.get("restart")
    return {
        "stop": tuple(
            found for each in (stop.many() if stop else ()) if (found := _stop(reader, each, what))
        ),
        "extend": tuple(
            found for each in (extend.many() if extend else ()) if (found := _extend(reader, each, what))
        ),
        "restart": _restart(reader, restart, what) if restart else None,
        "cap": _text_or_none(node.get("cap")),
    }


def _text_or_none(node: Node | None) -> str | None:
    return None if node is None else str(node.value)


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


def _stop(reader: Reader, node: Node, what: str) -> Stop | None:
    if not reader.words(node, ("from", "to", "same", "from_where", "to_where"), f"{what} 的 stop"):
        return None
    start, end = (
        reader.kinds(node.get("from"), f"{what} 的 stop"),
        reader.kinds(node.get("to"), f"{what} 的 stop"),
    )
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
        since, reader.term(add), _text_or_none(take), limit, unit, number, reader.who(node.get("who")),
        reader.where(node.get("where"), since), reader.kinds(node.get("after"), f"{what} 的 extend"),
    )  # fmt: skip


def _restart(reader: Reader, node: Node, what: str) -> Restart | None:
    if not reader.words(node, ("since", "declared", "same"), f"{what} 的 restart"):
        return None
    since, declared = reader.kinds(node.get("since"), what), reader.kinds(node.get("declared"), what)
    return Restart(since, declared, reader.same(node.get("same"), since, declared, f"{what} 的 restart"))


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
        **_common(reader, name, node, title, scope), of=of, must=must, where=reader.where(node.get("where"), of),
        medium=reader.texts(node.get("medium")), holds=reader.texts(node.get("holds")),
        within=reader.term(node.get("within")), until=reader.text(node.get("until")) or "recording.store",
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
            remedy = suggestion_of_acts(reader, str(each.value))
            reader.wrong(each.place, f"{what}：没有“{each.value}”这个行为", remedy)
    need, after = node.get("need"), node.get("after")
    if act is None or (need is None and after is None) or node.get("say") is None:
        reader.wrong(
            node.place,
            f"{what} 要写 act、need（或者 after）、say",
            "写明哪个行为、须符合什么、不符合时说什么",
        )
    entered = tuple(kind for each in acts for kind in reader.dictionary.acts[each])
    of = reader.kinds(node.get("of"), what) or entered
    scope = RuleScope(reader.dictionary, of, (), reader.names)
    wait = _wait(reader, after, of, scope, what) if after is not None else None
    common = _common(reader, name, node, title, scope)
    return Gate(**common, acts=tuple(acts), of=of, need=reader.condition(need, scope), after=wait)


def suggestion_of_acts(reader: Reader, name: str) -> str:
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
    common = _common(reader, name, node, title, scope)
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
    common = _common(reader, name, node, title, scope)
    return Breach(**common, when_missing=missing, since=since, where=where, asks=tuple(asks))


def _bend(reader: Reader, name: str, node: Node, title: str) -> Rule | None:
    what = f"clock {name}"
    if not reader.words(node, _BEND, what):
        return None
    common = _common(reader, name, node, title, RuleScope(reader.dictionary, (), (), reader.names))
    return Bend(**common, about=name, **_spans(reader, node, what))


def _excuse(reader: Reader, name: str, node: Node, title: str) -> Rule | None:
    what = f"excuse {name}"
    if not reader.words(node, _EXCUSE, what):
        return None
    since = reader.kinds(node.get("since"), what)
    if not since:
        reader.wrong(node.place, f"{what} 要写 since", "写明凭哪种条目免除")
    scope = RuleScope(reader.dictionary, since, (), reader.names)
    return Excuse(
        **_common(reader, name, node, title, scope), about=name, since=since, same=reader.same(node.get("same"), (), since, what),
        holds=reader.holds(node.get("holds"), since, what), where=reader.where(node.get("where"), since),
    )  # fmt: skip


_READERS: dict[str, Any] = {
    "owe": _owe, "record": _record, "gate": _gate, "access": _access, "breach": _breach, "clock": _bend, "excuse": _excuse,
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
                reader.wrong(each.place, f"course：没有“{act}”这个行为", suggestion_of_acts(reader, act))
        phases.append(
            Phase(reader.text(each.get("phase")), reader.text(each.get("title")), acts, reader.article)
        )
    return phases
