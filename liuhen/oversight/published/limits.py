"""What the measures set of multiples and periods (the amounts in packs): for hints on published cases, never a gate."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from liuhen.acts.matter import packs
from liuhen.law.amounts import figures
from liuhen.law.text.numerals import to_chinese
from liuhen.law.values import Amount

_MULTIPLES = ("misuse", "fraud", "personal")
_MONTHS, _BREACH = "settlement_stop", "agreement_damages"
"""The amounts by name."""


@dataclass(frozen=True)
class Range:
    """法定幅度: from `low` to `high`, both included, by `article`; a basis that `cites` it speaks of it."""

    article: str
    low: Decimal
    high: Decimal
    cites: str = ""

    def holds(self, value: Decimal) -> bool:
        """Whether a value lies within."""
        return self.low <= value <= self.high

    def said(self, unit: str) -> str:
        """`1至2倍（条例…）`."""
        return f"{self.low}至{self.high}{unit}（{self.article}）"


@dataclass(frozen=True)
class Limits:
    """The ranges of the data file, and the usual rate of 违约金."""

    multiples: tuple[Range, ...]
    months: Range
    breach_rate: Decimal


@cache
def limits() -> Limits:
    """The figures, from the measures that come with the program."""
    known = figures(packs().values())
    return Limits(
        tuple(_range(known, name) for name in _MULTIPLES),
        _range(known, _MONTHS),
        Decimal(_value(known, _BREACH)) / 100,
    )


def _range(known: Mapping[str, Amount], name: str) -> Range:
    low, high = (Decimal(_value(known, f"{name}_{end}")) for end in ("low", "high"))
    prefix, _, number = known[f"{name}_low"].article.rpartition("-")
    title = packs()[prefix].measure.title
    return Range(f"{title}第{to_chinese(int(number))}条", low, high, f"第{number}条")


def _value(known: Mapping[str, Amount], name: str) -> int:
    value = known[name].value
    if value is None:
        raise ValueError(f"an amount that no measure fixes: {name}")
    return value
