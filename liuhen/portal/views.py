"""The public pages: a list, a publication, what is published beforehand, and a feed for machines."""

import base64
import csv
import json
from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from liuhen.kernel.clock import format_local
from liuhen.portal import queries
from liuhen.portal.models import Snapshot
from liuhen.portal.snapshot import CATEGORIES, from_content


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """行政执法结果公示: search, filters, pages."""
    wanted = _wanted(request)
    page = queries.find(wanted, _number(request))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page, "wanted": wanted, "agencies": queries.agencies(), "kinds": queries.kinds(wanted.category),
        "rows": [_row(row) | {"party": from_content(row.content).party} for row in page.rows],
        "asked": query.urlencode(), "query": f"{query.urlencode()}&" if query else "",
        "searching": bool(wanted.words or wanted.agency or wanted.kind or wanted.from_day or wanted.to_day),
    }  # fmt: skip
    return render(request, "portal/index.html", context)


@require_safe
def detail(request: HttpRequest, posting: str) -> HttpResponse:
    """One publication; 410 with the reason when it was taken down."""
    row = queries.posting(posting)
    if row is None:
        return not_found(request)
    if row.withdrawn_ms is not None:
        gone = {
            "at": format_local(row.withdrawn_ms),
            "reason": row.withdrawn_reason,
            "agency_name": row.agency_name,
            "kind": row.kind,
        }
        return render(request, "portal/gone.html", gone, status=410)
    context = {
        "row": _row(row),
        "page_address": request.build_absolute_uri(request.path),
        "earlier": [_row(one) for one in queries.earlier(row)],
        "renewals": [
            (format_local(one.posted_ms), format_local(one.withdrawn_ms or one.posted_ms))
            for one in queries.renewals(row)
        ],
    } | _with_tables(row)
    return render(request, "portal/detail.html", context)


@require_safe
def content(request: HttpRequest, posting: str) -> HttpResponse:
    """The published bytes themselves, of which the page shows the digest: for whoever checks or computes again."""
    row = queries.posting(posting)
    if row is None or row.withdrawn_ms is not None:
        return not_found(request)
    if digest := request.GET.get("digest"):
        shown = [row, *queries.earlier(row)]
        row = next((one for one in shown if one.digest == digest), None)
        if row is None:
            return not_found(request)
    return HttpResponse(row.content, content_type="application/json; charset=utf-8")


def _with_tables(row: Snapshot) -> dict[str, Any]:
    """The fields in their order: text, or a table, or pictures; and their texts, which the head does not repeat."""
    snapshot = from_content(row.content)
    tables = json.loads(snapshot.extra.get("tables", "{}"))
    pictures = json.loads(snapshot.extra.get("pictures", "[]"))
    fields = [
        {
            "label": label,
            "text": text,
            "table": _table(tables.get(label)),
            "pictures": [
                {"name": one["name"], "url": reverse("portal-picture", args=[row.posting, one["sha256"]])}
                for one in pictures
                if one["label"] == label
            ],
        }
        for label, text in snapshot.fields
    ]
    return {"snapshot": snapshot, "fields": fields, "said": {text for _, text in snapshot.fields}}


def _table(held: dict[str, Any] | None) -> dict[str, Any] | None:
    """Cells with the heads above them: on a phone each stands beside its own."""
    if held is None:
        return None
    rows = [list(zip(held["head"], cells, strict=True)) for cells in held["rows"]]
    return {"head": held["head"], "rows": rows}


@require_safe
def picture(request: HttpRequest, posting: str, digest: str) -> HttpResponse:
    """A picture of what is shown now (流程图)."""
    row = queries.posting(posting)
    if row is None or row.withdrawn_ms is not None:
        return not_found(request)
    for one in json.loads(from_content(row.content).extra.get("pictures", "[]")):
        if one["sha256"] == digest:
            return HttpResponse(base64.b64decode(one["png"]), content_type="image/png")
    return not_found(request)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """事前公开: who enforces, on what basis, by which course, and where to turn; agency by agency."""
    agencies = queries.agencies(queries.BEFORE)
    wanted = request.GET.get("agency", "")[:64].replace("\x00", "")
    shown = [pair for pair in agencies if pair[0] == wanted] or agencies[:1]
    context = {
        "agencies": agencies,
        "agency": shown[0] if shown else None,
        "rows": [_row(row) for row in queries.beforehand(shown[0][0])] if shown else [],
    }
    return render(request, "portal/about.html", context)


