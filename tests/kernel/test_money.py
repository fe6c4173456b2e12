"""Money is integer 分; people type 元 and documents show capitals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.kernel.money import MAX_FEN, capital_yuan, format_yuan, parse_yuan


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0), ("0.01", 1), ("12345.6", 1_234_560), ("12,345.60", 1_234_560), ("￥300", 30_000),
        ("1.5万元", 1_500_000), ("2亿元", 20_000_000_000), (" 300元 ", 30_000),
    ],
)  # fmt: skip
def test_yuan_are_read_as_fen(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    "text", ["", "三百元", "-5", "1.234", "1,23", "1e3", "0.0000001万元", "NaN", "9" * 30]
)
def test_a_wrong_amount_is_refused_in_chinese(text: str) -> None:
    with pytest.raises(ValueError, match="金额"):
        parse_yuan(text)


@given(st.integers(0, MAX_FEN))
def test_format_is_the_inverse_of_parse(fen: int) -> None:
    assert parse_yuan(format_yuan(fen)) == fen
    assert parse_yuan(format_yuan(fen, grouped=False)) == fen


@pytest.mark.parametrize(
    ("fen", "capitals"),
    [
        (0, "零元整"), (1, "壹分"), (10, "壹角整"), (105, "壹元零伍分"),
        (1_234_560, "壹万贰仟叁佰肆拾伍元陆角整"),
        (100_000, "壹仟元整"), (1_000_100, "壹万零壹元整"), (10_010_000, "壹拾万零壹佰元整"),
        (100_000_000, "壹佰万元整"), (1_000_000_005, "壹仟万元零伍分"), (10_000_000_100, "壹亿零壹元整"),
        (12_000_000_000, "壹亿贰仟万元整"), (3_050_020, "叁万零伍佰元贰角整"),
    ],
)  # fmt: skip
def test_capitals(fen: int, capitals: str) -> None:

    assert capital_yuan(fen) == capitals


def test_a_negative_amount_has_no_capitals() -> None:
    assert format_yuan(-150) == "-1.50"
    with pytest.raises(ValueError, match="大写金额"):
        capital_yuan(-1)
