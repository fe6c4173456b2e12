"""Every character of a source is in a regulation or set aside, in order; joining adds and loses none."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.law.text import Reading, Regulation, read
from tests.law.text import samples

CHARS = "园林树木养护应当记录公示检查处罚办理"


def pieces(regulation: Regulation) -> Iterator[tuple[int, str]]:
    for paragraph in (*regulation.preface, *regulation.closing):
        yield paragraph.line, "".join(paragraph.rows())
    for section in regulation.sections:
        beneath = "".join(row for paragraph in section.paragraphs for row in paragraph.rows())
        yield section.line, section.label + section.title + beneath
    for article in regulation.articles:
        yield article.line, article.label + article.text


def printed(reading: Reading) -> str:
    ordered = sorted(piece for one in reading.regulations for piece in pieces(one))
    return "".join("".join(text for _, text in ordered).split())


def squeezed(text: str) -> str:
    return "".join(re.sub(r"(?m)^(#+|-) ", "", text).split())


@pytest.mark.parametrize("text", [samples.PLAIN, samples.WRAPPED, samples.ANNEXES, samples.OPINION])
def test_samples_come_out_whole(text: str) -> None:
    assert printed(read(text.encode(), "x")) == squeezed(text)


@st.composite
def articles(draw: st.DrawFn) -> list[str]:
    sentence = st.text(CHARS, min_size=1, max_size=90).map(lambda text: text + "。")
    return draw(st.lists(sentence, min_size=1, max_size=12))


def wrapped(text: str, columns: int) -> list[str]:
    return [text[at : at + columns] for at in range(0, len(text), columns)]


@given(articles(), st.integers(12, 40))
def test_hard_wrapped_articles_are_joined_exactly(texts: list[str], columns: int) -> None:
    lines = ["公园办法"]
    for number, text in enumerate(texts, 1):
        lines += wrapped(f"第{number}条 {text}", columns)
    reading = read("\n\n".join(lines).encode(), "x")
    assert [a.text for a in reading.regulations[0].articles] == texts


@given(st.text(CHARS + "。；：，、“”《》（）第一二三条章节项 \n　12.", max_size=400))
def test_no_text_of_any_kind_loses_a_character(text: str) -> None:
    reading = read(("办法\n第一条 甲。\n" + text).encode(), "x")
    aside = "".join(sorted("".join("".join(piece.text for piece in reading.set_aside).split())))
    source = "".join(("办法\n第一条 甲。\n" + text).split())
    assert sorted(printed(reading) + aside) == sorted(source)


@given(st.binary(max_size=300))
def test_no_bytes_of_any_kind_break_the_reader(data: bytes) -> None:
    reading = read(data, "x")
    assert reading.regulations or reading.findings
