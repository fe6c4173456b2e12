"""What a reading of an official text yields: regulations, their sections, articles, paragraphs, items.

JSON form (`as_json`), stable; the screens, `liuhen law read --format json` and the library use it:

    {"name", "digest" (sha256 of the bytes), "encoding",
     "regulations": [{
        "title", "issuer", "number" (文号), "issued", "revised" (ISO dates), each null when not found,
        "preface": [paragraph...],                # what stands before the first heading or article
        "sections": [{"kind": part|chapter|section|heading|subheading, "number": int, "label", "title",
                      "line", "paragraphs": [...]}],   # heading 一、 subheading （一）: texts without 条
        "articles": [{"number": int, "sub": int (之一: 1, else 0), "label", "line", "last_line",
                      "within": [labels of part, chapter, section], "text", "paragraphs": [...]}],
        "closing": [paragraph...]}],              # signature, date, annexes
     "findings": [{"line", "code", "say", "remedy"}],
     "set_aside": [{"line", "text", "why"}],      # markup, tables of contents: read, and not part of the text
     "starts": [int...]}                          # the first line of each page, of a PDF

    paragraph: {"number": 1.., "text", "line", "items": [{"label", "number", "text", "line", "items": [...]}]}

Lines count from 1 in the source; of Word, its paragraphs do; of a PDF, the lines of all its
pages. Nothing is dropped: what is not in a regulation is in `set_aside`.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

SectionKind = Literal["part", "chapter", "section", "heading", "subheading"]


@dataclass(frozen=True)
class Item:
    """项, or 目 inside one. `text` is what follows the label; a second paragraph of it after a line break."""

    label: str
    number: int
    text: str
    line: int
    items: tuple["Item", ...] = ()

    def rows(self) -> Iterator[str]:
        """The item and those within it, a printed row each."""
        yield self.label + self.text
        for item in self.items:
            yield from item.rows()


@dataclass(frozen=True)
class Paragraph:
    """款: its own text and the items that it lists. `number` counts from 1 within its article or section."""

    number: int
    text: str
    line: int
    items: tuple[Item, ...] = ()

    def rows(self) -> Iterator[str]:
        """The paragraph and its items, a printed row each."""
        yield self.text
        for item in self.items:
            yield from item.rows()


@dataclass(frozen=True)
class Section:
    """编, 章, 节; or 一、 and （一） of a text that has no articles, with the text directly beneath."""

    kind: SectionKind
    number: int
    label: str
    title: str
    line: int
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True)
class Article:
    """条. `sub` is 1 for 第X条之一. `within` holds the labels of its part, chapter and section."""

    number: int
    sub: int
    label: str
    line: int
    last_line: int
    within: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """The official wording, a row for each paragraph and item, without the article's label."""
        return "\n".join(row for paragraph in self.paragraphs for row in paragraph.rows())


@dataclass(frozen=True)
class Regulation:
    """One measure as printed. `issued`: day of 公布, else passed or signed; `revised`: last 修订 or 修正.

    `preface` keeps the title's own lines too. An annex has issuer, number and day of its notice.
    """

    title: str | None
    issuer: str | None
    number: str | None
    issued: date | None
    revised: date | None
    preface: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    articles: tuple[Article, ...]
    closing: tuple[Paragraph, ...]

    def article(self, number: int, sub: int = 0) -> Article | None:
        """第 `number` 条（之 `sub`）; None where there is none."""
        return next((a for a in self.articles if (a.number, a.sub) == (number, sub)), None)


@dataclass(frozen=True)
class Finding:
    """What looks wrong in the source. `line` is 0 when it concerns the whole file."""

    line: int
    code: str
    say: str
    remedy: str


@dataclass(frozen=True)
class SetAside:
    """A piece of the source that is not part of the text, and why."""

    line: int
    text: str
    why: str


@dataclass(frozen=True)
class Reading:
    """One file, read."""

    name: str
    digest: str
    encoding: str | None
    regulations: tuple[Regulation, ...]
    findings: tuple[Finding, ...]
    set_aside: tuple[SetAside, ...]
    starts: tuple[int, ...] = ()

    def where(self, line: int) -> str:
        """A line as somebody finds it in the source: 第3行, 第3段 of Word, 第2页第3行 of a PDF."""
        if not line:
            return ""
        if not self.starts:
            return f"第{line}{'段' if self.encoding == 'docx' else '行'}"
        page = bisect_right(self.starts, line)
        return f"第{page}页第{line - self.starts[page - 1] + 1}行"


def as_json(reading: Reading) -> dict[str, Any]:
    """The JSON form described above, of plain values."""
    out = asdict(reading)
    for regulation, shape in zip(reading.regulations, out["regulations"], strict=True):
        for key in ("issued", "revised"):
            shape[key] = shape[key].isoformat() if shape[key] else None
        for article, row in zip(regulation.articles, shape["articles"], strict=True):
            row["text"] = article.text
    return out
