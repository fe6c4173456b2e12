"""科室一览: who owes what since when, whose leave and certificate end when; the weekly sheet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liuhen import ledger
from liuhen.accounts import queries
from liuhen.accounts.actor import roles_on
from liuhen.accounts.models import Leave
from liuhen.acts.matter import law_of
from liuhen.cases import board as loads
from liuhen.cases.late import late_total
from liuhen.cases.remaining import due_text, remaining_text
from liuhen.documents.installed import fonts
from liuhen.documents.render import render_table
from liuhen.kernel.clock import format_date, format_local, local_date
from liuhen.web import roles
from liuhen.web.entries import matter_url
from liuhen.web.goto import may_perform
from liuhen.web.listing import page_of
from liuhen.web.me import Me, own_officer, screen
from liuhen.web.people import standing

PAGE = "board"
HAND_OVER = "hand_over"
_AHEAD = timedelta(days=14)
"""Leave that begins within this time is shown."""
_SHEET_ROWS = 400
_NOBODY, _NOBODY_TITLE = "nobody", "没有写明由谁"
"""Duties of which the measure does not say whose they are, in the address and in words."""


@dataclass(frozen=True)
class Line:
    """One officer or role: what he owes, and in officers' lines what he has in hand, leave and certificate."""

    name: str
    unit: str
    late: int
    soon: int
    oldest: str
    next: str
    url: str
    in_hand: int | None = None
    leave: str = ""
    certificate: str = ""
    lapses: bool = False
    hand_over: str = ""


@screen("signed_in", page=PAGE)
def board(request: HttpRequest, me: Me) -> HttpResponse:
    """Who owes what."""
    ledger.record_read(me.agency, me.actor.id, PAGE, "page", me.now_ms, granted=True)
    people, bodies = _people(me), _bodies(me)
    units: dict[str, list[Line]] = {}
    for line in people:
        units.setdefault(line.unit, []).append(line)
    own = me.officer.unit.name
    context = {
        "units": sorted(units.items(), key=lambda unit: unit[0] != own),
        "bodies": bodies,
        "late": late_total(me.agency, me.now_ms),
        "days": loads.SOON_DAYS,
    }
    return render(request, "web/board.html", context)


def _people(me: Me) -> list[Line]:
    """Everybody in service who handles cases or owes something."""
    day, found = local_date(me.now_ms), loads.by_officer(me.agency, me.now_ms, _roles(me))
    away = _leaves(me)
    may = may_perform(HAND_OVER, me.actor)
    lines = []
    for person in queries.people(me.agency, day):
        load, held = found.get(person.officer.id), loads.in_hand(me.agency, person.officer.id)
        leave = away.get(person.officer.id, "")
        if held or load or leave or person.certificate:
            lines.append(_person(me, person, load, held, leave, may=may))
    return sorted(lines, key=lambda line: (-line.late, -line.soon))


def _person(
    me: Me, person: queries.Person, load: loads.Load | None, held: int, leave: str, *, may: bool
) -> Line:
    officer = person.officer
    return Line(
        officer.name if officer.is_active else f"{officer.name}（已离岗）",
        officer.unit.name,
        load.late if load else 0,
        load.soon if load else 0,
        _since(me, load),
        _next(me, load),
        reverse("board-of", args=[officer.id]),
        held,
        leave,
        standing(person, local_date(me.now_ms)),
        person.lapsed or person.lapses_soon,
        reverse("hand-over", args=[officer.id]) if may and held else "",
    )


def _roles(me: Me) -> dict[str, frozenset[str]]:
    """The roles of everybody in service, by id."""
    day = local_date(me.now_ms)
    return {
        one.officer.id: frozenset(roles_on(one.officer, day))
        for one in queries.officers_to_choose(me.agency, day)
    }


def _bodies(me: Me) -> list[Line]:
    """The roles whose duties are not of one case's handlers."""
    lines = [_body(me, load) for load in loads.by_role(me.agency, me.now_ms).values()]
    return sorted(lines, key=lambda line: (-line.late, -line.soon))


def _body(me: Me, load: loads.Load) -> Line:
    name = roles.titles().get(load.who, load.who or _NOBODY_TITLE)
    url = reverse("board-role", args=[load.who or _NOBODY])
    return Line(name, "", load.late, load.soon, _since(me, load), _next(me, load), url)


def _since(me: Me, load: loads.Load | None) -> str:
    if load is None or load.oldest_ms is None:
        return ""
    return remaining_text(load.oldest_ms, me.now_ms, law_of(me.agency).calendar)


def _next(me: Me, load: loads.Load | None) -> str:
    return due_text(load.next_ms, me.now_ms) if load is not None and load.next_ms is not None else ""


def _leaves(me: Me) -> dict[str, str]:
    """By officer, his leave now or soon, and who stands in."""
    day = local_date(me.now_ms)
    found = Leave.objects.filter(agency_id=me.agency, to_on__gte=day, from_on__lte=day + _AHEAD)
    return {
        one.officer_id: f"{one.from_on}至{one.to_on}"
        + (f"，{one.substitute.name}代理" if one.substitute else "，没有代理人")
        for one in found.select_related("substitute").order_by("-from_on")
    }


