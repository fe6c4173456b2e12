"""Conditions: CEL's grammar and answers, three of them, and mistakes told on loading."""

# ruff: noqa: E501 - entries stand on one line each

from types import SimpleNamespace
from typing import Any

import pytest

from liuhen.law.conditions import (
    BOOL,
    INT,
    LIST,
    TEXT,
    ConditionError,
    Evaluate,
    Type,
    Unknown,
    compile_condition,
)

_TYPES = {
    "kind": Type("text", ("a", "b")),
    "text": TEXT,
    "n": INT,
    "m": INT,
    "yes": BOOL,
    "no": BOOL,
    "many": LIST,
}


class _Scope:
    def resolve(self, name: str) -> tuple[Type, Evaluate]:
        if name not in _TYPES:
            raise ConditionError(f"没有“{name}”", "改名")
        return _TYPES[name], lambda context: getattr(context, name, Unknown(frozenset({name})))


def _value(condition: str, **values: Any) -> Any:
    return compile_condition(condition, _Scope()).evaluate(SimpleNamespace(**values))


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        ("kind == 'a'", True), ("kind in ['b']", False), ("kind != 'b' && n > 3", True), ("!yes || no", False),
        ("n >= m ? no : yes", False), ("n - m * 2 == 1", True), ("-n < 0", True), ("(yes || no) && no", False),
        ("yes || no && no", True), ("size(text) == 2", True), ("text.startsWith('x') && text.endsWith('y')", True),
        ("text.contains('q')", False), ("'p' in many", True), ("yuan(3) == 300", True), ("yes == true", True),
        ('text == "xy"', True), ("text < '2026-01-01'", False), (r"text != 'a\'b'", True),
    ],
)  # fmt: skip
def test_answers(condition, answer):
    assert _value(condition, kind="a", text="xy", n=5, m=2, yes=True, no=False, many=("p",)) is answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("no && n > 1", False),
        ("n > 1 && no", False),
        ("yes || n > 1", True),
        ("n > 1 || yes", True),
        ("size(text) > 0", False),
    ],
)
def test_what_does_not_matter_need_not_be_known(text, answer):
    assert _value(text, yes=True, no=False) is answer


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("yes && n > 1", {"n"}),
        ("n > m", {"n", "m"}),
        ("!(n > 1)", {"n"}),
        ("n > 1 ? yes : no", {"n"}),
        ("no || n > 1 && m > 1", {"n", "m"}),
    ],
)
def test_what_cannot_be_told_names_what_is_missing(text, names):
    assert _value(text, yes=True, no=False) == Unknown(frozenset(names))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("n = 3", "看不懂"), ("n ==", "没有写完"), ("n == 'a'", "同一类"), ("n", "结果是整数"), ("kind == 'c'", "没有“c”这个选项"),
        ("kind in ['a', 'c']", "没有“c”这个选项"), ("kind in 'a'", "右边要列表"), ("yes > no", "不能用"), ("wrong == 1", "没有“wrong”"),
        ("n + text == 1", "这里要整数"), ("yes && n", "这里要是非"), ("(yes", "应为“)”"), ("yes yes", "多余"), ("foo(n) == 1", "没有“foo()”"),
        ("text.upper('a')", "没有“.upper”"), ("for == 1", "保留的词"), ("[n] == many", "列表里只能写文字"), ("yes ? n : text", "同一类"),
    ],
)  # fmt: skip
def test_mistakes_are_told_on_loading(text, said):
    with pytest.raises(ConditionError) as error:
        compile_condition(text, _Scope())
    assert said in error.value.text
    assert error.value.remedy


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        ("2024-03-02", 2, "2026-03-02"),
        ("2024-02-29", 2, "2026-02-28"),
        ("2024-02-29", 4, "2028-02-29"),
        ("2021-12-31", 5, "2026-12-31"),
    ],
)
def test_a_day_years_later_is_the_corresponding_day(day: str, years: int, later: str):
    assert _value(f"years_after(text, {years}) == '{later}'", text=day) is True
    assert isinstance(_value(f"years_after(text, {years}) == '{later}'"), Unknown)


@pytest.mark.parametrize(
    "wrong", ["years_after(n, 2) == 'a'", "years_after(text, n) == 'a'", "years_after(text) == 'a'"]
)
def test_years_are_a_number_after_a_date(wrong: str):
    with pytest.raises(ConditionError):
        compile_condition(wrong, _Scope())
