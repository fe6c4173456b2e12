"""What lies in a matter besides its entries: documents made from them, files, and the streams it has taken in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from liuhen import ledger
from liuhen.acts import Actor, Matter, registry
from liuhen.acts.uploads import RECORDED, files_held
from liuhen.cases.access import parts_of, reads_document
from liuhen.cases.stages import STREAMS
from liuhen.documents.queries import DocumentRef, documents_of
from liuhen.documents.voids import voided
from liuhen.documents.witness import issuer
from liuhen.kernel.clock import format_local
from liuhen.ledger.entry import file_references
from liuhen.web.entries import file_url, matter_url, sentence


@dataclass(frozen=True)
class FileView:
    """One file: where from, what it is, whether it can be played or shown here."""

    name: str
    url: str
    size: int
    kind: str
    of: str
    at: str
    sha256: str
    sm3: str
    index: int
    guarded: bool


_OF_THE_AGENCY = "本机关的登记和公示义务"
"""What the agency's register is called beside what it has taken in: its first entry says nothing of it."""


@dataclass(frozen=True)
class Related:
    """A stream that this matter has taken in, or that has taken it in."""

    type: str
    title: str
    url: str
    above: bool
    stream: str


@dataclass(frozen=True)
class DocumentView:
    """One document of the file."""

    ref: DocumentRef
    url: str
    made: str
    void: bool = False


def documents(matter: Matter, viewer: Actor) -> list[DocumentView]:
    """The documents of a matter that this reader may open."""
    refs = documents_of(matter.entries, issuer(matter.agency))
    void = voided(matter.entries)
    return [
        DocumentView(
            ref,
            reverse("document", args=[matter.stream, ref.id]),
            format_local(ref.made_ms),
            ref.entry_id in void,
        )
        for ref in refs
        if reads_document(viewer, ref.form)
    ]


_IN_ORDER: Mapping[str, Callable[[DocumentView], Any]] = {
    "title": lambda one: one.ref.title,
    "number": lambda one: one.ref.number or "",
    "made": lambda one: one.ref.made_ms,
    "volume": lambda one: one.ref.volume,
    "reach": lambda one: one.ref.reach,
}
"""What the list of documents can be sorted by."""


def in_order(found: Sequence[DocumentView], sort: str) -> Sequence[DocumentView]:
    """The documents in the order asked for, `-` before it turned round; in their own where none or another is."""
    by = _IN_ORDER.get(sort.removeprefix("-"))
    return sorted(found, key=by, reverse=sort.startswith("-")) if by else found


def files(matter: Matter, parts: frozenset[str], viewer: Actor) -> list[FileView]:
    """Every file that the matter's entries hold, of the parts that the reader may see."""
    kinds = registry.dictionary().kinds
    found = []
    for entry in matter.entries:
        allowed = parts_of(viewer, entry, parts)
        for name, part in entry.parts.items():
            if name not in allowed:
                continue
            title = kinds[entry.kind].title if entry.kind in kinds else entry.kind
            found += [_file(entry, dict(one), title, name != ledger.OPEN) for one in file_references(part)]
    return found


def files_named(matter: Matter | None) -> dict[str, str]:
    """By what a form sends for it: the name of each file that the matter holds openly."""
    held = files_held(matter) if matter else {}
    return {RECORDED + sha256: str(file["name"]) for sha256, file in held.items()}


def _file(entry: ledger.Entry, reference: dict[str, Any], title: str, guarded: bool) -> FileView:
    media = str(reference["media_type"])
    kind = "pdf" if media == "application/pdf" else media.split("/")[0]
    return FileView(
        name=str(reference["name"]),
        url=file_url(entry, reference),
        size=int(reference["size"]),
        kind="audio" if media == "application/ogg" else kind,
        of=title,
        at=format_local(entry.recorded_ms),
        sha256=str(reference["sha256"]),
        sm3=str(reference["sm3"]),
        index=entry.index,
        guarded=guarded,
    )


def related(matter: Matter) -> Sequence[Related]:
    """The streams that adopted this matter, and those adopted by it: of a past one, as far as it reached then."""
    held = {entry.stream for entry in matter.entries} - {matter.stream}
    above = [stream for stream in ledger.adopters({matter.stream}) if stream != matter.stream]
    heads = ledger.heads([*held, *above])
    firsts = {entry.stream: entry for entry in matter.entries if entry.number == 1}
    if above:
        firsts |= {entry.stream: entry for entry in ledger.read(above) if entry.number == 1}
    return [
        _related(heads[stream].type, firsts[stream], stream in above) for stream in (*above, *sorted(held))
    ]


def _related(type: str, first: ledger.Entry, above: bool) -> Related:
    url = matter_url(type, first.stream)
    title = _OF_THE_AGENCY if type == "register" else sentence(first)
    return Related(STREAMS[type], title, url, above, first.stream)
