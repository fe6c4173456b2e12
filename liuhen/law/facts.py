"""Facts: what a matter's entries say, in the one form that judging, examples, `--facts` and scenarios use."""

import re
from bisect import insort
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter
from typing import Any

from liuhen.kernel.clock import local_date, parse_local
from liuhen.kernel.money import FEN_PER_YUAN, parse_yuan
from liuhen.law.calendar import Calendar, Year, span
from liuhen.law.dictionary import Dictionary, Field, Kind
from liuhen.law.problems import Problems, suggestion
from liuhen.law.source import Node

_YUAN = re.compile(r"yuan\((\d+)\)|([\d,.]+万?元)")
NAMED_ALONE_VALID_TO = "9999-12-31"
"""Somebody only named in written facts holds a valid certificate; a recorded officer without one does not."""
_HEADER = frozenset({"at", "kind", "recorded", "id", "supersedes", "stream"})


@dataclass(slots=True)
class Fact:
    """One entry as the law sees it. Instants in milliseconds UTC; `fields` flat, money in 分, dates ISO text.

    `supersedes` names the entry that this one corrects; `history` holds the earlier versions once merged.
    Not frozen, because judging begins by making forty of them; nobody assigns to one.
    """

    id: str
    kind: str
    at_ms: int
    recorded_ms: int
    fields: Mapping[str, Any]
    number: int
    supersedes: str | None = None
    history: tuple["Fact", ...] = field(default=(), compare=False)
    known: dict[Any, Any] | None = field(default=None, init=False, repr=False, compare=False)
    """What has been worked out about it, by what was asked: an entry never changes. None before anything has."""

    @property
    def on(self) -> date:
        """The local day on which it happened."""
        return local_date(self.at_ms)

    @property
    def announced(self) -> Year:
        """Of a `year_announced`: the year as it was announced."""
        known = self.known = self.known or {}
        year: Year | None = known.get("announced")
        if year is None:
            year = known["announced"] = _year(self)
        return year


class Matter:
    """Facts of one matter, corrections merged, by kind and in order; the calendar with its announced years.

    `given` are the facts as they were handed in.
    """

    def __init__(self, facts: Iterable[Fact], dictionary: Dictionary, calendar: Calendar) -> None:
        self.dictionary = dictionary
        self.given = list(facts)
        self.facts = _merged(self.given, dictionary)
        self.by_kind: dict[str, list[Fact]] = {}
        by_kind = self.by_kind
        for fact in self.facts:
            if fact.kind in by_kind:
                by_kind[fact.kind].append(fact)
            else:
                by_kind[fact.kind] = [fact]
        years = self.by_kind.get("year_announced")
        self.calendar = calendar.with_years(fact.announced for fact in years) if years else calendar
        self.memo: dict[Any, Any] = {}

    def added(self, given: Sequence[Fact]) -> list[Fact] | None:
        """What these facts hold besides this matter's own; None unless they are those, then later ones.

        Later ones that correct none: a correction alters an entry that stands.
        """
        before = len(self.given)
        if list(given[:before]) != self.given:
            return None
        new = list(given[before:])
        last = max(map(_number, self.given), default=0)
        return None if any(fact.supersedes or fact.number < last for fact in new) else new

    def grown(self, new: Sequence[Fact]) -> "Matter":
        """The matter with these facts (of `added`) in it; their calendar is the same."""
        one = copy(self)
        one.given, one.facts, one.by_kind, one.memo = [*self.given, *new], [*self.facts], {**self.by_kind}, {}
        for fact in new:
            insort(one.facts, fact, key=_order)
            same = one.by_kind[fact.kind] = [*one.by_kind.get(fact.kind, ())]
            insort(same, fact, key=_order)
        return one

    def without(self, left_out: Sequence[Fact]) -> "Matter":
        """The matter without some of the facts that were given, none of which announces a year."""
        if not left_out:
            return self
        out = set(map(id, left_out))
        given = [fact for fact in self.given if id(fact) not in out]
        if any(map(_supersedes, self.given)):
            return Matter(given, self.dictionary, self.calendar)
        one = copy(self)
        one.given, one.memo = given, {}
        one.facts = [fact for fact in self.facts if id(fact) not in out]
        one.by_kind = dict(self.by_kind)
        for kind in {fact.kind for fact in left_out}:
            left = [fact for fact in self.by_kind[kind] if id(fact) not in out]
            if left:
                one.by_kind[kind] = left
            else:
                del one.by_kind[kind]
        return one

    def among(self, kinds: Iterable[str]) -> list[Fact]:
        """Facts of any of these kinds in order of time."""
        by_kind = self.by_kind
        found = [fact for kind in kinds if kind in by_kind for fact in by_kind[kind]]
        found.sort(key=_order)
        return found

    def of(self, kinds: tuple[str, ...]) -> Sequence[Fact]:
        """The same; kinds that are asked for again and again are looked for once."""
        if len(kinds) == 1:
            return self.by_kind.get(kinds[0], ())
        found: list[Fact] | None = self.memo.get(kinds)
        if found is None:
            found = self.memo[kinds] = self.among(kinds)
        return found

    def has_none(self, kinds: Iterable[str]) -> bool:
        """Whether there is no fact of these kinds."""
        return self.by_kind.keys().isdisjoint(kinds)

    def where(self, kinds: tuple[str, ...], name: str, value: Any) -> Sequence[Fact]:
        """Facts of these kinds whose field has this single value (or, being a list, holds it), in order of time."""
        among = self.of(kinds)
        if len(among) <= _FEW:
            return [fact for fact in among if _holds(fact.fields.get(name), value)] if among else ()
        key = (kinds, name)
        index = self.memo.get(key)
        if index is None:
            index = self.memo[key] = self._index(kinds, name)
        found: Sequence[Fact] = index.get(value if type(value) is str else str(value), ())
        return found

    def _index(self, kinds: tuple[str, ...], name: str) -> dict[str, list[Fact]]:
        index: dict[str, list[Fact]] = {}
        for fact in self.of(kinds):
            value = fact.fields.get(name)
            if value is None or value == "":
                continue
            for one in ids_of(value) if isinstance(value, list | tuple) else (str(value),):
                index.setdefault(one, []).append(fact)
        return index


