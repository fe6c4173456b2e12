"""Official texts of every form come out as articles, paragraphs and items with their exact wording."""

from datetime import date

from liuhen.law.text import Regulation, as_json, read
from tests.law.text import samples


def one(text: str) -> Regulation:
    reading = read(text.encode(), "样本.txt")
    assert reading.findings == ()
    assert len(reading.regulations) == 1
    return reading.regulations[0]


def test_a_plain_text_has_its_chapters_articles_paragraphs_and_items() -> None:
    regulation = one(samples.PLAIN)
    assert [(a.number, a.sub) for a in regulation.articles] == [(1, 0), (2, 0), (2, 1), (3, 0), (4, 0)]
    assert [(s.kind, s.label, s.title) for s in regulation.sections] == [
        ("chapter", "第一章", "总则"),
        ("chapter", "第二章", "管理"),
        ("section", "第一节", "日常"),
        ("chapter", "第三章", "附则"),
    ]
    second = regulation.article(2)
    assert second is not None
    first, then = second.paragraphs
    assert [item.label for item in first.items] == ["（一）", "（二）"]
    assert [(item.label, item.text) for item in first.items[1].items] == [
        ("1.", "森林公园；"),
        ("2.", "湿地公园。"),
    ]
    assert then.text == "前款以外的公园，依照其他规定。"
    assert (second.line, second.last_line) == (9, 19)


def test_a_reference_at_the_start_of_a_line_is_no_article() -> None:
    third = one(samples.PLAIN).article(3)
    assert third is not None
    assert third.text == "违反本办法第二条规定的，责令改正。"
    assert third.within == ("第二章", "第一节")


def test_the_article_between_two_is_found_by_its_number() -> None:
    article = one(samples.PLAIN).article(2, 1)
    assert article is not None
    assert (article.label, article.text) == ("第二条之一", "公园应当免费开放。")


def test_title_number_issuer_and_days_are_read_from_the_letterhead() -> None:
    regulation = one(samples.PLAIN)
    assert regulation.title == "青溪县公园管理办法"
    assert regulation.number == "青溪县人民政府令第12号"
    assert regulation.issuer == "青溪县人民政府"
    assert (regulation.issued, regulation.revised) == (date(2024, 3, 1), date(2025, 5, 6))


def test_hard_wrapped_lines_become_paragraphs_again() -> None:
    regulation = one(samples.WRAPPED)
    assert [a.number for a in regulation.articles] == [1, 2, 3, 4]
    assert [p.text for p in regulation.articles[0].paragraphs] == [
        "为了做好公园树木的养护工作，保障树木正常生长，依照本办法第三条的规定并结合工作实际，"
        "依据第四条的要求制定本办法，并且由园林局负责解释公布。"
        "树木包括乔木和灌木以及其他需要日常养护的木本植物，"
        "由园林局登记造册并且定期向社会公布名录和变更情况。",
        "名录每年更新一次，更新以后的名录应当在园林局的网站上公布。",
    ]
    first, then = regulation.articles[1].paragraphs
    assert [item.text for item in first.items] == [
        "每年冬季为新栽种的树木包裹草绳，防止树木受到冻害；",
        "每 24 小时巡查一次，不得遗漏。",
    ]
    assert then.text == "发现病虫害的，立即报告。"


def test_a_letterhead_in_lines_gives_the_title_that_it_cites() -> None:
    regulation = one(samples.WRAPPED)
    assert regulation.title == "青溪县公园树木养护办法（试行）"
    assert (regulation.issuer, regulation.number) == ("青溪县园林局", "溪园发〔2023〕7号")
    assert regulation.issued == date(2023, 6, 5)
    assert [p.text for p in regulation.closing] == ["青溪县园林局办公室 2023 年 6 月 5 日印发"]


def test_html_is_read_as_a_browser_shows_it() -> None:
    reading = read(samples.HTML.encode(), "x.html")
    regulation = reading.regulations[0]
    assert reading.findings == ()
    assert regulation.title == "公园开放规定"
    assert [(a.number, a.label) for a in regulation.articles] == [(1, "第1条"), (2, "第２条"), (3, "第３条")]
    assert [p.text for p in regulation.articles[0].paragraphs] == [
        "公园每日开放，具体时间由园方公布。",
        "节假日延长开放。",
    ]
    assert regulation.articles[1].text == "票价<5元的，免票。"
    assert [s.title for s in regulation.sections] == ["总则", "附则"]


