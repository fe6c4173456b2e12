"""文书目录: each of the 41 kinds has its forms, shows all that is asked of it, and comes out whole, empty and full."""

import re
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from liuhen.documents.catalogue import catalogue
from liuhen.documents.context import Issuer, context
from liuhen.documents.fonts import load_fonts
from liuhen.documents.forms import Block, Form
from liuhen.documents.kinds import contents, document_kinds, lost, shows
from liuhen.documents.render import render
from liuhen.documents.samples import RARE, SampleEntry, Size, sample_entry, sample_matter
from liuhen.law.dictionary import standard
from tests.documents.geometry import glyphs, unembedded
from tests.documents.pdftext import text_of

FORMS = {form.id: form for form in sorted(catalogue(), key=lambda form: form.version)}
LISTED = sorted({form_id for kind in document_kinds() for form_id in kind.forms})
ASKED = [(form_id, name) for form_id in LISTED for name in contents(form_id)]
AGENCY = Issuer("清溪县医疗保障局", "http://gongshi.example/")
A4_WIDTH, A4_HEIGHT, EDGE = 595.3, 841.9, 14.0
FOOT = re.compile(r"记录号.*?样式第\d+版")
SIZES: list[Size] = ["empty", "full"]


@cache
def matter(size: Size) -> list[SampleEntry]:
    return sample_matter(standard(), size)


@cache
def content_of(form_id: str, size: Size) -> dict[str, Any]:
    form = FORMS[form_id]
    entry = sample_entry(standard(), form.kind, size)
    return context(entry, form, [*matter(size), entry], AGENCY)


@cache
def made(form_id: str, size: Size) -> bytes:
    return render(FORMS[form_id], content_of(form_id, size), load_fonts())


def test_there_are_forty_one_kinds_and_each_has_a_form() -> None:
    assert [kind.number for kind in document_kinds()] == list(range(1, 42))
    assert all(kind.forms for kind in document_kinds())
    assert set(LISTED) <= set(FORMS)


@pytest.mark.parametrize("form_id", LISTED)
def test_a_form_shows_all_that_is_asked_of_it(form_id: str) -> None:
    assert lost(FORMS[form_id]) == []


@pytest.mark.parametrize(("form_id", "name"), ASKED)
def test_a_form_without_one_content_is_noticed(form_id: str, name: str) -> None:
    source = contents(form_id)[name]
    assert name in lost(without(FORMS[form_id], source))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("form_id", LISTED)
def test_it_comes_out_whole(form_id: str, size: Size) -> None:
    pdf = made(form_id, size)
    pages = text_of(pdf, pages=True)
    for number, text in enumerate(pages, 1):
        assert f"第{number}页共{len(pages)}页" in text
        assert "核验码" in text
    shown = list(glyphs(pdf))
    assert {glyph.page for glyph in shown} == set(range(1, len(pages) + 1))
    assert [glyph for glyph in shown if glyph.number == 0] == [], "a box instead of a character"
    cut = [
        glyph
        for glyph in shown
        if glyph.left < EDGE or glyph.right > A4_WIDTH - EDGE or not EDGE < glyph.bottom < A4_HEIGHT - EDGE
    ]
    assert cut == []
    assert unembedded(pdf) == []
    assert "\N{REPLACEMENT CHARACTER}" not in "".join(pages)


@pytest.mark.parametrize("form_id", LISTED)
def test_nothing_of_the_fullest_is_lost(form_id: str) -> None:
    content = content_of(form_id, "full")
    pages = text_of(made(form_id, "full"), pages=True)
    foot = words_of([f"{one['label']}：{one['value']}" for one in content["footer"]])
    text = "".join(FOOT.sub("", page).replace("".join(foot), "") for page in pages)
    for words in words_of(content["blocks"]):
        assert words in text


def words_of(value: object) -> list[str]:
    """Every text of the content, as the PDF gives it back: without white space."""
    if isinstance(value, str):
        return [re.sub(r"\s|\u3000", "", value)]
    if isinstance(value, dict):
        kept = {key: child for key, child in value.items() if key not in ("kind", "widths")}
        return [word for child in kept.values() for word in words_of(child)]
    if isinstance(value, list | tuple):
        return [word for child in value for word in words_of(child)]
    return []


def test_rare_names_are_printed() -> None:
    text = text_of(made("inquiry_record", "full"))
    assert all(name in text for name in RARE)


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="poppler's tools are not installed")
def test_another_reader_finds_every_font_embedded(tmp_path) -> None:
    file = tmp_path / "decision.pdf"
    file.write_bytes(made("decision", "full"))
    said = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True).stdout
    lines = said.splitlines()[2:]
    assert lines
    assert all(re.search(r"yes\s+yes\s+yes", line) for line in lines)
    text = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    assert "张堃璟" in text
    assert "赵𠮷" in text


def without(form: Form, source: str) -> Form:
    """The form with one content taken out, wherever it stands."""
    if source == "$footer":
        return replace(form, footer_sign=None)
    if source in ("$seal", "$date"):
        return replace(form, seal=False)
    if source == "$to":
        return replace(form, to=None)
    kept = [cut for block in form.blocks if (cut := _without(form, block, source))]
    bare = replace(form, blocks=tuple(kept))
    return bare if not shows(bare, source) else replace(bare, number=None, to=None, footer_sign=None)


def _without(form: Form, block: Block, source: str) -> Block | None:
    def shown(part: Block) -> bool:
        return shows(replace(form, blocks=(part,), number=None, to=None, footer_sign=None), source)

    if not shown(block):
        return block
    if block.kind != "rows":
        return None
    rows = [tuple(cell for cell in row if not shown(replace(block, rows=((cell,),)))) for row in block.rows]
    return replace(block, rows=tuple(row for row in rows if row))
