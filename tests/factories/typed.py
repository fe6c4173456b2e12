"""打过的字: what somebody has typed into one form is remembered; typed into another, it was typed twice.

A word counts where people write it: names, places, things and texts. Choices, days, sums and signatures are given anew
each time, and what the form already shows was not typed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from liuhen.law.dictionary import Kind

SHORTEST = 6
"""Shorter texts (同意。, 无) are no facts of a case."""
_WORDS = frozenset({"text", "longtext"})


@dataclass
class Typed:
    """What was typed so far in a walk, by the form in which it was; and what was typed twice, in words."""

    first: dict[str, str] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)

    def form(self, kind: Kind, values: Mapping[str, Any], shown: str) -> None:
        """One form filled in: `values` as they are typed, `shown` all that the form held before."""
        held = _plain(shown)
        for label, text in _texts(kind, values):
            word = _plain(text)
            if len(word) < SHORTEST or word in held:
                continue
            if self.first.setdefault(word, kind.name) != kind.name:
                before = self.first[word]
                self.twice.append(f"{kind.title}·{label}：“{text}”，已经在 {before} 里打过")


def _texts(kind: Kind, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        spec = kind.fields.get(name)
        if spec is None:
            continue
        if spec.type in _WORDS and isinstance(value, str):
            yield spec.label, value
        elif spec.type == "items":
            for row in value:
                yield from (
                    (f"{spec.label}·{spec.columns.get(column, column)}", str(text))
                    for column, text in row.items()
                )


def _plain(text: str) -> str:
    """Without what a person would not call another word."""
    return "".join(text.split()).rstrip("。；;")
