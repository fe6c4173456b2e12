"""案件、案源、音像、公示的页面: one page for every matter, made from the law, the entries and the acts."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from liuhen import ledger
from liuhen.acts import Matter
from liuhen.acts.matter import law_of, load_matter
from liuhen.cases.access import visible_parts
from liuhen.cases.page import as_it_stood
from liuhen.kernel.clock import format_local
from liuhen.law.course import course as law_course
from liuhen.web import course, duties, entries
from liuhen.web.heads import head_of
from liuhen.web.materials import documents, files, related
from liuhen.web.me import Me, own_stream, screen

TABS = {"work": "办理", "record": "全过程记录", "documents": "文书", "files": "音像与附件"}


def matter(request: HttpRequest, me: Me, stream: str, type: str) -> HttpResponse:
    """A matter as it stands; with `upto`, as it stood at one of its entries. The reading is noted first."""
    own_stream(me, stream, type)
    ledger.record_read(me.agency, me.actor.id, stream, "page", me.now_ms, granted=True)
    now = load_matter(stream)
    shown, at_ms = _as_of(now, request.GET.get("upto", ""), me.now_ms)
    tab = request.GET.get("tab", "work")
    tab = tab if tab in TABS else "work"
    past = shown is not now
    context: dict[str, Any] = {
        "matter": shown,
        "type": type,
        "head": head_of(shown),
        "tab": tab,
        "tabs": _tabs(tab, request.GET.get("upto", "") if past else ""),
        "past": format_local(at_ms) if past else "",
        "past_entry": entries.views(shown.entries[-1:], frozenset())[0] if past else None,
        "url": entries.matter_url(type, stream),
    }
    context |= _content(tab, me, shown, at_ms, past=past)
    return render(request, "web/matter.html", context)


def _content(tab: str, me: Me, shown: Matter, at_ms: int, *, past: bool) -> Mapping[str, Any]:
    parts = visible_parts(me.actor, shown)
    if tab == "record":
        return {"timeline": list(reversed(entries.views(shown.entries, parts)))}
    if tab == "documents":
        return {"documents": documents(shown)}
    if tab == "files":
        return {"files": files(shown, parts), "related": related(shown)}
    above = next((one for one in related(shown) if one.above), None) if shown.adopted else None
    judged = load_matter(above.stream) if above else shown
    owed = duties.duties(judged, me.actor, at_ms, about=shown.stream if above else "")
    phases = law_course(law_of(shown.agency).bundle)
    acts = [] if past else course.doable(shown, me.actor, at_ms, phases)
    return {
        "groups": duties.grouped(owed), "stages": course.stages(shown, phases, owed), "related": related(shown),
        "above": above,
        "ready": [one for one in acts if one.mine and not one.reasons and not one.done],
        "again": [one for one in acts if one.mine and not one.reasons and one.done],
        "refused": [one for one in acts if one.mine and one.reasons],
        "others": [one for one in acts if not one.mine],
        "latest": list(reversed(entries.views(shown.entries[-5:], parts))),
    }  # fmt: skip


def _as_of(now: Matter, upto: str, now_ms: int) -> tuple[Matter, int]:
    """The matter as it stood when the entry of that index had been recorded."""
    if not upto.isdigit():
        return now, now_ms
    try:
        past = as_it_stood(now, int(upto))
    except ledger.UnknownStream as error:
        raise Http404 from error
    return (now, now_ms) if len(past.entries) == len(now.entries) else (past, past.entries[-1].recorded_ms)


def _tabs(here: str, upto: str) -> list[tuple[str, str, bool]]:
    past = f"&upto={upto}" if upto else ""
    return [(title, f"?tab={name}{past}", name == here) for name, title in TABS.items()]


@screen("own_agency")
def case(request: HttpRequest, me: Me, stream: str) -> HttpResponse:
    """案件."""
    return matter(request, me, stream, "case")


@screen("own_agency")
def lead(request: HttpRequest, me: Me, stream: str) -> HttpResponse:
    """案源."""
    return matter(request, me, stream, "lead")


@screen("own_agency")
def recording(request: HttpRequest, me: Me, stream: str) -> HttpResponse:
    """音像记录."""
    return matter(request, me, stream, "recording")


@screen("own_agency")
def publication(request: HttpRequest, me: Me, stream: str) -> HttpResponse:
    """公示."""
    return matter(request, me, stream, "publication")
