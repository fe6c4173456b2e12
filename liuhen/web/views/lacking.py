"""登记以后会缺什么: asked while a form is being filled in, before it is submitted; nothing is kept or recorded."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liuhen.acts import Matter
from liuhen.acts.besides import as_typed
from liuhen.acts.correcting import blank_time, kept_values
from liuhen.acts.filling import happened_as_typed
from liuhen.acts.form import AT
from liuhen.acts.lacking import lacking
from liuhen.cases.drafted import DRAFT_ACT, against_the_sums
from liuhen.kernel.clock import format_local
from liuhen.law.dictionary import Kind
from liuhen.web.forms import parse
from liuhen.web.me import Me, screen
from liuhen.web.same_party import undecided
from liuhen.web.views.preview import form_before

_FILED, _INVESTIGATED = "filed", frozenset({"inspected", "inquired", "evidence_collected"})
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
    context = {
        "rows": rows,
        "wrong": wrong,
        "alike": alike,
        "before": _before_filing(before.matter, kind, happened),
    }
    return render(request, "web/parts/lacking.html", context)


def _before_filing(matter: Matter | None, kind: Kind, happened: int) -> str:
    """When the case was filed, if what is entered in it is told to have happened before that; empty otherwise."""
    filed = matter.last(_FILED) if matter is not None and matter.type == "case" else None
    if filed is None or kind.name not in _INVESTIGATED or happened >= filed.happened_ms:
        return ""
    return format_local(filed.happened_ms)
