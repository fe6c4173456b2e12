"""登记以后会缺什么: asked while a form is being filled in, before it is submitted; nothing is kept or recorded."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liuhen.acts.besides import as_typed
from liuhen.acts.correcting import blank_time, kept_values
from liuhen.acts.filling import happened_as_typed
from liuhen.acts.form import Form
from liuhen.acts.lacking import Begun, foreseen
from liuhen.acts.matter import law_of
from liuhen.cases.drafted import DRAFT_ACT, against_the_sums
from liuhen.cases.filing import filed_after
from liuhen.kernel.clock import format_local, local_date
from liuhen.law.dictionary import Field
from liuhen.web.me import Me, screen
from liuhen.web.same_party import undecided
from liuhen.web.views.preview import form_before, typed_before

REGISTERS, SUSPECT = "register_lead", "suspect"
"""The form with which a lead begins, and the field of whom it is about."""


@screen("own_agency", methods=("POST",))
def look(request: HttpRequest, me: Me, name: str, stream: str | None = None) -> HttpResponse:
    """What the articles would find missing, or late, if the form were submitted as it is typed now."""
    before = form_before(request, me, name, stream)
    form, corrected = before.seen.form, before.corrected
    kind, typed = form.kind, typed_before(request, before)
    values = as_typed(form, me.agency, typed, me.now_ms)
    if corrected is not None:
        values = kept_values(before.seen.act, kind, corrected, values)
    happened = happened_as_typed(form, typed, values, blank_time(kind, corrected, me.now_ms), {})
    replaced = corrected.id if corrected is not None else None
    found = foreseen(before.seen.act, me.actor, before.matter, values, happened, replaced)
    rows = [(one, format_local(one.due_ms) if one.due_ms is not None else "") for one in found.lacking]
    drafted = before.matter if name == DRAFT_ACT else None
    wrong = against_the_sums(drafted, me.now_ms, values) if drafted is not None else ()
    alike = undecided(me, str(values.get(SUSPECT, ""))) if name == REGISTERS and corrected is None else ()
    filed = filed_after(before.matter, kind.name, happened)
    context = {
        "rows": rows,
        "wrong": wrong,
        "alike": alike,
        "unannounced": _unannounced(me, form, values),
        "begun": [(one, _until(one)) for one in found.begun if one.ours],
        "provisional": [(one, _until(one)) for one in found.begun if one.provisional and not one.ours],
        "before": format_local(filed) if filed is not None else "",
    }
    return render(request, "web/parts/lacking.html", context)


def _until(begun: Begun) -> str:
    return format_local(begun.due_ms) if begun.due_ms is not None else ""


def _unannounced(me: Me, form: Form, values: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    """Fields whose day to come lies in a year of which nobody has announced the holidays: name, label, the year."""
    calendar, today = law_of(me.agency).calendar, local_date(me.now_ms)
    days = {name: _day(spec, values.get(name)) for name, spec in form.asked.items()}
    return [
        (name, form.asked[name].label, day.year)
        for name, day in days.items()
        if day and day > today and not calendar.known(day)
    ]


def _day(spec: Field, value: Any) -> date | None:
    """The day that a field names; None of another kind of field, or where nothing fitting is typed."""
    if spec.type == "instant" and isinstance(value, int):
        return local_date(value)
    try:
        return date.fromisoformat(str(value)) if spec.type == "date" and value else None
    except ValueError:
        return None
