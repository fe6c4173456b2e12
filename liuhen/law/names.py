"""Which names a rule's conditions may use: the fields of its entries, then the measure's own."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from liuhen.kernel.clock import local_date
from liuhen.law.conditions import (
    BOOL,
    INT,
    LIST,
    TEXT,
    Condition,
    ConditionError,
    Evaluate,
    Type,
    Unknown,
    compile_condition,
)
from liuhen.law.dictionary import LISTS, Dictionary
from liuhen.law.problems import suggestion
from liuhen.law.values import (
    Amount,
    Ask,
    Define,
    Name,
    amount_accessor,
    answer_accessor,
    count_accessor,
    list_accessor,
    of_each,
    of_fact,
    reading_accessor,
    valid_count_accessor,
    value_accessor,
)


@dataclass
class RuleScope:
    """Names that a rule's conditions may use: the fields of its entries, then the measure's names."""

    dictionary: Dictionary
    kinds: tuple[str, ...]
    each: tuple[str, ...] = ()
    names: dict[str, Name] = field(default_factory=dict)
    said: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    """What its names and conditions are called in Chinese, once worked out."""
    _memo: dict[str, tuple[Type, Evaluate]] = field(default_factory=dict, repr=False, compare=False)
    _listed: dict[str, list[tuple[str, Condition]]] = field(default_factory=dict, repr=False, compare=False)
    _open: list[str] = field(default_factory=list, repr=False, compare=False)

    def resolve(self, name: str) -> tuple[Type, Evaluate]:
        """Type and accessor of a name. Raises `ConditionError`."""
        if name not in self._memo:
            self._memo[name] = self._resolve(name)
        return self._memo[name]

    def _resolve(self, name: str) -> tuple[Type, Evaluate]:
        if self.kinds and name == "at":
            return INT, lambda context: context.fact.at_ms
        if self.kinds and name == "on":
            return TEXT, lambda context: local_date(context.fact.at_ms).isoformat()
        for kinds, pick in ((self.kinds, of_fact), (self.each, of_each)):
            found = self._field(name, kinds, pick)
            if found:
                return found
        if name in self.names:
            return self._name(self.names[name], name)
        raise ConditionError(
            self._unknown(name),
            suggestion(name, self._all(), "在字典里查字段名，或者先用 fact、define、ask、set 定义"),
        )

    def _unknown(self, name: str) -> str:
        where = "、".join(dict.fromkeys((*self.kinds, *self.each))) or "本办法"
        some = [kind for kind in self.kinds if name in self.dictionary.kinds[kind].fields]
        if some:
            return f"字段“{name}”只有 {'、'.join(some)} 才有，其他几种起算条目没有"
        return f"没有“{name}”这个名字（{where}没有这个字段，本办法也没有这样的 fact、define、ask、set）"

    def _all(self) -> Iterable[str]:
        yield from self.names
        for kind in (*self.kinds, *self.each):
            yield from self.dictionary.kinds[kind].fields

    def _field(self, name: str, kinds: tuple[str, ...], pick: Any) -> tuple[Type, Evaluate] | None:
        if not kinds:
            return None
        specs = [self.dictionary.kinds[kind].fields.get(name) for kind in kinds]
        if all(spec is not None for spec in specs):
            types = [spec.seen_as for spec in specs if spec]
            first = types[0]
            if first is None or any(other is None or other.name != first.name for other in types):
                raise ConditionError(
                    f"字段“{name}”不能用在条件里", f"可以用“{name}count_accessor”，或者换一个字段"
                )
            if any(other != first for other in types):
                first = Type(first.name)
            return first, list_accessor(name, pick) if first is LIST else value_accessor(name, pick)
        for suffix, make in (("_valid_count", valid_count_accessor), ("_count", count_accessor)):
            base = name.removesuffix(suffix)
            if name.endswith(suffix) and all(self._is_list(kind, base, suffix) for kind in kinds):
                return INT, make(base, pick)
        return None

    def _is_list(self, kind: str, base: str, suffix: str) -> bool:
        spec = self.dictionary.kinds[kind].fields.get(base)
        return spec is not None and (
            spec.type == "officers" if suffix == "_valid_count" else spec.type in LISTS
        )

    def _name(self, spec: Name, name: str) -> tuple[Type, Evaluate]:
        if isinstance(spec, Define):
            return BOOL, self._define(spec, name)
        if isinstance(spec, Ask):
            of = () if spec.matter else spec.of
            keys = {kind: self.dictionary.kinds[kind].key for kind in self.kinds if kind in of}
            return BOOL, answer_accessor(spec, keys)
        if isinstance(spec, Amount):
            return INT, amount_accessor(spec)
        for mine, _theirs in [(theirs, mine) for mine, theirs in spec.by]:
            if not all(mine in self.dictionary.kinds[kind].fields for kind in self.kinds) or not self.kinds:
                raise ConditionError(
                    f"“{name}”按“{mine}”取条目，而{'、'.join(self.kinds) or '这里'}没有“{mine}”这个字段",
                    "去掉 by，或者换一个名字",
                )
        return spec.type, reading_accessor(spec)

    def _define(self, spec: Define, name: str) -> Evaluate:
        if name in self._open:
            raise ConditionError(f"define “{name}”绕回到自己", "去掉循环")
        self._open.append(name)
        parts = [compile_condition(text, self).evaluate for _number, text, _place in spec.alternatives]
        self._open.pop()

        def run(context: Any) -> Any:
            missing: Unknown | None = None
            for part in parts:
                value = part(context)
                if value is True:
                    return True
                if isinstance(value, Unknown):
                    missing = value if missing is None else missing | value
            return False if missing is None else missing

        return run

    def alternatives(self, spec: Define) -> list[tuple[str, Condition]]:
        """The numbered alternatives of a define, compiled for this scope."""
        listed = self._listed.get(spec.id)
        if listed is None:
            listed = [(number, compile_condition(text, self)) for number, text, _place in spec.alternatives]
            self._listed[spec.id] = listed
        return listed

    def means(self, name: str) -> tuple[Name | None, str]:
        """What a name stands for: one of the measure's own, or else a field (`at`, `on`), and of which entry."""
        if self.kinds and name in ("at", "on"):
            return None, name
        for kinds in (self.kinds, self.each):
            base = name.removesuffix("_count").removesuffix("_valid")
            if any(field in self.dictionary.kinds[kind].fields for kind in kinds for field in (name, base)):
                return None, "each" if kinds is self.each else "fact"
        return self.names.get(name), ""
