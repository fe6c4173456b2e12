"""What the names of conditions are called: fields by their labels, the measure's own names by their titles."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from liuhen.kernel.clock import format_date, format_local
from liuhen.kernel.money import format_yuan
from liuhen.law.dictionary import Dictionary, Field
from liuhen.law.names import RuleScope
from liuhen.law.reading import roles
from liuhen.law.values import Amount, Ask, Context, Define, Name, Reading

_ASIDE = re.compile(r"（[^（）]*）$")
_SILENT = frozenset({"key", "keys", "draft", "person", "party", "longtext"})
"""Types whose values are names of the machine, or too long for a line of working to repeat."""
_AMOUNT_UNITS = {"days": "日", "people": "人", "percent": "%", "number": ""}


@dataclass(frozen=True)
class Word:
    """One name in Chinese: `label` as a noun, `yes` and `no` as statements, `none` where there is no such entry.

    `unknown` says that it cannot be told; `show` a value, "" where a value says nothing to people; `timely` that it is
    compared as a time.
    """

    label: str
    yes: str
    no: str
    unknown: str
    show: Callable[[Any], str]
    none: str = ""
    some: str = ""
    absent: Any = None
    counted: bool = False
    timely: bool = False
    define: Define | None = None


def word_of(scope: RuleScope, name: str, context: Context) -> Word:
    """What a name of a condition is called where the condition looks at this entry."""
    key = name, context.fact.kind, context.each.kind if context.each is not None else None
    word: Word | None = scope.said.get(key)
    if word is None:
        word = scope.said[key] = _word(scope, name, context)
    return word


def _word(scope: RuleScope, name: str, context: Context) -> Word:
    spec, place = scope.means(name)
    if isinstance(spec, Ask):
        return _plain(
            f"“{spec.text}”的判断", f"“{spec.text}”判断为是", f"“{spec.text}”判断为否", "还没有作出"
        )
    if isinstance(spec, Amount):
        return _amount(spec)
    if isinstance(spec, Define):
        title = spec.title or "本条所列情形"
        return Word(
            title, f"属于{title}", f"不属于{title}", f"是否属于{title}还不能判断", _as_is, define=spec
        )
    if isinstance(spec, Reading):
        return _reading(spec, scope.dictionary)
    return _field_or_time(scope, name, place, context)


def _plain(label: str, yes: str, no: str, unknown: str) -> Word:
    return Word(label, yes, no, f"{label}{unknown}", _as_is)


def _as_is(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _amount(spec: Amount) -> Word:
    label = spec.text or "数额标准"
    unit = _AMOUNT_UNITS.get(spec.unit)
    show: Callable[[Any], str] = _money if unit is None else lambda value: f"{value}{unit}"
    return Word(label, "", "", f"{label}还没有设定", show)


def _money(value: Any) -> str:
    return f"{format_yuan(value)}元" if isinstance(value, int) else str(value)


def _field_or_time(scope: RuleScope, name: str, place: str, context: Context) -> Word:
    if place == "at":
        return Word("当时", "", "", "", format_local, timely=True)
    if place == "on":
        return Word("当日", "", "", "", _day, timely=True)
    fact = context.each if place == "each" and context.each is not None else context.fact
    allowed = scope.each if place == "each" else scope.kinds
    kind = fact.kind if fact.kind in allowed else allowed[0]
    fields = scope.dictionary.kinds[kind].fields
    if name in fields:
        return _field(fields[name])
    base = fields.get(name.removesuffix("_count").removesuffix("_valid"))
    label = bare(base.label) if base else name
    what = "人数" if base and base.type == "officers" else "项数"
    return Word(
        f"执法证有效的{label}{what}" if name.endswith("_valid_count") else f"{label}{what}",
        "",
        "",
        "",
        _as_is,
    )


def _field(spec: Field) -> Word:
    label = bare(spec.label)
    return Word(
        label,
        _truth(spec, label, value=True),
        _truth(spec, label, value=False),
        f"“{label}”没有填写",
        shower(spec),
        timely=spec.type in ("date", "instant"),
    )


def _truth(spec: Field, label: str, *, value: bool) -> str:
    said = spec.truth(value)
    return f"“{label}”为{said}" if said in ("是", "否") else said


def bare(label: str) -> str:
    """A label without what it says aside: `承办人` of `承办人（两名以上）`."""
    return _ASIDE.sub("", label) or label


def shower(spec: Field) -> Callable[[Any], str]:
    """How values of a field are shown: money in 元, times in local time, choices by their labels."""
    if spec.type in _SILENT:
        return lambda _value: ""
    if spec.type == "money":
        return _money
    if spec.type == "instant":
        return lambda value: format_local(value) if isinstance(value, int) else str(value)
    if spec.type == "date":
        return _day
    if spec.choices:
        choices = spec.choices
        return lambda value: "、".join(
            str(choices.get(one, one)) for one in (value if isinstance(value, tuple | list) else (value,))
        )
    return _as_is


def _day(value: Any) -> str:
    return format_date(date.fromisoformat(value)) if isinstance(value, str) else str(value)


def _reading(spec: Reading, dictionary: Dictionary) -> Word:
    kinds = "、".join(f"“{dictionary.kinds[kind].title}”" for kind in spec.kinds)
    titled = spec.title
    if spec.op in ("any", "all"):
        return Word(
            titled or kinds, titled or f"已有{kinds}", f"并非“{titled}”" if titled else f"没有{kinds}",
            f"“{titled}”还不能判断" if titled else f"有没有{kinds}还不能判断", _as_is,
        )  # fmt: skip
    if spec.op == "count":
        thing = titled or kinds
        return Word(
            f"{thing}的次数", "", "", f"{thing}的次数不明", _as_is, none=f"没有{thing}", some=f"有{thing}", absent=0,
            counted=True,
        )  # fmt: skip
    return _taken(spec, dictionary, kinds)


_OF_SEVERAL = {"least": "中最低的", "most": "中最高的", "sum": "合计的"}


def _taken(spec: Reading, dictionary: Dictionary, kinds: str) -> Word:
    """`last`, `first`, `least`, `most`, `sum`: a value of entries; where there is none, that there is none."""
    field = dictionary.kinds[spec.kinds[0]].fields.get(spec.take or "")
    own = bare(field.label) if field else ("时间" if spec.take == "at" else "日期")
    label = spec.title or f"{kinds}{_OF_SEVERAL.get(spec.op, '的')}{own}"
    show = shower(field) if field else (format_local if spec.take == "at" else _day)
    yes, no = f"{label}为是", f"{label}为否"
    if field and field.type == "bool" and spec.title:
        yes, no = spec.title, f"并非“{spec.title}”"
    elif field and field.type == "bool" and field.truth(True) != "是":
        yes, no = f"{kinds}：{field.truth(True)}", f"没有{kinds}或者{field.truth(False)}"
    return Word(
        label, yes, no, f"{label}没有填写", show, none=f"没有{kinds}", some=f"已有{kinds}",
        absent=spec.otherwise if isinstance(spec.otherwise, str) else None,
        timely=field is None or field.type in ("date", "instant"),
    )  # fmt: skip


def needed(
    names: Iterable[str], measure: Mapping[str, Name], dictionary: Dictionary, kinds: Iterable[str]
) -> tuple[str, ...]:
    """What must be known first, in Chinese: a judgement and who gives it, a figure of the agency, a field."""
    by_id = {spec.id: spec for spec in measure.values()}
    listed = tuple(kinds)
    return tuple(dict.fromkeys(_needed(name, by_id, dictionary, listed) for name in names))


def _needed(name: str, by_id: Mapping[str, Name], dictionary: Dictionary, kinds: tuple[str, ...]) -> str:
    spec = by_id.get(name)
    if isinstance(spec, Ask):
        return f"对“{spec.text}”的判断（由{'或者'.join(roles()[role].title for role in spec.who)}回答）"
    if isinstance(spec, Amount):
        return f"本机关的“{spec.text or '数额标准'}”"
    kind, _, field = name.rpartition(".")
    if kind in dictionary.kinds:
        return f"“{dictionary.kinds[kind].title}”的{bare(dictionary.label(kind, field))}"
    return f"“{_label(name, dictionary, kinds)}”"


def _label(name: str, dictionary: Dictionary, kinds: Iterable[str]) -> str:
    found = next((each for each in kinds if name in dictionary.kinds[each].fields), None)
    return bare(dictionary.label(found, name)) if found else name


def signed_by(who: Iterable[str], least: int = 1) -> str:
    """`执法人员（或者承办人）的签名`: a required signature by the roles that may give it."""
    first, *others = [roles()[name].title if name in roles() else name for name in who]
    beside = f"（或者{'、'.join(others)}）" if others else ""
    return f"{f'{least}名' if least > 1 else ''}{first}{beside}的签名"


def field_words(names: Iterable[str], dictionary: Dictionary, kinds: Iterable[str]) -> str:
    """`立案理由或者核查情况`: contents of which one is enough, by their labels."""
    listed = tuple(kinds)
    return "或者".join(_label(name, dictionary, listed) for name in names)
