"""What is wrong in a source is named, in Chinese and with its line; nothing is dropped because of it."""

import pytest

from liuhen.law.text import Finding, read

HEAD = "公园管理办法\n"


def found(text: str) -> list[Finding]:
    return list(read((HEAD + text).encode(), "x.txt").findings)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "文件是空的"),
        (b" \n\xe3\x80\x80\n", "文件是空的"),
        (b"{\\rtf1", "RTF"),
        (b"a\x00b", "控制字符"),
        (b"\xff\xff\xff", "编码"),
    ],
)
def test_what_is_no_text_is_said_to_be_none(data: bytes, said: str) -> None:
    reading = read(data, "x")
    [finding] = reading.findings
    assert reading.regulations == ()
    assert said in finding.say
    assert "txt" in finding.remedy


def test_a_gap_names_the_articles_that_are_missing() -> None:
    [finding] = found("第一条 甲。\n第二条 乙。\n第五条 丙。\n")
    assert (finding.line, finding.code, finding.say) == (4, "gap", "第五条之前缺第三条至第四条")


def test_a_gap_without_full_stops_is_found_too() -> None:
    [gap] = [one for one in found("第一条 甲\n第三条 乙\n") if one.code == "gap"]
    assert gap.say == "第三条之前缺第二条"


def test_a_repeated_article_names_both_lines_and_keeps_both() -> None:
    reading = read((HEAD + "第一条 甲。\n第二条 乙。\n第二条 丙。\n第三条 丁。\n").encode(), "x")
    [finding] = reading.findings
    assert (finding.line, finding.say) == (4, "第二条重复：第3行已有同号的一条")
    assert [a.text for a in reading.regulations[0].articles] == ["甲。", "乙。", "丙。", "丁。"]


def test_articles_out_of_order_are_named() -> None:
    text = "第一条 甲。\n第三条 乙。\n第二条 丙。\n"
    assert [one.code for one in found(text)] == ["gap", "order"]


def test_a_text_that_begins_late_lacks_its_first_articles() -> None:
    assert [one.say for one in found("第三条 甲。\n第四条 乙。\n")] == ["第三条之前缺第一条至第二条"]


def test_items_and_chapters_are_counted_too() -> None:
    text = "第一章 甲\n第一条 如下：\n（一）子；\n（三）丑。\n第三章 乙\n第二条 寅。\n"
    assert [(one.line, one.code) for one in found(text)] == [(5, "item"), (6, "section")]


def test_a_text_without_structure_keeps_its_lines_and_says_so() -> None:
    reading = read("今天天气很好。\n我们去公园。\n".encode(), "x")
    assert {one.code for one in reading.findings} == {"structure", "title"}
    assert [p.text for p in reading.regulations[0].preface] == ["今天天气很好。", "我们去公园。"]


def test_an_article_without_text_and_one_cut_short_are_named() -> None:
    assert [one.code for one in found("第一条\n第二条 甲。\n第三条 乙丙丁\n第四条 戊。\n")] == [
        "empty",
        "unfinished",
    ]


def test_characters_that_were_lost_are_named() -> None:
    assert [(one.line, one.code) for one in found("第一条 甲\ufffd乙。\n")] == [(2, "garbled")]


def test_an_unknown_tag_stays_in_the_text() -> None:
    reading = read((HEAD + "<b>第一条</b> 填写<姓名>和<name>。\n").encode(), "x")
    assert reading.regulations[0].articles[0].text == "填写<姓名>和<name>。"
