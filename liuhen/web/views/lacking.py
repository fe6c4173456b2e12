"""登记以后会缺什么: asked while a form is being filled in, before it is submitted; nothing is kept or recorded."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liuhen.acts.besides import as_typed
from liuhen.acts.correcting import blank_time, kept_values
from liuhen.acts.filling import happened_as_typed
from liuhen.acts.lacking import lacking
from liuhen.cases.drafted import DRAFT_ACT, against_the_sums
from liuhen.cases.filing import filed_after
from liuhen.kernel.clock import format_local
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
    found = lacking(before.seen.act, me.actor, before.matter, values, happened, replaced)
    rows = [(one, format_local(one.due_ms) if one.due_ms is not None else "") for one in found]
    drafted = before.matter if name == DRAFT_ACT else None
    wrong = against_the_sums(drafted, me.now_ms, values) if drafted is not None else ()
    alike = undecided(me, str(values.get(SUSPECT, ""))) if name == REGISTERS and corrected is None else ()
    filed = filed_after(before.matter, kind.name, happened)
    context = {
        "rows": rows,
        "wrong": wrong,
        "alike": alike,
        "before": format_local(filed) if filed is not None else "",
    }
    return render(request, "web/parts/lacking.html", context)
