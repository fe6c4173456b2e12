"""官方文书: which a matter has, and each as PDF/A with what the reader may not see left out."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from liuhen.acts import Matter
from liuhen.api.answers import answer, nothing_here
from liuhen.api.matters import read_matter
from liuhen.api.person import Caller, endpoint, own
from liuhen.cases.access import reads_document, withheld_from
from liuhen.documents.found import found
from liuhen.documents.installed import cache_folder, fonts
from liuhen.documents.queries import DocumentRef, NoSuchDocument, content_of, documents_of, render_document
from liuhen.documents.voids import voided
from liuhen.documents.witness import issuer

_SAID = ("title", "agency", "number", "to", "date", "blocks", "footer", "code")
"""What of a document's content is text."""


@endpoint("own_agency")
def documents(request: HttpRequest, caller: Caller, stream: str) -> HttpResponse:
    """The documents of a matter, in the order in which they came about."""
    matter = read_matter(caller, stream)
    hidden, void = withheld_from(caller.actor, matter), voided(matter.entries)
    return answer(
        {
            "documents": [
                {
                    "id": ref.id,
                    "title": ref.title,
                    "about": ref.about,
                    "form": ref.form,
                    "form_version": ref.form_version,
                    "number": ref.number,
                    "entry": ref.entry_id,
                    "made_ms": ref.made_ms,
                    "volume": ref.volume,
                    "reach": ref.reach,
                    "superseded": ref.superseded,
                    "voided": ref.entry_id in void,
                    "withheld": sorted(ref.guarded & hidden),
                    "content": reverse("api-document", args=[stream, ref.id]),
                    "pdf": reverse("api-document-pdf", args=[stream, ref.id]),
                }
                for ref in documents_of(matter.entries, issuer(matter.agency))
                if reads_document(caller.actor, ref.form)
            ]
        }
    )


@endpoint("own_agency")
def document(request: HttpRequest, caller: Caller, stream: str, name: str) -> HttpResponse:
    """What one document says, block by block, as its form lays it out: the same that is printed. Noted first."""
    matter, ref = _readable(caller, stream, name)
    caller.noted(f"{stream}:{name}", "document")
    hidden = withheld_from(caller.actor, matter)
    form, content = content_of(ref, matter.entries, issuer(matter.agency), withhold=hidden)
    said = {name: content[name] for name in _SAID}
    return answer({"form": form.id, "form_version": form.version, "layout": form.layout, **said})


@endpoint("own_agency")
def document_pdf(request: HttpRequest, caller: Caller, stream: str, name: str) -> HttpResponse:
    """One document as PDF/A. The reading is noted first."""
    matter, ref = _readable(caller, stream, name)
    caller.noted(f"{stream}:{name}", "pdf")
    pdf = render_document(
        ref,
        matter.entries,
        issuer(matter.agency),
        fonts(),
        cache=cache_folder(),
        withhold=withheld_from(caller.actor, matter),
    )
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": "inline"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _readable(caller: Caller, stream: str, name: str) -> tuple[Matter, DocumentRef]:
    """A document that this caller may read; any other is not there for him."""
    own(caller, stream)
    try:
        matter, ref = found(stream, name)
    except NoSuchDocument as error:
        raise nothing_here() from error
    if not reads_document(caller.actor, ref.form):
        raise nothing_here()
    return matter, ref
