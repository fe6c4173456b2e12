"""Word (docx) to lines: a paragraph each, with the numbers that Word itself prints before them (第一条, （一）).

What is printed is read: insertions kept, deletions left out and named; text boxes, headers, footers and notes are
set aside. Nothing outside the file is opened, and no more of it is unpacked than a regulation can need.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from liuhen.law.text.decoding import NotAText, bounded
from liuhen.law.text.markup import BLANKS, Line, Page, printed
from liuhen.law.text.model import Finding, SetAside
from liuhen.law.text.numbering import Numbering, found_in

MAX_PARTS: Final = 2000
MAX_UNPACKED: Final = 64 * 1024 * 1024
_DOCUMENT: Final = "word/document.xml"
_AGAIN: Final = "请在 Word 或 WPS 中打开，确认完好后另存为 docx 再读，或者向发文机关重新取得"
_DAMAGED: Final = "Word 文件已损坏，读不出来"
_TRACKED: Final = "文件里有没有接受的修订，按修订以后的文字读入"
_ACCEPT: Final = "请与正式公布的文本核对；不是正式文本的，取得正式文本后再读"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED: Final = frozenset((qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), _FALLBACK))
_BOX: Final = qn("w:txbxContent")
_PARAGRAPH: Final = qn("w:p")
_BREAKS: Final = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_ASIDE: Final = (
    ("header+xml", "页眉"), ("footer+xml", "页脚"), ("footnotes+xml", "脚注"), ("endnotes+xml", "尾注"),
    ("comments+xml", "批注"),
)  # fmt: skip


def page_of(data: bytes) -> Page:
    """The document's paragraphs as lines, counted from 1. Raises NotAText."""
    _bounds(data)
    try:
        document: Any = Document(io.BytesIO(data))
        return _Reader(document).page()
    except (PackageNotFoundError, zipfile.BadZipFile, LxmlError, KeyError, ValueError, OSError) as error:
        if isinstance(error, NotAText):
            raise
        raise NotAText(_DAMAGED, _AGAIN) from error
    except (AttributeError, AssertionError, RecursionError, EOFError, NotImplementedError) as error:
        raise NotAText(_DAMAGED, _AGAIN) from error


def _bounds(data: bytes) -> None:
    """What the package says of itself, before any of it is unpacked: zipfile reads no more than that."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise NotAText(_DAMAGED, _AGAIN) from error
    if not any(part.filename == _DOCUMENT for part in parts):
        raise NotAText("这是压缩文件，或者不是 Word 文字文档（docx）", "压缩文件请先解压，再选其中的正文")
    if any(part.flag_bits & 1 for part in parts):
        raise NotAText("Word 文件设有密码", "请去掉密码后再读")
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED:
        said = f"Word 文件解开后有{len(parts)}个部分、{unpacked // 1024**2}MB"
        said += f"，超过{MAX_PARTS}个或者{MAX_UNPACKED // 1024**2}MB"
        raise NotAText(f"{said}，没有打开", "请只留正文，去掉图片和嵌入的文件，另存为 docx 再读")


class _Reader:
    """Reads one document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._numbering = Numbering(document)
        self._characters = 0
        self._boxes: list[SetAside] = []

    def page(self) -> Page:
        """Its lines; headers and the like aside."""
        lines: list[Line] = []
        body = self._document.element.body
        for paragraph in _paragraphs(body):
            text = self._text(paragraph, len(lines) + 1)
            label = self._numbering.label(paragraph) if text.strip(BLANKS) else ""
            for row in (label + text).split("\n"):
                lines.append(Line(len(lines) + 1, row))
        if not any(line.text.strip(BLANKS) for line in lines):
            raise NotAText(*_nothing(body))
        about = self._document.core_properties.title or ""
        found = [Finding(0, "tracked", _TRACKED, _ACCEPT)] if _tracked(body) else []
        aside = [*self._boxes, *self._elsewhere(len(lines))]
        return printed(lines, {"title": about} if about else {}, aside, found)

    def _text(self, paragraph: Any, number: int) -> str:
        text = "".join(self._pieces(paragraph, number))
        self._characters += len(text)
        bounded(self._characters)
        return text

    def _pieces(self, element: Any, number: int) -> Iterator[str]:
        for child in element:
            if child.tag in _SKIPPED:
                continue
            if child.tag == _BOX:
                said = ["".join(self._pieces(one, number)) for one in _paragraphs(child)]
                self._boxes += [SetAside(number, row, "文本框") for row in said if row.strip(BLANKS)]
            elif child.tag == qn("w:t"):
                yield child.text or ""
            elif child.tag in _BREAKS:
                yield _BREAKS[child.tag]
            elif not _hidden(child):
                yield from self._pieces(child, number)

    def _elsewhere(self, line: int) -> Iterator[SetAside]:
        """Headers, footers and notes: printed, and no part of the text."""
        seen = set()
        for part in self._document.part.package.iter_parts():
            why = next((word for mark, word in _ASIDE if part.content_type.endswith(mark)), None)
            if why is None:
                continue
            root = parse_xml(part.blob)
            for paragraph in _paragraphs(root):
                text = self._text(paragraph, line).strip(BLANKS)
                if text and (why, text) not in seen:
                    seen.add((why, text))
                    yield SetAside(line, text, why)


def _paragraphs(root: Any) -> Iterator[Any]:
    """Paragraphs in printed order, of tables too; those of a text box belong to the box."""
    for child in root:
        if child.tag == _PARAGRAPH:
            yield child
        elif child.tag not in _SKIPPED and child.tag != _BOX:
            yield from _paragraphs(child)


def _hidden(run: Any) -> bool:
    """Text that Word neither shows nor prints."""
    return bool(run.tag == qn("w:r") and found_in(run, "./w:rPr/w:vanish[not(@w:val='0' or @w:val='false')]"))


def _tracked(body: Any) -> bool:
    return bool(found_in(body, "boolean(.//w:ins[.//w:t] | .//w:del[.//w:delText])"))


def _nothing(body: Any) -> tuple[str, str]:
    if found_in(body, "boolean(.//w:drawing | .//w:pict)"):
        return (
            "Word 文件里只有图片，没有文字",
            "请向发文机关取得文字版；或者用文字识别软件识别、逐字校对后存为 docx、txt 再读",
        )
    return "文件是空的", _AGAIN
