"""办理之前: first and last lawful day of any act to come, the shortest way to it, and what a chosen day would move."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liuhen import ledger
from liuhen.acts.cited import article_name
from liuhen.acts.matter import law_of, load_matter
from liuhen.cases import ahead
from liuhen.kernel.clock import day_end_ms, day_start_ms, format_local, local_date
from liuhen.law.ahead import Bound, Moved
from liuhen.web import roles
from liuhen.web.articles import article_url
from liuhen.web.entries import matter_url
from liuhen.web.heads import head_of
from liuhen.web.listing import day_of, text_of
from liuhen.web.me import Me, own_stream, screen
from liuhen.web.next_step import next_of
from liuhen.web.words import when

_NOON_MS = 12 * 60 * 60 * 1000
_MATTERS = ("lead", "case", "inspection", "recording", "publication")


@dataclass(frozen=True)
class BoundView:
    """A bound in words."""

    at: str
    left: str
    title: str
    cited: str
    working: Sequence[str]
    past: bool


@screen("own_agency")
def look(request: HttpRequest, me: Me, stream: str) -> HttpResponse:
    """One act of a matter looked at beforehand; nothing is entered."""
    own_stream(me, stream, *_MATTERS)
    ledger.record_read(me.agency, me.actor.id, f"{stream}:ahead", "page", me.now_ms, granted=True)
    matter = load_matter(stream)
    if request.GET.get("next"):
        return render(request, "web/parts/next_steps.html", {"next": next_of(me, matter), "matter": matter})
    acts = ahead.acts_of(matter)
    name = text_of(request.GET, "act", 40)
    chosen = name if name in dict(acts) else ""
    on = day_of(request.GET, "on")
    outlook = ahead.outlook(matter, chosen, me.now_ms) if chosen else None
    bounds = _bounds(me, outlook)
    context = {
        "matter": matter, "matter_url": matter_url(matter.type, stream), "about": head_of(matter).about,
        "acts": acts, "chosen": chosen, "on": on or local_date(me.now_ms), "outlook": outlook, **bounds,
        "moved": _moved(me, ahead.effects(matter, chosen, _at(me, on))) if chosen else (),
        "warnings": _warnings(outlook, on) if outlook and on else (),
    }  # fmt: skip
    return render(request, "web/ahead.html", context)


def _at(me: Me, on: date | None) -> int:
    """Noon of the day chosen; now, where it is today or none."""
    return me.now_ms if on is None or on == local_date(me.now_ms) else day_start_ms(on) + _NOON_MS


def _bounds(me: Me, outlook: ahead.Outlook | None) -> dict[str, Any]:
    if outlook is None:
        return {}
    return {
        "earliest": [_bound(me, one) for one in outlook.earliest],
        "latest": [_bound(me, one) for one in outlook.latest],
    }


def _bound(me: Me, one: Bound) -> BoundView:
    calendar = law_of(me.agency).calendar
    left = when(one.at_ms, me.now_ms, calendar).text
    return BoundView(format_local(one.at_ms), left, one.title, one.cited, one.working, one.at_ms < me.now_ms)


def _warnings(outlook: ahead.Outlook, on: date) -> list[str]:
    """What the chosen day runs against."""
    found = [
        f"这一天还不能办：{one.title}，{format_local(one.at_ms)}起才可以"
        for one in outlook.earliest
        if day_end_ms(on) < one.at_ms
    ]
    found += [
        f"这一天已经逾期：{one.title}，{format_local(one.at_ms)}截止"
        for one in outlook.latest
        if day_start_ms(on) > one.at_ms
    ]
    return found


def _moved(me: Me, found: Sequence[Moved]) -> list[dict[str, str]]:
    return [
        {
            "what": one.what,
            "title": one.title,
            "article": article_name(one.cited),
            "url": article_url(one.rule.partition(".")[0]),
            "who": roles.named(one.who),
            "before": format_local(one.before_ms) if one.before_ms is not None else "",
            "after": format_local(one.after_ms) if one.after_ms is not None else "没有具体日期",
            "working": "；".join(one.working),
        }
        for one in found
    ]
