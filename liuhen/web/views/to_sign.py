"""待签批: the cards of whoever signs, a page at a time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liuhen import ledger
from liuhen.cases import lists
from liuhen.web.cards import CARD, cards, to_sign
from liuhen.web.listing import page_of
from liuhen.web.me import Me, screen

PAGE = "sign"
PER_PAGE = 8


@screen("signed_in", page=PAGE)
def to_sign_page(request: HttpRequest, me: Me) -> HttpResponse:
    """One card a matter; `part` alone for the first page of the worklist."""
    work = lists.work(me.actor, me.now_ms)
    wanted = to_sign(me, work.turns, [*work.overdue, *work.due, *work.undated])
    part = "part" in request.GET

    def read(start: int, stop: int) -> list[str]:
        return list(wanted)[start:stop]

    page = page_of(request, len(wanted), read, PER_PAGE)
    for stream in page.rows:
        ledger.record_read(me.agency, me.actor.id, stream, CARD, me.now_ms, granted=True)
    shown = cards(me, {stream: wanted[stream] for stream in page.rows})
    template = "web/parts/cards.html" if part else "web/to_sign.html"
    return render(request, template, {"page": page, "cards": shown})
