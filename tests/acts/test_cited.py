"""Articles are cited in words, and everything else is left alone."""

import pytest

from liuhen.acts.cited import article_name, citation, in_words, short_title


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


def test_citations_within_a_text_are_put_in_words() -> None:
    said = in_words("按 R09-41 ¶4 起算；期满见 WD-18(2)，GB/T 9704-2012 不是条文")
    assert "R09-41" not in said and "第41条第4款" in said
    assert "WD-18" not in said and "第18条第2项" in said
    assert "GB/T 9704-2012" in said
