"""Tables of contents: set aside, so that what they list is read once."""

import re
from collections.abc import Sequence
from typing import Final

from liuhen.law.text import labels
from liuhen.law.text.markup import Line, width
from liuhen.law.text.model import SetAside

_MARK: Final = re.compile(r"目\s*[录次]\s*[：:]?")
_ON_ONE_LINE: Final = re.compile(r"目\s*[录次].*第.{1,3}[章节编].*第.{1,3}[章节编].*")
_LEADER: Final = re.compile(r"[\s.…·]*[（(]?(?:[.…·]{2,}\s*\d+|\t\d+)[）)]?$")
_WIDEST: Final = 70
_WHY: Final = "目录"

Key = tuple[str, int, int]


def without_contents(lines: Sequence[Line]) -> tuple[list[Line], list[SetAside]]:
    """The lines less every table of contents, marked 目录 or a bare run of chapters that comes again."""
    kept: list[Line] = []
    aside: list[SetAside] = []
    at = 0
    while at < len(lines):
        end = _end(lines, at)
        aside += [SetAside(line.number, line.text, _WHY) for line in lines[at:end]]
        kept += lines[at : at + 1] if end == at else []
        at = max(end, at + 1)
    return kept, aside


def _end(lines: Sequence[Line], at: int) -> int:
    """Where the table of contents that begins at `at` ends; `at` itself when none begins."""
    if _ON_ONE_LINE.fullmatch(lines[at].text):
        return at + 1
    marked = _MARK.fullmatch(lines[at].text) is not None
    first = at + 1 if marked else at
    key = _key(lines[first]) if first < len(lines) else None
    if key is None or (not marked and key not in (("part", 1, 0), ("chapter", 1, 0))):
        return at
    to = first + 1
    while to < len(lines) and _entry(lines[to], chapters_only=not marked):
        if _key(lines[to]) == key:
            return to
        to += 1
    return to if marked else at


def _key(line: Line) -> Key | None:
    label = labels.section(line.text) or labels.article(line.text)
    if label:
        return (label.section or "article", label.number, label.sub)
    item = labels.item(line.text)
    return (item.style or "", item.number, 0) if item else None


def _entry(line: Line, *, chapters_only: bool) -> bool:
    if chapters_only:
        return labels.section(line.text) is not None
    return width(line.text) <= _WIDEST and (
        not labels.ends_sentence(line.text) or bool(_LEADER.search(line.text))
    )
