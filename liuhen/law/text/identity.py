"""Whose text this is: title, issuing agency, document number and dates, from what is around the articles."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from liuhen.law.text import labels
from liuhen.law.text.blocks import Block
from liuhen.law.text.numerals import to_int

_NUMBER: Final = re.compile(r"[\u4e00-\u9fff]{2,12}[〔［\[（(【]\s*\d{4}\s*[〕］\]）)】]\s*第?\s*\d+\s*号")
_ORDER: Final = re.compile(
    r"([\u4e00-\u9fff]{3,25}?)令\s*(?:\d{4}\s*年\s*)?第\s*(?:\d+|[一二三四五六七八九十百]+)\s*号"
)
_DAY: Final = re.compile(
    r"([\d二〇○零一二三四五六七八九]{4})\s*年\s*([\d一二三四五六七八九十]{1,2})\s*月\s*([\d一二三四五六七八九十]{1,3})\s*日"
)
_CONGRESS: Final = re.compile(
    r"([\u4e00-\u9fff]*?)第[一二三四五六七八九十]+届((?:[\u4e00-\u9fff]*?)人民代表大会(?:常务委员会)?)第"
)
_BY_TITLE: Final = re.compile(
    r"(国务院(?:办公厅)?|[\u4e00-\u9fff]{2,20}?(?:局|厅|部|委员会|人民政府(?:办公厅)?))关于"
)
_PUBLISHED: Final = re.compile(r"公布|发布")
_REVISED: Final = re.compile(r"修订|修正|修改")
_BLANK: Final = re.compile(r"\s+")
_MOST_TITLE_LINES: Final = 3


@dataclass(frozen=True)
class Identity:
    """What could be found; None where nothing was."""

    title: str | None
    issuer: str | None
    number: str | None
    issued: date | None
    revised: date | None

    def under(self, notice: "Identity") -> "Identity":
        """An annex's identity: what it does not say itself, the notice that issued it says."""
        return Identity(
            self.title,
            self.issuer or notice.issuer,
            self.number or notice.number,
            self.issued or notice.issued,
            self.revised,
        )


def squeeze(text: str) -> str:
    """A title without the spaces that only spread it on the page."""
    return _BLANK.sub("", text)


def title_at(preface: Sequence[Block], cited: str) -> tuple[int, int]:
    """Where in the letterhead the title stands, as a slice; empty at the end when there is none.

    The page's own heading first; else the last line that reads like a title, with the lines before it
    that it goes on from. `cited` is text in which 《title》 may stand and settle how far it reaches.
    """
    headed = [at for at, block in enumerate(preface) if block.first.level]
    if headed:
        return headed[-1], headed[-1] + 1
    last = next((at for at in range(len(preface) - 1, -1, -1) if labels.is_title(preface[at].text)), None)
    if last is None:
        return len(preface), len(preface)
    starts = [last]
    while len(starts) < _MOST_TITLE_LINES and starts[-1] and _goes_before(preface[starts[-1] - 1]):
        starts.append(starts[-1] - 1)
    for start in reversed(starts):
        if f"《{_joined(preface[start : last + 1])}》" in cited:
            return start, last + 1
    whole = [start for start in starts if not labels.is_agency(preface[start].text)]
    return min(whole, default=last), last + 1


def _goes_before(block: Block) -> bool:
    text = block.text
    return not (
        labels.ends_sentence(text)
        or labels.is_date(text)
        or labels.is_title(text)
        or _NUMBER.search(text)
        or re.match(r"附|[-—0-9]|.*文件$", text)
    )


def _joined(blocks: Sequence[Block]) -> str:
    return squeeze("".join(block.text for block in blocks))


def identify(
    preface: Sequence[Block], closing: Sequence[Block], cited: str, about: Mapping[str, str]
) -> Identity:
    """Read the letterhead and signature of one regulation. `about` is what the page says of itself."""
    start, end = title_at(preface, cited)
    title = _joined(preface[start:end]) or squeeze(about.get("title", "")) or None
    number = None
    if title and (leading := _NUMBER.match(title)):
        number, title = squeeze(leading[0]), title[leading.end() :] or title
    around = [block.text for block in (*preface, *closing)]
    heads = [text for text in around if not re.match(r"附", text)]
    number = number or _first_number(heads) or _order(heads)
    return Identity(title, _issuer(title, heads, about), number, _issued(heads, about), _revised(heads))


def _first_number(heads: Sequence[str]) -> str | None:
    """文号 opening a line of its own; one cited within a sentence is another text's."""
    opening = (_NUMBER.match(text) for text in heads if not labels.ends_sentence(text))
    return next((squeeze(found[0]) for found in opening if found), None)


def _order(heads: Sequence[str]) -> str | None:
    return next((squeeze(_after_day(found[0])) for text in heads if (found := _ORDER.search(text))), None)


def _issuer(title: str | None, heads: Sequence[str], about: Mapping[str, str]) -> str | None:
    if title and (found := _BY_TITLE.match(title)):
        return found[1]
    for text in heads:
        if labels.is_agency(squeeze(text)):
            return squeeze(text)
        if found := _CONGRESS.search(_DAY.sub("", text)):
            return found[1] + found[2]
        if found := _ORDER.search(text):
            return _after_day(found[1])
    return about.get("author")


def _after_day(text: str) -> str:
    return text.rpartition("日")[2].strip() or text


def days(text: str) -> list[date]:
    """Every date in a text, in order: 2020 年 3 月 30 日, 二〇二〇年三月三十日."""
    found = []
    for year, month, day in _DAY.findall(text):
        try:
            found.append(date(to_int(year), to_int(month), to_int(day)))
        except ValueError:
            continue
    return found


def _issued(heads: Sequence[str], about: Mapping[str, str]) -> date | None:
    """The day of 公布 or 发布 where one is told; else the first day of all: passed, or signed."""
    published = (days(piece) for text in heads if (piece := _PUBLISHED.split(text)[0]) != text)
    told = [found[-1] for found in published if found] or [found for text in heads for found in days(text)]
    try:
        return told[0] if told else date.fromisoformat(about.get("date", ""))
    except ValueError:
        return None


def _revised(heads: Sequence[str]) -> date | None:
    """The last day that stands before a 修订 or 修正."""
    found: list[date] = []
    for text in heads:
        for piece in _REVISED.split(text)[:-1]:
            found += days(piece)[-1:] if "公布" not in piece.rpartition("日")[2] else []
    return max(found, default=None)
