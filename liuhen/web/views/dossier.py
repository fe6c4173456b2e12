"""整卷: the whole case as one bookmarked PDF, made from the entries and files when it is asked for."""

from django.http import FileResponse, HttpRequest, HttpResponseBase

from liuhen import ledger
from liuhen.acts.matter import load_matter
from liuhen.archive.casefile import FOR_PARTY, WHOLE, bound_file
from liuhen.cases.access import INFORMANT, PERSON, visible_parts
from liuhen.cases.access import WHOLE as READERS
from liuhen.web.me import Me, own_stream, screen


@screen("own_agency", page=READERS)
def dossier(request: HttpRequest, me: Me, stream: str) -> HttpResponseBase:
    """The file of a case, or of an inspection without one; guarded parts that he may not read are left out.

    With `for=party`, what a party may be given to read: the main volume, every guarded part left out.
    """
    own_stream(me, stream, "case", "inspection")
    party = request.GET.get("for") == "party"
    what = f"{stream}:dossier{':party' if party else ''}"
    ledger.record_read(me.agency, me.actor.id, what, "export", me.now_ms, granted=True)
    matter = load_matter(stream)
    seen = frozenset() if party else visible_parts(me.actor, matter)
    book = bound_file(matter, frozenset({INFORMANT, PERSON}) - seen, FOR_PARTY if party else WHOLE)
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": "inline"}
    return FileResponse(book, content_type="application/pdf", headers=headers)
