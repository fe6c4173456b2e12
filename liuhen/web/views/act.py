"""办理: one page for every act, made from the dictionary; what stands in the way is said before the form."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from liuhen import acts, ledger
from liuhen.accounts.acts import WITH_EFFECT
from liuhen.accounts.permissions import table
from liuhen.accounts.projections import PEOPLE
from liuhen.acts import Correction, Matter, Preview, Reason, registry
from liuhen.acts.form import AT, is_own_signature, out_of_place
from liuhen.acts.matter import load_matter
from liuhen.cases.access import visible_parts
from liuhen.cases.drafted import not_to_be_decided, takes_up_the_draft
from liuhen.documents.drafts import DraftConflict
from liuhen.documents.own_forms import shipped_forms
from liuhen.inspections.visited import planned_of, visits
from liuhen.kernel.clock import format_local, local_date
from liuhen.kernel.ids import is_id, new_id
from liuhen.ledger import Entry
from liuhen.oversight.refused import note_refused
from liuhen.registers.kinds import CATALOGUE
from liuhen.web import drafts, matrix, registers, sent
from liuhen.web.afterwards import warnings
from liuhen.web.answered import answered
from liuhen.web.articles import about_act
from liuhen.web.asking import asked
from liuhen.web.clock import clock
from liuhen.web.correcting import REASON, entry_to_correct
from liuhen.web.decision_beside import decision_beside
from liuhen.web.duties import Duties
from liuhen.web.entries import matter_url
from liuhen.web.forms import Control, parse
from liuhen.web.goto import FOR, with_choice
from liuhen.web.heads import head_of
from liuhen.web.me import Me, own_stream, screen
from liuhen.web.nothing_to_do import nothing_to_do
from liuhen.web.opening import controls_of
from liuhen.web.party_copy import for_the_party
from liuhen.web.reviewing import changed, prechecked
from liuhen.web.rounds import rounds
from liuhen.web.same_party import FIRST_TIME, beside, said
from liuhen.web.taking_in import LEAVE, TAKE, emptied, opened, since, take_in

OWN_FORM_ACT = "set_own_form"
KEY, SEEN, NEXT, DONE = "_key", "_seen", "_next", "_done"
PLAN = "inspection_planned"
AGREEING = frozenset({"inspection_endorsed", "inspection_approved"})
"""Kinds by which an inspection is planned, and agreed to."""
_LONG_TABLE = 12
"""A table with more rows has the width of the page."""
_ENDING = {"propose_closing": "结案呈批", "close_case": "结案", "archive_case": "归档"}
"""Acts before which one looks at what the case still owes."""


@dataclass(frozen=True)
class Answer:
    """What is shown again after the door did not let an act in; `there`: where what was done meanwhile is seen.

    `gone`: what became of the draft with which it was to go on. `status` is the answer's HTTP status.
    """

    typed: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    reasons: Sequence[Reason] = ()
    moved: str = ""
    key: str = ""
    seen: str = ""
    there: str = ""
    gone: str = ""
    status: int = 200


@screen("own_agency", methods=("GET", "HEAD", "POST"))
def act(
    request: HttpRequest, me: Me, name: str, stream: str | None = None, number: int | None = None
) -> HttpResponse:
    """The page of one act on one matter (none: it begins from nothing); with `number`, of correcting an entry."""
    if name not in registry.acts() or registry.act(name).by_system:
        raise Http404
    if name in WITH_EFFECT:
        return redirect("people")  # done from the person's own page, with what it brings about
    if stream is not None:
        own_stream(me, stream)
    matter = load_matter(stream) if stream is not None else None
    seen = acts.preview(name, me.actor, matter, me.now_ms)
    corrected = entry_to_correct(matter, name, number, stream) if stream and number else None
    if corrected is not None:
        seen = replace(seen, refused=(), questions=(), fits=True)
    elif out_of_place(seen.act, matter):
        raise Http404
    if matter is not None and FOR in request.GET:
        return redirect(with_choice(request, name, matter))
    of = _draft_of(request, seen, matter, corrected)
    if request.method == "POST" and {TAKE, LEAVE} & set(request.POST):
        return _take_in(request, me, seen, matter, of)
    if request.method == "POST":
        return _perform(request, me, seen, matter, of, corrected)
    if stream is not None:
        ledger.record_read(me.agency, me.actor.id, f"{stream}:{name}", "form", me.now_ms, granted=True)
    chosen = {} if corrected else _typed(seen, request.GET)
    kept = drafts.typed(me, of, seen.form.kind)
    anew = {name: value for name, value in chosen.items() if name == _sorting(seen)}
    kept = {**kept, **anew} if kept else chosen
    gone = drafts.CONTINUED in request.GET and corrected is None and drafts.find(me, of) is None
    became = drafts.became(me, of) if gone else None
    type = matter.type if matter else seen.form.kind.stream
    there = matter_url(type, became.stream) if became and became.stream else ""
    answer = Answer(typed=kept, gone=became.said if became else "", there=there)
    return _page(request, me, seen, matter, answer, of, corrected)


def _perform(
    request: HttpRequest,
    me: Me,
    seen: Preview,
    matter: Matter | None,
    of: drafts.Of,
    corrected: Entry | None,
) -> HttpResponse:
    typed = _typed(seen, request.POST)
    key = request.POST.get(KEY, "")
    last = request.POST.get(SEEN, "")
    stream = matter.stream if matter else None
    kept = Answer(typed=typed, key=key, seen=last)
    if not is_id(key):
        unnumbered = replace(kept, key=new_id(), moved="表单编号缺失，请核对后重新提交", status=400)
        return _page(request, me, seen, matter, unnumbered, of, corrected)
    done = request.POST.get(DONE)
    before = drafts.claim(me, of, key, done)
    if before is not None:
        there = matter_url(seen.form.kind.stream, before.stream) if before.stream else ""
        again = replace(kept, moved=before.said, there=there, status=409)
        return _page(request, me, seen, matter, again, of, corrected)
    try:
        receipt = acts.perform(
            seen.name,
            me.actor,
            typed,
            key,
            clock=clock(),
            stream=stream,
            seen=int(last) if last.isdigit() and corrected is None else None,
            correction=Correction(corrected.id, request.POST.get(REASON, "")) if corrected else None,
        )
    except acts.ActError as error:
        drafts.give_back(me, of, key, done)
        _keep(request, me, of)
        note_refused(me.actor, seen.name, stream, error, me.now_ms)
        return _page(request, me, seen, matter, _refused(kept, error, stream), of, corrected)
    if receipt.again and sent.typed_anew(request, key, typed):
        _keep(request, me, of)
        return _page(request, me, seen, matter, _typed_anew(me, kept, receipt, matter), of, corrected)
    sent.remember(request, key, typed)
    drafts.forget(me, of)
    drafts.remember(me, of, key, receipt.stream)
    if stream is not None and corrected is None and seen.act.same and not seen.act.new_key:
        drafts.set_aside(me, of, seen.form.kind.key, str(receipt.fields.get(seen.form.kind.key, "")))
    if stream is not None:
        drafts.put_away(me, stream)
    said = "此前已登记，没有重复登记" if receipt.again else "已登记，记录已保存到磁盘"
    messages.success(request, for_the_party(me, seen, receipt, said), extra_tags="good")
    for text in warnings(seen.name, receipt, me.now_ms):
        messages.warning(request, text, extra_tags="warn")
    return redirect(_onward(request, seen, matter, receipt))


def _take_in(
    request: HttpRequest, me: Me, seen: Preview, matter: Matter | None, of: drafts.Of
) -> HttpResponse:
    """What the record says since the draft was kept goes into it, or the draft stays as it is."""
    try:
        take_in(me, seen, matter, of, request.POST)
    except DraftConflict as error:
        messages.error(request, str(error), extra_tags="warn")
        return redirect(of.versions_url)
    back = request.POST.get(NEXT, "")
    return redirect(f"{of.form}&{urlencode({'next': back})}" if back and "?" in of.form else of.form)


def _draft_of(
    request: HttpRequest, seen: Preview, matter: Matter | None, corrected: Entry | None
) -> drafts.Of:
    """What is being written: as the form says that is sent, or as the address says where it is opened."""
    if corrected is not None:
        return drafts.Of(seen.name, corrected.stream, corrected.number)
    posted = request.method == "POST"
    type = matter.type if matter else None
    about = drafts.about_said(request.POST) if posted else drafts.about_of(_named(request, seen), type)
    return drafts.Of(seen.name, matter.stream if matter else None, about=about)


def _sorting(seen: Preview) -> str:
    """The choice after which the form fills itself in, where it says how and not about what: it is the same form."""
    field = seen.form.kind.fields.get(registry.chosen_by(seen.name))
    return field.name if field is not None and field.type == "choice" else ""


def _named(request: HttpRequest, seen: Preview) -> QueryDict:
    """What the address says that the form is about."""
    get = request.GET.copy()
    get.pop(_sorting(seen), None)
    return get


def _keep(request: HttpRequest, me: Me, of: drafts.Of) -> None:
    """What was not let in stays as the draft; where another has saved meanwhile, as a version beside his."""
    version = request.POST.get("_draft_version", "0")
    with suppress(DraftConflict):
        drafts.keep(me, of, request.POST, int(version) if version.isdigit() else 0)


def _refused(kept: Answer, error: acts.ActError, stream: str | None) -> Answer:
    """What the page says of an act that was not let in; the typing stays."""
    if isinstance(error, acts.Invalid):
        return replace(kept, errors=error.errors, reasons=error.reasons, status=422)
    if isinstance(error, acts.Refused):
        return replace(kept, reasons=error.reasons, status=422)
    if isinstance(error, acts.Moved):
        last = str(_last(load_matter(stream))) if stream else ""
        return replace(kept, seen=last, moved=error.happened, status=409)
    raise error


def _typed_anew(me: Me, kept: Answer, receipt: acts.Receipt, matter: Matter | None) -> Answer:
    """What a form says that was registered before and holds something else now: that was not taken, and stays here."""
    at, (todo, there) = format_local(receipt.recorded_ms), sent.where_corrected(me, receipt)
    said = f"这份表单已于{at}登记，没有重复登记；您后来改写的内容没有采用，仍在本页。{todo}；确需另行登记一件的再提交"
    seen = str(_last(matter)) if matter else ""
    return replace(kept, key=new_id(), seen=seen, moved=said, there=there, status=409)


def _typed(seen: Preview, post: QueryDict) -> dict[str, Any]:
    typed = parse(seen.form.kind, post, frozenset(seen.form.kind.fields) - frozenset(seen.form.asked))
    if seen.form.asks_time and (at := post.get(AT, "").strip()):
        typed[AT] = at
    return typed


def _onward(request: HttpRequest, seen: Preview, matter: Matter | None, receipt: acts.Receipt) -> str:
    """Where he came from, if the form said so; else the matter that the act belongs to."""
    wanted = request.POST.get(NEXT, "")
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    if matter is None or seen.act.adopts or matter.type == "register" and seen.form.kind.opens:
        return matter_url(seen.form.kind.stream, receipt.stream)
    return matter_url(matter.type, matter.stream)


def _fresh(request: HttpRequest) -> str:
    """This form, not going on with a draft."""
    get = request.GET.copy()
    get.pop(drafts.CONTINUED, None)
    return f"{request.path}?{get.urlencode()}" if get else request.path


def _last(matter: Matter) -> int:
    return matter.entries[-1].index if matter.entries else 0


def _page(
    request: HttpRequest,
    me: Me,
    seen: Preview,
    matter: Matter | None,
    answer: Answer,
    of: drafts.Of,
    corrected: Entry | None = None,
) -> HttpResponse:
    form = seen.form
    labels = {name: spec.label for name, spec in form.kind.fields.items()}
    titles = {**labels, AT: "发生时间", REASON: "更正理由"}
    draft = drafts.find(me, of)
    gone = emptied(seen.form.kind, answer.typed, draft, request.POST)
    made = controls_of(me, seen, matter, answer.typed, answer.errors, corrected, gone)
    before = beside(me, seen.name, matter)
    if before is not None:
        made = [replace(one, hint=said(me, before)) if one.name == FIRST_TIME else one for one in made]
    fixed = [control for control in made if control.shown]
    began = opened(made, draft, request.POST)
    reason = next(iter(draft.content.get(REASON, [])), "") if draft else ""
    signs = any(is_own_signature(name, spec) for name, spec in form.kind.fields.items())
    context = {
        "subject": _subject(matter), "done": drafts.done_before(me, of), **_weighing(me, seen, matter, answer),
        "signs": signs, **_before(me, seen, matter, corrected, signs=signs),
        "seen": seen, "matter": matter, "answer": answer,
        "matter_url": matter_url(matter.type, matter.stream) if matter else "",
        "key": answer.key or new_id(), "last": answer.seen or (_last(matter) if matter else ""),
        "asked": [control for control in made if not control.shown], "fixed": fixed,
        "errors": [(name, titles.get(name, ""), text) for name, text in answer.errors.items()],
        "laws": about_act(me.agency, seen.name), "next": request.GET.get("next") or request.POST.get(NEXT, ""),
        "versions_url": of.versions_url, "draft_url": of.url, "draft": draft, "about": of.about,
        "opened": began, "newer": since(me, seen, matter, answer.typed, began, corrected),
        "begun": [] if draft and not draft.untouched else drafts.begun(me, of), "here": request.get_full_path(),
        "fresh": _fresh(request),
        "refill": "" if corrected else registry.chosen_by(seen.name) or registers.chosen_in(form),
        "questions": None if corrected else asked(seen.questions, me, matter),
        "own_forms": shipped_forms() if seen.name == OWN_FORM_ACT else (),
        "same_party": before, "long": any(map(_is_long, made)),
        "corrected": corrected, "reason": request.POST.get(REASON, "") or reason,
        "reason_error": answer.errors.get(REASON, ""),
    }  # fmt: skip
    return render(request, "web/act.html", context, status=answer.status)


def _is_long(one: Control) -> bool:
    return len(one.rows) > _LONG_TABLE or one.offers[0] == matrix.EVIDENCE


def _weighing(me: Me, seen: Preview, matter: Matter | None, answer: Answer) -> dict[str, Any]:
    """Before an inspection is planned or agreed: how often its target is inspected this year."""
    if seen.act.kind == PLAN:
        name, code = (str(answer.typed.get(field, "")) for field in ("party_name", "party_code"))
        found = visits(me.agency, name, code, local_date(me.now_ms)) if name or code else None
        return {"weighs": True, "weighs_url": reverse("inspection-target"), "visits": found}
    if matter is None or seen.act.kind not in AGREEING:
        return {}
    return {"weighs": True, "visits": planned_of(matter)}


def _subject(matter: Matter | None) -> str:
    """Whom and what the form is about; nothing for registers, which are about many."""
    if matter is None or not matter.entries or matter.type in (PEOPLE, CATALOGUE):
        return ""
    return head_of(matter).about


def _before(
    me: Me, seen: Preview, matter: Matter | None, corrected: Entry | None, *, signs: bool
) -> dict[str, Any]:
    """What stands above the form: the text that is answered, and before a case ends what is still open in it."""
    if matter is None or corrected is not None or seen.barred:
        return {}
    parts = visible_parts(me.actor, matter)
    again = changed(seen.name, matter)
    left = Duties(matter, me.actor, me.now_ms).left_before(seen.name) if seen.name in _ENDING else []
    return {
        "rounds": rounds(seen.name, matter, parts),
        "answered": answered(seen.form, matter, parts, said_below=signs),
        "own_text": again is not None or table().get(seen.name, {}).get("of") == "handler",
        "precheck": None if seen.barred else prechecked(seen.name, matter, me.now_ms),
        "changes": again, "nothing": nothing_to_do(me, seen, matter),
        "decision_beside": decision_beside(seen.name, matter), "matrix": matrix.beside(seen.name, matter),
        "draft_wrong": not_to_be_decided(matter, me.now_ms) if takes_up_the_draft(seen.name) else (),
        "left": left, "ending": _ENDING.get(seen.name, ""),
    }  # fmt: skip