def test_what_is_not_text_is_set_aside_with_its_reason() -> None:
    aside = read(samples.HTML.encode(), "x.html").set_aside
    assert [(piece.text, piece.why) for piece in aside if piece.why == "目录"] == [
        ("目\xa0录", "目录"),
        ("第一章　总则", "目录"),
        ("第二章　附则", "目录"),
    ]
    assert {"网页注释", "网页脚本与样式", "网页头部", "网页声明"} <= {piece.why for piece in aside}


def test_annexes_of_one_notice_are_measures_of_their_own() -> None:
    reading = read(samples.ANNEXES.encode(), "通知.txt")
    patrol, record = reading.regulations
    assert reading.findings == ()
    assert (patrol.title, record.title) == ("青溪县公园巡查办法", "青溪县公园记录办法")
    assert ([a.number for a in patrol.articles], [a.number for a in record.articles]) == ([1, 2, 3], [1, 2])
    assert patrol.articles[1].text == "巡查中发现问题的，应当及时处理。"
    assert record.number == patrol.number == "溪园办〔2024〕3号"
    assert record.issued == date(2024, 1, 2)


def test_a_text_without_articles_is_read_by_its_headings() -> None:
    regulation = one(samples.OPINION)
    assert regulation.articles == ()
    assert [(s.kind, s.label, s.title) for s in regulation.sections] == [
        ("heading", "一、", "总体要求"),
        ("subheading", "（一）", "指导思想。"),
        ("subheading", "（二）", "基本原则。"),
        ("heading", "二、", "主要任务"),
        ("subheading", "（三）", "修路。"),
    ]
    roads = regulation.sections[-1].paragraphs[0]
    assert roads.text == "修好园路。包括："
    assert [item.label for item in roads.items] == ["1.", "2."]
    assert regulation.title == "青溪县人民政府关于加强公园工作的意见"
    assert (regulation.number, regulation.issuer) == ("溪政发〔2022〕5号", "青溪县人民政府")
    assert [p.text for p in regulation.closing] == ["青溪县人民政府", "2022年9月1日"]


def test_tables_of_contents_are_not_articles() -> None:
    body = "第一章 总则\n第一条 开放。\n第二章 附则\n第二条 施行。\n"
    marked = "公园办法\n目 录\n第一章 总则\n第一条 目的……1\n第二章 附则\n"
    bare = "公园办法\n第一章 总则\n第二章 附则\n"
    for text in (marked + body, bare + body):
        regulation = one(text)
        assert [a.text for a in regulation.articles] == ["开放。", "施行。"]
        assert [s.label for s in regulation.sections] == ["第一章", "第二章"]


def test_gb18030_and_utf16_are_texts_too() -> None:
    for encoding in ("gb18030", "utf-16", "utf-8-sig"):
        reading = read(samples.PLAIN.encode(encoding), "x.txt")
        assert reading.regulations[0].articles == one(samples.PLAIN).articles


def test_markdown_marks_are_no_part_of_the_text() -> None:
    head = "---\ntitle: 公园办法\ndate: 2020-02-03\n---\n\n"
    text = head + "**第一条** 见[附图](a.png)。\n\n- （一） 甲；\n- （二） 乙。\n\n- 2 -\n"
    reading = read(text.encode(), "x.md")
    regulation = reading.regulations[0]
    assert (regulation.title, regulation.issued) == ("公园办法", date(2020, 2, 3))
    assert regulation.articles[0].text == "见附图。\n（一）甲；\n（二）乙。"
    assert [piece.text for piece in reading.set_aside if piece.why == "页码"] == ["- 2 -"]


def test_the_json_form_holds_plain_values() -> None:
    shape = as_json(read(samples.PLAIN.encode(), "x.md"))
    [regulation] = shape["regulations"]
    assert regulation["issued"] == "2024-03-01"
    assert regulation["articles"][0]["text"] == "为了管理公园，制定本办法。"
    assert regulation["articles"][1]["paragraphs"][0]["items"][0]["label"] == "（一）"


def test_a_second_paragraph_within_an_item_stays_with_the_item() -> None:
    regulation = one("公园办法\n第一条 如下：\n（一）甲。\n甲的说明。\n（二）乙。\n另款。\n")
    first, then = regulation.articles[0].paragraphs
    assert [item.text for item in first.items] == ["甲。\n甲的说明。", "乙。"]
    assert then.text == "另款。"
