"""以前的同类文书: which there are, and the words of one of them, marked to be confirmed. Each reading is noted."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from liuhen import ledger
from liuhen.accounts.pages import used_by
from liuhen.acts import registry
from liuhen.cases.access import WHOLE, reads_kind
from liuhen.documents.earlier import earlier, text_of
from liuhen.law.dictionary import Kind
from liuhen.web.me import Me, own_stream, screen


@screen("own_agency")
def offered(request: HttpRequest, me: Me, name: str, stream: str | None = None) -> HttpResponse:
    """The agency's latest documents of this kind in other matters, as a piece of the form's page."""
    kind, field = _asked(request, me, name, stream)
    own = ledger.matter_streams(stream) if stream else []
    names = "earlier-text" if stream is None else "earlier-text-on"
    found = [
        (
            one,
            reverse(names, args=[*([name] if stream is None else [name, stream]), one.stream, one.number])
            + f"?{urlencode({'field': field})}",
        )
        for one in earlier(me.agency, kind.name, own)
    ]
    return render(request, "web/parts/earlier.html", {"found": found, "title": kind.title, "field": field})


@screen("own_agency")
def text(
    request: HttpRequest, me: Me, name: str, source: str, number: int, stream: str | None = None
) -> HttpResponse:
    """The words of one field of an earlier document."""
    kind, field = _asked(request, me, name, stream)
    own_stream(me, source)
    told = ledger.read(ledger.matter_streams(source), parts=[ledger.OPEN])
    entry = next((one for one in told if (one.stream, one.number) == (source, number)), None)
    if entry is None or entry.kind != kind.name:
        raise Http404
    ledger.record_read(me.agency, me.actor.id, f"{source}:{number}", "earlier", me.now_ms, granted=True)
    here = ledger.read(ledger.matter_streams(stream), parts=[ledger.OPEN]) if stream else []
    words = text_of(entry, field, told, here, registry.dictionary())
    headers = {"Cache-Control": "private, no-store"}
    return JsonResponse({"text": words}, headers=headers)


def _asked(request: HttpRequest, me: Me, name: str, stream: str | None) -> tuple[Kind, str]:
    """The kind and the long open field it is asked for."""
    if name not in registry.acts():
        raise Http404
    kind, field = registry.kind_of(registry.act(name)), request.GET.get("field", "")
    if not reads_kind(me.actor, kind.name):
        raise PermissionDenied(f"这种文书由{used_by(WHOLE)}查阅")
    if stream is not None:
        own_stream(me, stream)
    spec = kind.fields.get(field)
    if spec is None or spec.type != "longtext" or spec.part != ledger.OPEN:
        raise Http404
    return kind, field
