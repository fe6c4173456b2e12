"""可编辑的副本、批量打印: the same content as the PDF; several documents as one."""

import io

import pikepdf
import pytest
from docx import Document

from liuhen.documents.batch import together
from liuhen.documents.catalogue import catalogue
from liuhen.documents.context import Issuer, context
from liuhen.documents.editable import write_docx
from liuhen.documents.samples import Size, sample_entry, sample_matter
from liuhen.law.dictionary import standard
from tests.documents.test_kinds import FORMS, LISTED, made, words_of

AGENCY = Issuer("清溪县医疗保障局")


def copy(form_id: str, size: Size) -> tuple[dict[str, object], bytes]:
    form = FORMS[form_id]
    entry = sample_entry(standard(), form.kind, size)
    matter = sample_matter(standard(), "empty")
    content = context(entry, form, [*matter, entry], AGENCY)
    return content, write_docx(form, content)


def text_of(docx: bytes) -> str:
    body = Document(io.BytesIO(docx)).element.body
    return "".join(node.text or "" for node in body.iter() if str(node.tag).endswith("}t"))


@pytest.mark.parametrize("form_id", LISTED)
def test_the_editable_copy_says_the_same(form_id: str) -> None:
    content, docx = copy(form_id, "full")
    text = text_of(docx).replace("\u3000", "").replace(" ", "")
    shown = {key: content[key] for key in ("title", "number", "to", "blocks")}
    for words in words_of(shown):
        assert words in text


def test_the_same_data_give_the_same_bytes_and_faces_are_named() -> None:
    first, second = copy("decision", "empty")[1], copy("decision", "empty")[1]
    assert first == second
    xml = str(Document(io.BytesIO(first)).element.xml)
    assert "仿宋_GB2312" in xml
    assert "黑体" in xml


def test_several_documents_are_one_with_bookmarks() -> None:
    parts = [("行政处罚决定书", made("decision", "empty")), ("送达回证", made("delivery_receipt", "empty"))]
    counts = [len(pikepdf.open(io.BytesIO(pdf)).pages) for _, pdf in parts]
    book = pikepdf.open(io.BytesIO(together(parts)))
    assert len(book.pages) == sum(counts)
    with book.open_outline() as outline:
        assert [item.title for item in outline.root] == [title for title, _ in parts]
    odd = [parts[1], parts[0]] if counts[1] % 2 else parts
    assert len(pikepdf.open(io.BytesIO(together([odd[0], odd[0]], two_sided=True))).pages) % 2 == 1
    assert together(parts) == together(parts)


def test_catalogue_has_every_form_once() -> None:
    assert len({(form.id, form.version) for form in catalogue()}) == len(list(catalogue()))
