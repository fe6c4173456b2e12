"""What goes out of the house: a document under the electronic seal, its editable copy, one print of several."""

from collections.abc import Callable
from importlib import import_module

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liuhen import ledger
from liuhen.accounts.models import Agency
from liuhen.accounts.pages import may_use, used_by
from liuhen.acts import Matter
from liuhen.acts.matter import load_matter
from liuhen.documents.batch import together
from liuhen.documents.installed import cache_folder, fonts
from liuhen.documents.queries import (
    DocumentRef,
    NoSuchDocument,
    content_of,
    document,
    documents_of,
    render_document,
    seal_document,
)
from liuhen.documents.seal_service import sealer_of
from liuhen.documents.seals import SealError
from liuhen.documents.voids import voided
from liuhen.documents.witness import issuer
from liuhen.web.me import Me, own_stream, screen
from liuhen.web.views.document import for_him, withheld

SEAL_PAGE = "seal_document"
"""The row of `pages.yaml`."""
PRINTED_MAX = 60
"""Documents in one print: as many as a page of the case lists at once."""

_PDF = "application/pdf"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_KEEP = "private, no-store"


@screen("own_agency")
def sealed(request: HttpRequest, me: Me, stream: str, name: str) -> HttpResponse:
    """The document with the agency's seal: for what leaves the house, whole, and as it stands."""
    matter, ref = _found(me, stream, name, "sealed")
    reason = why_not_sealed(me, matter, ref)
    if reason:
        return _refused(request, stream, name, reason)
    name_of = Agency.objects.values_list("name", flat=True).get(id=matter.agency)
    try:
        seal = sealer_of(matter.agency, name_of, me.now_ms)
        pdf = seal_document(ref, matter.entries, issuer(matter.agency), fonts(), seal, cache=cache_folder())
    except SealError as error:
        return _refused(request, stream, name, str(error))
    return HttpResponse(
        pdf, content_type=_PDF, headers={"Cache-Control": _KEEP, "Content-Disposition": "inline"}
    )


def why_not_sealed(me: Me, matter: Matter, ref: DocumentRef) -> str:
    """Why this document cannot be sealed for this reader; empty where it can."""
    if not may_use(SEAL_PAGE, me.actor):
        return f"加盖电子印章由{used_by(SEAL_PAGE)}办理"
    if not ref.seal:
        return "这种文书不加盖印章"
    if ref.entry_id in voided(matter.entries):
        return "这份文书已经作废，不能加盖印章"
    if ref.superseded:
        return "这份文书已经更正，请打开更正后的文书加盖印章"
    if ref.guarded & withheld(me, matter):
        return "这份文书含有您不能查看的内容，请有权查看的人员加盖印章"
    return ""


@screen("own_agency")
def editable(request: HttpRequest, me: Me, stream: str, name: str) -> HttpResponse:
    """An editable copy with the same content."""
    matter, ref = _found(me, stream, name, "docx")
    form, content = content_of(ref, matter.entries, issuer(matter.agency), withhold=withheld(me, matter))
    write: Callable[..., bytes] = import_module(
        "liuhen.documents.editable"
    ).write_docx  # takes a while to load
    headers = {"Cache-Control": _KEEP, "Content-Disposition": f'attachment; filename="{ref.form}.docx"'}
    return HttpResponse(write(form, content), content_type=_DOCX, headers=headers)


@screen("own_agency")
def printed(request: HttpRequest, me: Me, stream: str) -> HttpResponse:
    """The chosen documents of a matter as one PDF, in the order of the list."""
    own_stream(me, stream)
    matter = load_matter(stream)
    own = issuer(matter.agency)
    chosen = set(request.GET.getlist("d")[: PRINTED_MAX + 1])
    refs = [ref for ref in documents_of(matter.entries, own) if ref.id in chosen]
    if not refs or len(chosen) > PRINTED_MAX:
        text = f"一次最多打印{PRINTED_MAX}份" if refs else "没有选中要打印的文书"
        return _refused(request, stream, "", text)
    for_him(me, *refs)
    for ref in refs:
        ledger.record_read(me.agency, me.actor.id, f"{stream}:{ref.id}", "print", me.now_ms, granted=True)
    hidden = withheld(me, matter)
    pdfs = [
        (
            " ".join(filter(None, (ref.title, ref.number))),
            render_document(ref, matter.entries, own, fonts(), cache=cache_folder(), withhold=hidden),
        )
        for ref in refs
    ]
    pdf = together(pdfs, two_sided=request.GET.get("two_sided") == "yes")
    return HttpResponse(
        pdf, content_type=_PDF, headers={"Cache-Control": _KEEP, "Content-Disposition": "inline"}
    )


def _found(me: Me, stream: str, name: str, how: str) -> tuple[Matter, DocumentRef]:
    own_stream(me, stream)
    matter = load_matter(stream)
    try:
        ref = document(matter.entries, issuer(matter.agency), name)
    except NoSuchDocument as error:
        raise Http404 from error
    for_him(me, ref)
    ledger.record_read(me.agency, me.actor.id, f"{stream}:{name}", how, me.now_ms, granted=True)
    return matter, ref


def _refused(request: HttpRequest, stream: str, name: str, reason: str) -> HttpResponse:
    back = reverse("document", args=[stream, name]) if name else ""
    return render(request, "web/document_refused.html", {"reason": reason, "back": back}, status=409)
