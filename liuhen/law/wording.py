"""Conditions in Chinese: what they ask, and what was seen when they were asked."""

from collections.abc import Iterable
from typing import Any

from liuhen.law.conditions import Condition, Part, Unknown
from liuhen.law.names import RuleScope
from liuhen.law.values import Context, Define, Name
from liuhen.law.words import Word, needed, word_of

_NUMBERS = {"==": "等于", "!=": "不等于", "<": "少于", "<=": "不超过", ">": "超过", ">=": "不少于"}
_TIMES = {"==": "为", "!=": "不为", "<": "早于", "<=": "不晚于", ">": "晚于", ">=": "不早于"}
_SUMS = {"+": "加", "-": "减", "*": "乘以"}
_TEXTS = {"startsWith": "以“{}”开头", "endsWith": "以“{}”结尾", "contains": "含有“{}”"}
_DENIED = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<", "in": "not in"}
_TIGHT = frozenset({"&&", "||", "?"})


def explain(condition: Condition, context: Context) -> str:
    """`适用程序为普通程序（符合）`: a condition with whether it holds and what it saw."""
    return explained(condition, context, condition.evaluate(context))


def explained(condition: Condition, context: Context, answer: Any) -> str:
    """The same of a condition that was evaluated just now."""
    scope = condition.scope
    if not isinstance(scope, RuleScope):
        return condition.text
    said = _Said(scope, context)
    asked = said.asked(condition)
    seen = said.seen(condition, everything=answer is not True)
    if isinstance(answer, Unknown):
        lacking = needed(sorted(answer.names), scope.names, scope.dictionary, (*scope.kinds, *scope.each))
        return f"{asked}（还不能判断，缺{'、'.join(lacking)}）"
    if isinstance(answer, bool):
        return f"{asked}（{'：'.join(filter(None, ('符合' if answer else '不符合', '，'.join(seen))))}）"
    return f"{asked}（{'，'.join(seen)}）" if seen else asked


def _chooses(part: Part) -> bool:
    """Whether it can hold in more than one way."""
    return part.operator in ("||", "?") or any(map(_chooses, part.parts))


