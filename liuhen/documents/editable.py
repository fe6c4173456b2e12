"""可编辑的副本: the same content as the PDF, as DOCX. The faces are named, not embedded; the same data, the same bytes.

It is a copy to work on: it bears no code and no seal, and says so.
"""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from liuhen.documents.forms import Form

_SONG, _HEI, _FANG, _KAI, _TITLE = "宋体", "黑体", "仿宋_GB2312", "楷体_GB2312", "方正小标宋简体"
_RED = RGBColor(0xC8, 0x10, 0x2E)
_COPY = "可编辑的副本，不作为正式文书"
_MARGINS = {"letter": (3.7, 3.5, 2.8, 2.6)}
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_docx(form: Form, content: Mapping[str, Any]) -> bytes:
    """The document as DOCX."""
    writer = _Writer(form, content)
    writer.write()
    out = io.BytesIO()
    writer.document.save(out)
    return _settled(out.getvalue())


class _Writer:
    """Writes one document."""

    def __init__(self, form: Form, content: Mapping[str, Any]) -> None:
        self.document: Any = Document()
        self._form, self._content = form, content
        self._letter = form.layout == "letter"
        self._body = (_FANG, 16) if self._letter else (_SONG, 12)
        self._pieces: dict[str, Callable[[Mapping[str, Any]], None]] = {
            "rows": self._rows, "long": self._long, "table": self._table, "opinion": self._opinion,
            "sign": self._sign, "text": self._text, "heading": self._heading,
            "pictures": self._pictures,
        }  # fmt: skip

    def write(self) -> None:
        """Head, blocks, and who issues it."""
        self._page()
        content = self._content
        if content.get("ended"):
            self._line(content["ended"], _HEI, 14, _RED, align="right")
        head = (_TITLE, 30, _RED) if self._letter else (_SONG, 15, None)
        self._line(content["agency"], *head, align="center")
        if content["number"]:
            self._line(content["number"], *self._body, align="right")
        self._line(content["title"], _TITLE, 22, align="center")
        if content["to"]:
            self._line(content["to"] + "：", *self._body)
        for block in content["blocks"]:
            self._pieces[block["kind"]](block)
        if content["seal"]:
            self._line(content["agency"], *self._body, align="right")
            self._line(content["date"], *self._body, align="right")
        for one in content["footer"]:
            self._line(f"{one['label']}：{one['value'] or '＿＿＿＿＿＿'}", _SONG, 9)

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        top, bottom, left, right = _MARGINS.get(self._form.layout, (2.5, 2.5, 2.4, 2.2))
        section.top_margin, section.bottom_margin = Cm(top), Cm(bottom)
        section.left_margin, section.right_margin = Cm(left), Cm(right)
        properties = self.document.core_properties
        made = datetime.fromtimestamp(self._content["instant"] / 1000, UTC).replace(tzinfo=None)
        properties.title, properties.author = self._content["title"], self._content["agency"]
        properties.created = properties.modified = made
        self._run(section.footer.paragraphs[0], f"{_COPY}　{self._content['edition']}", _SONG, 8)

    def _line(
        self, text: str, face: str, size: float, colour: Any = None, *, align: str = "", indent: bool = False
    ) -> Any:
        paragraph = self.document.add_paragraph()
        self._run(paragraph, text, face, size, colour)
        if align:
            paragraph.alignment = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}[
                align
            ]
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt(size * 2)
        paragraph.paragraph_format.space_after = Pt(4)
        return paragraph

    def _run(self, paragraph: Any, text: str, face: str, size: float, colour: Any = None) -> None:
        run = paragraph.add_run(text)
        run.font.name, run.font.size = face, Pt(size)
        run._element.rPr.rFonts.set(qn("w:eastAsia"), face)
        if colour is not None:
            run.font.color.rgb = colour

    def _heading(self, block: Mapping[str, Any]) -> None:
        self._line(block["text"], _HEI, self._body[1], indent=self._letter)

    def _text(self, block: Mapping[str, Any]) -> None:
        for part in block["value"]:
            self._line(part, *self._body, indent=True)

    def _long(self, block: Mapping[str, Any]) -> None:
        self._line(block["label"] + ("" if self._letter else "："), _HEI, self._body[1], indent=self._letter)
        self._text(block)

    def _opinion(self, block: Mapping[str, Any]) -> None:
        self._long(block)
        self._signs(block["signs"], "right")

    def _sign(self, block: Mapping[str, Any]) -> None:
        self._line(block["label"] + "：", _HEI, 12)
        self._signs(block["signs"], "")

    def _signs(self, signs: Sequence[Mapping[str, Any]], align: str) -> None:
        for one in signs:
            name = f"拒绝签名（{one['name']}）" if one["refused"] else one["name"] or "＿＿＿＿＿＿"
            note = f"（注明：{one['note']}）" if one["note"] else ""
            self._line(f"{one['who']}：{name}　{one['at']}{note}", _KAI, 12, align=align)

    def _rows(self, block: Mapping[str, Any]) -> None:
        if self._letter:
            for cell in (cell for row in block["rows"] for cell in row):
                self._line(f"{cell['label']}：{'；'.join(cell['value'])}", *self._body, indent=True)
            return
        table = self._grid(len(block["rows"]), 4)
        for cells, row in zip(table.rows, block["rows"], strict=True):
            wide = cells.cells[1].merge(cells.cells[3]) if len(row) == 1 else cells.cells[1]
            self._cell(cells.cells[0], row[0]["label"], _HEI)
            self._cell(wide, "\n".join(row[0]["value"]), _SONG)
            if len(row) == 2:
                self._cell(cells.cells[2], row[1]["label"], _HEI)
                self._cell(cells.cells[3], "\n".join(row[1]["value"]), _SONG)

    def _table(self, block: Mapping[str, Any]) -> None:
        self._line(block["label"], _HEI, 12, align="center")
        table = self._grid(1 + len(block["rows"]), len(block["head"]))
        for cell, text in zip(table.rows[0].cells, block["head"], strict=True):
            self._cell(cell, text, _HEI)
        for cells, row in zip(table.rows[1:], block["rows"], strict=True):
            for cell, text in zip(cells.cells, row, strict=True):
                self._cell(cell, text, _SONG)

    def _pictures(self, block: Mapping[str, Any]) -> None:
        self._line(block["label"], _HEI, 12, align="center")
        for one in block["items"]:
            words = [f"图{one['number']}　{one['name']}（图片见正式文书）", *one["caption"], block["stamp"]]
            self._line("\n".join(filter(None, words)), _SONG, 10.5)

    def _grid(self, rows: int, columns: int) -> Any:
        table = self.document.add_table(rows=rows, cols=columns)
        table.style = "Table Grid"
        return table

    def _cell(self, cell: Any, text: str, face: str) -> None:
        self._run(cell.paragraphs[0], text, face, 10.5)


def _settled(data: bytes) -> bytes:
    """The same archive with the same time on every file."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            target.writestr(zipfile.ZipInfo(name, _EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
