"""案卷: what lies in a case's file and in which order: documents, evidence files, recordings. Pure.

Made from a matter's entries alone. `two_volumes` (正卷、副卷) follows the order that the forms name; `by_procedure`
is one volume by the time of making. What came about after the file was archived is bound behind it with an index and
pages of its own: the archived index stays as the custodian made it.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, Literal

from liuhen.documents.context import EntryLike, Issuer
from liuhen.documents.forms import Volume
from liuhen.documents.queries import DocumentRef, documents_of
from liuhen.kernel.clock import local_date

Arrangement = Literal["two_volumes", "by_procedure"]
Part = Literal["main", "sub", "main_later", "sub_later"]
"""A volume, and what came to it after it was archived."""
VOLUME_TITLES: dict[Part, str] = {
    "main": "正卷",
    "sub": "副卷",
    "main_later": "正卷（归档后增补）",
    "sub_later": "副卷（归档后增补）",
}
LATER: dict[Part, Volume] = {"main_later": "main", "sub_later": "sub"}
"""Of which volume each addition is."""
_ADDED: dict[Volume, Part] = {"main": "main_later", "sub": "sub_later"}

INSPECTION_ARCHIVED = "inspection_archived"
_BOUND_LAST = frozenset({"archived", INSPECTION_ARCHIVED})
_OF_CASES = frozenset({"filed", "on_spot_decided"})
_LOOSE_ORDER = 900
_SHOWN_DIGEST = 12
_PLAYED = ("audio/", "video/")
_OPEN = "open"
_GUARDED_FILE = "附件（限阅，名称不列）"
"""A guarded file is listed without its name: the index is open, and the name may tell whom it protects."""


@dataclass(frozen=True)
class Piece:
    """件: one document or one file. `pages` is 0 for what has no pages (sound, video, a file not at hand)."""

    title: str
    number: str
    maker: str
    made_ms: int
    volume: Volume
    place: tuple[int, int, int]
    note: str = ""
    document: DocumentRef | None = None
    part: str = _OPEN
    file: dict[str, Any] | None = None
    pages: int = 0


@dataclass(frozen=True)
class IndexRow:
    """卷内目录的一行: 顺序号、文号、责任者、题名、日期、页号、备注."""

    sequence: int
    number: str
    maker: str
    title: str
    date: str
    pages: str
    note: str

    def cells(self) -> list[str]:
        """The row as printed."""
        return [str(self.sequence), self.number, self.maker, self.title, self.date, self.pages, self.note]


INDEX_HEAD = ["顺序号", "文号", "责任者", "题名", "日期", "页号", "备注"]


def pieces(
    entries: Sequence[EntryLike], agency: Issuer, arrangement: Arrangement = "two_volumes"
) -> list[tuple[Part, list[Piece]]]:
    """The volumes of a case's file with their pieces in order; pages are not counted yet."""
    kind = archiving_kind(entries)
    archived = max((entry.index for entry in entries if entry.kind == kind), default=None)
    laid: dict[Part, list[Piece]] = {part: [] for part in VOLUME_TITLES}
    for piece in _all(entries, agency):
        own = replace(piece, volume="main") if arrangement == "by_procedure" else piece
        later = archived is not None and piece.place[1] > archived
        laid[_ADDED[own.volume] if later else own.volume].append(own)
    order = _by_time if arrangement == "by_procedure" else _by_place
    return _named_once([(part, sorted(own, key=order)) for part, own in laid.items() if own])


def _named_once(volumes: Sequence[tuple[Part, list[Piece]]]) -> list[tuple[Part, list[Piece]]]:
    """A file that is listed again, in the order of the index through all volumes, is there without its pages.

    Its digest leads to its first place. What a guarded part holds is apart from what is open: each is bound once.
    """
    seen: set[tuple[bool, str]] = set()

    def listed(piece: Piece) -> Piece:
        key = (piece.part == _OPEN, piece.file["sha256"]) if piece.file else None
        if key is None or key not in seen:
            seen.update([key] if key else [])
            return piece
        return replace(piece, file=None, note=f"与前附同一文件，{piece.note}")

    return [(part, [listed(piece) for piece in own]) for part, own in volumes]


def archiving_kind(entries: Sequence[EntryLike]) -> str:
    """The kind of entry with which this file was or will be archived: a case's, or a single inspection's."""
    inspected = any(entry.kind == "inspection_planned" for entry in entries)
    alone = inspected and not any(entry.kind in _OF_CASES for entry in entries)
    return INSPECTION_ARCHIVED if alone else "archived"


def _by_time(piece: Piece) -> tuple[int, ...]:
    return piece.made_ms, *piece.place[1:]


