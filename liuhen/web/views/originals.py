"""原件: where each lies, who has borrowed it, what should have come back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liuhen.acts import registry
from liuhen.archive import originals as held
from liuhen.archive.originals import LENT, RETURNED, STATES, Original
from liuhen.cases.access import MATTERS
from liuhen.kernel.clock import format_local, local_date
from liuhen.web.entries import matter_url
from liuhen.web.goto import form_url, may_perform
from liuhen.web.listing import page_of, text_of
from liuhen.web.me import Me, screen

PER_PAGE = 50


@screen("signed_in", page=MATTERS)
def originals(request: HttpRequest, me: Me) -> HttpResponse:
    """原件列表: those out on loan first, by the day they are due back."""
    query, state = text_of(request.GET, "q"), text_of(request.GET, "state", 10)
    today = local_date(me.now_ms).isoformat()
    state = state if state in STATES else ""
    total = held.count(me.agency, state, query, today)
    keeps = {kind: may_perform(_act(kind), me.actor) for kind in (LENT, RETURNED)}

    def rows(start: int, stop: int) -> list[dict[str, Any]]:
        found = held.listed(me.agency, state, query, today, start, stop)
        return [_row(one, today, keeps) for one in found]

    context = {
        "page": page_of(request, total, rows, PER_PAGE),
        "query": query,
        "state": state,
        "states": [(name, title, held.count(me.agency, name, "", today)) for name, title in STATES.items()],
        "today": today,
    }
    return render(request, "web/originals.html", context)


def overdue(me: Me) -> int:
    """How many originals should have come back; asked for whoever keeps them."""
    if not may_perform(_act(RETURNED), me.actor):
        return 0
    return held.count(me.agency, "overdue", "", local_date(me.now_ms).isoformat())


def _act(kind: str) -> str:
    return registry.dictionary().kinds[kind].act or ""


def _row(one: Original, today: str, keeps: dict[str, bool]) -> dict[str, Any]:
    kind = RETURNED if one.borrower else LENT
    url = (
        f"{form_url(_act(kind), one.stream)}?original={one.original}&next=/originals/" if keeps[kind] else ""
    )
    return {
        "one": one,
        "overdue": one.overdue(today),
        "url": matter_url("case", one.stream),
        "lent": format_local(one.lent_ms) if one.lent_ms else "",
        "act": (registry.dictionary().kinds[kind].title, url) if url else None,
    }
