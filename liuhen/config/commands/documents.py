"""`liuhen documents sheets`: every form of the list, at its emptiest and its fullest, as PDF and as pictures."""

import argparse
import io
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw

from liuhen.config.cli import FINDINGS, FINE
from liuhen.documents.catalogue import catalogue
from liuhen.documents.context import Issuer, context
from liuhen.documents.fonts import Fonts, load_fonts
from liuhen.documents.forms import Form
from liuhen.documents.kinds import document_kinds, lost
from liuhen.documents.render import render, render_png
from liuhen.documents.samples import Size, sample_entry, sample_matter
from liuhen.law.dictionary import standard

_AGENCY = Issuer("清溪县医疗保障局")
_SIZES: tuple[Size, ...] = ("empty", "full")
_WIDTH, _ACROSS, _DOWN, _GAP = 380, 5, 2, 14
_PPI = 46


def sheets_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to write, and which forms."""
    parser.add_argument("folder", type=Path, help="写到哪个文件夹")
    parser.add_argument("forms", nargs="*", help="只印这些样式；不写为文书目录的全部")
    parser.add_argument("--fonts", help="另有字体的文件夹（正式字体）")


def sheets(arguments: argparse.Namespace) -> int:
    """Write the PDFs and contact sheets; 1 if a form lacks what the list asks of it."""
    arguments.folder.mkdir(parents=True, exist_ok=True)
    fonts = load_fonts(arguments.fonts)
    pages: list[tuple[str, Image.Image]] = []
    found = 0
    for number, title, form in _chosen(arguments.forms):
        missing = lost(form)
        found += len(missing)
        print(f"{number:>2} {title}：《{form.title}》" + (f"　缺少 {'、'.join(missing)}" if missing else ""))
        for size in _SIZES:
            name = f"{number:02d}-{form.id}-{size}"
            pages += _sheet(form, size, fonts, arguments.folder / name)
    for i, sheet in enumerate(_contact(pages), 1):
        sheet.save(arguments.folder / f"contact-{i:02d}.png")
    return FINDINGS if found else FINE


def _chosen(wanted: list[str]) -> Iterator[tuple[int, str, Form]]:
    newest = {form.id: form for form in sorted(catalogue(), key=lambda form: form.version)}
    for kind in document_kinds():
        for form_id in kind.forms:
            if not wanted or form_id in wanted:
                yield kind.number, kind.title, newest[form_id]


def _sheet(form: Form, size: Size, fonts: Fonts, path: Path) -> Iterator[tuple[str, Image.Image]]:
    """Write one PDF; its first two pages and its last for the contact sheet."""
    entry = sample_entry(standard(), form.kind, size)
    content = context(entry, form, [*sample_matter(standard(), size), entry], _AGENCY)
    path.with_suffix(".pdf").write_bytes(render(form, content, fonts))
    pictures = render_png(form, content, fonts, ppi=_PPI)
    for i, picture in enumerate(pictures, 1):
        if i < 3 or i == len(pictures):
            yield f"{path.name} {i}/{len(pictures)}", Image.open(io.BytesIO(picture)).convert("RGB")


def _contact(pages: list[tuple[str, Image.Image]]) -> Iterator[Image.Image]:
    height = int(_WIDTH * 1.4143)
    each = _ACROSS * _DOWN
    for start in range(0, len(pages), each):
        sheet = Image.new("RGB", (_ACROSS * (_WIDTH + _GAP), _DOWN * (height + _GAP * 2)), "gray")
        drawn = ImageDraw.Draw(sheet)
        for i, (name, picture) in enumerate(pages[start : start + each]):
            x, y = i % _ACROSS * (_WIDTH + _GAP), i // _ACROSS * (height + _GAP * 2)
            drawn.text((x + 4, y), name, fill="white")
            sheet.paste(picture.resize((_WIDTH, height)), (x, y + _GAP))
        yield sheet