@require_safe
def annual(request: HttpRequest) -> HttpResponse:
    """年度数据: what each agency did in a year."""
    return _listed(request, "annual", "portal/annual.html")


@require_safe
def during(request: HttpRequest) -> HttpResponse:
    """抽查公示: plans with their commitments, and what was drawn."""
    return _listed(request, "during", "portal/during.html")


def _listed(request: HttpRequest, category: str, template: str) -> HttpResponse:
    page = queries.find(queries.Wanted(category=category), _number(request))
    return render(request, template, {"page": page, "rows": [_row(row) for row in page.rows], "query": ""})


@require_safe
def feed(request: HttpRequest) -> JsonResponse:
    """The newest publications as JSON Feed 1.1."""
    asked = _number(request)
    page = queries.find(_wanted(request), asked)
    if asked > page.number:
        raise Http404
    site = request.build_absolute_uri(reverse("portal-index"))
    following = {"next_url": _page_url(request, page.next)} if page.next else {}
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "行政执法结果公示",
        "language": "zh-Hans",
        "home_page_url": site,
        "items": [_item(request, row) for row in page.rows],
        **following,
    }
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


@require_safe
def table(request: HttpRequest) -> StreamingHttpResponse:
    """What is looked for as CSV (UTF-8 with mark, as table calculations open it), a line at a time."""
    headers = {"Content-Disposition": 'attachment; filename="zhifa-jieguo.csv"'}
    lines = _lines(request, _wanted(request))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


_HEADS = ("当事人", "公示内容", "事项", "决定书文号", "执法机关", "决定日期", "公示日期", "网址")
_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be a formula in a table calculation."""


def _lines(request: HttpRequest, wanted: queries.Wanted) -> Iterator[str]:
    yield "\ufeff" + _line(_HEADS)
    for row in queries.everything(wanted).iterator(chunk_size=200):
        yield _line(
            (
                from_content(row.content).party,
                row.title,
                row.kind,
                row.number,
                row.agency_name,
                row.decided_on,
                format_local(row.posted_ms)[:10],
                request.build_absolute_uri(reverse("portal-detail", args=[row.posting])),
            )
        )


def _line(cells: tuple[str, ...]) -> str:
    out = StringIO()
    csv.writer(out).writerow([f"'{cell}" if cell.startswith(_RISKY) else cell for cell in cells])
    return out.getvalue()


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read what is published; searching by names is for people."""
    return HttpResponse("User-agent: *\nDisallow: /*?\nAllow: /\n", content_type="text/plain; charset=utf-8")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing under this address."""
    return render(request, "portal/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours: says so, and nothing else."""
    return render(request, "portal/broken.html", status=500)


def _wanted(request: HttpRequest) -> queries.Wanted:
    get = request.GET
    category = get.get("category", "after")
    return queries.Wanted(
        words=get.get("q", "").strip()[:100].replace("\x00", ""),
        agency=get.get("agency", "")[:64].replace("\x00", ""),
        kind=get.get("kind", "")[:100].replace("\x00", ""),
        category=category if category in CATEGORIES else "after",
        from_day=_day(get.get("from", "")),
        to_day=_day(get.get("to", "")),
    )


def _day(text: str) -> str:
    """A day as typed; empty for what is none."""
    try:
        return date.fromisoformat(text[:10]).isoformat() if text else ""
    except ValueError:
        return ""


def _page_url(request: HttpRequest, number: int) -> str:
    """This address at another page."""
    query = request.GET.copy()
    query["page"] = str(number)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 1


def _row(row: Snapshot) -> dict[str, Any]:
    return {
        "posting": row.posting, "category": row.category, "agency": row.agency,
        "title": row.title, "agency_name": row.agency_name, "kind": row.kind,
        "number": row.number, "decided_on": row.decided_on, "posted": format_local(row.posted_ms)[:10],
        "posted_at": format_local(row.posted_ms), "digest": row.digest,
        "url": reverse("portal-detail", args=[row.posting]),
    }  # fmt: skip


def _item(request: HttpRequest, row: Snapshot) -> dict[str, Any]:
    url = request.build_absolute_uri(reverse("portal-detail", args=[row.posting]))
    return {
        "id": url,
        "url": url,
        "title": row.title,
        "date_published": format_local(row.posted_ms, seconds=True).replace(" ", "T") + "+08:00",
        "authors": [{"name": row.agency_name}],
        "content_text": row.text,
        "_liuhen": {"sha256": row.digest, **json.loads(row.content)},
    }
