"""检查: inspections, single and random (双随机抽查), and where each stands."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from liuhen.cases.access import MATTERS
from liuhen.inspections import choosing
from liuhen.inspections.models import DrawRow
from liuhen.inspections.projections import STATUSES
from liuhen.inspections.visited import visits
from liuhen.kernel.clock import format_local, local_date
from liuhen.web.entries import matter_url
from liuhen.web.goto import may_perform
from liuhen.web.listing import day_of, page_of, text_of
from liuhen.web.me import Me, screen


@screen("signed_in", page=MATTERS)
def inspections(request: HttpRequest, me: Me) -> HttpResponse:
    """检查列表: search, state, pages."""
    query, status = text_of(request.GET, "q"), text_of(request.GET, "status", 20)
    own = DrawRow.objects.filter(agency=me.agency)
    counts = dict(own.values_list("status").annotate(Count("stream")))
    wanted = own.filter(title__contains=query) if query else own
    wanted = (wanted.filter(status=status) if status else wanted).order_by("-planned_ms", "-stream")
    context = {
        "page": page_of(
            request, wanted.count(), lambda start, stop: [_row(one) for one in wanted[start:stop]], 20
        ),
        "query": query,
        "status": status,
        "statuses": [(name, title, counts.get(name, 0)) for name, title in STATUSES.items()],
        "may_plan": may_perform("plan_draw", me.actor),
        "may_inspect": may_perform("plan_inspection", me.actor),
    }
    return render(request, "web/inspections.html", context)


@screen("signed_in", page=MATTERS)
def target(request: HttpRequest, me: Me) -> HttpResponse:
    """本年度对某一对象的检查: part of the form by which an inspection is planned, as its target is typed."""
    name, code = text_of(request.GET, "party_name"), text_of(request.GET, "party_code", 40)
    day = day_of(request.GET, "planned_on") or local_date(me.now_ms)
    found = visits(me.agency, name, code, day) if name or code else None
    answer = render(request, "web/parts/visits.html", {"visits": found})
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@screen("signed_in", page=MATTERS)
def pool(request: HttpRequest, me: Me) -> JsonResponse:
    """名录中的检查对象 of a kind and a place, for the plan of a draw to take in as its pool."""
    kind, place = text_of(request.GET, "kind", 20), text_of(request.GET, "place", 60)
    day = day_of(request.GET, "planned_on") or local_date(me.now_ms)
    found = choosing.pool(me.agency, day, kind, place, fresh=request.GET.get("fresh") == "1")
    answer = JsonResponse({"rows": [dict(row) for row in found.rows], "inspected": found.inspected})
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _row(row: DrawRow) -> dict[str, Any]:
    return {
        "row": row,
        "url": matter_url("inspection", row.stream),
        "status": STATUSES[row.status],
        "planned": format_local(row.planned_ms),
        "last": format_local(row.last_ms),
    }
