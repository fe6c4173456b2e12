"""The same text as Word and as PDF, made here: as offices make them, and damaged in every way."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import typst
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image

from liuhen.documents.fonts import load_fonts

_PAGE = """#set page(
  paper: "a4", margin: (x: 28mm, y: 32mm), header: [{head}],
  footer: align(center)[— #context counter(page).display() —],
)
#set text(font: "Noto Serif SC", size: 16pt, lang: "zh")
#set par(justify: true, leading: 0.9em, first-line-indent: (amount: 2em, all: true))
"""


def as_pdf(rows: Sequence[str], title: str, head: str = "") -> bytes:
    """Set as an agency prints: the title in the middle, paragraphs set in, a page number below."""
    fonts = load_fonts()
    body = "".join(f'#par("{_quoted(row)}")\n' for row in rows)
    source = _PAGE.format(head=head) + f'#align(center, text(size: 22pt)[#"{title}"])\n' + body
    compiler: Any = typst.Compiler(  # type: ignore[misc]
        source.encode(), font_paths=list(fonts.folders), ignore_system_fonts=True
    )
    made = compiler.compile(format="pdf")
    assert isinstance(made, bytes)
    return made


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def as_docx(rows: Sequence[str], title: str) -> bytes:
    """A paragraph a row, as Word saves it."""
    document: Any = Document()
    document.add_heading(title, 0)
    for row in rows:
        document.add_paragraph(row)
    return saved(document)


def saved(document: Any) -> bytes:
    """The document's bytes."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def scanned(pages: int = 1) -> bytes:
    """A PDF of pictures."""
    sheet = Image.new("L", (400, 560), 255)
    out = io.BytesIO()
    sheet.save(out, "PDF", save_all=True, append_images=[sheet] * (pages - 1))
    return out.getvalue()


def numbered(levels: Sequence[tuple[str, str, str]], rows: Sequence[tuple[int, str]]) -> bytes:
    """Word's own numbers: `levels` of (form, text, gap), `rows` of (level or -1, text)."""
    document: Any = Document()
    document.add_heading("青溪县公园管理办法", 0)
    root = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="{gap}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text, gap) in enumerate(levels)
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{inner}</w:abstractNum>'
    root.insert(0, parse_xml(abstract))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for level, text in rows:
        paragraph = document.add_paragraph(text)
        if level >= 0:
            properties = paragraph._p.get_or_add_pPr()
            num = properties.get_or_add_numPr()
            num.get_or_add_ilvl().set(qn("w:val"), str(level))
            num.get_or_add_numId().set(qn("w:val"), "77")
    return saved(document)


def bomb() -> bytes:
    """A document of a few hundred kilobytes that unpacks to a hundred megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (100 * 1024 * 1024))
    return out.getvalue()
