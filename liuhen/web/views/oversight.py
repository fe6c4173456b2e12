"""下级机关: a superior bureau reads how the agencies below stand; counts lead to lists, lists to matters, read only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liuhen import ledger
from liuhen.accounts import pages
from liuhen.accounts.models import Agency
from liuhen.accounts.queries import subordinates
from liuhen.acts import Matter, registry
from liuhen.acts.matter import load_matter
from liuhen.cases.remaining import late_text
from liuhen.cases.stages import CASE_STAGES
from liuhen.kernel.clock import MS_PER_DAY, format_local
from liuhen.oversight import below
from liuhen.web import entries, roles
from liuhen.web.articles import article_of, packs_of
from liuhen.web.breached import breached
from liuhen.web.duties import Duties
from liuhen.web.heads import head_of
from liuhen.web.listing import text_of
from liuhen.web.me import Me, screen

PAGE, MATTER_PAGE = "oversee", "oversee_matter"
_SILENT_DAYS = 30
_REASON_MAX = 500
_OPENED = frozenset({"case", "lead", "inspection"})


@dataclass(frozen=True)
class Row:
    """One agency of the overview. `silent`: nothing has been entered for a month, or ever."""

    agency: Agency
    standing: below.Standing
    stages: Sequence[tuple[str, str, int]]
    last: str
    silent: bool
    depth: int


@screen("below")
def overview(request: HttpRequest, me: Me) -> HttpResponse:
    """All agencies below: cases by stage, what is overdue, what is published late, what was refused, who is silent."""
    found = _below(me)
    told = below.standing([agency.id for agency in found], me.now_ms)
    depths = _depths(me.agency, found)
    rows = [_row(agency, told[agency.id], depths[agency.id], me.now_ms) for agency in found]
    context = {
        "rows": rows,
        "stages": list(CASE_STAGES.values()),
        "totals": [
            (title, sum(told[one.id].stages.get(name, 0) for one in found))
            for name, title in CASE_STAGES.items()
        ],
        "overdue": sum(row.standing.overdue_total for row in rows),
        "silent": sum(row.silent for row in rows),
        "days": below.REFUSED_DAYS,
    }
    return render(request, "web/oversight/overview.html", context)


@screen("below")
def agency(request: HttpRequest, me: Me, slug: str) -> HttpResponse:
    """One agency below: its cases by stage, what is overdue by article, publications, refusals."""
    one = _one_below(me, slug)
    told = below.standing([one.id], me.now_ms)[one.id]
    packs = packs_of(one.id)
    row = _row(one, told, 0, me.now_ms)
    context = {
        "agency": one,
        "row": row,
        "stages": row.stages,
        "articles": [
            (article, found[1].gist if (found := article_of(packs, article)) else "", count)
            for article, count in told.overdue.items()
        ],
        "refused": [_refused(each) for each in below.refused_acts(one.id, me.now_ms)] if told.refused else [],
        "days": below.REFUSED_DAYS,
    }
    return render(request, "web/oversight/agency.html", context)


@screen("below")
def matters(request: HttpRequest, me: Me, slug: str) -> HttpResponse:
    """The list behind a count: cases at a stage, or what is overdue under an article."""
    one = _one_below(me, slug)
    stage, article = text_of(request.GET, "stage", 20), text_of(request.GET, "article", 40)
    publishing = "publishing" in request.GET
    context: dict[str, Any] = {
        "agency": one,
        "article": article,
        "publishing": publishing,
        "most": below.LIST_MAX,
    }
    if article or publishing or "late" in request.GET:
        found = below.late_duties(one.id, me.now_ms, article=article, publishing=publishing)
        context["duties"] = [_duty(row, slug, me.now_ms) for row in found]
    else:
        context["cases"] = [_case(row, slug) for row in below.cases_at(one.id, stage)]
        context["stage"] = CASE_STAGES.get(stage, "")
    return render(request, "web/oversight/matters.html", context)


@screen("below", methods=("GET", "HEAD", "POST"))
def matter(request: HttpRequest, me: Me, slug: str, stream: str) -> HttpResponse:
    """A case, lead or inspection of an agency below, its open parts alone; first the reading is noted there."""
    one = _one_below(me, slug)
    if not pages.may_use(MATTER_PAGE, me.actor):
        raise PermissionDenied(f"查阅下级机关的案卷由{pages.used_by(MATTER_PAGE)}进行")
    try:
        head = ledger.heads([stream])[stream]
    except (ledger.UnknownStream, KeyError) as error:
        raise Http404 from error
    if head.agency != one.id or head.type not in _OPENED:
        raise Http404
    reason = request.POST.get("reason", "").strip()
    context: dict[str, Any] = {"agency": one, "stream": stream}
    if pages.asks_reason(MATTER_PAGE) and not 0 < len(reason) <= _REASON_MAX:
        posted = request.method == "POST"
        fault = f"查阅理由：{'不超过' + str(_REASON_MAX) + '字' if reason else '必填'}" if posted else ""
        context |= {"error": fault, "typed": reason, "most": _REASON_MAX}
        return render(request, "web/oversight/reason.html", context, status=422 if posted else 200)
    ledger.record_read(
        one.id,
        me.actor.id,
        stream,
        "oversight",
        me.now_ms,
        granted=True,
        reason=f"{me.agency_name}{me.name}：{reason}"[:_REASON_MAX],
    )
    held = load_matter(stream)
    return render(request, "web/oversight/matter.html", {**context, **_read(me, held), "reason": reason})


def _read(me: Me, held: Matter) -> Mapping[str, Any]:
    """What a superior bureau sees of a matter: no guarded part, no act, no file."""
    duties = Duties(held, me.actor, me.now_ms)
    groups = (
        ("逾期、缺失", "pressing"),
        ("应当办理", "open"),
        ("需要判断", "judge"),
        ("等待对方", "waiting"),
        ("已经办理", "done"),
    )
    shown = [
        replace(
            view,
            fields=[
                replace(one, files=tuple({**file, "url": ""} for file in one.files)) for one in view.fields
            ],
        )
        for view in entries.views(held.entries, frozenset())
    ]
    return {
        "head": head_of(held),
        "breached": breached(held, me.now_ms),
        "groups": [(title, found) for title, name in groups if (found := duties.shown(name))],
        "timeline": shown[::-1],
        "past": True,
    }


def _below(me: Me) -> list[Agency]:
    if not pages.may_use(PAGE, me.actor):
        raise PermissionDenied(f"下级机关的情况由{pages.used_by(PAGE)}查看")
    return subordinates(me.officer.agency)


def _one_below(me: Me, slug: str) -> Agency:
    """The agency of that name below his own. Raises `Http404` for any other, known or unknown alike."""
    found = next((one for one in _below(me) if one.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _depths(top: str, agencies: Sequence[Agency]) -> dict[str, int]:
    depths = {top: -1}
    for one in agencies:
        depths[one.id] = depths.get(one.superior_id or "", -1) + 1
    return depths


def _row(one: Agency, told: below.Standing, depth: int, now_ms: int) -> Row:
    silent = told.last_ms is None or now_ms - told.last_ms > _SILENT_DAYS * MS_PER_DAY
    last = "从未登记" if told.last_ms is None else format_local(told.last_ms)
    stages = [(name, title, told.stages.get(name, 0)) for name, title in CASE_STAGES.items()]
    return Row(one, told, stages, last, silent, depth)


def _case(row: Mapping[str, Any], slug: str) -> Mapping[str, Any]:
    return {
        **row,
        "url": reverse("oversight-matter", args=[slug, row["stream"]]),
        "stage_title": CASE_STAGES.get(row["stage"], ""),
        "filed": format_local(row["filed_ms"])[:10],
    }


def _duty(row: Mapping[str, Any], slug: str, now_ms: int) -> Mapping[str, Any]:
    opened = row["party_name"] or row["suspect"]
    return {
        **row,
        "subject": opened or "机关登记",
        "url": reverse("oversight-matter", args=[slug, row["matter"]]) if row["type"] in _OPENED else "",
        "due": format_local(row["due_ms"]),
        "late": late_text(row["due_ms"], now_ms),
        "who_title": roles.titles().get(row["who"], ""),
    }


def _refused(row: Mapping[str, Any]) -> Mapping[str, str]:
    name = row["what"].rpartition(":")[2]
    title = registry.kind_of(registry.act(name)).title if name in registry.acts() else name
    return {"title": title, "at": format_local(row["at"]), "reason": row["reason"]}
