"""排版: every form, empty and full, as PDF/A with what it must show, the same bytes each time."""

import io
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from PIL import Image

from liuhen.documents import render as render_module
from liuhen.documents.catalogue import catalogue
from liuhen.documents.context import Issuer, context
from liuhen.documents.fonts import covered, load_fonts
from liuhen.documents.forms import Form, parse_ref
from liuhen.documents.render import render, render_png
from liuhen.documents.samples import AT
from liuhen.documents.widths import widths_of
from liuhen.law.dictionary import standard
from tests.documents import samples
from tests.documents.geometry import glyphs, lines
from tests.documents.pdftext import text_of

AGENCY = Issuer("河南省医疗保障局")
FORMS = sorted(catalogue(), key=lambda form: form.id)
FONTS = load_fonts()


def made(form: Form, *, full: bool, length: int = 1, **changes: Any) -> dict[str, Any]:
    entry = samples.entry(form.kind, full=full, length=length, **changes)
    others = samples.matter() if full else []
    return context(entry, form, [*others, entry], AGENCY)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_empty_and_full_show_what_is_required(form):
    kind = standard().kinds[form.kind]
    for full in (False, True):
        text = text_of(render(form, made(form, full=full), FONTS))
        assert "第1页共1页" in text or "第1页共" in text
        for ref in form.refs():
            for owner, name in ref.paths[:1]:
                field = kind.fields.get(name)
                if field is None or owner or ref == form.number or field.part != "open":
                    continue
                if field.type in ("text", "longtext") and (full or field.required):
                    assert samples.mark(field) in text, (form.id, name, full)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_nothing_is_left_blank(form):
    for block in made(form, full=False)["blocks"]:
        for row in block.get("rows", []):
            for cell in row:
                assert cell["value"] if isinstance(cell, dict) else cell
        assert block.get("value") != [""]
        assert block["kind"] != "sign" or block["signs"]


def decision(**changes: Any) -> tuple[Form, dict[str, Any]]:
    form = catalogue().form("decision", 1)
    return form, made(form, full=True, **changes)


def test_a_document_is_set_once(monkeypatch):
    """The codes are at hand for as many pages as it has; a second setting would double its time."""
    times: list[int] = []
    whole = render_module._Press.compile

    def counted(*given: Any, **told: Any) -> Any:
        times.append(1)
        return whole(*given, **told)

    monkeypatch.setattr(render_module._Press, "compile", counted)
    for name in ("decision", "inquiry_record", "decision_approval"):
        form = next(form for form in catalogue() if form.id == name)
        render(form, made(form, full=True), FONTS)
    assert len(times) == 3


def test_the_same_data_give_the_same_bytes():
    form, content = decision()
    assert render(form, content, FONTS) == render(form, dict(content), FONTS)


def test_archival_form_with_embedded_fonts():
    form, content = decision()
    pdf = pikepdf.open(io.BytesIO(render(form, content, FONTS)))
    meta = pdf.open_metadata()
    assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "B")
    assert meta["dc:title"] == "行政处罚决定书"
    fonts = [font for page in pdf.pages for font in page.resources.Font.values()]
    assert fonts
    for font in fonts:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile3" in descriptor or "/FontFile2" in descriptor


def test_number_amount_and_title():
    form, content = decision(number="豫医保罚〔2026〕3号", amount=1_234_560, decision_kind="none")
    text = text_of(render(form, content, FONTS))
    assert "豫医保罚〔2026〕3号" in text
    assert "12,345.60元（大写：壹万贰仟叁佰肆拾伍元陆角整）" in text
    assert content["title"] == "不予行政处罚决定书"


def test_officers_carry_their_certificates():
    form = catalogue().form("inspection_record", 1)
    text = text_of(render(form, made(form, full=False), FONTS))
    assert "张堃璟（执法证号：41000001）、李建国（执法证号：41000002）" in text


def test_a_refused_signature_says_so_on_every_page():
    form = catalogue().form("inspection_record", 1)
    pdf = render(form, made(form, full=True, length=40), FONTS)
    pages = text_of(pdf, pages=True)
    assert len(pages) > 2
    assert all("见证人拒绝签名" in page for page in pages)
    assert "拒绝签名，已说明情况" in "".join(pages)


def test_long_text_and_long_lists_go_on_over_pages():
    form = catalogue().form("evidence_list", 1)
    rows = [{"name": f"病历第{i}册", "quantity": "1册", "from_holder": "某诊所"} for i in range(1, 151)]
    pages = text_of(render(form, made(form, full=True, items=rows), FONTS), pages=True)
    assert len(pages) > 3
    assert all(f"病历第{i}册" in "".join(pages) for i in range(1, 151))
    assert all("序号" in page for page in pages[:-1])
    assert f"第1页共{len(pages)}页" in pages[0]


