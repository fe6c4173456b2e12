"""审计: the agency's reading record for whoever audits it: signed in, looked at, refused; searched, paged, exported."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from liuhen import ledger
from liuhen.accounts import pages, queries
from liuhen.accounts.models import Officer
from liuhen.kernel.clock import format_local, parse_local
from liuhen.oversight import looking
from liuhen.web.listing import text_of
from liuhen.web.looked_at import Told, meant_by
from liuhen.web.me import Me, screen
from liuhen.web.views.sign import NOBODY

PAGE = "audit"
PER_PAGE = 50
_MS_PER_DAY = 86_400_000
_HEADS = ("编号", "时间", "人员", "方式", "对象", "结果", "理由")
_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be a formula in a table calculation."""


@dataclass(frozen=True)
class Row:
    """One line as people read it."""

    number: int
    at: str
    who: str
    how: str
    what: str
    granted: bool
    reason: str


@screen("signed_in")
def audit(request: HttpRequest, me: Me) -> HttpResponse:
    """One page of the record, newest first."""
    _only_auditors(me)
    wanted, before = _wanted(request, me), request.GET.get("before", "")
    start = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None
    found = looking.page(me.agency, wanted, start, PER_PAGE + 1)
    query = request.GET.copy()
    query.pop("before", None)
    ledger.record_read(
        me.agency, me.actor.id, f"audit?{query.urlencode()}"[:300], "search", me.now_ms, granted=True
    )
    context = {
        "rows": _rows(found[:PER_PAGE]),
        "older": found[PER_PAGE - 1].number if len(found) > PER_PAGE else None,
        "first": start is None,
        "wanted": wanted,
        "kinds": [(name, title) for name, (title, _) in looking.KINDS.items()],
        "officers": Officer.objects.filter(agency_id=me.agency).order_by("unit", "id"),
        "from_day": text_of(request.GET, "from", 10),
        "to_day": text_of(request.GET, "to", 10),
        "query": f"{query.urlencode()}&" if query else "",
        "narrowed": any(request.GET.get(name) for name in ("q", "who", "kind", "from", "to")),
    }
    return render(request, "web/audit.html", context)


@screen("signed_in")
def export(request: HttpRequest, me: Me) -> StreamingHttpResponse:
    """What is wanted as CSV (UTF-8 with mark, as table calculations open it), a line at a time."""
    _only_auditors(me)
    ledger.record_read(
        me.agency, me.actor.id, f"audit?{request.GET.urlencode()}"[:300], "export", me.now_ms, granted=True
    )
    headers = {
        "Content-Disposition": 'attachment; filename="audit.csv"',
        "Cache-Control": "private, no-store",
    }
    lines = _lines(me.agency, _wanted(request, me))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _only_auditors(me: Me) -> None:
    if not pages.may_use(PAGE, me.actor):
        raise PermissionDenied(f"审计记录由{pages.used_by(PAGE)}查看")


def _wanted(request: HttpRequest, me: Me) -> looking.Wanted:
    first, last = _day(text_of(request.GET, "from", 10)), _day(text_of(request.GET, "to", 10))
    words = text_of(request.GET, "q")
    return looking.Wanted(
        words=words,
        meant=meant_by(words, me.agency),
        actor=text_of(request.GET, "who", 64),
        kind=text_of(request.GET, "kind", 20),
        from_ms=first,
        to_ms=None if last is None else last + _MS_PER_DAY,
    )


def _day(text: str) -> int | None:
    """The beginning of a local day; nothing for what is no day."""
    try:
        return parse_local(f"{text} 00:00") if text else None
    except ValueError:
        return None


def _rows(found: Sequence[looking.Looked]) -> list[Row]:
    names, told = queries.names(one.actor for one in found), Told([one.what for one in found])
    return [_row(one, names, told) for one in found]


def _row(one: looking.Looked, names: Mapping[str, str], told: Told) -> Row:
    how = looking.HOWS.get(one.how, one.how)
    return Row(
        one.number,
        format_local(one.at_ms),
        names.get(one.actor, "没有这一登录名" if one.actor == NOBODY else "不在名单中的人员"),
        how,
        told.of(one.what),
        one.granted,
        one.reason,
    )


def _lines(agency: str, wanted: looking.Wanted) -> Iterator[str]:
    yield "\ufeff" + _line(_HEADS)
    for some in looking.everything(agency, wanted):
        for row in _rows(some):
            result = "准许" if row.granted else "拒绝"
            yield _line((str(row.number), row.at, row.who, row.how, row.what, result, row.reason))


def _line(cells: tuple[str, ...]) -> str:
    out = StringIO()
    csv.writer(out).writerow([f"'{cell}" if cell.startswith(_RISKY) else cell for cell in cells])
    return out.getvalue()
