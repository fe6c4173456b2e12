"""Word's own numbers: 第一条 and （一） that stand in no run of the text, but are counted as the page is set."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from docx.oxml.ns import nsmap, qn
from lxml.etree import _Element

from liuhen.law.text.numerals import LARGEST, to_chinese

_CHINESE: Final = frozenset(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "japaneseDigitalTenThousand",
     "taiwaneseCounting", "taiwaneseCountingThousand")
)  # fmt: skip
_CIRCLED: Final = frozenset(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"))
_FULL: Final = frozenset(("decimalFullWidth", "decimalFullWidth2"))
_LETTERS: Final = {"lowerLetter": "a", "upperLetter": "A"}
_DEEPEST: Final = 9
_LONGEST_CHAIN: Final = 20


@dataclass(frozen=True)
class _Level:
    """How one level of a list is counted and printed."""

    start: int
    form: str
    text: str
    gap: str


class Numbering:
    """Counts a document's lists, paragraph by paragraph in printed order."""

    def __init__(self, document: Any) -> None:
        self._styles = {
            style.get(qn("w:styleId")): style for style in found_in(document.styles.element, "./w:style")
        }
        self._levels: dict[tuple[str, int], _Level] = {}
        self._abstract: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")),
            None,
        )
        if part is not None:
            self._read(part.element)

    def _read(self, root: Any) -> None:
        for abstract in found_in(root, "./w:abstractNum"):
            name = abstract.get(qn("w:abstractNumId"))
            for level in found_in(abstract, "./w:lvl"):
                self._levels[name, _int(level.get(qn("w:ilvl")))] = _level(level)
        for num in found_in(root, "./w:num"):
            number = num.get(qn("w:numId"))
            self._abstract[number] = _first(num, "w:abstractNumId") or ""
            for override in found_in(num, "./w:lvlOverride[w:startOverride]"):
                at = _int(override.get(qn("w:ilvl")))
                self._starts[number, at] = _int(_first(override, "w:startOverride"))

    def label(self, paragraph: Any) -> str:
        """What Word prints before the paragraph, with what sets it off; empty where it is in no list."""
        number, at = self._of(paragraph)
        name = self._abstract.get(number, "")
        level = self._levels.get((name, at))
        if level is None:
            return ""
        counts = self._counts[name]
        for deeper in [one for one in counts if one > at]:
            del counts[deeper]
        if (number, at) in self._starts and (number, at) not in self._begun:
            counts[at] = self._starts[number, at]
        else:
            counts[at] = counts[at] + 1 if at in counts else level.start
        self._begun.add((number, at))
        if level.form in ("bullet", "none"):
            return ""
        text = level.text
        for one in range(at + 1):
            shown = self._levels.get((name, one), level)
            text = text.replace(f"%{one + 1}", _printed(counts.get(one, shown.start), shown.form))
        return text + level.gap

    def _of(self, paragraph: Any) -> tuple[str, int]:
        """The list and the level that the paragraph or its style names."""
        own = found_in(paragraph, "./w:pPr/w:numPr")
        number, at = (_first(own[0], "w:numId"), _first(own[0], "w:ilvl")) if own else (None, None)
        style = next(iter(found_in(paragraph, "./w:pPr/w:pStyle/@w:val")), "")
        for _ in range(_LONGEST_CHAIN):
            element = self._styles.get(style)
            if element is None or (number is not None and at is not None):
                break
            for found in found_in(element, "./w:pPr/w:numPr"):
                number, at = number or _first(found, "w:numId"), at or _first(found, "w:ilvl")
            style = _first(element, "w:basedOn") or ""
        return number or "", min(_int(at), _DEEPEST)


def found_in(element: Any, path: str) -> Any:
    """XPath with the usual prefixes, of any element of a document."""
    return _Element.xpath(element, path, namespaces=nsmap)


def _level(level: Any) -> _Level:
    gap = {"nothing": "", "space": " "}.get(_first(level, "w:suff") or "tab", "\u3000")
    start = _first(level, "w:start")
    return _Level(
        1 if start is None else _int(start),
        _first(level, "w:numFmt") or "decimal",
        _first(level, "w:lvlText") or "",
        gap,
    )


def _first(element: Any, name: str) -> str | None:
    """The `w:val` of the first child of that name."""
    found = element.find(qn(name))
    value = None if found is None else found.get(qn("w:val"))
    return None if value is None else str(value)


def _int(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else 0


def _printed(number: int, form: str) -> str:
    if form in _CHINESE and 1 <= number <= LARGEST:
        return to_chinese(number)
    if form in _CIRCLED and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if form in _FULL:
        return str(number).translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    if form in _LETTERS and 1 <= number <= 26:
        return chr(ord(_LETTERS[form]) + number - 1)
    return str(number)
