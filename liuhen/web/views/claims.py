"""违规明细: the rows of a list, their states and sums; as CSV; as the sheet to be signed."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from liuhen import ledger
from liuhen.accounts.models import Agency
from liuhen.acts import Matter
from liuhen.acts.matter import load_matter
from liuhen.cases.access import WHOLE
from liuhen.claims import rows_shown, selection, state
from liuhen.claims.rows_shown import ClaimLine, Wanted
from liuhen.claims.state import STATES, ClaimList, Sum
from liuhen.documents.installed import fonts
from liuhen.documents.render import render_list
from liuhen.kernel.money import format_yuan
from liuhen.web.entries import EntryView, matter_url, views
from liuhen.web.goto import links, with_query
from liuhen.web.heads import head_of
from liuhen.web.listing import page_of, text_of
from liuhen.web.me import Me, own_stream, screen

PER_PAGE = 100
_SHEETS = {state.CONFIRMED: "违规明细确认表", state.SUSPECTED: "疑点明细表", state.STRUCK: "剔除明细表"}
SHEET_ROWS = 22
"""Rows on a landscape page, with its head and its totals."""
SHEET_MOST = 5_000
_REPAIR = "repair_claim"
_ACTS = ("explain_claims", "view_claims", "settle_claims", "cut_claims", "reckon_fine", "import_claims")
_HEADS = ("序号", "结算流水号", "机构", "项目", "违规原因", "依据", "险种", "费用日期", "金额")
_WIDTHS = (1, 4, 5, 5, 4, 4, 2, 2.4, 2.6)


@screen("own_agency", page=WHOLE)
def claims(request: HttpRequest, me: Me, stream: str, key: str) -> HttpResponse:
    """One list: sums that open to their rows, filters, pages."""
    matter, found = _found(me, stream, key, "page")
    wanted = _wanted(request.GET)
    count, amount = rows_shown.count(found, wanted)
    said = {view.entry.id: view for view in views(found.spoken, frozenset())}

    def read(start: int, stop: int) -> list[dict[str, Any]]:
        repair = next(iter(links([_REPAIR], me.actor, {"case": stream})), ("", ""))[1]
        return [_line(found, line, repair, said) for line in rows_shown.page(found, wanted, start, stop)]

    lines = state.sums(found)
    context = {
        "matter": matter, "head": head_of(matter), "back": matter_url("case", stream), "found": found,
        "fields": found.imported.open, "page": page_of(request, count, read, PER_PAGE), "wanted": wanted,
        "amount": format_yuan(amount), "sums": [_sum(line) for line in lines],
        "totals": [(title, *_total(lines, name)) for name, title in STATES.items()],
        "causes": sorted({line.cause for line in lines}), "funds": sorted({line.fund for line in lines} - {""}),
        "years": sorted({line.year for line in lines}), "states": STATES.items(),
        "lists": [(title, url, one == key) for title, url, one in lists(matter)],
        "acts": links(_ACTS, me.actor, {"case": stream}), "said": list(reversed(said.values())),
        "sheet": f"{reverse('claims-sheet', args=[stream, key])}?{_query(request.GET)}",
        "csv": f"{reverse('claims-csv', args=[stream, key])}?{_query(request.GET)}",
        "narrowed": wanted != Wanted(),
    }  # fmt: skip
    return render(request, "web/claims.html", context)


@screen("own_agency", page=WHOLE)
def claims_csv(request: HttpRequest, me: Me, stream: str, key: str) -> StreamingHttpResponse:
    """The wanted rows with their states, for a spreadsheet; what a cell begins with is never taken for a formula."""
    _, found = _found(me, stream, key, "export")
    headers = {
        "Content-Disposition": 'attachment; filename="claims.csv"',
        "Cache-Control": "private, no-store",
    }
    lines = _csv(found, _wanted(request.GET))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


@screen("own_agency", page=WHOLE)
def claims_sheet(request: HttpRequest, me: Me, stream: str, key: str) -> HttpResponse:
    """违规明细确认表: the wanted rows as PDF, each page with its total and room for the signatures."""
    matter, found = _found(me, stream, key, "export")
    wanted = _wanted(request.GET)
    if not wanted.state and not wanted.apart:
        settled = any(line.state == state.CONFIRMED for line in state.sums(found))
        wanted = replace(wanted, state=state.CONFIRMED if settled else state.SUSPECTED)
    count, _ = rows_shown.count(found, wanted)
    if count > SHEET_MOST or not count:
        said = f"共{count}行" if count else "没有符合条件的行"
        text = f"{said}：一次可以打印1到{SHEET_MOST}行，请先按原因、险种或者年度筛选"
        return render(
            request, "web/claims_too_many.html", {"said": text, "back": _url(stream, key)}, status=422
        )
    lines = rows_shown.page(found, wanted, 0, count)
    made = render_list(_sheet(me, matter, found, wanted, lines), fonts())
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": "inline"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def lists(matter: Matter) -> list[tuple[str, str, str]]:
    """The lists of a case: title, address and key."""
    return [
        (one.imported.open["title"], _url(matter.stream, one.key), one.key) for one in state.lists_of(matter)
    ]


def _found(me: Me, stream: str, key: str, how: str) -> tuple[Matter, ClaimList]:
    own_stream(me, stream, "case")
    ledger.record_read(me.agency, me.actor.id, f"{stream}:claims:{key}", how, me.now_ms, granted=True)
    matter = load_matter(stream)
    found = state.list_of(matter, key)
    if found is None:
        raise Http404
    return matter, found


def _wanted(get: QueryDict) -> Wanted:
    return Wanted(
        state=text_of(get, "state", 12),
        cause=text_of(get, "cause", 200),
        fund=text_of(get, "fund", 60),
        year=text_of(get, "year", 4),
        words=text_of(get, "q"),
        apart=get.get("apart") == "1",
        basis=text_of(get, "basis", 300),
        late=text_of(get, "late", 1),
    )


def _url(stream: str, key: str) -> str:
    return reverse("claims", args=[stream, key])


def _query(get: QueryDict) -> str:
    query = get.copy()
    query.pop("page", None)
    return query.urlencode()


def _line(found: ClaimList, line: ClaimLine, repair: str, said: Mapping[str, EntryView]) -> dict[str, Any]:
    repaired = found.repairs.get(line.number)
    return {
        "original": repaired.open["original"] if repaired else "",
        "repair": with_query(repair, _as_it_stands(found, line))
        if repair and (line.problem or repaired)
        else "",
        "row": line,
        "amount": format_yuan(line.amount),
        "state": "另列待核" if line.problem else STATES[line.state],
        "late": bool(found.cut_on) and bool(line.day) and line.day < found.cut_on,
        "said": [said[entry.id] for entry in found.said_of(line.number)],
    }


def _as_it_stands(found: ClaimList, line: ClaimLine) -> dict[str, str]:
    """The row as the form of its correction begins with it."""
    names = ("claim", "institution", "item", "cause", "basis", "fund", "day")
    told = {name: str(getattr(line, name)) for name in names}
    told |= {"amount": format_yuan(line.amount, grouped=False) if line.amount else ""}
    return {"list": found.key, "row": str(line.number), **{name: one for name, one in told.items() if one}}


def _sum(line: Sum) -> dict[str, Any]:
    query = QueryDict(mutable=True)
    query.update({"state": line.state, "cause": line.cause, "fund": line.fund, "year": line.year})
    return {
        "line": line,
        "state": STATES[line.state],
        "amount": format_yuan(line.amount),
        "url": f"?{query.urlencode()}#rows",
    }


def _total(lines: Sequence[Sum], name: str) -> tuple[int, str]:
    of_state = [line for line in lines if line.state == name]
    return sum(line.count for line in of_state), format_yuan(sum(line.amount for line in of_state))


def _csv(found: ClaimList, wanted: Wanted) -> Iterator[bytes]:
    held = io.StringIO()
    write = csv.writer(held)
    yield "\ufeff".encode()
    write.writerow([*_HEADS, "状态", "问题"])
    for line in rows_shown.every(found, wanted):
        write.writerow([_cell(one) for one in (*_cells(line), STATES[line.state], line.problem)])
        yield held.getvalue().encode()
        held.seek(0)
        held.truncate()
    yield held.getvalue().encode()


def _cell(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def _cells(line: ClaimLine) -> list[str]:
    return [
        str(line.number), line.claim, line.institution, line.item, line.cause, line.basis, line.fund, line.day,
        format_yuan(line.amount),
    ]  # fmt: skip


def _sheet(
    me: Me, matter: Matter, found: ClaimList, wanted: Wanted, lines: list[ClaimLine]
) -> dict[str, Any]:
    pages, upto = [], 0
    for start in range(0, len(lines), SHEET_ROWS):
        some = lines[start : start + SHEET_ROWS]
        amount = sum(line.amount for line in some)
        upto += amount
        pages.append({
            "rows": [_cells(line) for line in some], "sum": format_yuan(amount),
            "upto": format_yuan(upto), "upto_rows": start + len(some),
        })  # fmt: skip
    party = matter.value("filed", "party_name") or ""
    return {
        "title": _SHEETS.get(wanted.state, "另列待核明细表"), "agency": Agency.objects.get(id=me.agency).name,
        "instant": me.now_ms,
        "about": "　".join(filter(None, (party, found.imported.open["title"], wanted.cause, wanted.fund, wanted.year))),
        "heads": _HEADS, "widths": _WIDTHS,
        "aligned": ["left"] * 8 + ["right"], "pages": pages,
        "source": f"明细文件摘要 {found.sha256[:16]}…　行号见各行序号　{selection.ALL}{found.rows}行",
        "signers": ["机构确认人（签名、盖章）", "执法人员（签名）", "执法人员（签名）", "日期"],
    }  # fmt: skip
