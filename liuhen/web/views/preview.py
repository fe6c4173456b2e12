"""预览: the document as it would be printed from what is typed now, with the digest that a signature holds for."""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from liuhen import acts
from liuhen.acts import Correction, Invalid, Matter, Preview, registry
from liuhen.acts.before_signing import unfit_to_sign
from liuhen.acts.cited import citation
from liuhen.acts.correcting import blank_time, kept_values
from liuhen.acts.drafting import payload_of
from liuhen.acts.filling import happened_as_typed
from liuhen.acts.form import AT
from liuhen.acts.matter import load_matter
from liuhen.acts.payload import clean
from liuhen.acts.signing import shown_digest
from liuhen.cases.access import reads_document
from liuhen.documents.context import Scope, context
from liuhen.documents.fonts import Fonts
from liuhen.documents.forms import Form
from liuhen.documents.installed import fonts
from liuhen.documents.render import render_svg
from liuhen.documents.samples import SampleEntry
from liuhen.documents.witness import ahead, issuer
from liuhen.kernel.clock import format_local, local_date
from liuhen.ledger import Entry
from liuhen.web.correcting import REASON, entry_to_correct
from liuhen.web.forms import parse
from liuhen.web.me import Me, own_stream, screen
from liuhen.web.views.document import withheld

CORRECTS = "_corrects"
"""In the form of a correction: the number of the entry in its stream."""

_PAGES_MAX, _SIGNED_MAX = 12, 40
"""Pages of a preview; and of a text that somebody is shown to sign it, all of it or none."""
_HELD, _TO_SIGN = "_held", "_to_sign"
"""The pages that the browser has by their digests, which are not sent again; and that it is to be signed."""
_ID = 16
Drawn = Callable[[Form, Mapping[str, Any], Fonts], list[bytes]]
_AHEAD = 1 << 40
"""The index of an entry that is not there yet: after all that are."""


@dataclass(frozen=True)
class Shown:
    """What is shown: pages as they were drawn, and the digest of the text; `each_page`: signed under each page."""

    pages: list[bytes]
    total: int
    digest: str
    title: str = ""
    each_page: bool = False


@dataclass(frozen=True)
class Before:
    """The form that stands before somebody: of an act on a matter, or of the correction of one of its entries."""

    matter: Matter | None
    seen: Preview
    corrected: Entry | None = None


def form_before(request: HttpRequest, me: Me, name: str, stream: str | None) -> Before:
    """What the page that asks stands at. Raises `Http404` where no form of it is for him."""
    if name not in registry.acts() or registry.act(name).by_system:
        raise Http404
    if stream is not None:
        own_stream(me, stream)
    matter = load_matter(stream) if stream is not None else None
    seen = acts.preview(name, me.actor, matter, me.now_ms)
    if seen.barred:
        raise Http404
    number = request.POST.get(CORRECTS, "")
    corrected = entry_to_correct(matter, name, int(number), stream) if stream and number.isdecimal() else None
    return Before(matter, seen, corrected)


def typed_before(request: HttpRequest, before: Before) -> dict[str, Any]:
    """What is typed into that form, and the time that is typed beside it."""
    form = before.seen.form
    typed = parse(form.kind, request.POST, frozenset(form.kind.fields) - frozenset(form.asked))
    if at := request.POST.get(AT, "").strip():
        typed[AT] = at
    return typed


def unfit(request: HttpRequest, me: Me, before: Before, typed: Mapping[str, Any]) -> JsonResponse | None:
    """What has to be mended before anybody signs: no signature outlives a change. None where all is well."""
    again = Correction(before.corrected.id, request.POST.get(REASON, "")) if before.corrected else None
    wrong, refused = unfit_to_sign(before.seen.act, me.actor, before.matter, typed, me.now_ms, again)
    said = [*wrong, *(reason.sentence(citation) for reason in refused)]
    message = "按现在填写的还不能登记。改好以后再签名，免得签了还要重签"
    return JsonResponse({"message": message, "wrong": said}, status=422) if said else None


@screen("own_agency", methods=("POST",))
def preview(request: HttpRequest, me: Me, name: str, stream: str | None = None) -> HttpResponse:
    """The pages as drawings, those that the browser has by their digests alone. Nothing is kept or judged."""
    before = form_before(request, me, name, stream)
    typed = typed_before(request, before)
    to_sign = _TO_SIGN in request.POST
    if to_sign and (refused := unfit(request, me, before, typed)):
        return refused
    shown = shown_of(me, before, typed, most=_SIGNED_MAX if to_sign else _PAGES_MAX)
    if to_sign and shown.total > _SIGNED_MAX:
        return JsonResponse(
            {"message": f"共{shown.total}页，超过{_SIGNED_MAX}页，请打印后在纸上签名"}, status=422
        )
    return JsonResponse(
        {
            "pages": _sent(shown.pages, frozenset(request.POST.get(_HELD, "").split())),
            "total": shown.total,
            "each_page": shown.each_page,
            "digest": shown.digest,
            "at": format_local(me.now_ms).replace(" ", "T"),
        }
    )


def shown_of(
    me: Me,
    before: Before,
    typed: dict[str, Any],
    *,
    draw: Drawn = render_svg,
    most: int = _PAGES_MAX,
) -> Shown:
    """The document of what is typed now, as it would be printed."""
    matter, seen, corrected = before.matter, before.seen, before.corrected
    kind, now = seen.form.kind, me.now_ms
    values = _values(me, seen, typed)
    if corrected is not None:
        values = kept_values(seen.act, kind, corrected, values)
    digest = shown_digest(kind, typed)
    entry = SampleEntry(
        kind.name,
        {**payload_of(kind, values)},
        index=_AHEAD,
        happened_ms=happened_as_typed(seen.form, typed, values, blank_time(kind, corrected, now), {}),
        recorded_ms=now,
        actor=me.actor.id,
        supersedes=corrected.id if corrected else None,
    )
    earlier = [*matter.entries] if matter else []
    own = issuer(me.agency)
    for form in own.forms().of(kind.name, local_date(now)):
        if reads_document(me.actor, form.id) and Scope(entry, form, earlier, own).wanted():
            break
    else:
        return Shown([], 0, digest)
    hidden = withheld(me, matter) if matter else frozenset()
    content = context(entry, form, [*earlier, entry], ahead(own), withhold=hidden)
    content |= {"code": ["预览，尚未提交"], "check": {}}
    pages = draw(form, content, fonts())
    return Shown(pages[:most], len(pages), digest, content["title"], form.footer_sign is not None)


def _sent(pages: Sequence[bytes], held: frozenset[str]) -> list[dict[str, str]]:
    """Each page with its digest, and as an address of its drawing unless the browser has it."""
    named = [(sha256(page).hexdigest()[:_ID], page) for page in pages]
    return [
        {
            "id": id,
            "src": "" if id in held else f"data:image/svg+xml;base64,{base64.b64encode(page).decode()}",
        }
        for id, page in named
    ]


def _values(me: Me, seen: Preview, typed: dict[str, Any]) -> dict[str, Any]:
    """What can be read of the typing, officers with their certificates, and what the record fixes."""
    kind = seen.form.kind
    values, _ = clean(kind, typed, frozenset(kind.fields) - frozenset(seen.form.asked))
    for name, value in list(values.items()):
        if kind.fields[name].type == "officers":
            try:
                values[name] = registry.freeze_officers(me.agency, value, me.now_ms)
            except Invalid:
                del values[name]
        elif kind.fields[name].type == "files":
            del values[name]
    return values | {name: source.value for name, source in seen.form.filled.items() if source.fixed}
