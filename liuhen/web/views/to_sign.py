"""待签批: the cards of whoever signs, a page at a time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liuhen import ledger
from liuhen.cases import lists
from liuhen.web.articles import packs_of, rules_of
from liuhen.web.cards import CARD, cards
from liuhen.web.listing import page_of
from liuhen.web.me import Me, screen
from liuhen.web.whose_turn import Thing, to_sign, turns_of

PAGE = "sign"
PER_PAGE = 8


@screen("signed_in", page=PAGE)
def to_sign_page(request: HttpRequest, me: Me) -> HttpResponse:
    """One card a thing to sign; `part` alone for the first page of the worklist."""
    work = lists.work(me.actor, me.now_ms)
    owed = [*work.overdue, *work.due, *work.undated]
    wanted = to_sign(me, work.turns, owed, rules_of(packs_of(me.agency)), turns_of(me, owed))
    part = "part" in request.GET

    def read(start: int, stop: int) -> list[Thing]:
        return wanted[start:stop]

    page = page_of(request, len(wanted), read, PER_PAGE)
    for stream in dict.fromkeys(stream for stream, _ in page.rows):
        ledger.record_read(me.agency, me.actor.id, stream, CARD, me.now_ms, granted=True)
    shown = cards(me, page.rows)
    template = "web/parts/cards.html" if part else "web/to_sign.html"
    return render(request, template, {"page": page, "cards": shown})
