"""Text with HTML or Markdown in it to plain lines; what is only markup is set aside, never dropped unseen."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from liuhen.law.text import html
from liuhen.law.text.model import Finding, SetAside

BLANKS: Final = " \t\r\f\v\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2009\u00a0\u200b\ufeff"
_HEADING: Final = re.compile(r"(#{1,6})\s+(.*?)\s*(\{[^}]*\})?$")
_RULE: Final = re.compile(r"(?:-\s*){3,}|\*{3,}|_{3,}|={3,}")
_PAGE_NUMBER: Final = re.compile(
    r"[-—－–]+\s*[0-9０-９]{1,4}\s*[-—－–]+|第\s*\d+\s*页(?:[\s，,/]*共\s*\d+\s*页)?"
)
_TARGET: Final = r"\((?:#|/|\.|mailto:|[\w-]+[:/.])[!-~]*\)"
_LINK: Final = re.compile(rf"(?<!!)\[([^\]]*)\]{_TARGET}")
_ONLY_LINKS: Final = re.compile(rf"(?:!?\[[^\]]*\]{_TARGET}\s*)+|<https?://[!-~]+>|\[\[toc\]\]", re.I)
_BOLD: Final = re.compile(r"(\*\*|__)(?=[^\s*_])(.+?)(?<=[^\s*_])\1")
_BULLET: Final = re.compile(r"(?:[-*+•]|>)\s+(?=\S)")
_CLOSED: Final = re.compile(r":::+")
_FENCE: Final = re.compile(r":::+\s*(.*)")
_ARTICLE_WITHIN: Final = re.compile(r"第[^\s条]{1,9}条[\s<*]")


@dataclass(frozen=True)
class Line:
    """One printed line. `indent` in half-width columns; `level` 1 to 6 for a heading of the page, else 0."""

    number: int
    text: str
    indent: int = 0
    level: int = 0


@dataclass(frozen=True)
class Page:
    """The lines that carry text, what the page says of itself, what was set aside, and what looks wrong.

    `starts`: the first line of each printed page, where the source has pages.
    """

    lines: tuple[Line, ...]
    about: Mapping[str, str]
    set_aside: tuple[SetAside, ...]
    findings: tuple[Finding, ...] = ()
    starts: tuple[int, ...] = ()


def width(text: str) -> int:
    """Columns that the text takes: two for a Chinese character, one for a Latin one."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def plain(text: str) -> Page:
    """The page without its markup. Blank lines go; line numbers are those of the source."""
    raw, aside, about = _raw_lines(text)
    raw, fences = _without_fences(raw)
    raw, front, said = _without_front_matter(raw)
    about |= said
    aside += fences + front
    lines = []
    for line in raw:
        why = _furniture(line.text)
        if why:
            aside.append(SetAside(line.number, line.text, why))
        elif line.text:
            lines.append(_unmarked(line))
    return Page(tuple(lines), about, tuple(sorted(aside, key=lambda piece: piece.line)))


def printed(
    lines: Iterable[Line],
    about: Mapping[str, str],
    aside: Iterable[SetAside],
    findings: Iterable[Finding],
) -> Page:
    """The same of a source without markup: Word or PDF."""
    kept, pieces = [], list(aside)
    for line in lines:
        body = line.text.lstrip(BLANKS)
        indent = line.indent or width(line.text[: len(line.text) - len(body)])
        text = body.rstrip(BLANKS)
        if why := _furniture(text):
            pieces.append(SetAside(line.number, text, why))
        elif text:
            kept.append(replace(line, text=text, indent=indent))
    ordered = sorted(pieces, key=lambda piece: piece.line)
    return Page(tuple(kept), dict(about), tuple(ordered), tuple(findings))


def _raw_lines(text: str) -> tuple[list[Line], list[SetAside], dict[str, str]]:
    if html.present(text):
        printed = html.read(text)
        rows: Iterator[tuple[int, str, int]] = iter(printed.rows)
        aside, about = printed.set_aside, {"title": printed.title} if printed.title else {}
    else:
        rows = ((number, row, 0) for number, row in enumerate(text.split("\n"), 1))
        aside, about = [], {}
    lines = []
    for number, row, level in rows:
        body = row.lstrip(BLANKS)
        lines.append(Line(number, body.rstrip(BLANKS), width(row[: len(row) - len(body)]), level))
    return lines, aside, about


def _without_front_matter(lines: list[Line]) -> tuple[list[Line], list[SetAside], dict[str, str]]:
    """Metadata between two rows of --- at the head of a page, as site builders write it."""
    start = next((at for at, line in enumerate(lines) if line.text), len(lines))
    if start == len(lines) or lines[start].text != "---":
        return lines, [], {}
    end = next((at for at in range(start + 1, len(lines)) if lines[at].text == "---"), None)
    block = lines[start + 1 : end] if end else []
    if not block or not all(re.match(r"[\w-]+:|- |$", line.text) for line in block):
        return lines, [], {}
    pairs = (line.text.partition(":") for line in block)
    about = {key: value.strip(" \"'") for key, colon, value in pairs if colon and value.strip()}
    after = (end or start) + 1
    aside = [SetAside(line.number, line.text, "页首信息") for line in lines[start:after] if line.text]
    return lines[:start] + lines[after:], aside, about


def _without_fences(lines: list[Line]) -> tuple[list[Line], list[SetAside]]:
    """Boxes that a site builder draws (`:::`): the box's own rows, and what is in it unless articles are."""
    kept: list[Line] = []
    aside: list[SetAside] = []
    at = 0
    while at < len(lines):
        opened = _FENCE.fullmatch(lines[at].text)
        if not opened:
            kept.append(lines[at])
            at += 1
            continue
        end = next((to for to in range(at + 1, len(lines)) if _CLOSED.fullmatch(lines[to].text)), at)
        box = lines[at : end + 1]
        if any(_ARTICLE_WITHIN.search(line.text) for line in box):
            box = box[:1]
        why = f"网页附框：{opened[1] or '（无题）'}"
        aside += [SetAside(line.number, line.text, why) for line in box if line.text]
        at += len(box)
    return kept, aside


def _furniture(text: str) -> str | None:
    for pattern, why in ((_RULE, "分隔线"), (_PAGE_NUMBER, "页码"), (_ONLY_LINKS, "网页链接")):
        if pattern.fullmatch(text):
            return why
    return None


def _unmarked(line: Line) -> Line:
    text, level = line.text, line.level
    heading = _HEADING.fullmatch(text)
    if heading:
        text, level = heading[2], len(heading[1])
    text = _BULLET.sub("", text, count=1) if _BULLET.match(text) else text
    text = _LINK.sub(r"\1", _BOLD.sub(r"\2", text))
    return replace(line, text=text.strip(BLANKS), level=level)
