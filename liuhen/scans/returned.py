"""哪些纸回来了: every document of a case with the sheets filed to its pages, what is missing, what lies aside."""

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any

import pikepdf
from django.conf import settings

from liuhen import ledger
from liuhen.acts.act import Matter
from liuhen.documents.fonts import load_fonts
from liuhen.documents.queries import DocumentRef, documents_of, render_document
from liuhen.documents.render import TEMPLATE_VERSION
from liuhen.documents.witness import issuer
from liuhen.ledger import Entry
from liuhen.scans.acts import SCANS
from liuhen.scans.blanks import Printed, empty, printed_pages
from liuhen.scans.filing import read_file
from liuhen.scans.readings import opened, recalled, remember
from liuhen.scans.sheets import NotASheet, sheets_of


@dataclass(frozen=True)
class SheetAt:
    """一幅 in the record: the entry it came with, its file as the entry refers to it, its number in the file."""

    entry: Entry
    file: Mapping[str, Any]
    number: int


@dataclass(frozen=True)
class Returned:
    """A document of which paper has come back; `found` by page, a page scanned again more than once."""

    ref: DocumentRef
    pages: int
    found: Mapping[int, Sequence[SheetAt]]

    @property
    def missing(self) -> list[int]:
        """Pages of which there is no scan."""
        return [page for page in range(1, self.pages + 1) if page not in self.found]

    @property
    def twice(self) -> list[int]:
        """Pages of which there are several."""
        return [page for page, sheets in sorted(self.found.items()) if len(sheets) > 1]


@dataclass(frozen=True)
class Kept:
    """一幅 that lies aside, with why and what to do."""

    at: SheetAt
    why: str
    remedy: str


@dataclass(frozen=True)
class Papers:
    """The paper of a case: what came back, documents of which nothing did, what lies aside."""

    returned: Sequence[Returned]
    nothing_of: Sequence[DocumentRef]
    aside: Sequence[Kept]


def papers_of(matter: Matter) -> Papers:
    """What came back to a case, over all its filings."""
    found: dict[str, dict[int, list[SheetAt]]] = defaultdict(lambda: defaultdict(list))
    aside: list[Kept] = []
    for entry in _filings(matter):
        for row in entry.open.get("pages", ()):
            found[row["document"]][int(row["page"])].append(_at(entry, row))
        aside += [Kept(_at(entry, row), row["why"], row["remedy"]) for row in entry.open.get("aside", ())]
    refs = documents_of(matter.entries, issuer(matter.agency))
    returned = [
        Returned(ref, page_count(matter, ref), dict(found[ref.id])) for ref in refs if ref.id in found
    ]
    return Papers(returned, [ref for ref in refs if ref.id not in found and not ref.superseded], aside)


def page_count(matter: Matter, ref: DocumentRef) -> int:
    """How many pages a document has as printed whole."""
    name = f"pages-{TEMPLATE_VERSION}-{ref.form}-{ref.form_version}-{ref.entry_id}"
    known = recalled(name)
    if known is None:
        with pikepdf.open(io.BytesIO(_whole(matter, ref))) as pdf:
            known = len(pdf.pages)
        remember(name, known)
    return int(known)


def looked_at(
    matter: Matter, one: Returned, *, until: float
) -> list[tuple[int, SheetAt, Sequence[str] | None]]:
    """Page, sheet and the places to sign that look empty on it; None where the time (monotonic) was over."""
    looks: list[tuple[int, SheetAt, Sequence[str] | None]] = []
    pages: list[Printed] = []
    for page, sheets in sorted(one.found.items()):
        for at in sheets:
            name = f"look-{TEMPLATE_VERSION}-{at.file['sha256']}-{at.number}"
            known = recalled(name)
            if known is None and monotonic() < until:
                pages = pages or list(printed_pages(_whole(matter, one.ref)))
                known = _look(at, pages[page - 1]) if page <= len(pages) else []
                remember(name, known)
            looks.append((page, at, known))
    return looks


def _look(at: SheetAt, page: Printed) -> list[str]:
    if not page.blanks:
        return []
    (seen,) = read_file(at.file).sheets[at.number - 1].seen
    try:
        with (
            opened(lambda: ledger.file_store().read(str(at.file["sha256"]))) as file,
            sheets_of(at.file["media_type"], file) as sheets,
        ):
            return empty(sheets.picture(at.number), seen, page)
    except NotASheet:
        return []


def _filings(matter: Matter) -> list[Entry]:
    corrected = {entry.supersedes for entry in matter.entries if entry.supersedes}
    return [entry for entry in matter.all(SCANS) if entry.id not in corrected]


def _at(entry: Entry, row: Mapping[str, str]) -> SheetAt:
    return SheetAt(entry, entry.open["files"][int(row["nth"]) - 1], int(row["sheet"]))


def _whole(matter: Matter, ref: DocumentRef) -> bytes:
    """As it was printed and signed, whatever became of it since."""
    fonts = load_fonts(getattr(settings, "FONT_DIR", None))
    folder = getattr(settings, "DOCUMENT_CACHE", None)
    cache = Path(folder) if folder else None
    return render_document(replace(ref, ended=""), matter.entries, issuer(matter.agency), fonts, cache=cache)
