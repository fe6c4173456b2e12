"""案件、案源、音像、公示的页面: one page for every matter, made from the law, the entries and the acts."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liuhen import ledger
from liuhen.acts import Matter, registry
from liuhen.acts.matter import law_of, load_matter
from liuhen.cases.access import reads_whole, visible_parts
from liuhen.cases.doable import doable
from liuhen.cases.drafted import not_to_be_decided
from liuhen.cases.obligations import as_it_stood
from liuhen.cases.outstanding import outstanding
from liuhen.cases.proofs import DRAWN
from liuhen.disclosure.restricted import unseen
from liuhen.disclosure.texts import PREPARED
from liuhen.kernel.clock import format_local, local_date
from liuhen.law.course import course as law_course
from liuhen.recordings.length import differs
from liuhen.web import course, entries
from liuhen.web.asking import asked, open_questions
from liuhen.web.breached import breached_before
from liuhen.web.draws import draw_url, drawn_view, lead_from
from liuhen.web.duties import Duties, Duty
from liuhen.web.heads import head_of
from liuhen.web.listing import sortable, text_of
from liuhen.web.materials import Related, documents, files, in_order, related
from liuhen.web.me import Me, own_stream, screen
from liuhen.web.next_step import goal_of
from liuhen.web.posting import standing
from liuhen.web.same_party import of_matter
from liuhen.web.views import claims

FOLDED = {
    "options": "可以办理、不强制的",
    "unwatched": "启用本系统以前到期的",
    "done": "已经办理",
    "other": "不适用、还没有到的",
}
"""Groups that open on demand."""

_LATEST = 5
DOCUMENT_HEADS = (
    ("title", "文书"),
    ("number", "文号"),
    ("made", "形成时间"),
    ("volume", "卷"),
    ("reach", "对象"),
)
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
    if (part := request.GET.get("part", "")) in FOLDED:
        _, owed = _owed(me, shown, related(shown) if shown.adopted else (), at_ms)
        context = {"found": owed.shown(part), "past": past, "matter": shown}
        return render(request, "web/matter/group.html", context)
    page: dict[str, Any] = {
        "matter": shown,
        "type": type,
        "head": head_of(shown),
        "tab": tab,
        "tabs": _tabs(tab, request.GET.get("upto", "") if past else "")
        + (_claims(shown) if reads_whole(me.actor) else [])
        + _texts(shown),
        "past": format_local(at_ms) if past else "",
        "past_entry": entries.views(shown.entries[-1:], frozenset())[0] if past else None,
        "url": entries.matter_url(type, stream),
        "before": shown.entries[-2].index if past and len(shown.entries) > 1 else "",
        "tab_name": tab,
    }
    if tab == "documents":
        heads, whole = sortable(request, DOCUMENT_HEADS), reads_whole(me.actor)
        found = in_order(documents(shown, me.actor), text_of(request.GET, "sort", 12))
        return render(
            request, "web/matter.html", {**page, "documents": found, "heads": heads, "whole": whole}
        )
    page |= _content(tab, me, shown, at_ms, request.GET.get("show", ""), past=past)
    return render(request, "web/matter.html", page)


def _content(tab: str, me: Me, shown: Matter, at_ms: int, show: str, *, past: bool) -> Mapping[str, Any]:
    parts, hidden = visible_parts(me.actor, shown), unseen(me.actor, shown)
    if tab == "record":
        may = None if past else partial(_may, me, shown)
        return {"timeline": list(reversed(entries.views(shown.entries, parts, may, hidden, me.actor)))}
    if tab == "files":
        return {
            "files": files(shown, parts, me.actor),
            "related": related(shown),
            "whole": reads_whole(me.actor),
        }
    latest = list(reversed(entries.views(shown.entries[-_LATEST:], parts, hidden=hidden, viewer=me.actor)))
    return {"latest": latest, **_work(me, shown, at_ms, show, past=past)}


def _texts(shown: Matter) -> list[tuple[str, str, bool]]:
    """A way to the texts of a publication, beside each other, once it was prepared more than once."""
    texts = [entry for kind in PREPARED for entry in shown.all(kind) if entry.stream == shown.stream]
    if shown.type != "publication" or not texts:
        return []
    return [(f"各次文本（{len(texts)}）", reverse("publication-texts", args=[shown.stream]), False)]


def _may(me: Me, shown: Matter, act: str) -> bool:
    return not registry.may(registry.act(act), me.actor, shown)


def _work(me: Me, shown: Matter, at_ms: int, show: str, *, past: bool) -> Mapping[str, Any]:
    """What is owed, where it stands, what can be done and what cannot."""
    near = related(shown)
    above, owed = _owed(me, shown, near, at_ms)
    phases = law_course(law_of(shown.agency).bundle)
    groups = {name: owed.shown(name) for name in ("pressing", "open", "judge", "waiting")}
    stages = course.stages(shown, phases, [*groups["pressing"], *groups["open"], *groups["judge"]])
    acts = [] if past else doable(shown, me.actor, at_ms, phases)
    mine = [one for one in acts if one.mine]
    ready = [one for one in mine if not one.reasons and not one.done]
    behind = course.behind(stages)
    return {
        "goal": goal_of(shown),
        "drawn": drawn_view(shown, me),
        "draw_url": draw_url(shown),
        "lead_url": lead_from(shown, me),
        "draft_wrong": not_to_be_decided(shown, at_ms) if shown.type == "case" else (),
        "standing": standing(shown, at_ms) if shown.type == "publication" and not past else (),
        "length": differs(shown) if shown.type == "recording" else "",
        "same_party": of_matter(me, shown) if shown.type == "lead" and not past else None,
        "groups": groups,
        "breached": () if above else breached_before(me.actor, shown, at_ms),
        "questions": None if past or above else asked(open_questions(shown, owed.judgements()), me, shown),
        "folded": _folded(owed, show),
        "stages": stages,
        "related": near,
        "matrix_url": reverse("matrix", args=[shown.stream]) if shown.last(DRAWN) and not past else "",
        "money": outstanding(shown, local_date(at_ms)) if shown.type == "case" else (),
        "above": above,
        "ready": [one for one in ready if one.phase not in behind],
        "earlier": [one for one in ready if one.phase in behind],
        "again": [one for one in mine if not one.reasons and one.done],
        "refused": [one for one in mine if one.reasons],
        "others": [one for one in acts if not one.mine],
    }


def _folded(owed: Duties, show: str) -> list[tuple[str, str, int, Sequence[Duty] | None]]:
    """The groups that open on demand: name, title, count, and the obligations of the one that is open."""
    return [
        (name, title, owed.count(name), owed.shown(name) if name == show else None)
        for name, title in FOLDED.items()
        if owed.count(name)
    ]


def _owed(me: Me, shown: Matter, near: Sequence[Related], at_ms: int) -> tuple[Related | None, Duties]:
    """The obligations; of a stream that another has taken in, those of the other that are about it."""
    above = next((one for one in near if one.above), None) if shown.adopted else None
    judged = load_matter(above.stream) if above else shown
    return above, Duties(judged, me.actor, at_ms, about=shown.stream if above else "")


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


def _claims(shown: Matter) -> list[tuple[str, str, bool]]:
    """A way to the lists of claims and to the sums, where there are any."""
    held = claims.lists(shown)
    found = [(f"违规明细（{len(held)}）", held[-1][1], False)] if held else []
    if held or shown.last("fine_reckoned") or shown.last("decided"):
        found.append(("金额", reverse("sums", args=[shown.stream]), False))
    return found


@screen("own_agency")
def case(request: HttpRequest, me: Me, stream: str) -> HttpResponse:
    """案件."""
    return matter(request, me, stream, "case")


@screen("own_agency")
def lead(request: HttpRequest, me: Me, stream: str) -> HttpResponse:
    """案源."""
    return matter(request, me, stream, "lead")


@screen("own_agency")
def inspection(request: HttpRequest, me: Me, stream: str) -> HttpResponse:
    """检查."""
    return matter(request, me, stream, "inspection")


@screen("own_agency")
def recording(request: HttpRequest, me: Me, stream: str) -> HttpResponse:
    """音像记录."""
    return matter(request, me, stream, "recording")


@screen("own_agency")
def publication(request: HttpRequest, me: Me, stream: str) -> HttpResponse:
    """公示."""
    return matter(request, me, stream, "publication")
