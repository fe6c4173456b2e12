"""金额: loss, refund and fine of a case by cause, basis, fund and year, each sum opening to its rows; the late fee."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liuhen import ledger
from liuhen.accounts.models import Agency
from liuhen.acts import Matter, fields_of, registry
from liuhen.acts.matter import load_matter
from liuhen.cases.access import WHOLE
from liuhen.cases.courses.fees import fee_of
from liuhen.claims import reckoning, state
from liuhen.claims.reckoning import Part
from liuhen.documents.installed import fonts
from liuhen.documents.render import render_list
from liuhen.kernel.clock import local_date
from liuhen.kernel.money import format_yuan
from liuhen.ledger import Entry
from liuhen.web.entries import matter_url, views
from liuhen.web.goto import links
from liuhen.web.heads import head_of
from liuhen.web.me import Me, own_stream, screen

_ACTS = ("reckon_fine", "withdraw_reckoning")
_TOLD = (("notice_served", "告知"), ("decision_drafted", "决定草案"), ("decided", "决定"))
_HEADS = ("案由", "依据", "违规依据", "险种", "年度", "行数", "损失", "计罚基数", "罚款")
_ROWS_A_PAGE = 20


@screen("own_agency", page=WHOLE)
def sums(request: HttpRequest, me: Me, stream: str) -> HttpResponse:
    """What was reckoned, and whether notice, draft and decision say the same."""
    matter = _case(me, stream, "page")
    held = reckoning.standing(matter)
    gone = [entry for entry in matter.all("fine_reckoned") if entry not in held]
    context = {
        "matter": matter, "head": head_of(matter), "back": matter_url("case", stream),
        "reckonings": [_reckoning(matter, entry) for entry in held],
        "withdrawn": views([*gone, *matter.all("reckoning_withdrawn")], frozenset()),
        "totals": _totals(held), "told": _told(matter, held), "fee": _fee(me, matter),
        "acts": links(_ACTS, me.actor, {"case": stream}), "sheet": reverse("sums-sheet", args=[stream]),
    }  # fmt: skip
    return render(request, "web/sums.html", context)


@screen("own_agency", page=WHOLE)
def sums_sheet(request: HttpRequest, me: Me, stream: str) -> HttpResponse:
    """损失、退回和罚款计算表 as PDF."""
    matter = _case(me, stream, "export")
    held = reckoning.standing(matter)
    if not held:
        raise Http404
    rows = [row for entry in held for row in _printed(matter, entry)]
    pages = []
    for start in range(0, len(rows), _ROWS_A_PAGE):
        some, upto = rows[start : start + _ROWS_A_PAGE], rows[: start + _ROWS_A_PAGE]
        pages.append({
            "rows": [cells for cells, _ in some], "sum": format_yuan(sum(fine for _, fine in some)),
            "upto": format_yuan(sum(fine for _, fine in upto)), "upto_rows": len(upto),
        })  # fmt: skip
    made = render_list(
        {
            "title": "损失、退回和罚款计算表", "agency": Agency.objects.get(id=me.agency).name, "instant": me.now_ms,
            "about": _about(matter, held), "heads": _HEADS, "widths": (4, 5, 4, 2, 2.4, 1.4, 2.8, 2.8, 2.8),
            "aligned": ["left"] * 5 + ["right"] * 4, "pages": pages, "source": "各行见违规明细，罚款按案由计算",
            "signers": ["承办人（签名）", "承办人（签名）", "承办机构负责人（签名）", "日期"],
        },
        fonts(),
    )  # fmt: skip
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": "inline"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _case(me: Me, stream: str, how: str) -> Matter:
    own_stream(me, stream, "case")
    ledger.record_read(me.agency, me.actor.id, f"{stream}:sums", how, me.now_ms, granted=True)
    return load_matter(stream)


def parts(matter: Matter, entry: Entry) -> Sequence[Part]:
    """The rows that a reckoning counts, as they stand now; none where it was stated without rows."""
    claims = state.list_of(matter, entry.open["list"]) if entry.open.get("list") else None
    return reckoning.parts_of(claims, entry.open["cause"]) if claims else []


def rows_url(matter: Matter, entry: Entry, part: Part | None = None) -> str:
    """Where the rows of a sum are."""
    wanted = {"state": state.CONFIRMED, "cause": entry.open["cause"]}
    if part is not None:
        wanted |= {
            "fund": part.fund,
            "basis": part.basis,
            "year": part.year,
            "late": "1" if part.late else "0",
        }
    return f"{reverse('claims', args=[matter.stream, entry.open['list']])}?{urlencode(wanted)}#rows"


def _reckoning(matter: Matter, entry: Entry) -> dict[str, Any]:
    fields = entry.open
    return {
        "fields": fields,
        "nature": registry.dictionary().text(entry.kind, "nature", fields["nature"]),
        **{name: format_yuan(fields[name]) for name in ("loss", "refund", "base", "barred", "fine")},
        "url": rows_url(matter, entry) if fields.get("list") else "",
        "parts": [
            {"part": part, "amount": format_yuan(part.amount), "url": rows_url(matter, entry, part)}
            for part in parts(matter, entry)
        ],
        "record": f"{matter_url('case', matter.stream)}?tab=record#e{entry.index}",
    }


def _totals(held: Sequence[Entry]) -> dict[str, str]:
    return {
        name: format_yuan(sum(entry.open[name] for entry in held))
        for name in ("loss", "refund", "base", "fine")
    }


def _told(matter: Matter, held: Sequence[Entry]) -> list[dict[str, Any]]:
    """What notice, draft and decision say beside what was reckoned."""
    found = []
    for kind, title in _TOLD:
        entry = matter.last(kind)
        if entry is None:
            continue
        fields = fields_of(entry)
        for name, label in (("refund", "责令退回"), ("amount", "罚款")):
            reckoned = sum(one.open["fine" if name == "amount" else "refund"] for one in held)
            said = fields.get(name)
            differs = bool(held) and said is not None and said != reckoned
            text = format_yuan(said) if said is not None else "没有写"
            found.append({
                "what": f"{title}的{label}", "said": text, "reckoned": format_yuan(reckoned) if held else "",
                "differs": differs, "url": f"{matter_url('case', matter.stream)}?tab=record#e{entry.index}",
            })  # fmt: skip
    return found


def _fee(me: Me, matter: Matter) -> dict[str, str]:
    """加处罚款 as of today."""
    found = fee_of(matter, local_date(me.now_ms))
    if found is None:
        return {}
    fee, rate = found
    return {"unpaid": format_yuan(fee.unpaid), "fee": format_yuan(fee.fee), "working": fee.working(rate)}


def _printed(matter: Matter, entry: Entry) -> list[tuple[list[str], int]]:
    """The lines of a reckoning on the sheet, and the fine of each: it stands in the first."""
    fields = entry.open
    held = parts(matter, entry)
    lines = [
        [
            fields["cause"], fields["basis"], part.basis or "未写", part.fund or "未写",
            f"{part.year}（只退回）" if part.late else part.year, str(part.count), format_yuan(part.amount),
            format_yuan(0 if part.late else part.amount), "",
        ]
        for part in held
    ] or [
        [
            fields["cause"], fields["basis"], "—", "—", "—", "—", format_yuan(fields["loss"]),
            format_yuan(fields["base"]), "",
        ]
    ]  # fmt: skip
    times = f"×{fields['multiple']}" if fields.get("multiple") else ""
    lines[0][-1] = f"{times} {format_yuan(fields['fine'])}".strip()
    return [(line, fields["fine"] if place == 0 else 0) for place, line in enumerate(lines)]


def _about(matter: Matter, held: Sequence[Entry]) -> str:
    totals = _totals(held)
    said = f"损失{totals['loss']}元，退回{totals['refund']}元，罚款{totals['fine']}元"
    return "　".join(filter(None, (str(matter.value("filed", "party_name") or ""), said)))
