"""读法: what the packs took where a text leaves room, and how each stands with the agency's legal officers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liuhen.accounts.permissions import table
from liuhen.web import readings, roles
from liuhen.web.articles import packs_of
from liuhen.web.listing import page_of, text_of
from liuhen.web.me import Me, screen


@screen("signed_in")
def law_readings(request: HttpRequest, me: Me) -> HttpResponse:
    """The list, by measure, by how it stands, by words."""
    words, measure, state = (text_of(request.GET, name) for name in ("q", "measure", "state"))
    everything = readings.views(me.agency)
    found = [
        one
        for one in everything
        if (not words or words in one.taken.text or words.upper() in one.taken.article or words in one.cited)
        and (not measure or one.taken.pack.prefix == measure)
        and (not state or one.state == state)
    ]
    page = page_of(request, len(found), lambda start, stop: found[start:stop])
    context = {
        "page": page,
        "sign": readings.to_sign([one.taken.name for one in page.rows], me.actor, request.get_full_path()),
        "signers": roles.named(table()[readings.ACT]["roles"], "或者"),
        "counts": [
            (name, title, sum(one.state == name for one in everything))
            for name, title in readings.STATES.items()
        ],
        "measures": [(pack.prefix, pack.measure.title) for pack in packs_of(me.agency)],
        "words": words,
        "measure": measure,
        "state": state,
    }
    return render(request, "web/readings.html", context)