def test_no_page_is_cut_by_one_endless_word():
    form = catalogue().form("posting_record", 1)
    address = "https://example.gov.cn/" + "a" * 400
    text = text_of(render(form, made(form, full=False, address=address), FONTS))
    assert text.count("a") >= 400


def test_what_people_type_is_never_code():
    form = catalogue().form("inspection_record", 1)
    typed = '#panic("x") $x^2$ *粗* _斜_ \\ @ref <label> `raw` {case} #import "a.typ"'
    text = text_of(render(form, made(form, full=False, findings=typed), FONTS))
    assert '#panic("x")$x^2$*粗*_斜_\\@ref<label>`raw`{case}#import"a.typ"' in text


def test_a_rare_character_is_never_a_box():
    form = catalogue().form("inspection_record", 1)
    text = text_of(render(form, made(form, full=False, party_name="张堃璟\U00030000"), FONTS))
    assert "张堃璟〔U+30000〕" in text


def test_font_coverage_is_read_from_the_files():
    assert all(ord(char) in FONTS.characters for char in "张堃璟〔〕㎡￥")
    assert 0x30000 not in FONTS.characters
    assert covered(b"OTTO\x00\x00" + bytes(20)) == []
    assert FONTS.printable("plain") == "plain"


def test_preview_pictures_have_the_same_pages():
    form = catalogue().form("filing_approval", 1)
    content = made(form, full=True, length=8)
    pages = render_png(form, content, FONTS, ppi=40)
    assert len(pages) == len(pikepdf.open(io.BytesIO(render(form, content, FONTS))).pages)
    assert all(page.startswith(b"\x89PNG") for page in pages)


def test_references_read_alternatives():
    assert parse_ref("a|b.c").paths == (("", "a"), ("b", "c"))


def test_a_table_that_begins_a_page_has_its_line_above():
    """However long what stands before it: the first of what the second page shows is a line across."""
    form = next(form for form in catalogue() if form.id == "delivery_receipt")
    content = made(form, full=True)
    table = next(block for block in content["blocks"] if block["kind"] == "table")
    for count in range(37, 41):
        before = {"kind": "long", "label": "原因", "value": ["一"] * count, "signs": []}
        pages = render_png(form, content | {"blocks": [before, table]}, FONTS, ppi=40)
        page = Image.open(io.BytesIO(pages[1])).convert("L").point(lambda shade: 255 if shade < 200 else 0)
        first = (page.getbbox() or (0, 0, 0, 0))[1]
        across = sum(page.crop((0, first, page.width, first + 1)).histogram()[255:])
        assert across > page.width * 0.6, count


def test_under_each_page_everybody_stands_with_what_he_drew():
    form = next(form for form in catalogue() if form.id == "inquiry_record")
    strokes = [[[10 * n, 20 * (n % 3), n] for n in range(12)]]
    signed = [
        {"who": "officer", "name": "张明远", "drawn": strokes, "pages": [strokes, strokes]},
        {"who": "asked", "name": "孙永安", "refused": True, "note": "离开"},
    ]
    content = made(form, full=True, signatures=signed)
    one, other = content["footer"][0]["drawn"]
    assert one["said"] == "执法人员 张明远" and len(one["pages"]) == 2 and one["pages"][0].startswith("<svg")
    assert other == {"said": "被询问人 拒绝签名", "pages": []}
    assert "签名：执法人员张明远、被询问人拒绝签名" in text_of(render(form, content, FONTS))


@pytest.mark.parametrize("length", [1, 2, 4])
def test_a_seal_takes_no_room_of_its_own_and_stands_below_what_was_signed(length):
    form = next(form for form in catalogue() if form.id == "on_spot_decision")
    content = made(form, full=length > 1, length=length)
    plain, sealed = (render(form, content | {"sealed": one}, FONTS) for one in (False, True))
    with pikepdf.open(io.BytesIO(plain)) as one, pikepdf.open(io.BytesIO(sealed)) as other:
        assert len(one.pages) == len(other.pages)
    last = text_of(sealed).rpartition("页共")[0].rpartition("页共")[2]
    assert "签名" in last and "电子印章" in last


def lines_on_the_last_page(form: Form, lengthened: str, count: int) -> int:
    """Lines of text above the foot of the last page, one of the texts being so many lines long; 0: the only page."""
    grown: dict[str, Any] = {lengthened: "\n".join(["这是其中的一行。"] * count)}
    entry = samples.entry(form.kind, full=True, **grown)
    found = list(glyphs(render(form, context(entry, form, [*samples.matter(), entry], AGENCY), FONTS)))
    last = max(one.page for one in found)
    heights = sorted(one.bottom for one in found if one.page == last and one.bottom > _FOOT)
    apart = 1 + sum(upper - lower > _SAME_LINE for lower, upper in pairwise(heights))
    return apart if last > 1 else 0


