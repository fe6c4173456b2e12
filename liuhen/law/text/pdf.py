"""PDF to lines: a paragraph each where the page's own indents show them; page numbers and running heads set aside.

Only what a page prints as text is read. A page that is a picture has no text: it is named, and a file of nothing
else refused.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2 import raw as pdfium

from liuhen.kernel.pdfium import PDFIUM
from liuhen.law.text.decoding import NotAText, bounded
from liuhen.law.text.markup import BLANKS, Line, Page, printed
from liuhen.law.text.model import Finding, SetAside
from liuhen.law.text.pdf_page import Row, rows_of

MAX_PAGES: Final = 1000
_SCANNED: Final = (
    "请向发文机关取得文字版（docx、网页）；或者用文字识别软件识别、与原件逐字校对后存为 docx、txt 再读"
)
_AGAIN: Final = "请重新下载或者向发文机关取得，确认能够打开后再读"
_FEW: Final = 8
"""Characters: a page of a picture may still print its number as text."""
_EDGE: Final = 0.1
_BARE_NUMBER: Final = re.compile(r"[-—－–·\s]*[0-9０-９ivxIVX]{1,4}[-—－–·\s]*")
_DIGITS: Final = re.compile(r"[0-9０-９]+")
_RUNNING: Final = 3
_UNREADABLE: Final = 0.1
_FIRST: Final = (1.5, 2.8)
"""Ems by which a paragraph's first line is set in."""
_FULL: Final = 2.2
"""Ems that a full line may lack: a word or a closing mark that goes to the next."""


@dataclass
class _Read:
    """What was read so far."""

    rows: list[Row] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    characters: int = 0


def page_of(data: bytes) -> Page:
    """The document's paragraphs as lines. Raises NotAText."""
    with PDFIUM:
        try:
            document = PdfDocument(data)
        except PdfiumError as error:
            if "password" in str(error).lower():
                raise NotAText(
                    "PDF 设有密码", "请去掉密码，或者向发文机关取得没有密码的文件后再读"
                ) from error
            raise NotAText("PDF 已损坏，打不开", _AGAIN) from error
        try:
            read = _read(document)
        except PdfiumError as error:
            raise NotAText("PDF 已损坏，读不出来", _AGAIN) from error
        finally:
            document.close()
    return _page(read)


def _read(document: Any) -> _Read:
    count = len(document)
    if count > MAX_PAGES:
        raise NotAText(
            f"PDF 共{count}页，超过{MAX_PAGES}页，不像是一部法规", "请只选正文；汇编请分成几份再读"
        )
    read = _Read()
    for number in range(1, count + 1):
        page = document[number - 1]
        try:
            rows = rows_of(page, number)
            said = sum(len(row.text) for row in rows)
            read.characters += said
            bounded(read.characters)
            if said < _FEW and _has_picture(page):
                read.pictures.append(number)
            read.pages.append(len(read.rows) + 1)
            read.rows += [replace(row, number=at) for at, row in enumerate(rows, len(read.rows) + 1)]
        finally:
            page.close()
    return read


def _has_picture(page: Any) -> bool:
    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=6))


def _page(read: _Read) -> Page:
    text = "".join(row.text for row in read.rows)
    if len(read.pictures) == len(read.pages) and read.pages:
        raise NotAText("PDF 里只有扫描的图像，没有文字", _SCANNED)
    if not text.strip(BLANKS):
        raise NotAText("PDF 里没有文字", _SCANNED)
    if sum(map(_unreadable, text)) > len(text) * _UNREADABLE:
        raise NotAText("PDF 的文字取不出来：字体里没有文字编码", _SCANNED)
    kept, aside = _without_running(read.rows, len(read.pages))
    lines = [Line(row.number, row.text, row.indent) for row in _paragraphs(kept)]
    return replace(printed(lines, {}, aside, list(_findings(read))), starts=tuple(read.pages))


def _unreadable(char: str) -> bool:
    """A private or missing character: the face has no table from glyphs to characters."""
    return char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or (char < " " and char not in "\t\n")


def _findings(read: _Read) -> Iterator[Finding]:
    if read.pictures:
        pages = "、".join(map(str, read.pictures[:20])) + ("等" if len(read.pictures) > 20 else "")
        yield Finding(0, "scanned", f"第{pages}页只有图像，没有读出文字", _SCANNED)


def _without_running(rows: Sequence[Row], pages: int) -> tuple[list[Row], list[SetAside]]:
    """Without page numbers and what stands at the same edge of page after page."""
    edge = [row for row in rows if row.edge < _EDGE]
    often = Counter(_DIGITS.sub("0", row.text) for row in edge)
    kept, aside = [], []
    for row in rows:
        why = ""
        if row.edge < _EDGE and _BARE_NUMBER.fullmatch(row.text):
            why = "页码"
        elif row.edge < _EDGE and often[_DIGITS.sub("0", row.text)] >= min(_RUNNING, max(pages, 2)):
            why = "页眉、页脚"
        if why:
            aside.append(SetAside(row.number, row.text, why))
        else:
            kept.append(row)
    return kept, aside


def _paragraphs(rows: Sequence[Row]) -> list[Row]:
    """Lines joined to paragraphs, where first lines are set in and the others are not; else the lines as they are."""
    first = sum(_FIRST[0] <= row.left <= _FIRST[1] for row in rows)
    flush = sum(row.left < 1 for row in rows)
    if first < _RUNNING or not flush:
        return list(rows)
    joined: list[Row] = []
    before: Row | None = None
    for row in rows:
        if (
            before is not None
            and row.left < 1
            and before.left <= _FIRST[1]
            and before.right < _FULL
            and before.even(row)
        ):
            joined[-1] = replace(joined[-1], text=joined[-1].text + row.text)
        else:
            joined.append(replace(row, indent=0))
        before = row
    return joined
