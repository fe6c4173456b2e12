"""案件、案源等的列表: narrowed as on the screens, read on by a cursor that new matters do not move."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict

from liuhen import ledger
from liuhen.api.answers import Problem, answer
from liuhen.api.person import Caller, endpoint
from liuhen.cases import lists
from liuhen.cases.access import MATTER_TYPES, MATTERS
from liuhen.cases.rows import Row
from liuhen.cases.stages import CASE_STAGES, LEAD_STAGES
from liuhen.kernel.clock import day_end_ms, day_start_ms
from liuhen.kernel.ids import is_id

PAGE_SIZE = 50
_TEXT_MAX = 100
_NARROWED_BY = {
    "case": ("q", "stage", "officer", "from", "to"),
    "lead": ("q", "stage"),
}
_ALWAYS = ("type", "cursor")


@endpoint("signed_in", page=MATTERS)
def matters(request: HttpRequest, caller: Caller) -> HttpResponse:
    """A page of the agency's matters of one type (a case unless said otherwise). A search is noted, in vain too."""
    get = request.GET
    type = get.get("type", "case")
    if type not in MATTER_TYPES:
        raise _bad("type", f"应为以下之一：{'、'.join(sorted(MATTER_TYPES))}")
    allowed = (*_ALWAYS, *_NARROWED_BY.get(type, ()))
    if unknown := sorted(set(get) - set(allowed)):
        raise _bad(unknown[0], f"没有这一参数；可用的有：{'、'.join(allowed)}")
    after = _after(get.get("cursor", ""))
    found = {"case": _cases, "lead": _leads}.get(type, _streams)(caller, get, after)
    shown, more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    cursor = _cursor(shown[-1]) if more else None
    return answer({"matters": [_row(type, row) for row in shown], "next_cursor": cursor})


def _cases(caller: Caller, get: QueryDict, after: lists.After | None) -> Sequence[Row]:
    from_day, to_day = _day(get, "from"), _day(get, "to")
    wanted = lists.CaseFilter(
        query=_text(get, "q"),
        stage=_stage(get, CASE_STAGES),
        officer=_text(get, "officer"),
        filed_from_ms=day_start_ms(from_day) if from_day else None,
        filed_to_ms=day_end_ms(to_day) if to_day else None,
    )
    if wanted.query:
        caller.noted(f"cases?{wanted.query}", "search")
    return [
        {**row, "at_ms": row["filed_ms"]}
        for row in lists.cases_after(caller.actor, wanted, after, PAGE_SIZE + 1)
    ]


def _leads(caller: Caller, get: QueryDict, after: lists.After | None) -> Sequence[Row]:
    found = lists.leads_after(caller.actor, _stage(get, LEAD_STAGES), _text(get, "q"), after, PAGE_SIZE + 1)
    return [{**row, "at_ms": row["received_ms"]} for row in found]


def _streams(caller: Caller, get: QueryDict, after: lists.After | None) -> Sequence[Row]:
    """Inspections, recordings, publications: the latest begun first."""
    streams = reversed(ledger.streams_of(caller.agency, get.get("type", "")))
    behind = [stream for stream in streams if after is None or stream < after[1]]
    return [{"stream": stream, "at_ms": 0} for stream in behind[: PAGE_SIZE + 1]]


_SHOWN = {
    "case": (
        "number", "party_name", "party_kind", "cause", "stage", "handlers", "decision_number", "amount",
        "filed_ms", "decided_ms", "closed_ms", "last_ms",
    ),
    "lead": ("suspect", "source", "stage", "received_ms", "registered_ms", "last_ms"),
}  # fmt: skip
_STAGES = {"case": CASE_STAGES, "lead": LEAD_STAGES}


def _row(type: str, row: Row) -> dict[str, object]:
    told: dict[str, object] = {"id": row["stream"], "type": type}
    told |= {name: row[name] for name in _SHOWN.get(type, ())}
    if type in _STAGES:
        told["stage_title"] = _STAGES[type].get(row["stage"], "")
    return told


def _cursor(row: Row) -> str:
    return urlsafe_b64encode(f"{row['at_ms']}.{row['stream']}".encode()).decode().rstrip("=")


def _after(cursor: str) -> lists.After | None:
    if not cursor:
        return None
    try:
        at, _, stream = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii").partition(".")
    except (BadBase64, ValueError) as error:
        raise _bad("cursor", "不是本接口给出的 next_cursor") from error
    if not (at.isdigit() and len(at) < 16 and is_id(stream)):
        raise _bad("cursor", "不是本接口给出的 next_cursor")
    return int(at), stream


def _text(get: QueryDict, name: str) -> str:
    return get.get(name, "").strip().replace("\x00", "")[:_TEXT_MAX]


def _stage(get: QueryDict, stages: dict[str, str]) -> str:
    stage = _text(get, "stage")
    if stage and stage not in stages:
        raise _bad("stage", f"应为以下之一：{'、'.join(stages)}")
    return stage


def _day(get: QueryDict, name: str) -> date | None:
    try:
        return date.fromisoformat(day) if (day := get.get(name, "")) else None
    except ValueError as error:
        raise _bad(name, "日期应写作 2026-09-21") from error


def _bad(name: str, said: str) -> Problem:
    return Problem(400, "bad_request", f"{name}：{said}", {name: said})
