"""What the regulation says of multiples and periods, as data beside this module: for hints, never for a gate."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from liuhen.law.source import read


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
    """The data file."""
    path = Path(__file__).with_name("limits.yaml")
    root: Any = read(path, path.name).plain()
    return Limits(
        tuple(_range(each) for each in root["multiples"]),
        _range(root["suspend_settlement_months"]),
        Decimal(str(root["breach_rate"])),
    )


def _range(words: Mapping[str, Any]) -> Range:
    low, high = Decimal(str(words["from"])), Decimal(str(words["to"]))
    return Range(words["article"], low, high, words.get("cites", ""))
