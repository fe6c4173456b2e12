"""案件的文书: which documents a matter has, and each of them as a PDF. Read out of the entries.

A rendered PDF is kept in a cache under the digest of what it is made from; the cache may be thrown away.
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from liuhen.documents.context import EntryLike, Issuer, Scope, context, title_of
from liuhen.documents.fonts import Fonts
from liuhen.documents.forms import Form, Reach, Volume
from liuhen.documents.kept import keep, kept, kept_at
from liuhen.documents.previews import pages_of
from liuhen.documents.render import TEMPLATE_VERSION, render, render_png
from liuhen.documents.seals import Sealer
from liuhen.documents.voids import voided
from liuhen.kernel.clock import format_date, local_date

_ENGINE = version("typst")
_ABOUT_MOST = 40


class NoSuchDocument(LookupError):
    """没有这份文书. The message is Chinese."""


class NotToBeSealed(ValueError):
    """这种文书不加盖印章. The message is Chinese."""


@dataclass(frozen=True)
class DocumentRef:
    """One document of a matter. `made_ms`: when, in milliseconds UTC; `superseded`: corrected since.

    `about`: what tells it from others of its title;
    `ended`: why it no longer stands and since when, as it is printed on every page; empty while it stands.
    """

    form: str
    form_version: int
    entry_id: str
    title: str
    number: str
    made_ms: int
    volume: Volume
    order: int
    reach: Reach
    guarded: frozenset[str]
    superseded: bool
    seal: bool = False
    ended: str = ""
    about: str = ""

    @property
    def listed(self) -> str:
        """Its title in a list, told from others of the same title."""
        return f"{self.title}（{self.about}）" if self.about else self.title

    @property
    def id(self) -> str:
        """`<form>@<entry>`: the document's name in addresses."""
        return f"{self.form}@{self.entry_id}"


def documents_of(entries: Sequence[EntryLike], agency: Issuer) -> list[DocumentRef]:
    """Every document of a matter, in the order in which they came about."""
    corrected = {entry.supersedes: entry for entry in entries if entry.supersedes}
    void = voided(entries)
    refs, forms = [], agency.forms()
    for entry in sorted(entries, key=lambda entry: entry.index):
        for form in forms.made_of(entry):
            scope = Scope(entry, form, entries, agency)
            if not scope.wanted():
                continue
            ended = _ended("已作废", void.get(entry.id)) or _ended("已更正", corrected.get(entry.id))
            refs.append(_ref(scope, form, entry, entry.id in corrected, ended))
    return refs


def _ended(word: str, by: EntryLike | None) -> str:
    return f"{word}　{format_date(local_date(by.recorded_ms))}" if by else ""


def document(entries: Sequence[EntryLike], agency: Issuer, document_id: str) -> DocumentRef:
    """The document of that id. Raises `NoSuchDocument`."""
    for ref in documents_of(entries, agency):
        if ref.id == document_id:
            return ref
    raise NoSuchDocument("没有这份文书，或者它不属于本案")


def render_document(
    ref: DocumentRef,
    entries: Sequence[EntryLike],
    agency: Issuer,
    fonts: Fonts,
    *,
    cache: Path | None = None,
    withhold: Collection[str] = (),
) -> bytes:
    """The document as PDF/A-2b, the same bytes each time.

    `withhold`: guarded parts that this reader may not see; `cache`: a folder that may be emptied at any time.
    """
    form, content = content_of(ref, entries, agency, withhold=withhold)
    if cache is None:
        return render(form, content, fonts)
    digest = content_digest(form, content, fonts)
    path = kept_at(cache, digest, ref.id)
    known = kept(path)
    if known is None:
        known = render(form, content, fonts)
        keep(path, known)
    return known


def seal_document(
    ref: DocumentRef,
    entries: Sequence[EntryLike],
    agency: Issuer,
    fonts: Fonts,
    sealer: Sealer,
    *,
    cache: Path | None = None,
) -> bytes:
    """The whole document with the agency's seal on it and its signature over it. Raises `NotToBeSealed`."""
    form, content = content_of(ref, entries, agency)
    if not form.seal:
        raise NotToBeSealed(f"《{ref.title}》不加盖印章")
    content["sealed"] = sealer.drawn
    digest = f"{content_digest(form, content, fonts)}-{sealer.kept_as}"
    path = kept_at(cache, digest, ref.id) if cache else None
    known = kept(path) if path else None
    if known is None:
        known = sealer.seal(render(form, content, fonts))
        if path:
            keep(path, known)
    return known


def preview_document(
    ref: DocumentRef,
    entries: Sequence[EntryLike],
    agency: Issuer,
    fonts: Fonts,
    *,
    withhold: Collection[str] = (),
    ppi: int = 96,
) -> list[bytes]:
    """The document's pages as PNG pictures."""
    form, content = content_of(ref, entries, agency, withhold=withhold)
    digest = f"{content_digest(form, content, fonts)}-{ppi}"
    return pages_of(digest, lambda: render_png(form, content, fonts, ppi=ppi))


def content_of(
    ref: DocumentRef, entries: Sequence[EntryLike], agency: Issuer, *, withhold: Collection[str] = ()
) -> tuple[Form, dict[str, Any]]:
    """The form and the content of a document. Raises `NoSuchDocument`."""
    entry = next((entry for entry in entries if entry.id == ref.entry_id), None)
    if entry is None:
        raise NoSuchDocument("没有这份文书，或者它不属于本案")
    form = agency.forms().form(ref.form, ref.form_version)
    content = context(entry, form, entries, agency, withhold=withhold)
    return form, content | ({"ended": ref.ended} if ref.ended else {})


def content_digest(form: Form, content: dict[str, Any], fonts: Fonts) -> str:
    """SHA-256 of everything that the bytes of the PDF depend on."""
    made_from = [
        form.id,
        form.version,
        form.layout,
        TEMPLATE_VERSION,
        _ENGINE,
        fonts.families,
        content,
    ]
    return hashlib.sha256(json.dumps(made_from, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _ref(scope: Scope, form: Form, entry: EntryLike, superseded: bool, ended: str) -> DocumentRef:
    return DocumentRef(
        form=form.id,
        form_version=form.version,
        entry_id=entry.id,
        title=title_of(scope),
        number=scope.word(form.number),
        made_ms=entry.happened_ms,
        volume=form.volume,
        order=form.order,
        reach=form.reach,
        guarded=form.guarded,
        superseded=superseded,
        seal=form.seal,
        ended=ended,
        about=scope.word(form.about).replace("\n", " ")[:_ABOUT_MOST],
    )
