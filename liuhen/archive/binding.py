"""装订: a case's file as one PDF with cover, index, pages numbered through each volume, 备考表 and bookmarks.

The same entries and files give the same bytes. The parts that we set are PDF/A each; the whole holds foreign
attachments and makes no such claim.
"""

import io
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageOps

from liuhen.archive.dossier import (
    INDEX_HEAD,
    VOLUME_TITLES,
    Arrangement,
    IndexRow,
    Piece,
    index_rows,
    pieces,
)
from liuhen.documents.catalogue import catalogue
from liuhen.documents.context import EntryLike, Issuer, Scope
from liuhen.documents.fonts import Fonts
from liuhen.documents.forms import Volume, parse_ref
from liuhen.documents.queries import render_document
from liuhen.documents.render import render, render_numbers
from liuhen.kernel.clock import format_date, local_date

Contents = Callable[[str], bytes | None]
"""sha256 → the file's bytes, or None where it is not at hand or too large to be bound."""

_A4_AT_150 = (1240, 1754)
_FRAME = 60
_INDEX_WIDTHS = [1.1, 1.9, 1.7, 2.7, 1.6, 1.0, 2.2]
INSPECTION_ARCHIVED = "inspection_archived"
_OF_CASES = frozenset({"filed", "on_spot_decided"})
_UNREADABLE = "附件不能打开，只列目录"


@dataclass(frozen=True)
class BoundVolume:
    """One volume: its index, and its pieces with the PDF of each that has pages."""

    volume: Volume
    pieces: tuple[Piece, ...]
    rows: tuple[IndexRow, ...]
    pdfs: tuple[bytes, ...]

    @property
    def pages(self) -> int:
        """Numbered pages of the volume."""
        return sum(piece.pages for piece in self.pieces)


@dataclass(frozen=True)
class Binder:
    """What binding needs besides the entries. `withhold`: guarded parts that the reader may not see.

    `kept`: the volumes that are bound; a party reads the main one alone.
    """

    agency: Issuer
    fonts: Fonts
    arrangement: Arrangement = "two_volumes"
    withhold: Collection[str] = ()
    contents: Contents | None = None
    cache: Path | None = None
    kept: Collection[Volume] = ("main", "sub")


def volumes(entries: Sequence[EntryLike], binder: Binder) -> list[BoundVolume]:
    """The volumes with every piece rendered and its pages counted."""
    bound = []
    for volume, own in pieces(entries, binder.agency, binder.arrangement):
        if volume not in binder.kept:
            continue
        made = [_made(piece, entries, binder) for piece in own]
        counted = [piece for piece, _ in made]
        rows = index_rows(counted)
        bound.append(BoundVolume(volume, tuple(counted), tuple(rows), tuple(pdf for _, pdf in made)))
    return bound


def bind(entries: Sequence[EntryLike], binder: Binder) -> bytes:
    """The whole case as one bookmarked PDF."""
    book = pikepdf.new()
    bound = volumes(entries, binder)
    with book.open_outline() as outline:
        for volume in bound:
            start = len(book.pages)
            alone = len(bound) == 1 and len(binder.kept) > 1
            title = "案卷" if alone else VOLUME_TITLES[volume.volume]
            branch = pikepdf.OutlineItem(title, start)
            outline.root.append(branch)
            _add(book, _front(entries, volume, binder, "dossier_cover", title))
            branch.children.append(pikepdf.OutlineItem("卷内目录", len(book.pages)))
            _add(book, _front(entries, volume, binder, "dossier_index", title))
            branch.children.extend(_add_pieces(book, volume, binder.fonts))
            branch.children.append(pikepdf.OutlineItem("卷内备考表", len(book.pages)))
            _add(book, _front(entries, volume, binder, "dossier_note", title))
    out = io.BytesIO()
    book.save(out, static_id=True)
    return out.getvalue()


