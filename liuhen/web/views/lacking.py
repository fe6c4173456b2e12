"""登记以后会缺什么: asked while a form is being filled in, before it is submitted; nothing is kept or recorded."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liuhen.acts.besides import as_typed
from liuhen.acts.correcting import blank_time, kept_values
from liuhen.acts.filling import happened_as_typed
from liuhen.acts.form import AT
from liuhen.acts.lacking import lacking
from liuhen.cases.drafted import DRAFT_ACT, against_the_sums
from liuhen.kernel.clock import format_local
from liuhen.web.forms import parse
from liuhen.web.me import Me, screen
from liuhen.web.same_party import undecided
from liuhen.web.views.preview import form_before

REGISTERS, SUSPECT = "register_lead", "suspect"
"""The form with which a lead begins, and the field of whom it is about."""


@screen("own_agency", methods=("POST",))
def look(request: HttpRequest, me: Me, name: str, stream: str | None = None) -> HttpResponse:
    """What the articles would find missing, or late, if the form were submitted as it is typed now."""
    before = form_before(request, me, name, stream)
    kind = before.seen.form.kind
    typed = parse(kind, request.POST, frozenset(kind.fields) - frozenset(before.seen.form.asked))
    if at := request.POST.get(AT, "").strip():
        typed[AT] = at
    values = as_typed(before.seen.form, me.agency, typed, me.now_ms)
    form, corrected = before.seen.form, before.corrected
    if corrected is not None:
        values = kept_values(before.seen.act, kind, corrected, values)
    happened = happened_as_typed(form, typed, values, blank_time(kind, corrected, me.now_ms), {})
    replaced = corrected.id if corrected is not None else None
    found = lacking(before.seen.act, me.actor, before.matter, values, happened, replaced)
    rows = [(one, format_local(one.due_ms) if one.due_ms is not None else "") for one in found]
    drafted = before.matter if name == DRAFT_ACT else None
    wrong = against_the_sums(drafted, me.now_ms, values) if drafted is not None else ()
    alike = undecided(me, str(values.get(SUSPECT, ""))) if name == REGISTERS and corrected is None else ()
    return render(request, "web/parts/lacking.html", {"rows": rows, "wrong": wrong, "alike": alike})
