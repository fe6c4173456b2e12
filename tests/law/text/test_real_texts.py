"""The real official texts, where they are at hand: every one reads right, without a finding."""

import re

import pytest

from liuhen.law.text import read
from tests.law.text import samples

ARTICLES = {
    "R01": 29,
    "R05": 0,
    "R07": 0,
    "R09": 62,
    "R10": 50,
    "R11": 86,
    "R13": 56,
    "R16": 87,
    "R18": 132,
    "R21": 94,
    "R22": 41,
    "R24": 0,
    "R25": 53,
    "R28": 66,
    "R29": 17,
    "R32": 37,
}
PARAGRAPHS_AND_ITEMS = {
    "R01": (41, 33),
    "R09": (105, 78),
    "R10": (74, 31),
    "R11": (141, 61),
    "R13": (82, 41),
    "R16": (145, 90),
    "R18": (177, 217),
    "R21": (187, 118),
    "R22": (67, 72),
    "R25": (86, 21),
    "R28": (124, 24),
    "R29": (25, 5),
    "R32": (49, 38),
}
SUBHEADINGS = {"R05": 23, "R07": 10, "R24": 16}
SEEDS = {"000": [27], "002": [17, 27, 14]}

here = pytest.mark.skipif(not (samples.SHARED / "real").is_dir(), reason="the real texts are not at hand")


def source(folder: str, key: str) -> bytes:
    [path] = (samples.SHARED / folder).glob(f"{key}_*")
    return path.read_bytes()


@here
@pytest.mark.parametrize("key", ARTICLES)
def test_a_national_or_provincial_text(key: str) -> None:
    data = source("real/regulations", key)
    reading = read(data, key)
    [regulation] = reading.regulations
    numbers = [article.number for article in regulation.articles]
    assert reading.findings == ()
    assert numbers == list(range(1, ARTICLES[key] + 1))
    assert regulation.title
    if key in SUBHEADINGS:
        assert sum(section.kind == "subheading" for section in regulation.sections) == SUBHEADINGS[key]
        return
    paragraphs = [paragraph for article in regulation.articles for paragraph in article.paragraphs]
    counted = (len(paragraphs), sum(len(paragraph.items) for paragraph in paragraphs))
    assert counted == PARAGRAPHS_AND_ITEMS[key]


@here
@pytest.mark.parametrize("key", SEEDS)
def test_a_source_of_the_measures(key: str) -> None:
    reading = read(source("seeds", key), key)
    assert reading.findings == ()
    assert [len(one.articles) for one in reading.regulations] == SEEDS[key]
    for one in reading.regulations:
        assert [article.number for article in one.articles] == list(range(1, len(one.articles) + 1))
        assert one.title and one.number and one.issuer and one.issued


@here
@pytest.mark.parametrize("key", [*ARTICLES, *SEEDS])
def test_no_character_of_any_of_them_is_lost(key: str) -> None:
    """Chinese characters, counted one by one: what is printed and what is set aside make up the source."""
    data = source("seeds" if key in SEEDS else "real/regulations", key)
    reading = read(data, key)
    kept = "".join(
        "".join(row for paragraph in (*one.preface, *one.closing) for row in paragraph.rows())
        + "".join(
            s.label + s.title + "".join(r for p in s.paragraphs for r in p.rows()) for s in one.sections
        )
        + "".join(article.label + article.text for article in one.articles)
        for one in reading.regulations
    )
    aside = "".join(piece.text for piece in reading.set_aside)
    assert sorted(chinese(kept + aside)) == sorted(chinese(data.decode()))


@here
@pytest.mark.parametrize("key", ["R09", "R18", "R25"])
@pytest.mark.parametrize("columns", [22, 28, 35])
def test_a_real_text_wrapped_hard_reads_the_same(key: str, columns: int) -> None:
    whole = read(source("real/regulations", key), key).regulations[0]
    lines = [whole.title or ""]
    for article in whole.articles:
        for row in f"{article.label} {article.text}".split("\n"):
            first = columns - 2
            rest = (row[at : at + columns] for at in range(first, len(row), columns))
            lines += [row[:first], *rest]
    again = read("\n\n".join(lines).encode(), key).regulations[0]
    assert [a.number for a in again.articles] == [a.number for a in whole.articles]
    assert [a.text.replace("\n", "") for a in again.articles] == [
        a.text.replace("\n", "") for a in whole.articles
    ]


def chinese(text: str) -> str:
    return "".join(re.findall(r"[\u4e00-\u9fff，。；：、“”（）《》〔〕]", text))
