"""人员: one person of the register with certificates, roles, leave and what was entered about him; sign-in aids."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from liuhen import acts, ledger
from liuhen.accounts.folding import Standing, standing
from liuhen.accounts.models import Officer
from liuhen.accounts.projections import PEOPLE, people_stream
from liuhen.acts import registry
from liuhen.acts.cited import citation
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import format_local, local_date
from liuhen.kernel.ids import is_id, new_id
from liuhen.ledger import Entry
from liuhen.web.clock import clock
from liuhen.web.entries import EntryView, views
from liuhen.web.goto import may_perform
from liuhen.web.me import Me, own_officer, screen
from liuhen.web.roles import named

RESET, UNLOCK = "reset_password", "unlock_account"
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 4


@dataclass(frozen=True)
class Line:
    """One certificate, role or leave: what, from when to when, how it stands, and the acts on it."""

    what: str
    days: str
    state: str
    late: bool
    acts: Sequence[tuple[str, str]]


@screen("own_agency", keepers_of=PEOPLE)
def person(request: HttpRequest, me: Me, officer: str) -> HttpResponse:
    """One person of one's own agency."""
    return _page(request, me, own_officer(me, officer))


@screen("own_agency", keepers_of=PEOPLE, methods=("POST",))
def reset_password(request: HttpRequest, me: Me, officer: str) -> HttpResponse:
    """A password for once, shown this once and kept nowhere: whoever signs in with it chooses his own."""
    one = own_officer(me, officer)
    made = _one_time_password()

    def effect() -> None:
        one.set_password(made)
        one.must_change = True
        one.save(update_fields=["password", "must_change"])
        reset(username=one.username)

    said = _done(request, me, one, RESET, effect)
    return _page(request, me, one, password="" if said else made, wrong=said, act=RESET)


@screen("own_agency", keepers_of=PEOPLE, methods=("POST",))
def unlock(request: HttpRequest, me: Me, officer: str) -> HttpResponse:
    """Lift the lock that failed sign-ins have laid on somebody."""
    one = own_officer(me, officer)
    said = _done(request, me, one, UNLOCK, lambda: reset(username=one.username))
    if said:
        return _page(request, me, one, wrong=said, act=UNLOCK)
    messages.success(request, f"已解除{one.name}的登录锁定", extra_tags="good")
    return redirect("person", officer)


def _done(request: HttpRequest, me: Me, one: Officer, act: str, effect: Any) -> str:
    """The act and what it brings about, together or not at all; why not, where the door did not let it in."""
    key = request.POST.get("_key", "")
    fields = {"officer": one.id, "reason": request.POST.get("reason", "")}
    try:
        with ledger.write_turn(), transaction.atomic():
            receipt = acts.perform(
                act,
                me.actor,
                fields,
                key if is_id(key) else new_id(),
                clock=clock(),
                stream=people_stream(me.agency),
            )
            if receipt.again:
                return "这一表单已经办理过，请重新打开本页"
            effect()
    except acts.Refused as refused:
        return "；".join(reason.sentence(citation) for reason in refused.reasons)
    except acts.Invalid as invalid:
        return "；".join(invalid.errors.values())
    return ""


def _page(
    request: HttpRequest, me: Me, one: Officer, *, password: str = "", wrong: str = "", act: str = ""
) -> HttpResponse:
    stream = people_stream(me.agency)
    matter = load_matter(stream) if stream else None
    if matter is None:
        raise Http404
    ledger.record_read(me.agency, me.actor.id, f"person:{one.id}", "page", me.now_ms, granted=True)
    made, day = standing(matter.entries), local_date(me.now_ms)
    links = _Links(me, matter.stream, one.id)
    about = [entry for entry in matter.entries if _names(entry, one.id, made)]
    context = {
        "one": one,
        "certificates": list(_certificates(made, one.id, day, links)),
        "grants": list(_grants(made, one.id, day, links)),
        "leaves": list(_leaves(made, one.id, day, links)),
        "acts": links.of_person(one.is_active),
        "may": {name: may_perform(name, me.actor) and one.id != me.actor.id for name in (RESET, UNLOCK)},
        "locked": _locked(one),
        "last_login": one.last_login and format_local(int(one.last_login.timestamp() * 1000)),
        "timeline": _views(about),
        "password": password,
        "wrong": wrong,
        "wrong_act": act,
        "reason": request.POST.get("reason", ""),
        "key": new_id(),
    }
    return render(request, "web/person.html", context, status=422 if wrong else 200)


