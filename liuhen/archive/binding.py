"""装订: a case's file as one PDF with cover, index, pages numbered through each volume, 备考表 and bookmarks.

The same entries and files give the same bytes. The parts that we set are PDF/A each; the whole holds foreign
attachments and makes no such claim. Pieces and the whole lie on the disk while they are bound: in memory is one
document or one picture at a time.
"""

import io
import warnings
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf
from PIL import Image, ImageOps

from liuhen.archive.dossier import (
    INDEX_HEAD,
    INSPECTION_ARCHIVED,
    LATER,
    VOLUME_TITLES,
    Arrangement,
    IndexRow,
    Part,
    Piece,
    archiving_kind,
    index_rows,
    pieces,
)
from liuhen.archive.spool import Kept, Spool
from liuhen.documents.catalogue import catalogue
from liuhen.documents.context import EntryLike, Issuer, Scope
from liuhen.documents.fonts import Fonts
from liuhen.documents.forms import Volume, parse_ref
from liuhen.documents.queries import render_document
from liuhen.documents.render import render, render_numbers
from liuhen.documents.widths import widths_of
from liuhen.kernel.clock import format_date, local_date

Contents = Callable[[str], Iterable[bytes] | None]
"""sha256 → the file bit by bit, or None where it is not at hand or too large to be bound."""

_A4_AT_150 = (1240, 1754)
_FRAME = 60
_UNREADABLE = "附件不能打开，只列目录"
_ARCHIVE_ROOM, _LATER_BY_HAND = ("全宗号", "目录号", "档案室案卷号"), "　"
"""Left open on the cover: the archive room writes them in when the file is handed over."""
_POINTS_MAX = 80_000_000
"""A picture of more is not decoded: the index names it."""
_TOO_LARGE = "图片的点数过多，没有打开，只列目录"


class TooManyPoints(ValueError):
    """点数过多的图片."""


@dataclass(frozen=True)
class BoundVolume:
    """One volume: its index, and its pieces with the PDF of each that has pages."""

    volume: Part
    pieces: tuple[Piece, ...]
    rows: tuple[IndexRow, ...]
    pdfs: tuple[Kept, ...]

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


def volumes(entries: Sequence[EntryLike], binder: Binder, spool: Spool | None = None) -> list[BoundVolume]:
    """The volumes with every piece rendered and its pages counted; the pieces lie in the spool."""
    laid = spool or Spool()
    bound = []
    for volume, own in pieces(entries, binder.agency, binder.arrangement):
        if LATER.get(volume, volume) not in binder.kept:
            continue
        made = [_made(piece, entries, binder, laid) for piece in own]
        counted = [piece for piece, _ in made]
        rows = index_rows(counted)
        bound.append(BoundVolume(volume, tuple(counted), tuple(rows), tuple(pdf for _, pdf in made)))
    return bound


def bind(entries: Sequence[EntryLike], binder: Binder, out: BinaryIO) -> None:
    """Write the whole case as one bookmarked PDF into an open file."""
    with Spool() as spool:
        branches, parts = [], list[Kept]()
        numbered: list[tuple[int, int]] = []
        pages = 0

        def lay(part: Kept) -> int:
            """Take it up as the next part; the page it begins with, from 0."""
            nonlocal pages
            begin = pages
            parts.append(part)
            pages += _count(part)
            return begin

        for volume in (bound := volumes(entries, binder, spool)):
            alone = len(bound) == 1 and len(binder.kept) > 1  # nothing to tell it from
            title = "案卷" if alone else VOLUME_TITLES[volume.volume]
            cover, index, note = (
                spool.keep([_front(entries, volume, binder, form, title)])
                for form in ("dossier_cover", "dossier_index", "dossier_note")
            )
            branch = pikepdf.OutlineItem(title, lay(cover))
            branch.children.append(pikepdf.OutlineItem("卷内目录", lay(index)))
            numbered.append((pages, volume.pages))
            for piece, part in zip(volume.pieces, volume.pdfs, strict=True):
                if part:
                    called = " ".join(filter(None, (piece.title, piece.number)))
                    branch.children.append(pikepdf.OutlineItem(called, lay(part)))
            branch.children.append(pikepdf.OutlineItem("卷内备考表", lay(note)))
            branches.append(branch)
        with pikepdf.open(spool.joined(parts)) as book:
            for first, count in numbered:
                _number(book, first, count, binder.fonts)
            with book.open_outline() as outline:
                outline.root.extend(branches)
            book.save(out, static_id=True)


def _number(book: pikepdf.Pdf, first: int, count: int, fonts: Fonts) -> None:
    """Stamp the running page numbers of a volume."""
    if count:
        with pikepdf.open(io.BytesIO(render_numbers(count, fonts))) as numbers:
            for number, stamp in enumerate(numbers.pages, 1):
                _stamp(book, book.pages[first + number - 1], stamp, number)


