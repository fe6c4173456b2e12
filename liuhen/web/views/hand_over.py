"""移交在办事项: all that one officer has in hand, one act a matter."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from liuhen import acts, ledger
from liuhen.accounts.models import Officer
from liuhen.accounts.permissions import handling
from liuhen.acts import registry
from liuhen.acts.cited import citation
from liuhen.acts.matter import load_matter
from liuhen.cases import board as loads
from liuhen.cases.stages import CASE_STAGES, LEAD_STAGES
from liuhen.kernel.clock import format_local, local_date
from liuhen.kernel.ids import is_id, new_id
from liuhen.web.clock import clock
from liuhen.web.entries import matter_url
from liuhen.web.goto import may_perform
from liuhen.web.me import Me, own_officer, screen
from liuhen.web.people import choosable
from liuhen.web.views.board import HAND_OVER, PAGE

_GROUND, _REASON, _TAKERS, _MATTER = "ground", "reason", "takers", "m"


@dataclass(frozen=True)
class Result:
    """What became of handing over one matter."""

    subject: str
    url: str
    done: bool
    said: str


@screen("own_agency", page=PAGE, methods=("GET", "HEAD", "POST"))
def hand_over(request: HttpRequest, me: Me, officer: str) -> HttpResponse:
    """移交在办事项: all that one officer has in hand, one act a matter."""
    one = own_officer(me, officer)
    if not may_perform(HAND_OVER, me.actor):
        raise Http404
    ledger.record_read(me.agency, me.actor.id, f"person:{one.id}", "page", me.now_ms, granted=True)
    results: list[Result] = []
    wrong = ""
    if request.method == "POST":
        wrong = _incomplete(request)
        results = [] if wrong else _hand_over(request, me, one)
    held = loads.matters_of(me.agency, one.id)
    takers = [person for person in choosable(me.agency, local_date(me.now_ms)) if person.id != one.id]
    kind = registry.kind_of(registry.act(HAND_OVER))
    context = {
        "one": one, "held": [_matter(row) for row in held], "total": loads.in_hand(me.agency, one.id),
        "most": loads.MATTERS_MAX, "takers": takers, "chosen": request.POST.getlist(_TAKERS),
        "grounds": kind.fields[_GROUND].choices, "ground": request.POST.get(_GROUND, ""),
        "reason": request.POST.get(_REASON, ""), "results": results, "wrong": wrong,
        "done": sum(result.done for result in results),
    }  # fmt: skip
    return render(request, "web/hand_over.html", context, status=422 if wrong else 200)


def _incomplete(request: HttpRequest) -> str:
    if not request.POST.getlist(_MATTER):
        return "没有选择要移交的事项：请至少选一件"
    if not request.POST.getlist(_TAKERS):
        return "接手的人：必选，请选择由谁接手"
    if not request.POST.get(_REASON, "").strip():
        return "情况说明：必填，请写明为什么移交、向谁交接"
    return "" if request.POST.get(_GROUND) else "移交原因：必选"


def _hand_over(request: HttpRequest, me: Me, one: Officer) -> list[Result]:
    """One act for each matter chosen; what is refused is said, and the next follows."""
    known = {row["matter"]: row for row in loads.matters_of(me.agency, one.id)}
    return [
        _handed(request, me, one, known[stream])
        for stream in dict.fromkeys(request.POST.getlist(_MATTER))
        if stream in known
    ]


def _handed(request: HttpRequest, me: Me, one: Officer, row: Mapping[str, Any]) -> Result:
    stream, key = row["matter"], request.POST.get(f"key-{row['matter']}", "")
    matter = load_matter(stream)
    staying = [officer["id"] for officer in handling(matter) if officer["id"] != one.id]
    after = list(dict.fromkeys([*staying, *request.POST.getlist(_TAKERS)]))
    fields = {
        "leaving": [one.id],
        "handlers": after,
        _GROUND: request.POST[_GROUND],
        _REASON: request.POST[_REASON],
        **{name: value for name, (value, _) in registry.suggest(HAND_OVER, matter).items()},
    }
    place = (row["subject"] or "", matter_url(row["type"], stream))
    try:
        acts.perform(
            HAND_OVER, me.actor, fields, key if is_id(key) else new_id(), clock=clock(), stream=stream
        )
    except acts.Refused as refused:
        return Result(*place, False, "；".join(reason.sentence(citation) for reason in refused.reasons))
    except acts.Invalid as invalid:
        return Result(*place, False, "；".join(invalid.errors.values()))
    return Result(*place, True, "已移交")


def _matter(row: Mapping[str, Any]) -> dict[str, Any]:
    stages = CASE_STAGES if row["type"] == "case" else LEAD_STAGES
    return {
        **row,
        "url": matter_url(row["type"], row["matter"]),
        "stage": stages.get(row["stage"], ""),
        "since": format_local(row["since_ms"]),
        "key": new_id(),
    }