def _holds(found: Any, value: Any) -> bool:
    """Whether a field has this single value, or lists it: as the index of many facts says."""
    if found is None or found == "":
        return False
    if isinstance(found, list | tuple):
        return str(value) in ids_of(found)
    return found == value if type(found) is type(value) else str(found) == str(value)


def ids_of(value: Any) -> set[str]:
    """The names of what a value names: persons by their id."""
    rows = value if isinstance(value, list | tuple) else [value]
    return {
        str(row.get("id") or row.get("name")) if isinstance(row, dict) else str(row) for row in rows if row
    }


_order = attrgetter("at_ms", "number")
_number = attrgetter("number")
_supersedes = attrgetter("supersedes")
_FEW = 4
"""So many facts are looked through sooner than an index of them is made."""


def _merged(given: list[Fact], dictionary: Dictionary) -> list[Fact]:
    """Corrections put in place of what they correct; the rest as it is; in order of time."""
    if not any(map(_supersedes, given)):
        return sorted(given, key=_order)
    kept: dict[str, Fact] = {}
    root: dict[str, str] = {}
    for fact in sorted(given, key=lambda f: f.number):
        first = root.get(fact.supersedes or "", fact.supersedes or "")
        before = kept.get(first)
        if before is None or before.kind != fact.kind:
            kept[fact.id] = fact
            continue
        root[fact.id] = first
        kept[first] = _corrected(before, fact, dictionary)
    return sorted(kept.values(), key=_order)


def _corrected(before: Fact, fix: Fact, dictionary: Dictionary) -> Fact:
    """The corrected entry: its own fields, the first one's identity; a live entry keeps its time."""
    kind = dictionary.kinds.get(fix.kind)
    fields = dict(fix.fields)
    if kind and kind.key not in fields and kind.key in before.fields:
        fields[kind.key] = before.fields[kind.key]
    reported = kind is not None and kind.time == "reported"
    history = (*(before.history or (replace(before, history=()),)), replace(fix, fields=fields))
    return replace(before, fields=fields, at_ms=fix.at_ms if reported else before.at_ms, history=history)


def _year(fact: Fact) -> Year:
    fields = fact.fields
    return Year(
        int(fields["year"]),
        _days(fields.get("off")),
        _days(fields.get("work")),
        str(fields.get("notice", "")),
    )


def _days(rows: Any) -> dict[date, str]:
    """Rows `{date, name}`, or bare dates, as days with their names; a date may be a span of days."""
    days = {}
    for row in rows or ():
        listed = row if isinstance(row, Mapping) else {"date": row}
        for day in span(str(listed["date"])):
            days[day] = str(listed.get("name") or "节假日")
    return days


def read_facts(
    listed: Node, dictionary: Dictionary, problems: Problems, article: str | None = None
) -> list[Fact]:
    """Facts written in YAML (examples, `--facts`, scenarios). What is wrong goes to `problems`."""
    facts: list[Fact] = []
    for number, node in enumerate(listed.many(), 1):
        fact = _read(node, number, dictionary, problems, article)
        if fact:
            facts.append(fact)
    return facts


