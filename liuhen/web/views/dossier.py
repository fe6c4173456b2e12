"""整卷: the whole case as one bookmarked PDF, made from the entries and files when it is asked for."""

from django.http import HttpRequest, HttpResponse

from liuhen import ledger
from liuhen.acts.matter import load_matter
from liuhen.archive.binding import Binder, bind
from liuhen.cases.access import INFORMANT, PERSON, visible_parts
from liuhen.documents.forms import Volume
from liuhen.documents.installed import cache_folder, fonts
from liuhen.documents.witness import issuer
from liuhen.web.me import Me, own_stream, screen

_WHOLE: tuple[Volume, ...] = ("main", "sub")
_FOR_PARTY: tuple[Volume, ...] = ("main",)
_BOUND_MAX = 30 * 1024 * 1024
"""Larger files are listed in the index and not bound."""


@screen("own_agency")
def dossier(request: HttpRequest, me: Me, stream: str) -> HttpResponse:
    """The file of a case, or of an inspection without one; guarded parts that he may not read are left out.

    With `for=party`, what a party may be given to read: the main volume, every guarded part left out.
    """
    own_stream(me, stream, "case", "inspection")
    party = request.GET.get("for") == "party"
    what = f"{stream}:dossier{':party' if party else ''}"
    ledger.record_read(me.agency, me.actor.id, what, "export", me.now_ms, granted=True)
    matter = load_matter(stream)
    seen = frozenset() if party else visible_parts(me.actor, matter)
    binder = Binder(
        issuer(me.agency),
        fonts(),
        withhold=frozenset({INFORMANT, PERSON}) - seen,
        contents=_contents,
        cache=cache_folder(),
        kept=_FOR_PARTY if party else _WHOLE,
    )
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": "inline"}
    return HttpResponse(bind(matter.entries, binder), content_type="application/pdf", headers=headers)


def _contents(sha256: str) -> bytes | None:
    store = ledger.file_store()
    try:
        return b"".join(store.read(sha256)) if store.size(sha256) <= _BOUND_MAX else None
    except ledger.FileMissing:
        return None
