"""办理: which acts a matter has and what stands in the way of each; the form of one; the act, by the one door."""

import json
from typing import Any, NoReturn

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError

from liuhen import acts, ledger
from liuhen.accounts.acts import WITH_EFFECT
from liuhen.acts import Matter, Preview, Receipt, fields_of, registry
from liuhen.acts.form import AT, Form, out_of_place
from liuhen.acts.matter import law_of, load_matter
from liuhen.api import once
from liuhen.api.answers import Problem, answer, not_let_in, nothing_here, reasons_of
from liuhen.api.matters import read_matter
from liuhen.api.person import Caller, endpoint, own
from liuhen.cases.doable import doable
from liuhen.law.course import course
from liuhen.law.dictionary import Field
from liuhen.oversight.refused import note_refused


@endpoint("own_agency")
def of_matter(request: HttpRequest, caller: Caller, stream: str) -> HttpResponse:
    """Each act of a matter with what stands in its way: by roles, or by the law as far as it can be told beforehand."""
    matter = read_matter(caller, stream)
    found = doable(matter, caller.actor, caller.now_ms, course(law_of(matter.agency).bundle))
    return answer(
        {
            "acts": [
                {
                    "act": one.name,
                    "title": one.title,
                    "phase": one.phase,
                    "mine": one.mine,
                    "done": one.done,
                    "open": one.mine and not one.reasons,
                    "reasons": reasons_of(one.reasons),
                }
                for one in found
            ]
        }
    )


@endpoint("own_agency", methods=("GET", "HEAD", "POST"))
def act(request: HttpRequest, caller: Caller, name: str, stream: str | None = None) -> HttpResponse:
    """The form of an act (GET), or the act (POST); on a matter, or one that begins from nothing."""
    if name not in registry.acts() or registry.act(name).by_system or name in WITH_EFFECT:
        raise nothing_here()
    if stream is not None:
        own(caller, stream)
    matter = load_matter(stream) if stream is not None else None
    if out_of_place(registry.act(name), matter):
        raise nothing_here()
    if request.method == "POST":
        return _perform(request, caller, name, stream)
    if stream is not None:
        caller.noted(f"{stream}:{name}", "form")
    return answer(_form(acts.preview(name, caller.actor, matter, caller.now_ms), matter))


def _perform(request: HttpRequest, caller: Caller, name: str, stream: str | None) -> HttpResponse:
    key = once.checked(request.headers.get("Idempotency-Key", "").strip())
    fields, seen = sent(request)
    try:
        receipt = once.perform(caller, name, stream, key, fields, seen)
    except acts.ActError as error:
        note_refused(caller.actor, name, stream, error, caller.now_ms)
        raise not_let_in(error) from error
    return answer({"receipt": _receipt(caller, receipt)}, 200 if receipt.again else 201)


def _receipt(caller: Caller, receipt: Receipt) -> dict[str, Any]:
    """What was recorded, and its place in the agency's log, by which its inclusion can be proved."""
    kept = ledger.receipt(caller.agency, receipt.key)
    (entry,) = ledger.read_log(caller.agency, kept.first, kept.first + 1) if kept else (None,)
    log = ledger.log_state(caller.agency)
    return {
        "act": receipt.act,
        "stream": receipt.stream,
        "entry": receipt.entry,
        "recorded_ms": receipt.recorded_ms,
        "key": receipt.key,
        "log": {
            "origin": log.origin if log else "",
            "index": entry.index if entry else None,
            "leaf": entry.leaf_hash.hex() if entry else "",
        },
        "again": receipt.again,
    }


def sent(request: HttpRequest) -> tuple[dict[str, Any], int | None]:
    """`{"fields": {…}, "seen": index}` as sent; the door looks at the fields."""
    body = _json(request)
    if not isinstance(body, dict) or set(body) - {"fields", "seen"}:
        raise _unreadable('应为 {"fields": {…}, "seen": 序号}，seen 可省')
    fields, seen = body.get("fields", {}), body.get("seen")
    if not isinstance(fields, dict):
        raise _unreadable("fields 应为各栏的名称和内容")
    if seen is not None and (not isinstance(seen, int) or isinstance(seen, bool) or seen < 0):
        raise _unreadable("seen 应为办理前看到的最后一条记录的 index")
    return fields, seen


def _json(request: HttpRequest) -> Any:
    if request.content_type != "application/json":
        raise Problem(400, "content_type", "Content-Type 应为 application/json")
    try:
        text = request.body.decode()
        body = json.loads(text, parse_constant=_not_whole, parse_float=_not_whole)
        json.dumps(body, ensure_ascii=False).encode()
    except RequestDataTooBig as error:
        raise Problem(413, "too_large", "一次办理最多10MB；长篇材料请作为附件上传，没有登记") from error
    except UnreadablePostError as error:
        raise Problem(400, "bad_request", "请求中断，没有登记，请用同一 Idempotency-Key 重发") from error
    except (ValueError, RecursionError) as error:
        raise _unreadable("不是有效的 UTF-8 JSON") from error
    return body


def _not_whole(name: str) -> NoReturn:
    raise ValueError(name)


def _unreadable(said: str) -> Problem:
    return Problem(400, "bad_json", f"请求内容：{said}")


def _form(seen: Preview, matter: Matter | None) -> dict[str, Any]:
    """What the act asks, what the record fills in, what stands in its way, which judgements are to be given first."""
    form = seen.form
    asked = [_field(name, spec, form) for name, spec in form.asked.items()]
    if form.asks_time:
        asked.insert(0, {"name": AT, "label": "发生时间", "type": "instant", "required": False})
    return {
        "act": seen.name,
        "title": seen.title,
        "seen": matter.entries[-1].index if matter and matter.entries else None,
        "open": seen.open,
        "reasons": reasons_of(seen.reasons),
        "fields": asked,
        "fixed": sorted(name for name, source in form.filled.items() if source.fixed),
        "instances": [
            {"key": fields_of(entry).get(form.kind.key), "entry": entry.id, "kind": entry.kind}
            for entry in form.instances
        ],
        "questions": [
            {
                "ask": one.id,
                "article": one.article,
                "text": one.text,
                "who": list(one.who),
                "subject": one.subject,
            }
            for one in seen.questions
        ],
    }


def _field(name: str, spec: Field, form: Form) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": name,
        "label": spec.label,
        "type": spec.type,
        "required": spec.required or name in form.act.needed,
        "part": spec.part,
        "suggested": name in form.filled,
    }
    if spec.choices:
        told["choices"] = dict(spec.choices)
    if spec.columns:
        told["columns"] = dict(spec.columns)
    return told