def _by_place(piece: Piece) -> tuple[int, ...]:
    return piece.place


def index_rows(volume: Sequence[Piece]) -> list[IndexRow]:
    """The 卷内目录 of a volume whose pages are counted; pages run through the volume from 1."""
    rows, page = [], 1
    for sequence, piece in enumerate(volume, 1):
        last = page + piece.pages - 1
        shown = "—" if not piece.pages else str(page) if piece.pages == 1 else f"{page}-{last}"
        made = local_date(piece.made_ms).isoformat()
        rows.append(IndexRow(sequence, piece.number, piece.maker, piece.title, made, shown, piece.note))
        page += piece.pages
    return rows


def archived_index(volumes: Sequence[tuple[Part, Sequence[Piece]]]) -> list[dict[str, str]]:
    """The index as the entry 立卷归档 keeps it (field `index`).

    Of two volumes, which are bound and counted apart, each row says its own, its pages too: page 1 is there twice.
    """
    named = len(volumes) > 1
    return [
        {
            "number": row.number,
            "maker": row.maker,
            "title": f"【{VOLUME_TITLES[name]}】{row.title}" if named else row.title,
            "date": row.date,
            "pages": f"{VOLUME_TITLES[name]}{row.pages}" if named and piece.pages else row.pages,
            "note": row.note,
        }
        for name, volume in volumes
        for row, piece in zip(index_rows(volume), volume, strict=True)
    ]


def _all(entries: Sequence[EntryLike], agency: Issuer) -> Iterator[Piece]:
    """Every document and every file of each entry, a file behind the first document of its entry.

    What a guarded part holds is listed without its name: that may not be known.
    """
    by_entry: dict[str, list[DocumentRef]] = {}
    for ref in documents_of(entries, agency):
        by_entry.setdefault(ref.entry_id, []).append(ref)
    archived = max((entry.index for entry in entries if entry.kind in _BOUND_LAST), default=None)
    later = {entry.id for entry in entries if archived is not None and entry.index > archived}
    alike: dict[tuple[str, str, bool], list[str]] = {}
    for ref in (one for refs in by_entry.values() for one in refs):
        alike.setdefault(_name(ref, later), []).extend([] if ref.ended else [ref.id])
    count = 0
    for entry in sorted(entries, key=lambda entry: entry.index):
        if entry.kind in _BOUND_LAST:
            continue
        refs = by_entry.get(entry.id, [])
        for ref in refs:
            yield Piece(
                title=ref.listed,
                number=ref.number,
                maker=agency.name,
                made_ms=ref.made_ms,
                volume=ref.volume,
                place=(ref.order, entry.index, 0),
                note=ref.ended.partition("　")[0] or _which(ref, alike[_name(ref, later)]),
                document=ref,
            )
        for part, file in files_of(entry):
            count += 1
            made = _file_piece(entry, file, refs[0] if refs else None, agency, count)
            yield made if part == _OPEN else replace(made, part=part, title=_GUARDED_FILE)


def _name(ref: DocumentRef, later: Set[str]) -> tuple[str, str, bool]:
    """What a paper shares with others of its name in the same index: that of the archived file, or what came later."""
    return ref.form, ref.listed, ref.entry_id in later


def _which(ref: DocumentRef, alike: Sequence[str]) -> str:
    """Which of several papers of one name it is, those that stand no more left out."""
    return f"共{len(alike)}份，第{alike.index(ref.id) + 1}份" if len(alike) > 1 else ""


def _file_piece(
    entry: EntryLike, file: dict[str, Any], behind: DocumentRef | None, agency: Issuer, number: int
) -> Piece:
    fields = entry.parts.get(_OPEN) or {}
    played = str(file.get("media_type", "")).startswith(_PLAYED)
    return Piece(
        title=f"{'音像资料' if played else '附件'}：{file.get('name', '')}",
        number="",
        maker=str(fields.get("from_holder") or agency.name),
        made_ms=entry.happened_ms,
        volume=behind.volume if behind else "main",
        place=(behind.order if behind else _LOOSE_ORDER, entry.index, number),
        note=f"电子文件 {file['sha256'][:_SHOWN_DIGEST]}",
        file=file,
    )


def files_of(entry: EntryLike) -> list[tuple[str, dict[str, Any]]]:
    """The files that an entry names, at any depth of its payload, each with the part that holds it."""
    return [(name, file) for name, part in entry.parts.items() for file in _files(part)]


def _files(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "sha256" in value and "size" in value:
            yield value
        else:
            for child in value.values():
                yield from _files(child)
    elif isinstance(value, list | tuple):
        for child in value:
            yield from _files(child)