class _Said:
    """The parts of a condition in words, as they read beside one entry."""

    def __init__(self, scope: RuleScope, context: Context) -> None:
        self.scope, self.context = scope, context

    def asked(self, condition: Condition) -> str:
        """A whole condition as a sentence; made once for entries of one kind."""
        each = self.context.each
        key = "asked", condition.text, self.context.fact.kind, each.kind if each is not None else None
        sentence: str | None = self.scope.said.get(key)
        if sentence is None:
            sentence = self.scope.said[key] = self.statement(condition.whole)
        return sentence

    def word(self, part: Part) -> Word | None:
        """The word of a part that is a name."""
        return word_of(self.scope, part.value, self.context) if part.operator == "name" else None

    def statement(self, part: Part, *, holds: bool = True) -> str:
        """A part that is true or false, as a sentence; denied unless `holds`."""
        operator, parts = part.operator, part.parts
        if operator == "!":
            return self.statement(parts[0], holds=not holds)
        if operator == "name":
            return self._named(part, holds)
        if operator == "constant":
            return "总是符合" if part.value is holds else "总不符合"
        if not holds and operator in _DENIED:
            return self._compared(_DENIED[operator], *parts)
        if not holds:
            return f"并非（{self.statement(part)}）"
        if operator == "?":
            test, yes, no = (self.statement(each) for each in parts)
            return f"如果{test}，则{yes}；否则{no}"
        if operator in ("&&", "||"):
            joint = "，并且" if operator == "&&" else "，或者"
            return joint.join(self._within(each, operator) for each in parts)
        return self._compared(operator, *parts)

    def _within(self, part: Part, around: str) -> str:
        text = self.statement(part)
        return f"（{text}）" if part.operator in _TIGHT and part.operator != around else text

    def _named(self, part: Part, holds: bool) -> str:
        word = word_of(self.scope, part.value, self.context)
        if word.define is not None and not word.define.title and len(word.define.alternatives) == 1:
            return self.statement(self.scope.alternatives(word.define)[0][1].whole, holds=holds)
        return word.yes if holds else word.no

    def _compared(self, operator: str, left: Part, right: Part) -> str:
        word = self.word(left) or self.word(right)
        if isinstance(right.value, bool) and right.operator == "constant":
            return self.statement(left, holds=right.value is (operator == "=="))
        if left.operator == "size":
            return self._sized(operator, left.parts[0], right)
        if operator in _TEXTS:
            return f"{self.noun(left, word)}{_TEXTS[operator].format(self.noun(right, word))}"
        if operator in ("in", "not in"):
            return self._among(left, right, word, no="" if operator == "in" else "不")
        if word is not None and right.operator == "constant":
            there = self._there(operator, right.value, word)
            if there:
                return there
        if right.operator != "constant" and operator in ("==", "!="):
            same = "相同" if operator == "==" else "不同"
            return f"{self.noun(left, word)}与{self.noun(right, word)}{same}"
        texts = right.operator == "constant" and isinstance(right.value, str)
        how = (_TIMES if texts or (word is not None and word.timely) else _NUMBERS)[operator]
        return f"{self.noun(left, word)}{how}{self.noun(right, word)}"

    @staticmethod
    def _there(operator: str, value: Any, word: Word) -> str:
        """`没有…`, `已有…`: a comparison with what stands for nothing; "" for any other."""
        if word.absent is None or value != word.absent or isinstance(value, bool):
            return ""
        if operator == "==":
            return word.none
        return word.some if operator == "!=" or (word.counted and operator == ">") else ""

    def _sized(self, operator: str, inner: Part, right: Part) -> str:
        word = self.word(inner)
        label = word.label if word else self.noun(inner, None)
        if right.value == 0 and operator in (">", "!="):
            return f"已填写{label}"
        if right.value == 0 and operator == "==":
            return f"没有填写{label}"
        return f"{label}的长度{_NUMBERS[operator]}{self.noun(right, None)}"

    def _among(self, left: Part, right: Part, word: Word | None, no: str) -> str:
        if left.operator == "constant":
            listed = self.word(right)
            return f"{self.noun(right, listed)}{no}包括{listed.show(left.value) if listed else left.value}"
        if right.operator == "constant":
            shown = [word.show(value) if word else str(value) for value in right.value]
            return f"{self.noun(left, word)}{no}为{'或者'.join(shown)}"
        return f"{self.noun(left, word)}{no}在{self.noun(right, word)}之中"

    def noun(self, part: Part, beside: Word | None) -> str:
        """A part that is a value; constants are shown as values of what stands beside them."""
        operator, parts = part.operator, part.parts
        if operator == "constant":
            return beside.show(part.value) if beside else str(part.value)
        if operator == "name":
            return word_of(self.scope, part.value, self.context).label
        if operator == "years_after":
            return f"{self.noun(parts[0], None)}的{part.value}年后"
        if operator == "yuan":
            return f"{self.noun(parts[0], None)}元"
        if operator == "size":
            return f"{self.noun(parts[0], None)}的长度"
        if operator in _SUMS and len(parts) == 2:
            return _SUMS[operator].join(self.noun(each, None) for each in parts)
        return self.statement(part)

    def seen(self, condition: Condition, *, everything: bool) -> list[str]:
        """What the names were; without `everything` only what the sentence does not already say."""
        names = condition.accessors if everything else self._untold(condition)
        lines = [self._saw(name, condition.accessors[name](self.context)) for name in names]
        return [line for line in dict.fromkeys(lines) if line]

    def _untold(self, condition: Condition) -> tuple[str, ...]:
        """The names whose values the sentence does not say although it holds; found out once."""
        key = "untold", condition.text
        names: tuple[str, ...] | None = self.scope.said.get(key)
        if names is None:
            weighed, chooses = set(_weighed(condition.whole)), _chooses(condition.whole)
            names = self.scope.said[key] = tuple(
                name
                for name in condition.accessors
                if chooses or name in weighed or _numbered(self.scope.means(name)[0])
            )
        return names

    def _saw(self, name: str, value: Any) -> str:
        word = word_of(self.scope, name, self.context)
        if word.define is not None:
            return self._alternative(word, value)
        if isinstance(value, Unknown):
            return word.unknown
        if isinstance(value, bool):
            return word.yes if value else word.no
        if word.absent is not None and value == word.absent:
            return word.none
        shown = word.show(value)
        return f"{word.label}为{shown}" if shown else ""

    def _alternative(self, word: Word, value: Any) -> str:
        """Of a `define`: the numbered alternatives that hold, or that none does."""
        listed = self.scope.alternatives(word.define) if word.define else []
        if len(listed) == 1 and not listed[0][0]:
            condition = listed[0][1]
            return "，".join(self.seen(condition, everything=True))
        if value is True:
            holding = [
                f"第{number}项（{self.statement(each.whole)}）"
                for number, each in listed
                if each.evaluate(self.context) is True
            ]
            return f"属于{word.label}{'、'.join(holding)}"
        return word.unknown if isinstance(value, Unknown) else f"{word.label}各项都不是"


def _numbered(spec: Name | None) -> bool:
    """Whether a name stands for numbered alternatives, so that holding does not tell which."""
    return isinstance(spec, Define) and bool(spec.alternatives[0][0])


def _weighed(part: Part) -> Iterable[str]:
    """Names that are weighed against something (more, less, before), so that holding does not tell their value."""
    if part.operator in ("<", "<=", ">", ">=", "+", "-", "*", "!=") and part.parts[0].operator != "size":
        yield from _names(part)
    elif part.operator == "name":
        return
    else:
        for each in part.parts:
            yield from _weighed(each)


def _names(part: Part) -> Iterable[str]:
    if part.operator == "name":
        yield part.value
    for each in part.parts:
        yield from _names(each)
