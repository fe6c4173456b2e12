"""公示台: every posting and where it stands; what is published beforehand; the year's figures; a text's versions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from liuhen import ledger
from liuhen.acts import Matter, fields_of, registry
from liuhen.acts.matter import load_matter, register_of
from liuhen.acts.secrets import without
from liuhen.cases.access import MATTERS
from liuhen.disclosure.figures import BY_SLUG, counted, figures, summary
from liuhen.disclosure.models import PostingRow
from liuhen.disclosure.projections import STATUSES
from liuhen.disclosure.restricted import unseen
from liuhen.disclosure.texts import ANNUAL, ITEM_TITLES, ITEMS, PREPARED, RENEWAL, SHOWN, SORTS
from liuhen.kernel.clock import format_local, local_date
from liuhen.ledger import Entry
from liuhen.web import entries
from liuhen.web.entries import matter_url
from liuhen.web.forms.show import Shown, show
from liuhen.web.goto import form_url, may_perform, with_query
from liuhen.web.listing import page_of, sortable, text_of
from liuhen.web.me import Me, own_stream, screen
from liuhen.web.public_pages import public_page
from liuhen.web.whose import parties

POSTING_HEADS = (
    ("title", "公示内容"), ("number", "决定书文号"), ("status", "状态"), ("prepared", "拟制"), ("posted", "公示"),
    ("address", "公示在"),
)  # fmt: skip
_POSTING_COLUMNS = {
    "title": "title", "number": "number", "status": "status", "prepared": "prepared_ms", "posted": "posted_ms",
    "address": "address",
}  # fmt: skip
_FIRST_YEAR, _YEARS = 2020, 5


@screen("signed_in", page=MATTERS)
def disclosure(request: HttpRequest, me: Me) -> HttpResponse:
    """公示台: every posting and where it stands."""
    query, status = text_of(request.GET, "q"), text_of(request.GET, "status", 20)
    sort = text_of(request.GET, "of", 12)
    own = PostingRow.objects.filter(agency=me.agency)
    counts = dict(own.order_by().values_list("status").annotate(Count("stream")))
    sorts = dict(own.order_by().values_list("sort").annotate(Count("stream")))
    wanted = own.filter(Q(title__contains=query) | Q(number__contains=query) | Q(party_name__contains=query))
    wanted = wanted.filter(status=status) if status else wanted
    wanted = (wanted.filter(sort=sort) if sort else wanted).order_by(*_posting_order(request))
    page = page_of(
        request, wanted.count(), lambda start, stop: [_posting(row) for row in wanted[start:stop]], 20
    )
    context = {
        "page": page,
        "query": query,
        "heads": sortable(request, POSTING_HEADS),
        "status": status,
        "of": sort,
        "sorts": [(name, title, sorts.get(name, 0)) for name, title in SORTS.items()],
        "statuses": [(name, title, counts.get(name, 0)) for name, title in STATUSES.items()],
    }
    return render(request, "web/disclosure.html", context)


def _posting_order(request: HttpRequest) -> tuple[str, str]:
    """The order asked for; the latest prepared first where none or an unknown one is."""
    sort = text_of(request.GET, "sort", 12)
    column = _POSTING_COLUMNS.get(sort.removeprefix("-"))
    return (f"{'-' if sort.startswith('-') else ''}{column}" if column else "-prepared_ms", "stream")


def _posting(row: PostingRow) -> dict[str, Any]:
    return {
        "row": row,
        "url": matter_url("publication", row.stream),
        "sort": SORTS.get(row.sort, ""),
        "status": STATUSES.get(row.status, row.status),
        "prepared": format_local(row.prepared_ms),
        "posted": format_local(row.posted_ms) if row.posted_ms else "",
        "page": public_page(row.stream, row.address),
    }


@screen("signed_in", page=MATTERS)
def beforehand(request: HttpRequest, me: Me) -> HttpResponse:
    """事前公示: each item that must be public, where it stands, and the form that begins it."""
    register = register_of(me.agency)
    rows = {row.stream: row for row in PostingRow.objects.filter(agency=me.agency, sort="before")}
    held = load_matter(register) if register else None
    items = [_item(kind, me, held, register, rows) for kind in ITEMS]
    context = {
        "items": items,
        "missing": sum(not item["postings"] or not item["public"] for item in items[:-1]),
    }
    return render(request, "web/disclosure/beforehand.html", context)


def _item(
    kind: str, me: Me, held: Matter | None, register: str | None, rows: Mapping[str, PostingRow]
) -> dict[str, Any]:
    streams = dict.fromkeys(entry.stream for entry in held.all(kind)) if held else {}
    postings = [_posting(rows[stream]) for stream in streams if stream in rows]
    act = registry.dictionary().kinds[kind].act or ""
    several = kind == list(ITEMS)[-1]
    may = register and may_perform(act, me.actor) and (several or not postings)
    return {
        "title": ITEM_TITLES[kind] if not several else "其他依法公示的内容",
        "postings": postings,
        "public": any(one["row"].status == "posted" for one in postings),
        "url": form_url(act, register) if may and register else "",
    }


@screen("signed_in", page=MATTERS)
def annual(request: HttpRequest, me: Me, year: int | None = None) -> HttpResponse:
    """年度数据: the figures of a year as the record has them now, each leading to what it counts."""
    this_year = local_date(me.now_ms).year
    shown = year or this_year - 1
    if not _FIRST_YEAR <= shown <= this_year:
        raise Http404
    found = figures(me.agency, shown)
    register = register_of(me.agency)
    published = _annual_of(register, shown) if register else None
    may = (
        register
        and published is None
        and shown < this_year
        and may_perform("prepare_annual_report", me.actor)
    )
    url = form_url("prepare_annual_report", register) if may and register else ""
    context = {
        "year": shown,
        "years": range(this_year, max(_FIRST_YEAR, this_year - _YEARS) - 1, -1),
        "figures": found,
        "published": published,
        "prepare": with_query(url, {"year": str(shown), "figures": summary(shown, found)}) if url else "",
        "running": shown == this_year,
    }
    return render(request, "web/disclosure/annual.html", context)


def _annual_of(register: str, year: int) -> str | None:
    """The publication of that year's figures, by its address."""
    texts = [entry for entry in load_matter(register).all(ANNUAL) if fields_of(entry)["year"] == year]
    return matter_url("publication", texts[-1].stream) if texts else None


