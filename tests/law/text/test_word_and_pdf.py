"""Word and PDF are read like text: the same chapters, articles, paragraphs, items; damaged or scanned ones refused."""

import io
import zipfile
from collections.abc import Callable
from functools import cache

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from liuhen.law.text import Reading, decoding, read
from tests.law.text import made
from tests.law.text.test_real_texts import here, source

TITLE = "青溪县公园管理办法"
ROWS = (
    "第一章　总则",
    "第一条　为了加强公园的管理和保护，改善人居环境，促进人与自然和谐共生，根据有关法律、法规，制定本办法。",
    "第二条　公园管理单位应当履行下列职责：",
    "（一）巡查园内的树木、桥梁、步道和照明设施，发现损坏的，应当在二十四小时以内设置警示标志，并在七个工作日以内修复；",
    "（二）记录游客的投诉。",
    "前款规定的记录，应当保存三年，第三条规定的除外。",
    "第二章　附则",
    "第三条　本办法自2026年3月1日起施行。",
)


@cache
def word() -> bytes:
    return made.as_docx(ROWS, TITLE)


@cache
def pdf() -> bytes:
    return made.as_pdf(ROWS, TITLE)


def shape(reading: Reading) -> list[object]:
    """What was read, without where in the source it stood."""
    return [
        (
            one.title,
            [(s.label, s.title) for s in one.sections],
            [(a.label, a.within, a.text) for a in one.articles],
        )
        for one in reading.regulations
    ]


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_same_text_reads_the_same(kind: str) -> None:
    data = {"docx": word, "pdf": pdf}[kind]()
    told = read("\n".join((TITLE, *ROWS)).encode(), "x.txt")
    reading = read(data, f"办法.{kind}")
    assert (reading.encoding, reading.findings) == (kind, ())
    assert shape(reading) == shape(told)
    [regulation] = reading.regulations
    assert [len(p.items) for a in regulation.articles for p in a.paragraphs] == [0, 2, 0, 0]


@here
@pytest.mark.parametrize("key", ["R05", "R09"])
def test_a_real_text_set_as_word_and_as_pdf_reads_as_its_source(key: str) -> None:
    [told] = read(source("real/regulations", key), key).regulations
    pieces = [(s.line, 0, f"{s.label}　{s.title}") for s in told.sections]
    pieces += [(s.line, 1, row) for s in told.sections for p in s.paragraphs for row in p.rows()]
    pieces += [(a.line, 2, f"{a.label}　{a.text}") for a in told.articles]
    rows = [row for _, _, text in sorted(pieces, key=lambda one: one[:2]) for row in text.split("\n")]
    for data in (made.as_docx(rows, told.title or ""), made.as_pdf(rows, told.title or "", "规章汇编")):
        reading = read(data, key)
        assert reading.findings == ()
        assert shape(reading)[0][2] == shape(read(source("real/regulations", key), key))[0][2]  # type: ignore[index]
        assert [s.title for s in reading.regulations[0].sections] == [s.title for s in told.sections]


def test_page_numbers_and_running_heads_are_set_aside_and_a_slip_is_found_by_its_page() -> None:
    rows = [
        f"第{number}条　" + "公园管理单位应当按照规定养护树木，并且做好记录。" * 6
        for number in (1, 2, 3, 4, 5, 6, 8)
    ]
    reading = read(made.as_pdf(rows, TITLE, "公报"), "x.pdf")
    assert {piece.why for piece in reading.set_aside} == {"页码", "页眉、页脚"}
    assert all("公报" not in a.text and "—" not in a.text for a in reading.regulations[0].articles)
    [gap] = reading.findings
    assert gap.say == "第8条之前缺第七条"
    assert len(reading.starts) > 1 and reading.where(gap.line).startswith(f"第{len(reading.starts)}页第")


def test_the_numbers_that_word_counts_itself_are_read() -> None:
    levels = (("chineseCountingThousand", "第%1条", "space"), ("japaneseCounting", "（%2）", "nothing"))
    rows = (
        (0, "制定本办法。"),
        (0, "职责："),
        (1, "巡查；"),
        (1, "记录。"),
        (-1, "记录保存三年。"),
        (0, "如下："),
        (1, "甲。"),
    )
    reading = read(made.numbered(levels, rows), "x.docx")
    assert reading.findings == ()
    assert [(a.label, a.text) for a in reading.regulations[0].articles] == [
        ("第一条", "制定本办法。"),
        ("第二条", "职责：\n（一）巡查；\n（二）记录。\n记录保存三年。"),
        ("第三条", "如下：\n（一）甲。"),
    ]


def test_what_is_struck_out_is_not_read_and_the_tracked_change_is_named() -> None:
    document = Document()
    document.add_heading(TITLE, 0)
    paragraph = document.add_paragraph("第一条　应当在")
    for tag, text in (("del", "<w:delText>五</w:delText>"), ("ins", "<w:t>七</w:t>")):
        xml = f'<w:{tag} {nsdecls("w")} w:id="1" w:author="甲"><w:r>{text}</w:r></w:{tag}>'
        paragraph._p.append(parse_xml(xml))
    paragraph.add_run("日内巡查。")
    document.sections[0].header.paragraphs[0].text = "征求意见稿"
    reading = read(made.saved(document), "x.docx")
    assert reading.regulations[0].articles[0].text == "应当在七日内巡查。"
    assert [one.code for one in reading.findings] == ["tracked"]
    assert [(piece.text, piece.why) for piece in reading.set_aside] == [("征求意见稿", "页眉")]


def zipped(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "said", "remedy"),
    [
        (lambda: made.scanned(3), "只有扫描的图像", "文字识别"),
        (lambda: pdf()[: len(pdf()) // 2], "PDF 已损坏", "重新下载"),
        (lambda: b"%PDF-1.7\nnothing", "PDF 已损坏", "重新下载"),
        (lambda: word()[: len(word()) // 2], "Word 文件已损坏", "另存为 docx"),
        (lambda: zipped(word__document_xml="<w:document>"), "Word 文件已损坏", "另存为 docx"),
        (lambda: zipped(a_txt="甲"), "压缩文件", "解压"),
        (lambda: made.bomb(), "没有打开", "去掉图片"),
        (lambda: made.as_docx((), ""), "文件是空的", "另存为 docx"),
        (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧式 Word", "docx"),
        (lambda: b"x" * (decoding.MAX_BYTES + 1), "超过50MB", "只选正文"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_what_to_do(
    make: Callable[[], bytes], said: str, remedy: str
) -> None:
    reading = read(make(), "x")
    [finding] = reading.findings
    assert reading.regulations == () and said in finding.say and remedy in finding.remedy


def test_bounds_on_pages_and_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("liuhen.law.text.pdf.MAX_PAGES", 1)
    assert "共2页" in read(made.scanned(2), "x").findings[0].say
    monkeypatch.setattr(decoding, "MAX_CHARS", 50)
    for data in (word(), pdf(), "\n".join(ROWS).encode()):
        assert "万字" in read(data, "x").findings[0].say
