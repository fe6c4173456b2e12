"""Numerals of articles, in every form that official texts use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.law.text.numerals import LARGEST, to_chinese, to_int


@given(st.integers(1, LARGEST))
def test_every_number_survives_its_chinese_form(number: int) -> None:
    assert to_int(to_chinese(number)) == number


@given(st.integers(0, LARGEST))
def test_arabic_and_full_width_digits_mean_the_same(number: int) -> None:
    wide = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert to_int(str(number)) == to_int(wide) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("十", 10), ("十二", 12), ("一百零二", 102), ("一百一十", 110), ("一百十", 110), ("一百二十一", 121),
     ("一千零一十", 1010), ("二〇二六", 2026), ("一百○二", 102)],
)  # fmt: skip
def test_forms_in_print(text: str, number: int) -> None:
    assert to_int(text) == number


@pytest.mark.parametrize("text", ["", "条", "十百", "一二十", "百千", "零十"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="不是数字"):
        to_int(text)


@pytest.mark.parametrize("number", [0, LARGEST + 1])
def test_numbers_that_no_article_has_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="条文序号"):
        to_chinese(number)