@screen("signed_in", page=MATTERS)
def annual_line(request: HttpRequest, me: Me, year: int, line: str) -> HttpResponse:
    """What one figure counts: the entries with their matters."""
    if line not in BY_SLUG or not _FIRST_YEAR <= year <= local_date(me.now_ms).year:
        raise Http404
    ledger.record_read(me.agency, me.actor.id, f"annual/{year}/{line}", "page", me.now_ms, granted=True)
    (figure,) = figures(me.agency, year, [BY_SLUG[line]])
    page = page_of(
        request, figure.count, lambda start, stop: _counted(counted(me.agency, year, figure, start, stop)), 50
    )
    context = {"year": year, "figure": figure, "title": figure.line.title.strip("　"), "page": page}
    return render(request, "web/disclosure/annual_line.html", context)


def _counted(some: Sequence[Entry]) -> list[dict[str, Any]]:
    names = parties(sorted({entry.stream for entry in some}))
    return [
        {
            "entry": entry,
            "sentence": entries.sentence(entry),
            "party": entry.open.get("party_name") or entry.open.get("suspect") or names.get(entry.stream, ""),
            "at": format_local(entry.happened_ms),
            "url": matter_url(entry.stream_type, entry.stream),
        }
        for entry in some
    ]


@screen("own_agency")
def versions(request: HttpRequest, me: Me, stream: str) -> HttpResponse:
    """公示内容的各次文本: each text with when it was public and why it was changed, what differs marked."""
    own_stream(me, stream, "publication")
    ledger.record_read(me.agency, me.actor.id, f"{stream}:texts", "page", me.now_ms, granted=True)
    matter = load_matter(stream)
    texts = [entry for kind in PREPARED for entry in matter.all(kind) if entry.stream == stream]
    if not texts:
        raise Http404
    before: dict[str, str] = {}
    hidden = unseen(me.actor, matter)
    made = []
    for number, text in enumerate(texts, 1):
        after = texts[number].index if number < len(texts) else None
        lines = {label: without(line, hidden) for label, line in _lines(text).items()}
        made.append(
            {
                "number": number,
                "prepared": format_local(text.recorded_ms),
                "reason": without(str(text.open.get(RENEWAL, "")), hidden),
                "shown": _shown(matter, text.index, after),
                "lines": [(label, value, before.get(label)) for label, value in lines.items()],
                "first": not before,
            }
        )
        before = lines
    context = {"versions": list(reversed(made)), "url": matter_url("publication", stream), "total": len(made)}
    return render(request, "web/disclosure/versions.html", context)


def _lines(text: Entry) -> dict[str, str]:
    """Every field of a text in words, tables row by row."""
    found = show(registry.dictionary().kinds[text.kind], _said(text))
    return {one.label: one.text or _rows(one) for one in found}


def _rows(one: Shown) -> str:
    return "\n".join(["　".join(row) for row in one.rows] or [str(file["name"]) for file in one.files])


def _said(text: Entry) -> dict[str, Any]:
    return {name: value for name, value in fields_of(text).items() if name not in (RENEWAL, "posting")}


def _shown(matter: Matter, begin: int, end: int | None) -> str:
    """From when to when a text was public, in words."""
    public = [
        entry
        for kind in (*SHOWN, "taken_down")
        for entry in matter.all(kind)
        if entry.index > begin and (end is None or entry.index < end) and entry.stream == matter.stream
    ]
    up = next((entry for entry in public if entry.kind in SHOWN), None)
    if up is None:
        return "没有公示过"
    ended = [
        entry
        for kind in (*SHOWN, "taken_down")
        for entry in matter.all(kind)
        if entry.index > up.index and entry.stream == matter.stream
    ]
    last = min(ended, key=lambda entry: entry.index, default=None)
    began = format_local(up.recorded_ms)
    if last is None:
        return f"{began} 起公示至今"
    how = "撤下" if last.kind == "taken_down" else "更新"
    return f"{began} 至 {format_local(last.recorded_ms)} 公示，随后{how}"
