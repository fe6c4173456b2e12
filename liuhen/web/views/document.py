"""官方文书: preview in the page, and the PDF itself; the reading is noted first."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liuhen import ledger
from liuhen.accounts.pages import may_use, used_by
from liuhen.acts import Matter
from liuhen.cases.access import WHOLE, reads_document, withheld_from
from liuhen.cases.proofs import DRAWN
from liuhen.documents.acts import VOIDS, voidable
from liuhen.documents.found import found as find
from liuhen.documents.installed import cache_folder, fonts
from liuhen.documents.queries import DocumentRef, NoSuchDocument, preview_document, render_document
from liuhen.documents.voids import voided
from liuhen.documents.witness import issuer
from liuhen.kernel.clock import format_local
from liuhen.web.entries import matter_url
from liuhen.web.goto import may_perform
from liuhen.web.me import Me, own_stream, screen

_PPI = 110
_WITH_SUMS = frozenset({"notice_served", "decision_drafted", "decided", "performance_urged", "fine_reckoned"})
"""Kinds whose documents name sums."""
_WITH_EVIDENCE = frozenset(
    {"investigation_reported", DRAWN, "decision_drafted", "review_opined", "decided", "remedy_answered"}
)
"""Kinds whose documents name the evidence."""


@screen("own_agency")
def document(request: HttpRequest, me: Me, stream: str, name: str) -> HttpResponse:
    """One document with its pages as pictures."""
    matter, ref = _found(me, stream, name, "document")
    void = voided(matter.entries).get(ref.entry_id)
    standing = not (void or ref.superseded or ref.guarded & withheld(me, matter)) and may_use(
        "seal_document", me.actor
    )
    context = {
        "ref": ref,
        "made": format_local(ref.made_ms),
        "back": matter_url(matter.type, stream) + "?tab=documents",
        "pdf": reverse("document-pdf", args=[stream, name]),
        "sealed": reverse("document-sealed", args=[stream, name]) if ref.seal and standing else "",
        "editable": reverse("document-editable", args=[stream, name]),
        "sums": _sums(matter, ref.entry_id),
        "matrix": _matrix(matter, ref.entry_id),
        "voided": void,
        "void": _void(me, matter, ref),
        "pages": [
            reverse("document-page", args=[stream, name, number])
            for number in range(1, len(_pages(me, matter, ref)) + 1)
        ],
    }
    return render(request, "web/document.html", context)


def _void(me: Me, matter: Matter, ref: DocumentRef) -> str:
    """Where this paper is declared void, for whoever may and as long as it stands."""
    if matter.type != "case" or not may_perform("void_document", me.actor):
        return ""
    named = next((name for name in (ref.number, ref.id) if name in voidable(matter)), "")
    address = reverse("act-on", args=["void_document", matter.stream])
    return f"{address}?{urlencode({VOIDS: named})}" if named else ""


def _sums(matter: Matter, entry_id: str) -> str:
    """Where the sums of this document come from, if it names any and they were reckoned."""
    kind = next((entry.kind for entry in matter.entries if entry.id == entry_id), "")
    reckoned = kind in _WITH_SUMS and matter.last("fine_reckoned") is not None
    return reverse("sums", args=[matter.stream]) if reckoned else ""


def _matrix(matter: Matter, entry_id: str) -> str:
    """Where the evidence that this document names opens, piece by piece."""
    kind = next((entry.kind for entry in matter.entries if entry.id == entry_id), "")
    drawn = kind in _WITH_EVIDENCE and matter.last(DRAWN) is not None
    return reverse("matrix", args=[matter.stream]) if drawn else ""


@screen("own_agency")
def document_page(request: HttpRequest, me: Me, stream: str, name: str, number: int) -> HttpResponse:
    """One page as a picture."""
    matter, ref = _found(me, stream, name, "page")
    pages = _pages(me, matter, ref)
    if not 1 <= number <= len(pages):
        raise Http404
    return HttpResponse(
        pages[number - 1], content_type="image/png", headers={"Cache-Control": "private, no-store"}
    )


@screen("own_agency")
def document_pdf(request: HttpRequest, me: Me, stream: str, name: str) -> HttpResponse:
    """The document as PDF/A."""
    matter, ref = _found(me, stream, name, "pdf")
    pdf = render_document(
        ref,
        matter.entries,
        issuer(matter.agency),
        fonts(),
        cache=cache_folder(),
        withhold=withheld(me, matter),
    )
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": "inline"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _found(me: Me, stream: str, name: str, how: str) -> tuple[Matter, DocumentRef]:
    own_stream(me, stream)
    try:
        matter, ref = find(stream, name)
    except NoSuchDocument as error:
        raise Http404 from error
    for_him(me, ref)
    ledger.record_read(me.agency, me.actor.id, f"{stream}:{name}", how, me.now_ms, granted=True)
    return matter, ref


def for_him(me: Me, *refs: DocumentRef) -> None:
    """Raises `PermissionDenied` for a document that is none of those his roles read."""
    for ref in refs:
        if not reads_document(me.actor, ref.form):
            raise PermissionDenied(f"《{ref.title}》由{used_by(WHOLE)}查阅")


def _pages(me: Me, matter: Matter, ref: DocumentRef) -> list[bytes]:
    return preview_document(
        ref, matter.entries, issuer(matter.agency), fonts(), withhold=withheld(me, matter), ppi=_PPI
    )


def withheld(me: Me, matter: Matter) -> frozenset[str]:
    """The guarded parts that this reader may not see."""
    return withheld_from(me.actor, matter)
