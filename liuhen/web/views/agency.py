"""人员、核验、机关设置."""

import time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liuhen import acts, ledger
from liuhen.accounts import queries
from liuhen.accounts.projections import PEOPLE, people_stream
from liuhen.acts import registry
from liuhen.acts.matter import law_of, load_matter, register_of
from liuhen.acts.models import OwedRow
from liuhen.documents.own_forms import own_forms
from liuhen.documents.terms import MISSING, lacking, terms_at
from liuhen.kernel.clock import format_local, local_date
from liuhen.law import Calendar
from liuhen.oversight.verification import NO_ALTERATION, verify
from liuhen.web import entries
from liuhen.web.articles import ANSWER, packs_of
from liuhen.web.asking import asked, open_questions
from liuhen.web.breached import breached_before
from liuhen.web.duties import Duties
from liuhen.web.figures import figures, to_set
from liuhen.web.goto import keeps, links
from liuhen.web.me import Me, screen
from liuhen.web.people import by_unit, standing

_MS_PER_SECOND = 1000
_ANNOUNCED_FROM = 11
"""The month in which the State Council's office usually announces the days off of the next year."""
_OF_THE_WHOLE = ("add_person", "enter_unit", "change_agency")
"""Acts on the register that are about nobody who is in it."""
_GROUPS = (
    ("逾期、缺失", "pressing"),
    ("应当办理", "open"),
    ("需要判断", "judge"),
    ("启用本系统以前到期，是否办过没有记录", "unwatched"),
)
"""What the agency itself owes, in the order of the page."""
_FOLDED = "unwatched"
"""What opens on demand: of long ago, and nothing to be done first."""
_TAKES_A_WHILE = 20_000
"""Entries beyond which the whole verification is left to the command."""


@screen("signed_in")
def people(request: HttpRequest, me: Me) -> HttpResponse:
    """本机关的人员: units, officers, roles of today, certificates and how long they are valid."""
    day = local_date(me.now_ms)
    found, stream = queries.people(me.agency, day), people_stream(me.agency)
    context = {
        "agency": me.officer.agency,
        "units": [(unit, [(one, standing(one, day)) for one in members]) for unit, members in by_unit(found)],
        "total": len(found),
        "superior": me.officer.agency.superior,
        "subordinates": queries.subordinates(me.officer.agency),
        "keeps": keeps(me.actor, PEOPLE),
        "acts": links(_OF_THE_WHOLE, me.actor, {PEOPLE: stream} if stream else {}),
    }
    return render(request, "web/people.html", context)


@screen("signed_in", methods=("GET", "HEAD", "POST"))
def verification(request: HttpRequest, me: Me) -> HttpResponse:
    """核验: how far the log is fixed and witnessed; on request, everything is computed again."""
    state = ledger.log_state(me.agency)
    context: dict[str, Any] = {
        "state": state,
        "root": state.root.hex() if state else "",
        "now": format_local(me.now_ms),
    }
    context["large"] = bool(state and state.size > _TAKES_A_WHILE)
    if request.method == "POST" and not context["large"]:
        ledger.record_read(me.agency, me.actor.id, "ledger", "verify", me.now_ms, granted=True)
        began = time.monotonic()
        found = list(verify(me.agency))
        context["findings"] = [finding for finding in found if finding.what not in NO_ALTERATION]
        context["besides"] = [finding for finding in found if finding.what in NO_ALTERATION]
        context["seconds"] = round(time.monotonic() - began, 1)
        context["done"] = True
    return render(request, "web/verification.html", context)


@screen("signed_in", keepers_of="register")
def settings(request: HttpRequest, me: Me) -> HttpResponse:
    """机关设置: measures adopted, figures, calendar years, committee; each change is an act with its entry."""
    register = register_of(me.agency)
    held = load_matter(register) if register else None
    agency_law = law_of(me.agency)
    bundle, calendar = agency_law.bundle, agency_law.calendar
    duties = Duties(held, me.actor, me.now_ms) if held else None
    context = {
        "register": register,
        "groups": [
            (title, found, name == _FOLDED)
            for title, name in _GROUPS
            if duties and (found := duties.shown(name))
        ],
        "breached": breached_before(me.actor, held, me.now_ms) if held else (),
        "questions": asked(open_questions(held, duties.judgements()), me, held) if held and duties else None,
        "measures": [
            (pack.measure, bundle.adopted.get(pack.prefix, pack.measure.start))
            for pack in packs_of(me.agency)
        ],
        "unannounced": _unannounced(me, calendar),
        "provisional": OwedRow.objects.filter(
            agency=me.agency, is_open=True, led_by=None, provisional=True
        ).count(),
        "years": sorted(calendar.years.values(), key=lambda year: -year.year),
        "amounts": [(one, to_set([one.id], me.actor).values()) for one in figures(me.agency)],
        "terms": terms_at(me.agency, me.now_ms),
        "terms_lacking": lacking(me.agency, me.now_ms, *MISSING),
        "own_forms": own_forms(me.agency, bundle.packs),
        "timeline": list(reversed(entries.views(held.entries, frozenset()))) if held else [],
        "acts": _register_acts(me, register) if register and held else [],
    }
    return render(request, "web/settings.html", context)


def _unannounced(me: Me, calendar: Calendar) -> int | None:
    """The year that is next to be announced: this one, or from November on the next; None while both are known."""
    today = local_date(me.now_ms)
    near = [today.year, *([today.year + 1] if today.month >= _ANNOUNCED_FROM else [])]
    return next((year for year in near if year not in calendar.years), None)


def _register_acts(me: Me, register: str) -> list[tuple[str, str]]:
    matter = load_matter(register)
    found = []
    for name, act in registry.acts().items():
        if (
            "register" in act.on
            and not act.by_system
            and name != ANSWER
            and not acts.preview(name, me.actor, matter, me.now_ms).barred
        ):
            found.append((registry.kind_of(act).title, reverse("act-on", args=[name, register])))
    return found
