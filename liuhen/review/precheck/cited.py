"""引用的条款: does the law cited exist, has it that article, paragraph and item, and was it in force."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from liuhen.acts import registry
from liuhen.acts.matter import law_of
from liuhen.kernel.clock import format_date, local_date
from liuhen.law.pack import Measure
from liuhen.law.text import Altered, Library, NotKept
from liuhen.law.text.identity import squeeze
from liuhen.law.text.model import Article, Regulation
from liuhen.law.text.numerals import NUMERAL, to_chinese, to_int
from liuhen.ledger import Entry
from liuhen.review.precheck.found import Finding, Looked, Standing, Unchecked, called, table

_CHECK = "cited"
_TITLE = re.compile(r"《([^《》]{2,60})》(?:[（(](\d{4})年?(?:修[订正改]|版)[）)])?")
_PLACE = re.compile(
    rf"第\s*({NUMERAL})\s*条(?:之\s*({NUMERAL}))?(?:第\s*({NUMERAL})\s*款)?(?:第?\s*[（(]?\s*({NUMERAL})\s*[）)]?\s*项)?"
)
_BETWEEN = re.compile(r"[、，,和及以或者与的规定之\s]*")
_SHORT = "中华人民共和国"


@dataclass(frozen=True)
class Citation:
    """《title》第`article`条（之`sub`）第`paragraph`款第`item`项; zeros where not named. `year`: the version named."""

    title: str
    year: int
    article: int
    sub: int = 0
    paragraph: int = 0
    item: int = 0

    @property
    def text(self) -> str:
        """As it is written."""
        parts = [f"《{self.title}》", f"第{to_chinese(self.article)}条" if self.article else ""]
        parts += [f"之{to_chinese(self.sub)}" if self.sub else ""]
        parts += [f"第{to_chinese(self.paragraph)}款" if self.paragraph else ""]
        parts += [f"第（{to_chinese(self.item)}）项" if self.item else ""]
        return "".join(parts)


def citations(text: str) -> list[Citation]:
    """Every article that a text cites by its law's title, in order, each once."""
    found: list[Citation] = []
    for title in _TITLE.finditer(text):
        name, year, at, any_place = squeeze(title[1]), int(title[2] or 0), title.end(), False
        while place := _PLACE.match(text, _BETWEEN.match(text, at).end()):  # type: ignore[union-attr]
            any_place, at = True, place.end()
            numbers = [_number(one) for one in place.groups()]
            if numbers[0]:
                found.append(Citation(name, year, *numbers))
        if not any_place:
            found.append(Citation(name, year, 0))
    return list(dict.fromkeys(found))


def _number(text: str | None) -> int:
    try:
        number = to_int(text) if text else 0
        to_chinese(number or 1)
    except ValueError:
        return 0
    return number


def look(standing: Standing, now_ms: int) -> Looked:
    """Each citation of report, notice and draft."""
    held = _Held(standing.matter.agency)
    unknown: dict[str, None] = {}
    for entry, name, one in _cited(standing):
        known, says = held.says(one, local_date(entry.happened_ms))
        for say in says:
            yield Finding(_CHECK, f"{_place(entry, name)}引用{one.text}：{say}", (entry.id,))
        if not known:
            unknown[one.title] = None
    if unknown:
        names_of = "、".join(f"《{title}》" for title in unknown)
        yield Unchecked(
            "引用的条款", f"法规库中没有{names_of}的正式文本，其条、款、项没有核对；请先读入法规库"
        )


def _cited(standing: Standing) -> Iterator[tuple[Entry, str, Citation]]:
    for kind, names in table()["cited_in"].items():
        entry = standing.last(kind)
        for name in names if entry else ():
            for one in citations(_text_of(entry.open.get(name))) if entry else ():
                if entry is not None:
                    yield entry, name, one


def _text_of(value: Any) -> str:
    """A text, or a table's cells one under the other."""
    if isinstance(value, list):
        return "\n".join(str(text) for row in value for text in row.values())
    return str(value or "")


def _place(entry: Entry, name: str) -> str:
    return f"{called(entry)}的“{registry.dictionary().kinds[entry.kind].fields[name].label}”"


class _Held:
    """What is known of laws by title: the texts of the library, and the measures that the agency goes by."""

    def __init__(self, agency: str) -> None:
        self._measures = {squeeze(pack.measure.title): pack.measure for pack in law_of(agency).bundle.packs}
        self._texts = _texts()

    def says(self, one: Citation, day: date) -> tuple[bool, list[str]]:
        """Whether the law's text is known, and what is wrong with citing this on a day."""
        measure, text = self._measures.get(one.title), self._text(one.title)
        says = [*_in_force(measure, day)] if measure else []
        if text is None:
            if measure and one.article > measure.articles:
                says.append(f"只有{measure.articles}条")
            return measure is not None, says
        return True, [*says, *_version(one, text, day), *_there(one, text)]

    def _text(self, title: str) -> Regulation | None:
        found = self._texts.get(title) or self._texts.get(_SHORT + title)
        return _regulation(*found) if found else None


def _in_force(measure: Measure, day: date) -> Iterator[str]:
    if measure.end is not None and day > measure.end:
        yield f"已于{format_date(measure.end)}失效"
    elif day < measure.start:
        yield f"{format_date(measure.start)}起施行，此时还没有施行"


def _version(one: Citation, text: Regulation, day: date) -> Iterator[str]:
    last = text.revised or text.issued
    if one.year and last and one.year != last.year:
        yield f"写的是{one.year}年的文本，法规库中是{last.year}年的"
    if last and last > day:
        yield f"法规库中的文本{format_date(last)}才公布，当时应当引用此前的文本"


def _there(one: Citation, text: Regulation) -> Iterator[str]:
    if not one.article:
        return
    article = text.article(one.article, one.sub)
    if article is None:
        last = max((each.number for each in text.articles), default=0)
        yield f"没有这一条（正式文本共{last}条）"
        return
    if one.paragraph > len(article.paragraphs):
        yield f"这一条只有{len(article.paragraphs)}款"
        return
    if one.item and one.item > (most := _items(article, one.paragraph)):
        yield f"只有{most}项" if most else "这里没有分项"


def _items(article: Article, paragraph: int) -> int:
    wanted = [each for each in article.paragraphs if not paragraph or each.number == paragraph]
    return max((len(each.items) for each in wanted), default=0)


def _texts() -> dict[str, tuple[str, str, int]]:
    """By title: folder, digest and place of the latest text kept."""
    folder = getattr(settings, "LAW_LIBRARY", None)
    if folder is None or not Path(folder).is_dir():
        return {}
    return {
        squeeze(str(regulation["title"])): (str(folder), str(card["digest"]), place)
        for card in Library(Path(folder)).cards()
        for place, regulation in enumerate(card["regulations"])
        if regulation["title"]
    }


@lru_cache(maxsize=32)
def _regulation(folder: str, digest: str, place: int) -> Regulation | None:
    try:
        return Library(Path(folder)).text(digest).regulations[place]
    except (NotKept, Altered, IndexError):
        return None
