"""对照: two saved texts of a draft side by side, what differs marked; one column of the other can be taken over."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

from liuhen.documents import drafts as kept
from liuhen.law.dictionary import Field, Kind
from liuhen.web.drafts import Kept, Of, Text, save
from liuhen.web.drafts.opened import belongs
from liuhen.web.me import Me

_PIECES = re.compile(r"[^，。；：、\n]*[，。；：、\n]?")
_SINGLE = 2_000
"""Up to so many characters texts are compared character by character, longer ones by phrases."""

Marked = Sequence[tuple[str, bool]]
"""Pieces of a text; True: the other text does not have it."""


@dataclass(frozen=True)
class Row:
    """One column of the form in both texts."""

    name: str
    label: str
    here: Marked
    there: Marked
    same: bool


@dataclass(frozen=True)
class Beside:
    """The text in use and another, column by column."""

    current: Text
    other: Text
    rows: Sequence[Row]

    @property
    def differing(self) -> int:
        """How many columns differ."""
        return sum(not row.same for row in self.rows)


def beside(texts: Sequence[Text], version: int, kind: Kind) -> Beside | None:
    """The text in use beside that version; None where there is no such other text."""
    current = next((one for one in texts if one.current), None)
    other = next((one for one in texts if one.version == version), None)
    if current is None or other is None or other is current:
        return None
    here, there = dict(current.fields), dict(other.fields)
    rows = []
    for name, spec in kind.fields.items():
        one, two = here.get(spec.label, ""), there.get(spec.label, "")
        if one or two:
            rows.append(Row(name, spec.label, *marked(one, two), one == two))
    return Beside(current, other, rows)


def marked(one: str, two: str) -> tuple[Marked, Marked]:
    """Both texts in pieces, those that the other lacks marked."""
    first, second = _cut(one, two)
    begins = _alike(first, second)
    ends = _alike(first[begins:][::-1], second[begins:][::-1])
    here: list[tuple[str, bool]] = []
    there: list[tuple[str, bool]] = []
    for word, a, b, c, d in _changes(first, second, begins, ends):
        differs = word != "equal"
        if a < b:
            here.append(("".join(first[a:b]), differs))
        if c < d:
            there.append(("".join(second[c:d]), differs))
    return here, there


def _changes(
    first: list[str], second: list[str], begins: int, ends: int
) -> Iterator[tuple[str, int, int, int, int]]:
    """What is equal and what is not; the common beginning and end are not looked at again."""
    last, other_last = len(first) - ends, len(second) - ends
    yield "equal", 0, begins, 0, begins
    middle = SequenceMatcher(None, first[begins:last], second[begins:other_last], autojunk=False)
    for word, a, b, c, d in middle.get_opcodes():
        yield word, a + begins, b + begins, c + begins, d + begins
    yield "equal", last, len(first), other_last, len(second)


def _alike(one: Sequence[str], two: Sequence[str]) -> int:
    """How many pieces both begin with."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False))
    return sum(1 for _ in pairs)


def take(me: Me, draft: Kept, of: Of, field: Field, version: int, expected: int) -> None:
    """Put one column of another text into the text in use, as a new one. Raises `DraftConflict`, `NoSuchDraft`."""
    found = next((one for one in kept.versions(me.agency, draft.id) if one.version == version), None)
    if found is None:
        raise kept.NoSuchDraft(f"这份草稿没有第{version}版")
    content = {name: value for name, value in draft.content.items() if not belongs(name, field.name)}
    content |= {name: value for name, value in found.content.items() if belongs(name, field.name)}
    save(me, of, content, draft.id, expected)


def _cut(one: str, two: str) -> tuple[list[str], list[str]]:
    if max(len(one), len(two)) <= _SINGLE:
        return list(one), list(two)
    return [piece for piece in _PIECES.findall(one) if piece], [p for p in _PIECES.findall(two) if p]
