"""Helpers that turn nodes of a pack into values, noting every mistake with its place and remedy."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from liuhen.law import source
from liuhen.law.conditions import BOOL, Condition, ConditionError, Type, compile_condition
from liuhen.law.counting import Term, parse_term
from liuhen.law.dictionary import Dictionary, Field
from liuhen.law.facts import Fact, normal
from liuhen.law.names import RuleScope
from liuhen.law.problems import Place, Problems, suggestion
from liuhen.law.rules import Each, Pairs, Where
from liuhen.law.source import Node
from liuhen.law.values import Name, agrees, context_of


@dataclass(frozen=True)
class Role:
    """A role that packs may name; `outside` ones are waited for. A body's duties are those of `held_by`;
    what is `by_case` is owed by those who handle the case."""

    name: str
    title: str
    outside: bool
    held_by: tuple[str, ...] = ()
    by_case: bool = False


@lru_cache(maxsize=1)
def roles() -> Mapping[str, Role]:
    """角色: the roles that packs may name."""
    plain = source.read(Path(__file__).parent / "roles.yaml").plain()
    listed = plain if isinstance(plain, dict) else {}
    return {
        name: Role(
            name,
            row["title"],
            bool(row.get("outside")),
            tuple(row.get("held_by", ())),
            bool(row.get("by_case")),
        )
        for name, row in listed.items()
    }


def of_the_case() -> frozenset[str]:
    """Roles whose duties are those of whoever handles the case, not of everybody who holds the role."""
    return frozenset(name for name, role in roles().items() if role.by_case)


def answers_for(held: Iterable[str]) -> frozenset[str]:
    """机构、机关: the bodies whose duties fall to whoever holds these roles."""
    own = frozenset(held)
    return frozenset(name for name, role in roles().items() if own & set(role.held_by))


def role_titles() -> Mapping[str, str]:
    """The Chinese name of each role."""
    return {name: role.title for name, role in roles().items()}


@dataclass
class Reader:
    """Reads the values of one article; `article` stands in every message."""

    dictionary: Dictionary
    problems: Problems
    article: str
    names: dict[str, Name] = field(default_factory=dict)
    owes: Mapping[str, Node] = field(default_factory=dict)

    def wrong(self, place: Place, text: str, remedy: str) -> None:
        """Note a mistake."""
        self.problems.add(place, self.article, text, remedy)

    def words(self, node: Node, known: Iterable[str], what: str) -> bool:
        """Check that a mapping uses known words only; false (and noted) if it is no mapping."""
        if not node.is_map():
            self.wrong(node.place, f"{what}下面应当是“词: 值”", "见 docs/law/pack-format.md")
            return False
        known = tuple(known)
        for word, child in node.items():
            if word not in known:
                remedy = suggestion(word, known, f"可写：{'、'.join(known)}")
                self.wrong(child.place, f"{what}里没有“{word}”这个词", remedy)
        return True

    def text(self, node: Node | None) -> str:
        """A text; empty where there is none."""
        return "" if node is None or node.value is None else str(node.value)

    def texts(self, node: Node | None) -> tuple[str, ...]:
        """One text or a list of them."""
        return () if node is None or node.value is None else tuple(str(each.value) for each in node.many())

    def flag(self, node: Node | None) -> bool:
        """true or false; false where there is none."""
        if node is not None and not isinstance(node.value, bool):
            self.wrong(node.place, f"“{node.value}”不是 true 或者 false", "写 true，或者去掉这一行")
        return bool(node and node.value is True)

    def kinds(self, node: Node | None, what: str) -> tuple[str, ...]:
        """Entry kinds that exist."""
        found = []
        for each in node.many() if node is not None else ():
            name = str(each.value)
            if name in self.dictionary.kinds:
                found.append(name)
            else:
                remedy = suggestion(
                    name, self.dictionary.kinds, "在 liuhen/law/dictionary 里查，没有的先加到字典"
                )
                self.wrong(each.place, f"{what}：没有“{name}”这种条目", remedy)
        return tuple(found)

    def field_of(self, kinds: Iterable[str], name: str, place: Place, what: str) -> Field | None:
        """A field that all these kinds have; None (and noted) otherwise."""
        spec: Field | None = None
        for kind in kinds:
            fields = self.dictionary.kinds[kind].fields
            if name not in fields:
                remedy = suggestion(name, fields, f"{kind} 的字段有：{'、'.join(fields)}")
                self.wrong(
                    place,
                    f"{what}：{kind}（{self.dictionary.kinds[kind].title}）没有“{name}”这个字段",
                    remedy,
                )
                return None
            spec = spec or fields[name]
        return spec

    def same(self, node: Node | None, one: tuple[str, ...], two: tuple[str, ...], what: str) -> Pairs:
        """`same: field`, a list of fields, or `{mine: theirs}`, checked on both sides."""
        if node is None:
            return ()
        if node.is_map():
            pairs = [(mine, str(child.value), child.place) for mine, child in node.items()]
        else:
            pairs = [(str(each.value), str(each.value), each.place) for each in node.many()]
        for mine, theirs, place in pairs:
            self.field_of(one, mine, place, f"{what}的 same")
            self.field_of(two, theirs, place, f"{what}的 same")
        return tuple((mine, theirs) for mine, theirs, _place in pairs)

    def term(self, node: Node | None) -> Term | None:
        """A length such as `10 working_days`."""
        if node is None:
            return None
        try:
            return parse_term(str(node.value))
        except ValueError as error:
            self.wrong(node.place, str(error), "例如 10 working_days、24 hours、90 days")
            return None

    def who(self, node: Node | None) -> tuple[str, ...]:
        """Roles that exist."""
        found = []
        for each in node.many() if node is not None else ():
            name = str(each.value)
            if name not in roles():
                remedy = suggestion(name, roles(), "在 liuhen/law/roles.yaml 里加上")
                self.wrong(each.place, f"没有“{name}”这个角色", remedy)
            found.append(name)
        return tuple(found)

    def condition(self, node: Node | None, scope: RuleScope, expect: Type = BOOL) -> Condition | None:
        """A condition checked against its scope; None where there is none or it is wrong."""
        if node is None:
            return None
        text = str(node.value).lower() if isinstance(node.value, bool) else str(node.value)
        if isinstance(node.value, dict | list):
            self.wrong(node.place, "条件应当是一句文字", "含有 [ ] { } 或者以 ! 开头的条件加双引号")
            return None
        try:
            return compile_condition(text, scope, expect=expect)
        except ConditionError as error:
            self.wrong(node.place, error.text, error.remedy)
            return None

    def where(self, node: Node | None, kinds: tuple[str, ...]) -> Where | None:
        """`where`: `{field: value}` or a condition over the entry's own fields."""
        if node is None or not kinds:
            return None
        if not node.is_map():
            condition = self.condition(node, RuleScope(self.dictionary, kinds))
            return (
                None
                if condition is None
                else Where(
                    condition.text, _by_condition(condition), _fields(condition.names, self.dictionary, kinds)
                )
            )
        wanted: list[tuple[str, list[Any]]] = []
        for name, child in node.items():
            spec = self.field_of(kinds, name, child.place, "where")
            if spec is None:
                continue
            values = [self._wanted(each, spec) for each in child.many()]
            wanted.append((name, [value for one in values for value in one]))
        text = "、".join(f"{name} = {'/'.join(map(str, values))}" for name, values in wanted)
        sets = [
            (name, frozenset(one for one in values if not isinstance(one, dict))) for name, values in wanted
        ]
        among = sets[0][1] if len(sets) == 1 else None
        return Where(text, _by_values(sets), tuple(name for name, _values in sets), among)

    def _wanted(self, node: Node, spec: Field) -> list[Any]:
        try:
            value = normal(node.plain(), spec)
        except ValueError as error:
            self.wrong(node.place, f"where：{spec.name}（{spec.label}）{error}", "改成字典里有的值")
            return []
        return value if isinstance(value, list) else [value]

    def each(self, node: Node | None, since: tuple[str, ...], what: str) -> Each | None:
        """`each: {of, same, where}`."""
        if node is None or not self.words(node, ("of", "same", "where"), "each"):
            return None
        of = self.kinds(node.get("of"), f"{what}的 each")
        return Each(of, self.same(node.get("same"), since, of, "each"), self.where(node.get("where"), of))

    def holds(self, node: Node | None, kinds: tuple[str, ...], what: str) -> tuple[tuple[str, ...], ...]:
        """Contents that must be filled: fields, or lists of fields of which one is enough."""
        groups = []
        for each in node.many() if node is not None else ():
            names = self.texts(each)
            for name in names:
                self.field_of(kinds, name, each.place, f"{what}的 holds")
            groups.append(names)
        return tuple(groups)


