"""Blocks to articles and sections, with their paragraphs and items nested."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from liuhen.law.text.blocks import Block
from liuhen.law.text.labels import ItemStyle
from liuhen.law.text.model import Article, Item, Paragraph, Section, SectionKind

_BLANK: Final = re.compile(r"\s+")
_LONGEST_HEADING: Final = 40
_RANK: Final[dict[SectionKind, int]] = {"part": 0, "chapter": 1, "section": 2}
_HEADING_KINDS: Final[dict[ItemStyle | None, SectionKind]] = {"一、": "heading", "（一）": "subheading"}


@dataclass
class _Open:
    """An item or a paragraph still being filled."""

    block: Block
    style: ItemStyle | None = None
    items: list["_Open"] = field(default_factory=list)


def paragraphs_of(blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    """Text blocks begin paragraphs; items go under the paragraph, or the item, that lists them."""
    roots: list[_Open] = []
    stack: list[_Open] = []
    for block in blocks:
        style = block.label.style if block.kind == "item" and block.label else None
        opened = _Open(block, style)
        if block.kind != "item" or not roots:
            roots.append(opened)
            stack = [opened]
            continue
        styles = [one.style for one in stack]
        if style in styles[1:]:
            del stack[styles.index(style, 1) :]
        stack[-1].items.append(opened)
        stack.append(opened)
    return tuple(
        Paragraph(
            number,
            (_label(root) if root.style else "") + root.block.text,
            root.block.first.number,
            _items(root),
        )
        for number, root in enumerate(roots, 1)
        if root.block.text or root.items
    )


def _label(opened: _Open) -> str:
    return opened.block.label.printed if opened.block.label else ""


def _items(opened: _Open) -> tuple[Item, ...]:
    return tuple(
        Item(_label(one), one.block.number, one.block.text, one.block.first.number, _items(one))
        for one in opened.items
    )


def articles_of(body: Sequence[Block]) -> tuple[Article, ...]:
    """Every 条 with the labels of the 编, 章 and 节 that it stands in."""
    articles: list[Article] = []
    within: dict[int, str] = {}
    for at, block in enumerate(body):
        if not block.label:
            continue
        if block.kind == "section" and block.label.section:
            rank = _RANK[block.label.section]
            within = {one: label for one, label in within.items() if one < rank} | {rank: block.label.printed}
        elif block.kind == "article":
            own = body[at : _next(body, at)]
            articles.append(
                Article(
                    block.number,
                    block.label.sub,
                    block.label.printed,
                    block.first.number,
                    own[-1].last.number,
                    tuple(within.values()),
                    paragraphs_of(own),
                )
            )
    return tuple(articles)


def sections_of(body: Sequence[Block]) -> tuple[Section, ...]:
    """Every 编, 章, 节, 一、 and （一） heading, with the text directly beneath it."""
    return tuple(
        _section(body[at : _next(body, at)]) for at, block in enumerate(body) if block.kind == "section"
    )


def _next(body: Sequence[Block], at: int) -> int:
    return next((to for to in range(at + 1, len(body)) if body[to].kind in ("section", "article")), len(body))


def _section(own: Sequence[Block]) -> Section:
    head = own[0]
    label = head.label
    if label is None:
        raise ValueError("a section has a label")
    if label.section:
        title, beneath = _BLANK.sub("", head.text), paragraphs_of(own[1:])
        return Section(label.section, label.number, label.printed, title, head.first.number, beneath)
    title, rest = _heading(head.text)
    under = [Block("text", head.first, None, False, rest), *own[1:]] if rest else own[1:]
    return Section(
        _HEADING_KINDS[label.style],
        label.number,
        label.printed,
        title,
        head.first.number,
        paragraphs_of(under),
    )


def _heading(text: str) -> tuple[str, str]:
    """（一）完善文字记录。文字记录是……: the first sentence is the heading, as printed; the rest is text."""
    stop = text.find("。")
    if stop < 0 or stop >= _LONGEST_HEADING:
        return (text, "") if stop < 0 and len(text) <= _LONGEST_HEADING else ("", text)
    return text[: stop + 1], text[stop + 1 :]