def _read(
    node: Node, number: int, dictionary: Dictionary, problems: Problems, article: str | None
) -> Fact | None:
    place = node.place
    kind_node, at_node = node.get("kind"), node.get("at")
    if kind_node is None or at_node is None:
        problems.add(place, article, "条目要有 at 和 kind", "写作 {at: 2026-09-21 10:00, kind: filed, …}")
        return None
    kind = dictionary.kinds.get(str(kind_node.value))
    if kind is None:
        remedy = suggestion(str(kind_node.value), dictionary.kinds, "见 liuhen/law/dictionary")
        problems.add(kind_node.place, article, f"没有“{kind_node.value}”这种条目", remedy)
        return None
    try:
        at_ms = parse_local(str(at_node.value))
        recorded_node = node.get("recorded")
        recorded = parse_local(str(recorded_node.value)) if recorded_node else at_ms
    except ValueError as error:
        problems.add(at_node.place, article, str(error), "写作 2026-09-21 10:00")
        return None
    fields = read_fields(node, kind, problems, article)
    id_node, fix = node.get("id"), node.get("supersedes")
    name = str(id_node.value) if id_node else f"e{number}"
    return Fact(name, kind.name, at_ms, recorded, fields, number, str(fix.value) if fix else None)


def read_fields(
    node: Node, kind: Kind, problems: Problems, article: str | None, skip: frozenset[str] = _HEADER
) -> dict[str, Any]:
    """The fields of one entry written in YAML, turned into the form that facts have."""
    fields: dict[str, Any] = {}
    for name, child in node.items():
        spec = kind.fields.get(name)
        if spec is None:
            if name not in skip:
                remedy = suggestion(name, kind.fields, f"{kind.name} 的字段有：{'、'.join(kind.fields)}")
                problems.add(child.place, article, f"{kind.name}（{kind.title}）没有“{name}”这个字段", remedy)
            continue
        try:
            fields[name] = normal(child.plain(), spec)
        except (ValueError, TypeError, KeyError) as error:
            problems.add(
                child.place, article, f"{kind.name}.{name}（{spec.label}）写错了：{error}", _example(spec)
            )
    return fields


def normal(value: Any, spec: Field) -> Any:
    """A value as written, in the form facts have. Raises `ValueError` in Chinese."""
    if value is None:
        return None
    return _NORMAL.get(spec.type, _text)(value, spec)


def _text(value: Any, spec: Field) -> Any:
    if isinstance(value, bool):
        text = "true" if value else "false"
    else:
        text = str(value)
    if spec.type == "choice" and spec.choices and text not in spec.choices:
        raise ValueError(f"没有“{text}”这个选项，可写：{'、'.join(spec.choices)}")
    return text


def _texts(value: Any, spec: Field) -> list[str]:
    texts = [str(item) for item in (value if isinstance(value, list) else [value])]
    for text in texts:
        if spec.choices and text not in spec.choices:
            raise ValueError(f"没有“{text}”这个选项，可写：{'、'.join(spec.choices)}")
    return texts


def _bool(value: Any, _spec: Field) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"“{value}”不是 true 或者 false")
    return value


def _int(value: Any, _spec: Field) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"“{value}”不是整数")
    return value


def _money(value: Any, spec: Field) -> int:
    if isinstance(value, str) and (match := _YUAN.fullmatch(value.strip())):
        return int(match[1]) * FEN_PER_YUAN if match[1] else parse_yuan(match[2])
    return _int(value, spec)


def _instant(value: Any, _spec: Field) -> int:
    return value if isinstance(value, int) else parse_local(str(value))


def _date(value: Any, _spec: Field) -> str:
    return date.fromisoformat(str(value)).isoformat()


def _officers(value: Any, _spec: Field) -> list[dict[str, Any]]:
    rows = value if isinstance(value, list) else [value]
    named = {"valid_to": NAMED_ALONE_VALID_TO}
    return [row if isinstance(row, dict) else {"id": str(row), "name": str(row), **named} for row in rows]


def _signatures(value: Any, _spec: Field) -> list[dict[str, Any]]:
    rows = value if isinstance(value, list) else [value]
    return [row if isinstance(row, dict) else {"who": str(row), "name": str(row), "at": 0} for row in rows]


def _rows(value: Any, _spec: Field) -> list[Any]:
    return value if isinstance(value, list) else [value]


_NORMAL: dict[str, Any] = {
    "bool": _bool, "int": _int, "money": _money, "instant": _instant, "date": _date, "officers": _officers,
    "signatures": _signatures, "files": _rows, "items": _rows, "keys": _texts, "choices": _texts,
    "person": lambda value, _spec: value, "party": lambda value, _spec: value,
}  # fmt: skip


def _example(spec: Field) -> str:
    examples = {
        "bool": "写 true 或者 false", "money": "写分（300000），或者 yuan(3000)、3000元",
        "instant": "写 2026-09-21 10:00",
        "date": "写 2026-09-21", "int": "写整数", "choice": f"可写：{'、'.join(spec.choices)}",
    }  # fmt: skip
    return examples.get(spec.type, "照字典里的类型写")
