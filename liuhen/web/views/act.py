"""办理: one page for every act, made from the dictionary; what stands in the way is said before the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from liuhen import acts, ledger
from liuhen.acts import Correction, Matter, Preview, Reason, registry
from liuhen.acts.form import AT, is_own_signature
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import local_date
from liuhen.kernel.ids import is_id, new_id
from liuhen.ledger import Entry
from liuhen.web import choices, drafts, roles
from liuhen.web.articles import ANSWER, about_act
from liuhen.web.clock import clock
from liuhen.web.correcting import REASON, entry_to_correct, original
from liuhen.web.entries import matter_url
from liuhen.web.forms import Control, Person, Prefill, controls, parse
from liuhen.web.heads import head_of
from liuhen.web.me import Me, own_stream, screen
from liuhen.web.people import choosable

KEY, SEEN, NEXT = "_key", "_seen", "_next"


@dataclass(frozen=True)
class Answer:
    """What is shown again after the door did not let an act in. `status` is the answer's HTTP status."""

    typed: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    reasons: Sequence[Reason] = ()
    moved: str = ""
    key: str = ""
    seen: str = ""
    status: int = 200


@screen("own_agency", methods=("GET", "HEAD", "POST"))
def act(
    request: HttpRequest, me: Me, name: str, stream: str | None = None, number: int | None = None
) -> HttpResponse:
    """The page of one act on one matter (none: it begins from nothing); with `number`, of correcting an entry."""
    if name not in registry.acts() or registry.act(name).by_system:
        raise Http404
    if stream is not None:
        own_stream(me, stream)
    matter = load_matter(stream) if stream is not None else None
    seen = acts.preview(name, me.actor, matter, me.now_ms)
    corrected = entry_to_correct(matter, name, number, stream) if stream and number else None
    if corrected is not None:
        seen = replace(seen, refused=(), questions=(), fits=True)
    elif bool(seen.act.on) != (matter is not None) or (matter is not None and matter.type not in seen.act.on):
        raise Http404
    if request.method == "POST":
        return _perform(request, me, seen, matter, corrected)
    if stream is not None:
        ledger.record_read(me.agency, me.actor.id, f"{stream}:{name}", "form", me.now_ms, granted=True)
    kept = {} if corrected else drafts.typed(me, name, stream, seen.form.kind) or _typed(seen, request.GET)
    return _page(request, me, seen, matter, Answer(typed=kept), corrected)


def _perform(
    request: HttpRequest, me: Me, seen: Preview, matter: Matter | None, corrected: Entry | None
) -> HttpResponse:
    typed = _typed(seen, request.POST)
    key = request.POST.get(KEY, "")
    last = request.POST.get(SEEN, "")
    stream = matter.stream if matter else None
    kept = Answer(typed=typed, key=key, seen=last)
    if not is_id(key):
        unnumbered = replace(kept, key=new_id(), moved="表单编号缺失，请核对后重新提交", status=400)
        return _page(request, me, seen, matter, unnumbered, corrected)
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
        return _page(request, me, seen, matter, _refused(kept, error, stream), corrected)
    drafts.forget(me, seen.name, stream)
    said = "此前已登记，没有重复登记" if receipt.again else "已登记，记录已保存到磁盘"
    messages.success(request, f"{seen.title}：{said}", extra_tags="good")
    return redirect(_onward(request, seen, matter, receipt))


def _refused(kept: Answer, error: acts.ActError, stream: str | None) -> Answer:
    """What the page says of an act that was not let in; the typing stays."""
    if isinstance(error, acts.Invalid):
        return replace(kept, errors=error.errors, status=422)
    if isinstance(error, acts.Refused):
        return replace(kept, reasons=error.reasons, status=422)
    if isinstance(error, acts.Moved):
        last = str(_last(load_matter(stream))) if stream else ""
        return replace(kept, seen=last, moved=error.happened, status=409)
    raise error


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
    if matter is None or seen.act.adopts or matter.type == "register":
        return matter_url(seen.form.kind.stream, receipt.stream)
    return matter_url(matter.type, matter.stream)


def _last(matter: Matter) -> int:
    return matter.entries[-1].index if matter.entries else 0