def _fields(names: Iterable[str], dictionary: Dictionary, kinds: Iterable[str]) -> tuple[str, ...]:
    """The fields behind the names of a condition: `signatures_count` counts `signatures`."""
    known = {name for kind in kinds for name in dictionary.kinds[kind].fields}
    found = (name if name in known else name.removesuffix("_count").removesuffix("_valid") for name in names)
    return tuple(dict.fromkeys(found))


def _by_condition(condition: Condition) -> Callable[[Fact], Any]:
    return lambda fact: condition.evaluate(context_of(None, fact))  # type: ignore[arg-type]


def _by_values(sets: list[tuple[str, frozenset[Any]]]) -> Callable[[Fact], Any]:
    if len(sets) == 1:
        ((single, allowed),) = sets
        return _among(single, allowed)
    tests = [_among(name, values) for name, values in sets]

    def every(fact: Fact) -> bool:
        for test in tests:  # noqa: SIM110 (a generator costs more than the tests)
            if not test(fact):
                return False
        return True

    return every


def _among(name: str, values: frozenset[Any]) -> Callable[[Fact], bool]:
    """Whether a field has one of these values, or lists one."""

    def test(fact: Fact) -> bool:
        found = fact.fields.get(name)
        if found.__class__ is str or not isinstance(found, (list, tuple)):
            return found in values
        return any(agrees(value, found) for value in values)

    return test
