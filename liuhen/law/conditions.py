"""Conditions of packs: the part of CEL that rules need, checked on loading, with "cannot tell" as a third answer.

A condition sees single values by name. `compile_condition` parses and checks a text against a scope and
returns a function of whatever context the scope's accessors read from.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Protocol

from liuhen.kernel.money import FEN_PER_YUAN
from liuhen.law import operations
from liuhen.law.operations import Evaluate as Evaluate
from liuhen.law.operations import Unknown as Unknown


@dataclass(frozen=True)
class Type:
    """Type of an expression: text, int, bool or list (of text); `options` where only some texts can occur."""

    name: str
    options: tuple[str, ...] | None = None

    def __str__(self) -> str:
        return {"text": "文字", "int": "整数", "bool": "是非", "list": "列表"}[self.name]


TEXT, INT, BOOL, LIST = Type("text"), Type("int"), Type("bool"), Type("list")


class Scope(Protocol):
    """Where a condition's names come from."""

    def resolve(self, name: str) -> tuple[Type, Evaluate]:
        """Type and accessor of a name; raises `ConditionError` for one that is not there."""
        ...


class ConditionError(Exception):
    """A condition that cannot be used: `text` what is wrong, `remedy` what to do (Chinese)."""

    def __init__(self, text: str, remedy: str) -> None:
        super().__init__(text)
        self.text, self.remedy = text, remedy


@dataclass(frozen=True)
class Part:
    """A part of a condition as written: an operator (`&&`, `==`, `name`, `constant`, …) over its parts."""

    operator: str
    parts: tuple["Part", ...] = ()
    value: Any = None


@dataclass(frozen=True)
class Condition:
    """A checked condition: its text, the names it uses, its type, how to evaluate it, and its parts to say it by."""

    text: str
    names: tuple[str, ...]
    type: Type
    evaluate: Evaluate = field(compare=False, repr=False)
    accessors: dict[str, Evaluate] = field(compare=False, repr=False)
    whole: Part = field(compare=False, repr=False)
    scope: Scope = field(compare=False, repr=False)


_TOKEN = re.compile(
    r"\s*(?:(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<int>[0-9]+)|(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
    r"|(?P<op>&&|\|\||==|!=|<=|>=|[-+*<>!?:()\[\],.]))"
)
_RESERVED = frozenset(
    "as break const continue else for function if import let loop namespace package return var void while".split()
)


@dataclass
class _Token:
    kind: str
    text: str
    at: int


@dataclass(frozen=True)
class _Typed:
    type: Type
    run: Evaluate
    part: Part
    constant: Any = None


def compile_condition(text: str, scope: Scope, *, expect: Type | None = BOOL) -> Condition:
    """Parse and check a condition. Raises `ConditionError` (Chinese) for bad grammar, names or types."""
    parser = _Parser(text, scope)
    typed = parser.whole()
    if expect is not None and typed.type.name != expect.name:
        raise ConditionError(f"条件“{text}”的结果是{typed.type}，这里要{expect}", "写成比较，例如 amount > 0")
    return Condition(text, tuple(parser.names), typed.type, typed.run, parser.names, typed.part, scope)


