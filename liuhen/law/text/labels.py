"""The labels that open a line: 第一章, 第十二条之一, 一、, （一）, 1.; lines that only a letterhead has."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from liuhen.law.text.model import SectionKind
from liuhen.law.text.numerals import ARABIC, CHINESE, NUMERAL, to_int

ItemStyle = Literal["（一）", "一、", "1.", "（1）", "①"]
_CN: Final = f"[{CHINESE}]+"
_AR: Final = f"[{ARABIC}]{{1,2}}"
_ARTICLE: Final = re.compile(rf"(第\s*({NUMERAL})\s*条(?:之\s*({NUMERAL}))?)(\s*)(.*)", re.S)
_SECTION: Final = re.compile(rf"(第\s*({NUMERAL})\s*(分编|编|章|节))(\s*)(.*)", re.S)
_SECTION_KINDS: Final[dict[str, SectionKind]] = {
    "编": "part",
    "分编": "part",
    "章": "chapter",
    "节": "section",
}
_ITEMS: Final[tuple[tuple[ItemStyle, re.Pattern[str]], ...]] = (
    ("（一）", re.compile(rf"([（(]\s*({_CN})\s*[）)])\s*(.*)", re.S)),
    ("（1）", re.compile(rf"([（(]\s*({_AR})\s*[）)])\s*(.*)", re.S)),
    ("一、", re.compile(rf"(({_CN})、)\s*(.*)", re.S)),
    ("1.", re.compile(rf"(({_AR})[.．、])(?![{ARABIC}])\s*(.*)", re.S)),
    ("①", re.compile(r"(([①-⑳]))\s*(.*)", re.S)),
)
REFERENCE: Final = re.compile(
    r"规定|所称|所列|所指|第|、|和|至|或|及|与|的|中(?![国华央小医药介外])|，|之|以外|款|项|目|条|情形|）"
)
"""How a sentence goes on after naming an article: such a line is no heading."""
_SENTENCE_END: Final = re.compile(r"(?:[。；：！？;:!?…]|——)[”’」』）)》】\"']*$")
_DATE: Final = re.compile(r"(?:二[〇○零一二三四五六七八九]{3}|\d{4})\s*年.{1,4}月.{1,4}日")
_AGENCY: Final = re.compile(r"[\u4e00-\u9fff]{2,30}(?:局|厅|部|院|委员会|委|政府|办公室|办公厅)")
_TITLE: Final = re.compile(
    r".*(?:办法|规定|规则|细则|条例|决定|意见|通知|(?<!执)法|准则|制度|规范|基准|规程|清单)"
    r"(?:[（(].{2,8}[）)])?"
)
_ATTACHMENT: Final = re.compile(
    r"附\s*[件表录]?\s*[0-9０-９一二三四五六七八九十]{0,3}\s*(?:[：:].*)?|抄送.*|.*印发"
)


@dataclass(frozen=True)
class Label:
    """A label, its value, and the rest of the line. `spaced`: set off from the rest, as headings are."""

    printed: str
    number: int
    rest: str
    spaced: bool
    sub: int = 0
    section: SectionKind | None = None
    style: ItemStyle | None = None


def _value(text: str) -> int | None:
    try:
        return to_int(text)
    except ValueError:
        return None


def article(text: str) -> Label | None:
    """第X条, 第X条之Y."""
    found = _ARTICLE.match(text)
    number = _value(found[2]) if found else None
    if not found or number is None:
        return None
    sub = (_value(found[3]) or 0) if found[3] else 0
    return Label(found[1], number, found[5], bool(found[4]) or not found[5], sub=sub)


def section(text: str) -> Label | None:
    """第X编, 第X章, 第X节 with a title that is no sentence."""
    found = _SECTION.match(text)
    number = _value(found[2]) if found else None
    if not found or number is None or len(found[5]) > 40 or re.search(r"[。；，：]", found[5]):
        return None
    return Label(found[1], number, found[5], bool(found[4]) or not found[5], section=_SECTION_KINDS[found[3]])


def item(text: str) -> Label | None:
    """（一）, (1), 一、, 1. and ①."""
    for style, pattern in _ITEMS:
        found = pattern.match(text)
        number = (ord(found[2]) - ord("①") + 1 if style == "①" else _value(found[2])) if found else None
        if found and number:
            return Label(found[1], number, found[3], True, style=style)
    return None


def ends_sentence(text: str) -> bool:
    """Whether a paragraph may end here: 。；：！？ perhaps within closing marks."""
    return _SENTENCE_END.search(text) is not None


def formal(text: str) -> bool:
    """A line of a letterhead, title, signature or annex list: stands alone, is no part of a sentence."""
    return not ends_sentence(text) and any(
        pattern.fullmatch(text.replace(" ", "")) for pattern in (_DATE, _AGENCY, _TITLE, _ATTACHMENT)
    )


def is_title(text: str) -> bool:
    """…办法, …条例（试行） and the like."""
    return not re.search(r"[，。；：]", text) and _TITLE.fullmatch(text) is not None


def is_agency(text: str) -> bool:
    """…局, …厅, …人民政府 standing alone."""
    return _AGENCY.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """A date and nothing else."""
    return _DATE.fullmatch(text) is not None
