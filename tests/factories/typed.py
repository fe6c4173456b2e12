"""打过的字: what somebody has typed into one form is remembered; typed into another, it was typed twice.

A word counts where people write it: names, places, things and texts. Choices, days, sums and signatures are given anew
each time, and what the form already shows was not typed.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from liuhen import ledger
from liuhen.law.dictionary import Kind

SHORTEST = 6
"""Shorter texts (同意。, 无) are no facts of a case."""
_WORDS = frozenset({"text", "longtext"})


@dataclass
class Typed:
    """What was typed so far in a walk: the form and the matter in which it was; and what was typed twice, in words.

    A word counts within its matter and what belongs to it (`near`: streams); another matter is another person's.
    """

    first: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)

    def form(
        self, kind: Kind, values: Mapping[str, Any], shown: str, stream: str = "", near: Collection[str] = ()
    ) -> None:
        """One form filled in: `values` as they are typed, `shown` all that the form held before.

        Without a stream it opens one, which is told by `opened`.
        """
        held, around = _plain(shown), {stream, *near}
        for label, text in _texts(kind, values):
            word = _plain(text)
            if len(word) < SHORTEST or word in held:
                continue
            before = [by for by, where in self.first.get(word, ()) if stream and where in around]
            if before and kind.name not in before:
                self.twice.append(f"{kind.title}·{label}：“{text}”，已经在 {before[0]} 里打过")
            self.first.setdefault(word, []).append((kind.name, stream))

    def opened(self, stream: str) -> None:
        """What was typed into the form that opened a stream belongs to it."""
        for word, told in self.first.items():
            self.first[word] = [(by, where or stream) for by, where in told]


def around(stream: str) -> set[str]:
    """A matter with what it has taken in and what has taken it in."""
    above = ledger.adopters({stream})
    return {stream, *above, *(one for each in (stream, *above) for one in ledger.matter_streams(each))}


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
