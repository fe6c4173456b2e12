"""A scenario's values moved to another time and given to another party: demonstration data."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from liuhen.kernel.clock import MS_PER_DAY, format_local, local_date, parse_local

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2}(\.\d+)?)?")
_SAID = re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?")


@dataclass(frozen=True)
class Move:
    """By how many days, and which words become which others. A number of the step's own year becomes one of the new."""

    days: int = 0
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def ms(self) -> int:
        """The move in milliseconds."""
        return self.days * MS_PER_DAY

    def value(self, value: Any, at_ms: int) -> Any:
        """The value as typed then; `at_ms` is the step's own time, from which a date without a year takes it."""
        if isinstance(value, Mapping):
            return {name: self.value(each, at_ms) for name, each in value.items()}
        if isinstance(value, list):
            return [self.value(each, at_ms) for each in value]
        return self._text(value, at_ms) if isinstance(value, str) else value

    def _text(self, text: str, at_ms: int) -> str:
        if _INSTANT.fullmatch(text):
            return format_local(parse_local(text) + self.ms)
        if DAY.fullmatch(text):
            return (date.fromisoformat(text) + timedelta(days=self.days)).isoformat()
        for word, instead in self.words.items():
            text = text.replace(word, instead)
        if not self.days:
            return text
        then, now = local_date(at_ms).year, local_date(at_ms + self.ms).year
        return _SAID.sub(self._said(then), text.replace(f"〔{then}〕", f"〔{now}〕"))

    def _said(self, year: int) -> Callable[[re.Match[str]], str]:
        """Dates within a text: `2025年9月`, `4月7日`."""

        def moved(match: re.Match[str]) -> str:
            said = date(int(match["year"] or year), int(match["month"]), int(match["day"] or 1))
            then = said + timedelta(days=self.days)
            shown = f"{then.year}年" if match["year"] or not match["day"] else ""
            return f"{shown}{then.month}月" + (f"{then.day}日" if match["day"] else "")

        return moved
