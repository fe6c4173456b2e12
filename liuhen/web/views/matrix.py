"""事实、证据、依据对照: the table of a case on its own page, what the machine found in it, how it was before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liuhen import ledger
from liuhen.acts import Matter
from liuhen.acts.matter import load_matter
from liuhen.cases.access import WHOLE
from liuhen.cases.proofs import DRAWN
from liuhen.review.precheck import Finding, cited
from liuhen.review.precheck.found import Standing
from liuhen.review.precheck.matrix import look
from liuhen.web.entries import matter_url, views
from liuhen.web.goto import links
from liuhen.web.heads import head_of
from liuhen.web.matrix import DRAW, shown
from liuhen.web.me import Me, own_stream, screen
from liuhen.web.reviewing import place_of


def _found(matter: Matter, now_ms: int) -> list[Finding]:
    """What the machine names in the table itself: gaps, and articles that are not there or not in force."""
    standing, drawn = Standing(matter), matter.last(DRAWN)
    cited_here = [
        one
        for one in cited.look(standing, now_ms)
        if isinstance(one, Finding) and drawn is not None and drawn.id in one.entries
    ]
    return [*(one for one in look(standing, now_ms) if isinstance(one, Finding)), *cited_here]


@screen("own_agency", page=WHOLE)
def matrix(request: HttpRequest, me: Me, stream: str) -> HttpResponse:
    """The table as it stands."""
    own_stream(me, stream, "case")
    ledger.record_read(me.agency, me.actor.id, f"{stream}:matrix", "page", me.now_ms, granted=True)
    matter = load_matter(stream)
    by_id = {entry.id: entry for entry in matter.entries}
    found = _found(matter, me.now_ms)
    context = {
        "matter": matter, "head": head_of(matter), "back": matter_url("case", stream), "matrix": shown(matter),
        "found": [(one.text, [place_of(by_id[id], matter) for id in one.entries]) for one in found],
        "before": views(matter.all(DRAWN)[-2::-1], frozenset()),
        "acts": links((DRAW,), me.actor, {"case": stream}),
    }  # fmt: skip
    return render(request, "web/matrix.html", context)
