"""预览: the document as it would be printed from what is typed now, with the digest that a signature holds for."""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from liuhen import acts, ledger
from liuhen.acts import Correction, Invalid, Matter, Preview, registry
from liuhen.acts.before_signing import unfit_to_sign
from liuhen.acts.cited import citation
from liuhen.acts.correcting import blank_time, kept_values
from liuhen.acts.filling import happened_as_typed
from liuhen.acts.form import AT
from liuhen.acts.matter import load_matter
from liuhen.acts.payload import clean
from liuhen.acts.signing import shown_digest
from liuhen.acts.uploads import RECORDED, files_held
from liuhen.cases.access import reads_document
from liuhen.documents.fonts import Fonts
from liuhen.documents.forms import Form
from liuhen.documents.installed import fonts
from liuhen.documents.not_yet import entry_of, paper_of
from liuhen.documents.places import EMPTY_DATE
from liuhen.documents.render import render_svg
from liuhen.documents.witness import issuer
from liuhen.kernel.clock import format_local
from liuhen.law.dictionary import Kind
from liuhen.law.reading import role_titles
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
    values = _values(me, before, typed)
    if corrected is not None:
        values = kept_values(seen.act, kind, corrected, values)
    digest = shown_digest(kind, typed)
    entry = entry_of(
        kind,
        values,
        happened_ms=happened_as_typed(seen.form, typed, values, blank_time(kind, corrected, now), {}),
        now_ms=now,
        actor=me.actor.id,
        supersedes=corrected.id if corrected else None,
    )
    hidden = withheld(me, matter) if matter else frozenset()
    paper = paper_of(
        entry,
        matter.entries if matter else (),
        issuer(me.agency),
        reads=partial(reads_document, me.actor),
        withhold=hidden,
    )
    if paper is None:
        return Shown([], 0, digest)
    pages = draw(paper.form, paper.content, fonts())
    each_page = paper.form.footer_sign is not None
    return Shown(pages[:most], len(pages), digest, paper.content["title"], each_page)


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


def _values(me: Me, before: Before, typed: dict[str, Any]) -> dict[str, Any]:
    """What can be read of the typing, officers with their certificates, files as sent, and what the record fixes."""
    seen, matter = before.seen, before.matter
    kind = seen.form.kind
    values, _ = clean(kind, typed, frozenset(kind.fields) - frozenset(seen.form.asked))
    for name, field in seen.form.asked.items():
        if field.type == "officers" and name in values:
            try:
                values[name] = registry.freeze_officers(me.agency, values[name], me.now_ms)
            except Invalid:
                del values[name]
        elif field.type == "files" and name in values:
            values[name] = _sent_files(me, matter, values[name])
        elif field.type == "signatures" and typed.get(name):
            values[name] = [_signed(kind, name, row) for row in typed[name]]
    return values | {name: source.value for name, source in seen.form.filled.items() if source.fixed}


def _sent_files(me: Me, matter: Matter | None, ids: Sequence[str]) -> list[Mapping[str, Any]]:
    """What is known of the files, though they are no part of the record yet."""
    held = files_held(matter) if matter else {}
    found: list[Mapping[str, Any]] = []
    for id in ids:
        if (file := held.get(id.removeprefix(RECORDED))) is not None:
            found.append(file)
        elif (sent := ledger.find_upload(id, me.actor.id)) is not None:
            found.append({**sent.file.reference(), "staged": id})
    return found


def _signed(kind: Kind, name: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A signature as typed; where it is still to come, a line to sign on, so that no page is added by it."""
    read, _ = clean(kind, {name: [row]}, frozenset(kind.fields) - {name})
    if name in read:
        return dict(read[name][0])
    who, whose = str(row.get("who", "")), str(row.get("name", ""))
    title = role_titles().get(who, who)
    return {"who": f"{title}（{whose}）" if whose else title, "name": "", "at": EMPTY_DATE}