def _page(
    request: HttpRequest,
    me: Me,
    seen: Preview,
    matter: Matter | None,
    answer: Answer,
    corrected: Entry | None = None,
) -> HttpResponse:
    form = seen.form
    titles = {name: spec.label for name, spec in form.kind.fields.items()} | {
        AT: "发生时间",
        REASON: "更正理由",
    }
    made = _controls(me, seen, matter, answer, corrected)
    fixed = [control for control in made if control.shown]
    context = {
        "subject": head_of(matter).title if matter and matter.entries else "",
        "signs": any(is_own_signature(name, spec) for name, spec in form.kind.fields.items()),
        "seen": seen, "matter": matter, "answer": answer,
        "matter_url": matter_url(matter.type, matter.stream) if matter else "",
        "key": answer.key or new_id(), "last": answer.seen or (_last(matter) if matter else ""),
        "asked": [control for control in made if not control.shown], "fixed": fixed,
        "errors": [(name, titles.get(name, ""), text) for name, text in answer.errors.items()],
        "laws": about_act(me.agency, seen.name), "next": request.GET.get("next") or request.POST.get(NEXT, ""),
        "versions_url": drafts.versions_url(seen.name, matter.stream if matter else None),
        "draft_url": drafts.url(seen.name, matter.stream if matter else None),
        "draft": drafts.find(me, seen.name, matter.stream if matter else None),
        "questions": [] if corrected else _questions(seen, me, matter),
        "corrected": corrected, "reason": request.POST.get(REASON, ""), "reason_error": answer.errors.get(REASON, ""),
    }  # fmt: skip
    return render(request, "web/act.html", context, status=answer.status)


def _controls(
    me: Me, seen: Preview, matter: Matter | None, answer: Answer, corrected: Entry | None
) -> list[Control]:
    form = seen.form
    prefilled = {
        name: Prefill(source.value, source.kind_title, source.fixed) for name, source in form.filled.items()
    }
    for name, (value, origin) in registry.suggest(seen.name, matter).items():
        prefilled[name] = Prefill(value, origin, False)
    if corrected is not None:
        fixed_names = {name for name, source in form.filled.items() if source.fixed}
        prefilled |= {name: value for name, value in original(corrected).items() if name not in fixed_names}
    people: list[Person] = []
    if any(spec.type == "officers" for spec in form.asked.values()):
        people = choosable(me.agency, local_date(me.now_ms))
    fixed = {name for name, source in form.filled.items() if source.fixed}
    made = controls(
        form.kind,
        typed=dict(answer.typed),
        errors=answer.errors,
        prefilled=prefilled,
        people=people,
        roles=roles.signers(),
        instances=choices.instances(form, matter),
        names=drafts.upload_names(me, answer.typed),
        skip=set(form.kind.fields) - set(form.asked) - fixed,
    )
    return [_time_control(answer), *made] if form.asks_time else made


def _questions(seen: Preview, me: Me, matter: Matter | None) -> list[dict[str, Any]]:
    """判断事项 to be answered first, each with its own form number."""
    if matter is None or ANSWER not in registry.acts() or matter.type not in registry.act(ANSWER).on:
        return []
    url = reverse("act-on", args=[ANSWER, matter.stream])
    return [
        {
            "ask": question.id,
            "text": question.text,
            "article": question.article,
            "subject": question.subject or "",
            "who": roles.named(question.who, "或者"),
            "mine": _answers(question.who, me),
            "key": new_id(),
            "url": url,
        }
        for question in seen.questions
    ]


def _answers(who: Sequence[str], me: Me) -> bool:
    """Whether the question is put to one of his roles, by the name that people give the role."""
    own = {roles.titles().get(role, role) for role in me.roles}
    return not who or any(roles.titles().get(role, role) in own for role in who)


def _time_control(answer: Answer) -> Control:
    return Control(
        name=AT,
        label="发生时间",
        type="instant",
        required=False,
        template="web/forms/instant.html",
        value=str(answer.typed.get(AT, "")),
        error=answer.errors.get(AT, ""),
        hint="北京时间；不填即为提交的时间。不得晚于现在",
    )
