"""案源、案件、音像 lists: search, filters, pages; a count equals its list."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liuhen import ledger
from liuhen.accounts.models import Officer
from liuhen.acts import registry
from liuhen.cases import lists
from liuhen.cases.access import MATTERS
from liuhen.cases.models import HandlerRow
from liuhen.cases.rows import Row
from liuhen.cases.stages import CASE_STAGES, LEAD_STAGES
from liuhen.cases.taken_in import taken_in_by
from liuhen.kernel.clock import day_end_ms, day_start_ms, format_local
from liuhen.kernel.money import format_yuan
from liuhen.web.entries import EntryView, matter_url, views
from liuhen.web.goto import may_perform
from liuhen.web.listing import Page, day_of, number_of, page_of, sortable, text_of
from liuhen.web.me import Me, screen
from liuhen.web.whose import parties

_DATE = slice(0, 10)
CASE_HEADS = (
    ("party", "当事人"), ("cause", "案由"), ("number", "立案号"), ("stage", "阶段"), ("", "承办人"), ("filed", "立案"),
    ("decision", "决定书"), ("amount", "罚款（元）"),
)  # fmt: skip
"""The columns of the list of cases; one without a name cannot be sorted by."""
LEAD_HEADS = (
    ("suspect", "被投诉举报的单位或者个人"), ("source", "来源"), ("stage", "阶段"), ("received", "收到"),
    ("last", "最近记录"),
)  # fmt: skip
STREAM_HEADS = (("", "当事人"), ("", "内容"), ("", "登记人"), ("registered", "登记"), ("", "最近记录"))


@screen("signed_in", page=MATTERS)
def cases(request: HttpRequest, me: Me) -> HttpResponse:
    """案件列表. A search is noted, in vain too."""
    get = request.GET
    from_day, to_day = day_of(get, "from"), day_of(get, "to")
    wanted = lists.CaseFilter(
        query=text_of(get, "q"),
        stage=text_of(get, "stage", 20),
        officer=text_of(get, "officer", 32),
        filed_from_ms=day_start_ms(from_day) if from_day else None,
        filed_to_ms=day_end_ms(to_day) if to_day else None,
        sort=text_of(get, "sort", 12),
    )
    if wanted.query:
        ledger.record_read(me.agency, me.actor.id, f"cases?{wanted.query}", "search", me.now_ms, granted=True)
    found = lists.cases(me.actor, wanted, number_of(get))
    counts = lists.stage_counts(me.actor, "cases_case", CASE_STAGES)
    context = {
        "rows": [_case(row) for row in found.rows], "page": _page(request, found), "wanted": wanted,
        "from_day": from_day, "to_day": to_day,
        "stages": [(name, title, _many(counts[name])) for name, title in CASE_STAGES.items()],
        "officers": Officer.objects.filter(agency_id=me.agency, id__in=HandlerRow.objects.values("officer")),
        "heads": sortable(request, CASE_HEADS),
        "narrowed": any((wanted.query, wanted.stage, wanted.officer, from_day, to_day)),
    }  # fmt: skip
    return render(request, "web/cases.html", context)


@screen("signed_in", page=MATTERS)
def leads(request: HttpRequest, me: Me) -> HttpResponse:
    """案源列表."""
    query, stage = text_of(request.GET, "q"), text_of(request.GET, "stage", 20)
    found = lists.leads(me.actor, stage, query, number_of(request.GET), text_of(request.GET, "sort", 12))
    counts = lists.stage_counts(me.actor, "cases_lead", LEAD_STAGES)
    context = {
        "rows": [_lead(row) for row in found.rows], "page": _page(request, found), "query": query, "stage": stage,
        "stages": [(name, title, _many(counts[name])) for name, title in LEAD_STAGES.items()],
        "may_register": may_perform("register_lead", me.actor), "heads": sortable(request, LEAD_HEADS),
    }  # fmt: skip
    return render(request, "web/leads.html", context)


@screen("signed_in", page=MATTERS)
def recordings(request: HttpRequest, me: Me) -> HttpResponse:
    """音像记录列表."""
    return _streams(
        request, me, "recording", "音像记录", "还没有音像记录。在案件中办理“音像记录完成”即可登记。"
    )


def _streams(request: HttpRequest, me: Me, type: str, title: str, empty: str) -> HttpResponse:
    newest = text_of(request.GET, "sort", 12) != "registered"
    query = text_of(request.GET, "q")
    wanted = taken_in_by(me.agency, type, query) if query else None
    if wanted is not None and not newest:
        wanted = wanted[::-1]

    def read(start: int, stop: int) -> list[dict[str, Any]]:
        streams = (
            ledger.some_streams(me.agency, type, start, stop - start, newest=newest)
            if wanted is None
            else wanted[start:stop]
        )
        names = parties(streams)
        held: dict[str, list[EntryView]] = {stream: [] for stream in streams}
        for view in views(ledger.read(streams), frozenset()):
            held[view.entry.stream].append(view)
        return [_stream(type, stream, held[stream], names.get(stream, "")) for stream in streams]

    context = {
        "page": page_of(
            request, ledger.count_streams(me.agency, type) if wanted is None else len(wanted), read, 20
        ),
        "query": query,
        "title": title,
        "empty": empty,
        "type": type,
        "heads": sortable(request, STREAM_HEADS),
    }
    return render(request, "web/streams.html", context)


def _stream(type: str, stream: str, held: Sequence[EntryView], party: str) -> dict[str, Any]:
    return {
        "url": matter_url(type, stream),
        "first": held[0],
        "last": held[-1],
        "count": len(held),
        "party": party,
    }


def _page(request: HttpRequest, found: lists.Page) -> Page[Any]:
    page = page_of(request, found.total, lambda start, stop: found.rows, found.size)
    return replace(page, more=found.more)


def _many(count: int) -> str:
    """A count as far as it was counted."""
    return f"{count} 以上" if count >= lists.EXACT_MAX else str(count)


def _case(row: Row) -> dict[str, Any]:
    return {
        **row, "url": matter_url("case", row["stream"]), "stage_title": CASE_STAGES.get(row["stage"], ""),
        "filed": format_local(row["filed_ms"])[_DATE], "last": format_local(row["last_ms"]),
        "amount_text": format_yuan(row["amount"]) if row["amount"] else "",
    }  # fmt: skip


def _lead(row: Row) -> dict[str, Any]:
    sources = registry.dictionary().kinds["lead_registered"].fields["source"].choices
    return {
        **row, "url": matter_url("lead", row["stream"]), "stage_title": LEAD_STAGES.get(row["stage"], ""),
        "received": format_local(row["received_ms"]), "source_title": sources.get(row["source"], row["source"]),
        "last": format_local(row["last_ms"]),
    }  # fmt: skip