def _stamp(book: pikepdf.Pdf, page: pikepdf.Page, stamp: pikepdf.Page, number: int) -> None:
    """Lay a page number over the lower right corner, whatever the page's size; names are fixed, not random."""
    name = pikepdf.Name(f"/PageNumber{number}")
    page.add_resource(book.copy_foreign(stamp.as_form_xobject()), pikepdf.Name.XObject, name)
    right, bottom = float(page.mediabox[2]), float(page.mediabox[1])
    across = right - float(stamp.mediabox[2])
    page.contents_add(b"q", prepend=True)
    page.contents_add(f"Q q 1 0 0 1 {across:.2f} {bottom:.2f} cm {name} Do Q".encode())


def _made(piece: Piece, entries: Sequence[EntryLike], binder: Binder, spool: Spool) -> tuple[Piece, Kept]:
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
        kept = spool.keep([pdf])
        return replace(piece, pages=_count(kept)), kept
    nothing = spool.keep(())
    if binder.contents is None or piece.file is None or not _has_pages(str(piece.file.get("media_type", ""))):
        return piece, nothing
    chunks = binder.contents(piece.file["sha256"])
    if chunks is None:
        return piece, nothing
    try:
        kept = _attachment(spool.keep(chunks), str(piece.file["media_type"]), spool)
        pages = _count(kept)
        return replace(piece, pages=pages), _blank(pages, spool) if piece.part in binder.withhold else kept
    except (TooManyPoints, Image.DecompressionBombError):
        return replace(piece, note=f"{_TOO_LARGE}；{piece.note}"), nothing
    except (OSError, ValueError, pikepdf.PdfError):
        return replace(piece, note=f"{_UNREADABLE}；{piece.note}"), nothing


def _has_pages(media_type: str) -> bool:
    """Whether files of this kind are laid in; others are listed."""
    return media_type == "application/pdf" or media_type.startswith("image/")


def _attachment(file: Kept, media_type: str, spool: Spool) -> Kept:
    """A file's pages: a PDF as it is, a picture on an A4 page. Raises what readers raise."""
    if media_type == "application/pdf":
        return file
    with file.open() as opened:
        return spool.keep([picture_page(opened)])


def picture_page(file: BinaryIO) -> bytes:
    """A picture upright on an A4 page, as large as it is shown. Raises `TooManyPoints` and what readers raise."""
    room = (_A4_AT_150[0] - 2 * _FRAME, _A4_AT_150[1] - 2 * _FRAME)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(file) as image:
            if image.width * image.height > _POINTS_MAX:
                raise TooManyPoints
            image.draft("RGB", (max(room), max(room)))
            upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail(room)
    page = Image.new("RGB", _A4_AT_150, "white")
    page.paste(upright, ((_A4_AT_150[0] - upright.width) // 2, (_A4_AT_150[1] - upright.height) // 2))
    out = io.BytesIO()
    page.save(out, "PDF", resolution=150)
    return out.getvalue()


def _blank(pages: int, spool: Spool) -> Kept:
    """As many empty pages as a withheld file has: the numbers of all others stay what they are."""
    book, out = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        book.add_blank_page()
    book.save(out, static_id=True)
    return spool.keep([out.getvalue()])


def _count(pdf: Kept) -> int:
    with pikepdf.open(pdf.path) as document:
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
        "number": scope.word(parse_ref(f"{archiving_kind(entries)}.dossier_number")),
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


def _cover(scope: Scope, volume: BoundVolume, entries: Sequence[EntryLike]) -> list[dict[str, Any]]:
    kind = archiving_kind(entries)
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
            *((place, _LATER_BY_HAND) for place in _ARCHIVE_ROOM),
        )
    ]


def _index(_: Scope, volume: BoundVolume, __: Sequence[EntryLike]) -> list[dict[str, Any]]:
    rows = [row.cells() for row in volume.rows]
    widths = widths_of(INDEX_HEAD, rows)
    return [{"kind": "table", "label": "", "head": INDEX_HEAD, "rows": rows, "widths": widths}]


def _note(scope: Scope, volume: BoundVolume, entries: Sequence[EntryLike]) -> list[dict[str, Any]]:
    files = sum(1 for piece in volume.pieces if piece.file and not piece.pages)
    said = f"本卷共{len(volume.pieces)}件、{volume.pages}页；其中电子文件{files}件随卷保存，校验码见卷内目录备注。"
    kind = archiving_kind(entries)
    if volume.volume in LATER:
        added = f"归档（{_day(entries, kind)}）以后形成，另编目录和页号；归档时的目录和页号不变。"
        return [{"kind": "long", "label": "本卷情况说明", "value": [said, added]}]
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
