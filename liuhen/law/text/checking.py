"""What looks wrong in a regulation's numbering: gaps, repeats, empty articles. In Chinese, with the line."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from liuhen.law.text.labels import ends_sentence
from liuhen.law.text.model import Article, Finding, Item, Regulation, Section
from liuhen.law.text.numerals import to_chinese

_COMPARE: Final = "请对照原文核对序号，补上缺漏或者改正后重新读入"
_TRUNCATED: Final = "请核对这一行是不是被截断，或者是混进正文的页眉、页脚"


def check(regulation: Regulation) -> Iterator[Finding]:
    """Findings of one regulation, in the order of its lines as far as kinds allow."""
    if not regulation.title:
        line = regulation.articles[0].line if regulation.articles else 0
        yield Finding(line, "title", "没有找到标题", "请在正文之前用单独一行写明标题")
    if not regulation.articles and not regulation.sections:
        said = "没有找到条文（第一条……），也没有一、（一）这样的标题"
        yield Finding(0, "structure", said, "请核对文件是不是法规正文")
    yield from _articles(regulation.articles)
    yield from _sections(regulation.sections)
    for article in regulation.articles:
        yield from _article(article)


def _articles(articles: Sequence[Article]) -> Iterator[Finding]:
    seen: dict[tuple[int, int], int] = {}
    last = (0, 0)
    for article in articles:
        key = (article.number, article.sub)
        if key in seen:
            said = f"{article.label}重复：第{seen[key]}行已有同号的一条"
            yield Finding(article.line, "duplicate", said, _COMPARE)
        elif key < last:
            yield Finding(article.line, "order", f"{article.label}排在{_name(last)}之后，次序颠倒", _COMPARE)
        elif key not in ((last[0] + 1, 0), (last[0], last[1] + 1)):
            yield Finding(article.line, "gap", f"{article.label}之前缺{_missing(last, key)}", _COMPARE)
        seen.setdefault(key, article.line)
        last = max(last, key)


def _name(key: tuple[int, int]) -> str:
    return f"第{to_chinese(key[0])}条" + (f"之{to_chinese(key[1])}" if key[1] else "")


def _missing(last: tuple[int, int], key: tuple[int, int]) -> str:
    if key[0] == last[0] or (key[1] and key[0] == last[0] + 1 and key[1] > 1):
        return _name((key[0], key[1] - 1))
    end = key[0] if key[1] else key[0] - 1
    first = last[0] + 1
    return _name((first, 0)) + (f"至{_name((end, 0))}" if end > first else "")


def _sections(sections: Sequence[Section]) -> Iterator[Finding]:
    """Chapters, headings and （一） may run on or begin again beneath what is above; 节 begin again."""
    last: dict[str, int] = {}
    for section in sections:
        before = last.get(section.kind, 0)
        if section.number != before + 1 and (section.number != 1 or section.kind in ("part", "heading")):
            said = f"{section.label}{section.title}的序号与前面的 {before} 不相接"
            yield Finding(section.line, "section", said, _COMPARE)
        last[section.kind] = section.number
        if section.kind in ("part", "chapter"):
            last["section"] = 0


def _article(article: Article) -> Iterator[Finding]:
    if not article.text.strip():
        yield Finding(article.line, "empty", f"{article.label}没有正文", _COMPARE)
    for paragraph in article.paragraphs:
        yield from _items(article, paragraph.items)
        if paragraph.text and not paragraph.items and not ends_sentence(paragraph.text):
            said = f"{article.label}第{to_chinese(paragraph.number)}款没有句末标点"
            yield Finding(paragraph.line, "unfinished", said, _TRUNCATED)


def _items(article: Article, items: Sequence[Item]) -> Iterator[Finding]:
    if items and items[0].number != 1:
        yield Finding(items[0].line, "item", f"{article.label}的{items[0].label}之前没有第一项", _COMPARE)
    for before, item in pairwise(items):
        if item.number != before.number + 1:
            said = f"{article.label}的{before.label}之后是{item.label}，序号不相接"
            yield Finding(item.line, "item", said, _COMPARE)
    for item in items:
        yield from _items(article, item.items)
