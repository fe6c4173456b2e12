"""A reading stands on its text, its article's rules and what these call by name: an edit elsewhere is none of it."""

import pytest

from liuhen.law.pieces import Pieces
from liuhen.law.source import Node, parse

MEASURE = "{prefix: QX, title: 规定, version: 1, counting: {roll: none}}"
ARTICLES = """
QX-1:
  gist: 五日内办
  reading: [自次日起算, 另一读法, 依第三条办]
  owe: {done: {since: filed, within: 5 days, unless: big}}
QX-2: {gist: 何为重大, define: {big: amount > limit}}
QX-3: {gist: 数额, set: {limit: 数额较大}}
QX-4: {gist: 别的, owe: {else: {since: closed, within: 3 days}}}
"""


def digest(articles: str = ARTICLES, measure: str = MEASURE, text: str = "自次日起算") -> str:
    nodes: dict[str, Node] = parse(articles, "a").value
    return Pieces(parse(measure, "m"), nodes).digest("QX-1", text)


@pytest.mark.parametrize(
    ("old", "new"),
    [("3 days", "4 days"), ("别的", "其他"), ("另一读法", "又一读法"), ("gist: 数额,", "gist: 数目,")],
)
def test_an_edit_elsewhere_leaves_it_signed(old: str, new: str) -> None:
    assert old in ARTICLES and digest(ARTICLES.replace(old, new)) == digest()
    assert digest(measure=MEASURE.replace("version: 1", "version: 2")) == digest()


@pytest.mark.parametrize(
    ("old", "new"), [("5 days", "6 days"), ("amount >", "amount >="), ("数额较大", "数额巨大")]
)
def test_an_edit_of_what_it_stands_on_does_not(old: str, new: str) -> None:
    """Its own rule; what that calls by name in another article; what this calls in turn."""
    assert old in ARTICLES and digest(ARTICLES.replace(old, new)) != digest()


def test_its_text_the_articles_it_cites_and_the_way_of_counting_are_part_of_it() -> None:
    cites = "依第三条办"
    assert digest(text="另一读法") != digest()
    assert digest(ARTICLES.replace("gist: 数额,", "gist: 数目,"), text=cites) != digest(text=cites)
    assert digest(measure=MEASURE.replace("none", "holiday")) != digest()