def _add(book: pikepdf.Pdf, pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as source:
        book.pages.extend(source.pages)


def _add_pieces(book: pikepdf.Pdf, volume: BoundVolume, fonts: Fonts) -> list[pikepdf.OutlineItem]:
    """Append every piece, stamp the running page numbers, and give its bookmarks."""
    first = len(book.pages)
    marks = []
    for piece, pdf in zip(volume.pieces, volume.pdfs, strict=True):
        if pdf:
            marks.append(
                pikepdf.OutlineItem(" ".join(filter(None, (piece.title, piece.number))), len(book.pages))
            )
            _add(book, pdf)
    if volume.pages:
        with pikepdf.open(io.BytesIO(render_numbers(volume.pages, fonts))) as numbers:
            for number, stamp in enumerate(numbers.pages, 1):
                _stamp(book, book.pages[first + number - 1], stamp, number)
    return marks


def _stamp(book: pikepdf.Pdf, page: pikepdf.Page, stamp: pikepdf.Page, number: int) -> None:
    """Lay a page number over the lower right corner, whatever the page's size; names are fixed, not random."""
    name = pikepdf.Name(f"/PageNumber{number}")
    page.add_resource(book.copy_foreign(stamp.as_form_xobject()), pikepdf.Name.XObject, name)
    right, bottom = float(page.mediabox[2]), float(page.mediabox[1])
    across = right - float(stamp.mediabox[2])
    page.contents_add(b"q", prepend=True)
    page.contents_add(f"Q q 1 0 0 1 {across:.2f} {bottom:.2f} cm {name} Do Q".encode())


def _made(piece: Piece, entries: Sequence[EntryLike], binder: Binder) -> tuple[Piece, bytes]:
    """A piece with its pages counted, and its PDF; no PDF for what has no pages."""
    if piece.document:
        pdf = render_document(
            piece.document,
            entries,
            binder.agency,
            binder.fonts,
            cache=binder.cache,
            withhold=binder.withhold,
        )
        return replace(piece, pages=_count(pdf)), pdf
    data = binder.contents(piece.file["sha256"]) if binder.contents and piece.file else None
    if data is None or piece.file is None:
        return piece, b""
    try:
        pdf = attachment_pdf(data, str(piece.file.get("media_type", "")))
        pages = _count(pdf) if pdf else 0
        return replace(piece, pages=pages), _blank(pages) if pages and piece.part in binder.withhold else pdf
    except (OSError, ValueError, Image.DecompressionBombError, pikepdf.PdfError):
        return replace(piece, note=f"{_UNREADABLE}；{piece.note}"), b""


def attachment_pdf(data: bytes, media_type: str) -> bytes:
    """A file's pages: a PDF as it is, a picture on an A4 page; nothing for other media. Raises what readers raise."""
    if media_type == "application/pdf":
        return data
    if not media_type.startswith("image/"):
        return b""
    with Image.open(io.BytesIO(data)) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((_A4_AT_150[0] - 2 * _FRAME, _A4_AT_150[1] - 2 * _FRAME))
    page = Image.new("RGB", _A4_AT_150, "white")
    page.paste(upright, ((_A4_AT_150[0] - upright.width) // 2, (_A4_AT_150[1] - upright.height) // 2))
    out = io.BytesIO()
    page.save(out, "PDF", resolution=150)
    return out.getvalue()


def _blank(pages: int) -> bytes:
    """As many empty pages as a withheld file has: the numbers of all others stay what they are."""
    book, out = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        book.add_blank_page()
    book.save(out, static_id=True)
    return out.getvalue()


def _count(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def _front(
    entries: Sequence[EntryLike], volume: BoundVolume, binder: Binder, form_id: str, title: str
) -> bytes:
    """Cover, index or 备考表 of a volume."""
    last = max(entries, key=lambda entry: entry.index)
    form = catalogue().form(form_id, 1)
    scope = Scope(last, form, entries, binder.agency, binder.withhold)
    content: dict[str, Any] = {
        "title": form.title,
        "agency": binder.agency.name,
        "number": scope.word(parse_ref(f"{_archived(entries)}.dossier_number")),
        "to": "",
        "date": "",
        "volume": title,
        "seal": False,
        "blocks": _FRONTS[form_id](scope, volume, entries),
        "footer": [],
        "code": [],
        "check": {},
        "edition": "",
        "instant": last.recorded_ms,
    }
    return render(form, content, binder.fonts)


def _lines(*pairs: tuple[str, str]) -> dict[str, Any]:
    return {"kind": "rows", "rows": [[{"label": label, "value": [text or "／"]}] for label, text in pairs]}


def _word(scope: Scope, path: str) -> str:
    return scope.word(parse_ref(path))


def _archived(entries: Sequence[EntryLike]) -> str:
    """The kind of entry with which this file was or will be archived: a case's, or a single inspection's."""
    alone = any(entry.kind == "inspection_planned" for entry in entries)
    return (
        INSPECTION_ARCHIVED if alone and not any(entry.kind in _OF_CASES for entry in entries) else "archived"
    )


def _cover(scope: Scope, volume: BoundVolume, entries: Sequence[EntryLike]) -> list[dict[str, Any]]:
    kind = _archived(entries)
    about: tuple[tuple[str, str], ...]
    if kind == INSPECTION_ARCHIVED:
        about = (
            ("检查对象", _word(scope, "inspection_planned.party_name")),
            ("检查机构", scope.agency.name),
            ("批准日期", _day(entries, "inspection_approved")),
            ("结论日期", _day(entries, "inspection_concluded")),
        )
    else:
        about = (
            ("案件名称", _word(scope, "$case_name")),
            ("决定书文号", _word(scope, "$decision_number")),
            ("办案机构", scope.agency.name),
            ("立案日期", _day(entries, "filed")),
            ("结案日期", _day(entries, "closed")),
        )
    return [
        _lines(
            *about,
            ("归档日期", _day(entries, kind)),
            ("保管期限", _word(scope, f"{kind}.retention")),
            ("件数页数", f"{len(volume.pieces)}件 {volume.pages}页"),
        )
    ]


def _index(_: Scope, volume: BoundVolume, __: Sequence[EntryLike]) -> list[dict[str, Any]]:
    rows = [row.cells() for row in volume.rows]
    return [{"kind": "table", "label": "", "head": INDEX_HEAD, "rows": rows, "widths": _INDEX_WIDTHS}]


def _note(scope: Scope, volume: BoundVolume, entries: Sequence[EntryLike]) -> list[dict[str, Any]]:
    files = sum(1 for piece in volume.pieces if piece.file and not piece.pages)
    said = f"本卷共{len(volume.pieces)}件、{volume.pages}页；其中电子文件{files}件随卷保存，校验码见卷内目录备注。"
    kind = _archived(entries)
    kept = _word(scope, f"{kind}.note")
    return [
        {"kind": "long", "label": "本卷情况说明", "value": [said, *filter(None, kept.split("\n"))]},
        _lines(
            ("立卷人", _word(scope, f"{kind}.custodian")),
            ("检查人", _word(scope, f"{kind}.checker")),
            ("立卷时间", _day(entries, kind)),
        ),
    ]


_FRONTS: dict[str, Callable[[Scope, BoundVolume, Sequence[EntryLike]], list[dict[str, Any]]]] = {
    "dossier_cover": _cover,
    "dossier_index": _index,
    "dossier_note": _note,
}


def _day(entries: Sequence[EntryLike], kind: str) -> str:
    """The day of the latest entry of a kind, empty where there is none."""
    found = [entry for entry in entries if entry.kind == kind]
    return format_date(local_date(found[-1].happened_ms)) if found else ""