class _Links:
    """Addresses of acts that he who looks may perform, filled in with whom they are about."""

    def __init__(self, me: Me, stream: str, officer: str) -> None:
        self._me, self._stream, self._officer = me, stream, officer

    def of_person(self, active: bool) -> list[tuple[str, str]]:
        """What can be done with the person."""
        names = (
            ("change_person", "enter_certificate", "grant_role", "record_leave", "deactivate_person")
            if active
            else ("reinstate_person",)
        )
        extra: Mapping[str, Mapping[str, str]] = {"change_person": self._as_it_is() if active else {}}
        found = [self.to(name, officer=self._officer, **extra.get(name, {})) for name in names]
        return [link for links in found for link in links]

    def to(self, act: str, **fields: str) -> list[tuple[str, str]]:
        """Title and address of an act; nothing where he may not perform it."""
        if not may_perform(act, self._me.actor):
            return []
        query = fields | {"next": reverse("person", args=[self._officer])}
        address = reverse("act-on", args=[act, self._stream], query=query)
        return [(registry.kind_of(registry.act(act)).title, address)]

    def _as_it_is(self) -> dict[str, str]:
        one = Officer.objects.select_related("unit").get(id=self._officer)
        return {"name": one.name, "sex": one.sex, "unit": one.unit.name, "post": one.post}


def _certificates(made: Standing, officer: str, day: date, links: _Links) -> list[Line]:
    found = []
    for key, held in made.certificates.items():
        if held.officer != officer:
            continue
        taken = "已吊销或者收回注销" if held.gone else "已暂扣" if held.is_taken else ""
        state = taken or ("已到期" if held.to_on < day else "有效")
        acts = [] if held.gone else ["restore_certificate"] * held.is_taken + ["halt_certificate"]
        possible = [link for act in acts for link in links.to(act, certificate=key)]
        days = f"{held.from_on} 至 {held.to_on}"
        found.append(Line(f"{held.number}　{held.area}", days, state, state != "有效", possible))
    return found


def _grants(made: Standing, officer: str, day: date, links: _Links) -> list[Line]:
    found = []
    for key, grant in made.grants.items():
        if grant.officer != officer:
            continue
        over = grant.to_on is not None and grant.to_on < day
        state = "已终止" if over else "未开始" if grant.from_on > day else "有效"
        possible = [] if over else links.to("withdraw_role", grant=key, to_on=str(day))
        days = f"{grant.from_on} 起" if grant.to_on is None else f"{grant.from_on} 至 {grant.to_on}"
        found.append(Line(named([grant.role]), days, state, over, possible))
    return found


def _leaves(made: Standing, officer: str, day: date, links: _Links) -> list[Line]:
    found = []
    for key, leave in made.leaves.items():
        if officer not in (leave.officer, leave.substitute):
            continue
        who = made.people[leave.officer].name if leave.officer in made.people else "—"
        instead = made.people[leave.substitute].name if leave.substitute in made.people else "无"
        what = f"{who}请假，代理人：{instead}" + (f"（代行{named(leave.roles)}）" if leave.roles else "")
        over = leave.to_on < day
        state = "已结束" if over else "未开始" if leave.from_on > day else "请假中"
        possible = [] if over else links.to("end_leave", leave=key, to_on=str(day))
        found.append(Line(what, f"{leave.from_on} 至 {leave.to_on}", state, False, possible))
    return found


def _names(entry: Entry, officer: str, made: Standing) -> bool:
    """Whether an entry is about this person."""
    fields = entry.open
    owners = {officer if fields.get(name) == officer else "" for name in ("officer", "substitute")} | {
        held[fields[name]].officer
        for name, held in (("certificate", made.certificates), ("grant", made.grants), ("leave", made.leaves))
        if fields.get(name) in held
    }
    return officer in owners or any(row.get("id") == officer for row in fields.get("people", ()))


def _views(about: list[Entry]) -> list[EntryView]:
    return list(reversed(views(about, frozenset())))


def _locked(one: Officer) -> bool:
    tries = AccessAttempt.objects.filter(username=one.username).values_list("failures_since_start", flat=True)
    return any(count >= settings.AXES_FAILURE_LIMIT for count in tries)


def _one_time_password() -> str:
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)