class _Parser:
    def __init__(self, text: str, scope: Scope) -> None:
        self.text, self.scope = text, scope
        self.tokens = self._split()
        self.place = 0
        self.names: dict[str, Evaluate] = {}

    def _split(self) -> list[_Token]:
        tokens, at = [], 0
        stripped = self.text.rstrip()
        while at < len(stripped):
            match = _TOKEN.match(stripped, at)
            if not match:
                raise self._wrong(f"第{at + 1}个字符“{stripped[at:].strip()[:1]}”看不懂")
            kind = str(match.lastgroup)
            tokens.append(_Token(kind, match[kind], match.start(kind)))
            at = match.end()
        tokens.append(_Token("end", "", len(stripped)))
        return tokens

    def _wrong(self, what: str) -> ConditionError:
        return ConditionError(f"条件“{self.text}”写错了：{what}", "照“名字 == '值' && 名字 > 0”的样子写")

    def _take(self, *texts: str) -> str | None:
        token = self.tokens[self.place]
        if token.kind in ("op", "name") and token.text in texts:
            self.place += 1
            return token.text
        return None

    def _need(self, text: str) -> None:
        if not self._take(text):
            token = self.tokens[self.place]
            raise self._wrong(f"第{token.at + 1}个字符处应为“{text}”")

    def whole(self) -> _Typed:
        typed = self.choice()
        token = self.tokens[self.place]
        if token.kind != "end":
            raise self._wrong(f"第{token.at + 1}个字符处“{token.text}”多余")
        return typed

    def choice(self) -> _Typed:
        test = self.either()
        if not self._take("?"):
            return test
        self._is(test, BOOL)
        yes = self.choice()
        self._need(":")
        no = self.choice()
        self._same(yes, no, "? :")
        return _Typed(
            Type(yes.type.name),
            operations.choose(test.run, yes.run, no.run),
            Part("?", (test.part, yes.part, no.part)),
        )

    def either(self) -> _Typed:
        left = self.both()
        while self._take("||"):
            right = self.both()
            self._is(left, BOOL)
            self._is(right, BOOL)
            left = _Typed(BOOL, operations.either(left.run, right.run), Part("||", (left.part, right.part)))
        return left

    def both(self) -> _Typed:
        left = self.relation()
        while self._take("&&"):
            right = self.relation()
            self._is(left, BOOL)
            self._is(right, BOOL)
            left = _Typed(BOOL, operations.both(left.run, right.run), Part("&&", (left.part, right.part)))
        return left

    def relation(self) -> _Typed:
        left = self.total()
        while operator := self._take("==", "!=", "<=", ">=", "<", ">", "in"):
            right = self.total()
            if operator == "in":
                if right.type.name != "list" or left.type.name != "text":
                    raise self._wrong("in 的左边要文字，右边要列表，例如 kind in ['a', 'b']")
                self._options(left, right)
            else:
                self._same(left, right, operator)
                if left.type.name in ("bool", "list") and operator not in ("==", "!="):
                    raise self._wrong(f"{left.type}不能用“{operator}”比较")
                self._options(left, right)
                self._options(right, left)
            relation = operations.RELATIONS[operator]
            if right.constant is not None:
                run = operations.against(relation, left.run, right.constant)
            else:
                run = operations.binary(relation, left.run, right.run)
            left = _Typed(BOOL, run, Part(operator, (left.part, right.part)))
        return left

    def total(self) -> _Typed:
        left = self.product()
        while operator := self._take("+", "-"):
            right = self.product()
            self._is(left, INT)
            self._is(right, INT)
            run = operations.binary(operations.RELATIONS[operator], left.run, right.run)
            left = _Typed(INT, run, Part(operator, (left.part, right.part)))
        return left

    def product(self) -> _Typed:
        left = self.unary()
        while self._take("*"):
            right = self.unary()
            self._is(left, INT)
            self._is(right, INT)
            left = _Typed(
                INT,
                operations.binary(operations.RELATIONS["*"], left.run, right.run),
                Part("*", (left.part, right.part)),
            )
        return left

    def unary(self) -> _Typed:
        if self._take("!"):
            inner = self.unary()
            self._is(inner, BOOL)
            return _Typed(
                BOOL, operations.single(lambda value: not value, inner.run), Part("!", (inner.part,))
            )
        if self._take("-"):
            inner = self.unary()
            self._is(inner, INT)
            return _Typed(INT, operations.single(lambda value: -value, inner.run), Part("-", (inner.part,)))
        return self.postfix()

    def postfix(self) -> _Typed:
        left = self.primary()
        while self._take("."):
            token = self.tokens[self.place]
            method = operations.METHODS.get(token.text)
            if method is None:
                raise self._wrong(f"没有“.{token.text}”；只有 .startsWith .endsWith .contains")
            self.place += 1
            self._need("(")
            argument = self.choice()
            self._need(")")
            self._is(left, TEXT)
            self._is(argument, TEXT)
            part = Part(token.text, (left.part, argument.part))
            left = _Typed(BOOL, operations.binary(method, left.run, argument.run), part)
        return left

    def primary(self) -> _Typed:
        token = self.tokens[self.place]
        self.place += 1
        if token.kind == "int":
            return _constant(INT, int(token.text))
        if token.kind == "text":
            text = re.sub(r"\\(.)", r"\1", token.text[1:-1])
            return _constant(Type("text"), text)
        if token.kind == "name":
            return self._name(token)
        if token.text == "(":
            inner = self.choice()
            self._need(")")
            return inner
        if token.text == "[":
            return self._list()
        raise self._wrong(
            "没有写完" if token.kind == "end" else f"第{token.at + 1}个字符处“{token.text}”不对"
        )

    def _list(self) -> _Typed:
        items: list[str] = []
        while not self._take("]"):
            item = self.primary()
            if item.type.name != "text" or item.constant is None:
                raise self._wrong("列表里只能写文字，例如 ['a', 'b']")
            items.append(item.constant)
            if not self._take(","):
                self._need("]")
                break
        return _constant(LIST, tuple(items))

    def _name(self, token: _Token) -> _Typed:
        if token.text in ("true", "false"):
            return _constant(BOOL, token.text == "true")
        if token.text in _RESERVED or token.text == "in":
            raise self._wrong(f"“{token.text}”是保留的词，不能作名字")
        if self._take("("):
            return self._call(token.text)
        kind, accessor = self.scope.resolve(token.text)
        self.names[token.text] = accessor
        return _Typed(kind, accessor, Part("name", (), token.text))

    def _call(self, function: str) -> _Typed:
        argument = self.choice()
        if function == "years_after":
            return self._years_after(argument)
        self._need(")")
        if function == "size":
            if argument.type.name not in ("text", "list"):
                raise self._wrong("size() 里要文字或者列表")
            return _Typed(INT, operations.size(argument.run), Part("size", (argument.part,)))
        if function == "yuan":
            self._is(argument, INT)
            run = operations.single(lambda value: value * FEN_PER_YUAN, argument.run)
            return _Typed(INT, run, Part("yuan", (argument.part,)))
        raise self._wrong(f"没有“{function}()”；只有 size()、yuan() 和 years_after()")

    def _years_after(self, day: _Typed) -> _Typed:
        """`years_after(date, 2)`: the day so many years later, as text."""
        self._is(day, Type("text"))
        self._need(",")
        number = self.primary()
        self._need(")")
        if not isinstance(number.constant, int) or isinstance(number.constant, bool):
            raise self._wrong("years_after() 的年数要写整数，例如 years_after(ended_on, 2)")
        years = number.constant
        run = operations.single(lambda value: operations.years_after(value, years), day.run)
        return _Typed(Type("text"), run, Part("years_after", (day.part,), years))

    def _is(self, typed: _Typed, kind: Type) -> None:
        if typed.type.name != kind.name:
            raise self._wrong(f"这里要{kind}，写的是{typed.type}")

    def _same(self, left: _Typed, right: _Typed, operator: str) -> None:
        if left.type.name != right.type.name:
            raise self._wrong(f"“{operator}”两边要同一类：左边是{left.type}，右边是{right.type}")

    def _options(self, left: _Typed, right: _Typed) -> None:
        if left.type.options is None or right.constant is None:
            return
        constants = right.constant if isinstance(right.constant, tuple) else (right.constant,)
        for text in constants:
            if text not in left.type.options:
                raise ConditionError(
                    f"条件“{self.text}”写错了：没有“{text}”这个选项",
                    f"可写的有：{'、'.join(left.type.options)}",
                )


def _constant(kind: Type, value: Any) -> _Typed:
    return _Typed(kind, lambda _context: value, Part("constant", (), value), value)