_FOOT, _SAME_LINE = 110, 6


@pytest.mark.parametrize(
    ("form_id", "lengthened", "least"),
    [
        ("urging_letter", "ways", 8),
        ("correction_notice", "facts", 8),
        ("enforcement_application", "grounds", 8),
        ("decision", "facts", 6),
        ("transfer_letter", "report", 6),
        ("waiver_record", "statement_text", 7),
        ("inspection_record", "findings", 7),
    ],
)
def test_a_seal_and_signatures_never_stand_alone_on_the_last_page(form_id, lengthened, least):
    """GB/T 9704 7.3.5.4: nor with a single line of text, however long the text is; the seal's own lines are three."""
    form = max((one for one in FORMS if one.id == form_id), key=lambda one: one.version)
    found = {count: lines_on_the_last_page(form, lengthened, count) for count in range(1, 27)}
    assert any(found.values())
    assert {count: lines for count, lines in found.items() if 0 < lines < least} == {}


@pytest.mark.parametrize("count", [1, 7, 20, 24, 28, 32, 40])
def test_many_who_sign_a_record_do_not_leave_its_last_words_alone(count):
    form = next(form for form in FORMS if form.id == "statement_record")
    signs = [{"who": "party", "name": "王小明", "at": AT, "refused": False, "note": ""}] * count
    entry = samples.entry(form.kind, full=True, signatures=signs, length=6)
    last = text_of(render(form, context(entry, form, [entry], AGENCY), FONTS)).rpartition("（以下空白）")[0]
    assert last.count("王小明") >= count and "共" not in last[-12:], "a name stands above it on its page"


_LONG = (
    "6ca37b40f0e18c9a1cabf334f8595d3b5d2af47bc36c6a7bc688f9132484f1e1",
    "附件：IMG_20200827_231612.jpg，WWWWWWWWWWWWWWWWWWWWWWWW",
    "2026-11-26",
    "http://127.0.0.1:8621/p/01a204d1c804729ebede859e71ddf49a/，",
)


def crossing(pdf: bytes) -> list[float]:
    """Where glyphs stand across an upright line of the tables or beyond the last one."""
    spans: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for one in lines(pdf):
        spans.setdefault((one.page, round(one.x)), []).append((one.bottom, one.top))
    return [
        one.left
        for one in glyphs(pdf)
        for (page, x), own in spans.items()
        if page == one.page and one.left < x - 0.5 and one.right > x + 0.5
        and any(bottom < one.bottom < top for bottom, top in own)
    ]  # fmt: skip


@pytest.mark.parametrize("word", _LONG)
def test_no_text_leaves_its_cell(word):
    """Digests, names of files, addresses and dates, in cells of forms and in lists; none is altered."""
    names = {"dossier_index": 14, "posting_record": 2, "delivery_receipt": 2}
    for form in (form for form in catalogue() if form.id in names):
        content = made(form, full=True)
        for block in content["blocks"]:
            if block["kind"] == "table":
                block["rows"] = [[word] * len(row) for row in block["rows"]]
            for row in block.get("rows", []) if block["kind"] == "rows" else []:
                for cell in row:
                    cell["value"] = [word]
        pdf = render(form, content, FONTS)
        assert text_of(pdf).count(word) >= names[form.id], form.id
        assert not crossing(pdf), form.id


def test_a_date_and_a_page_number_stand_in_one_line():
    head = ["顺序号", "文号", "责任者", "题名", "日期", "页号", "备注"]
    row = ["101", "清医保罚告2026年第5号", "清溪县医疗保障局", "先行登记保存证据处理决定书" * 3]
    rows = [[*row, "2026-11-26", "114-115", "与前附同一文件，电子文件 29694a6e485e"]]
    form = catalogue().form("dossier_index", 1)
    widths = widths_of(head, rows)
    block = {"kind": "table", "label": "", "head": head, "rows": rows, "widths": widths}
    edges = [68 + 464.9 * sum(widths[:n]) / sum(widths) for n in (4, 5, 6)]
    shown = list(glyphs(render(form, made(form, full=False) | {"blocks": [block]}, FONTS)))
    for left, right in pairwise(edges):
        lines_of = {round(one.bottom) for one in shown if left < one.left < right and 300 < one.bottom < 720}
        assert len(lines_of) == 2  # the head and the one line below it
