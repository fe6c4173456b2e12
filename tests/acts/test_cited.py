"""Articles are cited in words, and everything else is left alone."""

import pytest

from liuhen.acts.cited import article_name, citation, short_title


@pytest.mark.parametrize(
    ("cited", "words"),
    [
        ("HN-J-9", "全过程记录办法第9条"),
        ("HN-G-14 ¶2", "公示办法第14条第2款"),
        ("HN-J-11(3)", "全过程记录办法第11条第3项"),
        ("R09-57 ¶1(2)", "行政处罚程序暂行规定第57条第1款第2项"),
        ("HN-S-4.reviewed", "决定法制审核办法第4条"),
        ("WD-22", "全过程记录管理办法第22条"),
        ("permission.decide", "permission.decide"),
        ("XX-1", "XX-1"),
        ("", ""),
    ],
)
def test_in_words(cited: str, words: str) -> None:
    assert citation(cited) == words


def test_the_page_of_an_article() -> None:
    assert article_name("HN-G-14 ¶2") == "HN-G-14"
    assert article_name("R09-45.decide") == "R09-45"
    assert article_name("permission.decide") == ""


def test_a_title_that_would_be_too_short_stays_whole() -> None:
    assert short_title("某省医疗保障办法") == "某省医疗保障办法"
