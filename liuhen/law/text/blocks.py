"""Lines to labelled blocks: which label is a heading, which one only a reference at the start of a line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from liuhen.law.text import labels
from liuhen.law.text.labels import ItemStyle, Label
from liuhen.law.text.markup import Line, width
from liuhen.law.text.model import Finding
from liuhen.law.text.wrapping import goes_on, goes_on_loosely, wrap_width

BlockKind = Literal["section", "article", "item", "text"]
Style = Literal["articles", "headings", "none"]
_NEARLY_FULL: Final = 8
_HEADING_STYLES: Final[tuple[ItemStyle, ...]] = ("一、", "（一）")


@dataclass
class Block:
    """A label (or none) with the lines that belong to it. `loose`: in a letterhead or signature."""

    kind: BlockKind
    first: Line
    label: Label | None
    loose: bool
    text: str
    last: Line = field(init=False)

    def __post_init__(self) -> None:
        self.last = self.first

    def extend(self, line: Line) -> None:
        """The line goes on this block's text; not a character more, not one less."""
        self.text += line.text
        self.last = line

    @property
    def number(self) -> int:
        """Value of the label, 0 without one."""
        return self.label.number if self.label else 0


def style_of(lines: Sequence[Line]) -> Style:
    """Whether the text counts by 第X条, by 一、 （一） headings, or not at all."""
    if any((found := labels.article(line.text)) and found.number == 1 for line in lines):
        return "articles"
    spaced = [found for line in lines if (found := labels.article(line.text)) and found.spaced]
    if len(spaced) > 1:
        return "articles"
    heads = [found for line in lines if (found := labels.item(line.text)) and found.style == "一、"]
    return "headings" if [head.number for head in heads[:2]] == [1, 2] else "none"


class Scanner:
    """Goes through the lines once. `blocks` and `findings` are its result."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.style = style_of(lines)
        self.blocks: list[Block] = []
        self.findings: list[Finding] = []
        self._wrapped = wrap_width(lines)
        self._loose = True
        self._article = 0
        self._sections: dict[str, int] = {}
        self._items: dict[ItemStyle | None, int] = {}
        for line in lines:
            self._take(line)

    def _take(self, line: Line) -> None:
        before = self.blocks[-1] if self.blocks else None
        open_sentence = before is not None and not self._loose and not labels.ends_sentence(before.text)
        if before is not None and before.kind == "section" and self.style == "articles":
            open_sentence = False
        for kind, label in self._labels(line):
            if self._accepts(kind, label, line, open_sentence):
                self._begin(kind, label, line)
                return
        if before is not None and self._goes_on(before, line):
            before.extend(line)
            return
        self._loose = self._loose or self._leaves(before, line)
        self.blocks.append(Block("text", line, None, self._loose, line.text))

    def _labels(self, line: Line) -> list[tuple[BlockKind, Label]]:
        found: list[tuple[BlockKind, Label | None]] = []
        if self.style == "articles":
            found += [("article", labels.article(line.text)), ("section", labels.section(line.text))]
        item = labels.item(line.text)
        if self.style == "headings" and item and item.style in _HEADING_STYLES:
            found.append(("section", item))
        elif not self._loose:
            found.append(("item", item))
        return [(kind, label) for kind, label in found if label]

    def _accepts(self, kind: BlockKind, label: Label, line: Line, open_sentence: bool) -> bool:
        """Whether the label opens a block here, or is a reference that happens to begin the line.

        Amid a sentence it must not read like a reference, and in a hard-wrapped text it must be the next
        in order. After a full stop it is doubted only when it reads like a reference.
        """
        if line.level:
            return True
        refers = labels.REFERENCE.match(label.rest) is not None
        fits = self._fits(kind, label)
        if open_sentence:
            accepted = label.spaced and not refers and (fits or self._wrapped is None)
        elif kind == "item":
            accepted = True
        elif label.style:
            accepted = label.style == "一、" or not self._loose
        else:
            accepted = not refers or (fits and label.spaced)
        if kind == "article" and label.spaced and not accepted:
            self._doubt(label, line)
        return accepted

    def _fits(self, kind: BlockKind, label: Label) -> bool:
        if label.number == 1 and not label.sub:
            return True
        if kind == "article":
            return label.number == (self._article if label.sub else self._article + 1)
        if label.section:
            return label.number == self._sections.get(label.section, 0) + 1
        return label.number == self._items.get(label.style, 0) + 1

    def _begin(self, kind: BlockKind, label: Label, line: Line) -> None:
        self._loose = False
        if kind == "article":
            self._article = label.number
            self._items = {}
        elif label.section:
            self._sections[label.section] = label.number
        else:
            self._resume(label)
            self._items[label.style] = label.number
        self.blocks.append(Block(kind, line, label, False, label.rest))

    def _goes_on(self, before: Block, line: Line) -> bool:
        if before.kind == "section" and self.style == "articles":
            return before.last is before.first and not line.level and _short_title(before.text, line.text)
        if before.kind == "section" and "。" not in before.text:
            return False
        if not before.text:
            return before.kind == "article" and not before.first.level
        if self._loose:
            return goes_on_loosely(before.last, line, before.text, self._wrapped)
        return goes_on(before.last, line, self._wrapped)

    def _leaves(self, before: Block | None, line: Line) -> bool:
        """Whether the line begins a signature, an annex list or the next text's letterhead."""
        if before is None or before.kind == "section":
            return False
        full = self._wrapped is not None and width(line.text) > self._wrapped - _NEARLY_FULL
        return bool(line.level) or (labels.formal(line.text) and not full)

    def _resume(self, label: Label) -> None:
        """A line between （一） and （二） belongs to （一）: a paragraph more, or the rest of it."""
        if len(self.blocks) < 2 or self.blocks[-1].kind != "text" or self.blocks[-1].loose:
            return
        item, text = self.blocks[-2:]
        last = (item.label.style, item.number + 1) if item.kind == "item" and item.label else None
        if last == (label.style, label.number):
            item.text += ("" if self._wrapped else "\n") + text.text
            item.last = text.last
            self.blocks.pop()

    def _doubt(self, label: Label, line: Line) -> None:
        self.findings.append(
            Finding(
                line.number,
                "reference",
                f"此行以“{label.printed}”开头，但与前后序号不相接，按正文中的引用读入",
                "如果它确是一条，请在原文中把它单独成行，并核对序号",
            )
        )


def _short_title(so_far: str, text: str) -> bool:
    if labels.ends_sentence(text) or len(text) > 20:
        return False
    return not so_far or len(so_far) >= 10