@screen("own_agency", page=PAGE)
def of(request: HttpRequest, me: Me, officer: str) -> HttpResponse:
    """What one officer owes."""
    one = own_officer(me, officer)
    return _owing(request, me, one.name, one.id, frozenset(roles_on(one, local_date(me.now_ms))))


@screen("signed_in", page=PAGE)
def of_role(request: HttpRequest, me: Me, role: str) -> HttpResponse:
    """What a role owes."""
    if role not in roles.titles() and role != _NOBODY:
        raise Http404
    name = roles.titles().get(role, _NOBODY_TITLE)
    return _owing(request, me, name, "" if role == _NOBODY else role, None)


def _owing(request: HttpRequest, me: Me, name: str, who: str, held: Collection[str] | None) -> HttpResponse:
    ledger.record_read(me.agency, me.actor.id, PAGE, "page", me.now_ms, granted=True)
    total, _ = loads.pressing(me.agency, who, me.now_ms, 0, 0, roles=held)

    def read(start: int, stop: int) -> list[dict[str, Any]]:
        _, found = loads.pressing(me.agency, who, me.now_ms, start, stop, roles=held)
        return [_owed(me, row) for row in found]

    context = {
        "name": name,
        "page": page_of(request, total, read),
        "days": loads.SOON_DAYS,
        "in_hand": loads.in_hand(me.agency, who) if held is not None else None,
        "hand_over": reverse("hand-over", args=[who])
        if held is not None and may_perform(HAND_OVER, me.actor)
        else "",
    }
    return render(request, "web/board_of.html", context)


def _owed(me: Me, row: Mapping[str, Any]) -> dict[str, Any]:
    calendar = law_of(me.agency).calendar
    return {
        **row,
        "url": matter_url(row["type"], row["matter"]),
        "party": row["party"] or "机关登记",
        "due": due_text(row["due_ms"], me.now_ms),
        "left": remaining_text(row["due_ms"], me.now_ms, calendar),
        "late": row["due_ms"] < me.now_ms,
        "since": format_local(row["starts_ms"]) if row["starts_ms"] else "",
    }


@screen("signed_in", page=PAGE)
def sheet(request: HttpRequest, me: Me) -> HttpResponse:
    """The week on paper: late and due, by officer and by role, leave, certificates."""
    ledger.record_read(me.agency, me.actor.id, PAGE, "print", me.now_ms, granted=True)
    made = render_table(_sheet(me), fonts())
    name = quote(f"一周待办 {local_date(me.now_ms)}.pdf")
    headers = {"Content-Disposition": f"inline; filename*=UTF-8''{name}"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _sheet(me: Me) -> dict[str, Any]:
    people, bodies = _people(me), _bodies(me)
    day = local_date(me.now_ms)
    summary = [
        [one.name, one.unit, str(one.late or ""), str(one.soon or ""), one.oldest, str(one.in_hand or ""), one.leave,
         one.certificate]
        for one in people
    ]  # fmt: skip
    owing = [row for line, who, held in _who(me) for row in _lines(me, line, who, held)]
    return {
        "title": "一周待办",
        "agency": me.agency_name,
        "instant": me.now_ms,
        "about": f"{me.agency_name}　{format_date(day)}，含逾期的和此后{loads.SOON_DAYS}日内到期的",
        "foot": f"{me.name} 于 {format_local(me.now_ms)} 打印",
        "tables": [
            {"title": "各人", "widths": [2, 2, 1, 1, 2, 1, 4, 4],
             "heads": ["姓名", "机构", "逾期", "将到期", "最早的", "在办", "请假和代理", "执法证"], "rows": summary},
            {"title": "各机构、负责人", "widths": [4, 1, 1, 3],
             "heads": ["由谁", "逾期", "将到期", "最早的"],
             "rows": [[one.name, str(one.late or ""), str(one.soon or ""), one.oldest] for one in bodies]},
            {"title": "逐项", "widths": [2, 3, 5, 3, 3],
             "heads": ["由谁", "当事人", "事项", "期限", "还有"], "rows": owing},
        ],
    }  # fmt: skip


def _who(me: Me) -> list[tuple[str, str, frozenset[str] | None]]:
    """Name, id and (of an officer) roles, of everybody who owes something: each duty stands on the paper once.

    What an officer owes in his roles stands under the role.
    """
    found = loads.by_officer(me.agency, me.now_ms, {})
    names = queries.names(found)
    own: list[tuple[str, str, frozenset[str] | None]] = [
        (names.get(who, who), who, frozenset()) for who in found
    ]
    bodies = loads.by_role(me.agency, me.now_ms)
    return own + [(roles.titles().get(who, who) or _NOBODY_TITLE, who, None) for who in bodies]


def _lines(me: Me, name: str, who: str, held: Collection[str] | None) -> list[list[str]]:
    total, found = loads.pressing(me.agency, who, me.now_ms, 0, _SHEET_ROWS, roles=held)
    shown = [_owed(me, row) for row in found]
    made = [
        [
            name,
            f"{one['party']}{'　' + one['number'] if one['number'] else ''}",
            one["title"],
            one["due"],
            one["left"],
        ]
        for one in shown
    ]
    if total > len(made):
        made.append([name, "", f"另有{total - len(made)}项没有列出，请在屏幕上查看", "", ""])
    return made
