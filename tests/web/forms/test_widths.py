"""明细表的列宽: a column is as wide as what it holds asks for, and the whole fits the table."""

from liuhen.web.forms.control import _widths


def test_the_title_has_the_room_and_all_of_it_fits() -> None:
    widths = _widths(
        [
            ["文号", "责任者", "题名", "日期", "页数"],
            ["", "张明远", "现场检查（勘验）笔录" * 4, "2026-08-13", "12"],
        ]
    )
    assert widths[2] == max(widths) and widths[2] > 2 * widths[1]
    assert all(width % 5 == 0 and width >= 5 for width in widths) and sum(widths) <= 100


def test_an_empty_table_is_shared_alike() -> None:
    assert _widths([["内容", "理由"], ["", ""]]) == [45, 45]
