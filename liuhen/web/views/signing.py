"""换一台设备签名: an officer's form leads another device to one document, for one person, for some minutes.

Whoever signs is not signed in: the code stands for him. He sees that one document and nothing else; what he draws goes
back into the form, where it counts only while the text is still the one that he was shown.
"""

import base64
import json
import re
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from liuhen import ledger
from liuhen.acts.matter import load_matter
from liuhen.acts.signing import BadSignature
from liuhen.documents import slips
from liuhen.documents.codes import picture
from liuhen.documents.installed import cache_folder, fonts
from liuhen.documents.queries import documents_of, render_document
from liuhen.documents.render import render_png
from liuhen.documents.slips import COPY_MS, NoSuchSlip, Slip
from liuhen.documents.witness import issuer
from liuhen.kernel.clock import format_local
from liuhen.kernel.ids import is_id
from liuhen.web import roles
from liuhen.web.clock import clock
from liuhen.web.me import Me, screen
from liuhen.web.views.preview import form_before, shown_of, typed_before, unfit

_PPI, _PAGES_MAX = 100, 40
_ROW, _KEY = "_row", "_key"
_NOBODY = "signer"
_COOKIE = "liuhen_slip"
_SIZE = re.compile(r'width="(\d+)"')
_PRIVATE = {"Cache-Control": "private, no-store"}


@screen("own_agency", methods=("POST",))
def ask(request: HttpRequest, me: Me, name: str, stream: str | None = None) -> HttpResponse:
    """A code and its picture for one signature row of the form as it is typed now."""
    before = form_before(request, me, name, stream)
    row, key = request.POST.get(_ROW, ""), request.POST.get(_KEY, "")
    who, signer = (request.POST.get(f"{row}-{cell}", "").strip() for cell in ("who", "name"))
    if not signer or not who or not is_id(key):
        return JsonResponse({"message": "请先选择身份、填写姓名，再换设备签名"}, status=422)
    typed = typed_before(request, before)
    if refused := unfit(request, me, before, typed):
        return refused
    shown = shown_of(me, before, typed, draw=partial(render_png, ppi=_PPI), most=_PAGES_MAX)
    if not shown.pages or shown.total > _PAGES_MAX:
        said = "这一事项不印成文书" if not shown.pages else f"文书超过{_PAGES_MAX}页"
        return JsonResponse({"message": f"{said}，请在纸上签名"}, status=422)
    asked = slips.Asked(
        me.agency, me.actor.id, name, stream or "", key, shown.title, who, signer, shown.each_page, shown.digest
    )  # fmt: skip
    slip, code = slips.ask(asked, shown.pages, me.now_ms)
    ledger.record_read(me.agency, me.actor.id, f"{stream or ''}:{name}", "sign-slip", me.now_ms, granted=True)
    address = request.build_absolute_uri(reverse("slip", args=[code.replace(" ", "")]))
    drawn = "data:image/svg+xml;base64," + base64.b64encode(_scalable(picture(address)).encode()).decode()
    until = format_local(slip.expires_ms)[11:16]
    return JsonResponse({
        "id": slip.id, "code": code, "address": request.build_absolute_uri(reverse("slip-enter")), "picture": drawn,
        "until": until, "state": reverse("slip-state", args=[slip.id]), "close": reverse("slip-close", args=[slip.id]),
    })  # fmt: skip


@screen("signed_in")
def state(request: HttpRequest, me: Me, slip: str) -> HttpResponse:
    """How far it is; what was drawn, once it was."""
    try:
        found = slips.of_officer(slip, me.actor.id)
    except NoSuchSlip as error:
        raise Http404 from error
    answer = {"state": _standing(found, me.now_ms), "opened": bool(found.device), "note": found.note}
    if found.state == slips.SIGNED and found.done_ms is not None:
        answer |= {
            "drawn": json.dumps(found.drawn[-1]),
            "pages": json.dumps(found.drawn) if found.each_page else "",
            "shown": found.digest,
            "at": format_local(found.done_ms).replace(" ", "T"),
        }
    return JsonResponse(answer, headers=_PRIVATE)


@screen("signed_in", methods=("POST",))
def close(request: HttpRequest, me: Me, slip: str) -> HttpResponse:
    """The officer ends it."""
    try:
        slips.close(slips.of_officer(slip, me.actor.id), me.now_ms)
    except NoSuchSlip as error:
        return JsonResponse({"message": str(error)}, status=409)
    return JsonResponse({"state": slips.CLOSED})


@screen("anyone", methods=("GET", "HEAD", "POST"))
def enter(request: HttpRequest) -> HttpResponseBase:
    """Where the code is typed."""
    code = request.POST.get("code", "")
    error = ""
    if request.method == "POST":
        try:
            slips.named(code)
            return redirect("slip", "".join(code.upper().replace("-", "").split()))
        except NoSuchSlip as wrong:
            error = str(wrong)
    context = {"error": error, "code": code[:20]}
    return render(request, "web/sign/slip_enter.html", context, status=422 if error else 200)


@screen("anyone", methods=("GET", "HEAD", "POST"))
def slip(request: HttpRequest, code: str) -> HttpResponseBase:
    """What the other device shows: who signs what; then, on the first device alone, the document and room to sign."""
    now = clock().now_ms()
    try:
        found = slips.named(code)
        mine = _mine(request, found)
        if request.method == "POST" and not mine:
            return _begin(code, now)
        if request.method == "POST":
            return _end(request, found, now)
    except (NoSuchSlip, BadSignature) as error:
        status = 404 if isinstance(error, NoSuchSlip) else 422
        return render(request, "web/sign/slip_over.html", {"error": str(error)}, status=status)
    return _shown(request, found, code, now, mine=mine)


@screen("anyone")
def slip_state(request: HttpRequest, code: str) -> HttpResponseBase:
    """Whether his own copy is ready."""
    found = _of_device(request, code)
    ready = _copy_of(found) is not None
    return JsonResponse({"copy": reverse("slip-copy", args=[code]) if ready else ""}, headers=_PRIVATE)


@screen("anyone")
def slip_copy(request: HttpRequest, code: str) -> HttpResponseBase:
    """His own copy, as soon as the officer has handed the form in."""
    found = _of_device(request, code)
    if clock().now_ms() > found.created_ms + COPY_MS:
        raise Http404
    pdf = _copy_of(found)
    if pdf is None:
        raise Http404
    ledger.record_read(
        found.agency, _NOBODY, f"{found.stream}:{found.act}", "party-copy", clock().now_ms(), granted=True,
        reason=f"{found.name}本人签名后领取",
    )  # fmt: skip
    headers = {**_PRIVATE, "Content-Disposition": 'inline; filename="copy.pdf"'}
    return HttpResponse(pdf(), content_type="application/pdf", headers=headers)


def _scalable(svg: str) -> str:
    """The picture of a code so that it can be shown at any size."""
    return _SIZE.sub(r'\g<0> viewBox="0 0 \1 \1"', svg, count=1)


def _plain(row: object) -> dict[str, str]:
    """What of a signature names whose it is and of what text."""
    return {key: str(row.get(key)) for key in ("shown", "name")} if isinstance(row, dict) else {}


def _shown(request: HttpRequest, found: Slip, code: str, now: int, *, mine: bool) -> HttpResponseBase:
    standing = _standing(found, now)
    context = {
        "slip": found, "code": code, "mine": mine, "standing": standing,
        "who": roles.named([found.who]) or found.who, "until": format_local(found.expires_ms)[11:16],
        "pages": [f"data:image/png;base64,{page}" for page in found.pages] if mine else [],
        "agency": issuer(found.agency).name, "state": reverse("slip-copy-state", args=[code]),
    }  # fmt: skip
    if standing == "over" or (not mine and (found.device or standing != slips.OPEN)):
        said = "这个签名码已经用过或者过期，请执法人员重新发起"
        return render(request, "web/sign/slip_over.html", {"error": said}, status=410)
    answer = render(request, "web/sign/slip.html", context)
    answer.headers["Cache-Control"] = _PRIVATE["Cache-Control"]
    return answer


def _begin(code: str, now: int) -> HttpResponseBase:
    """This device gets on; it is noted that the document was opened."""
    found, token = slips.begin(code, now)
    ledger.record_read(
        found.agency, _NOBODY, f"{found.stream}:{found.act}", "sign-slip", now, granted=True,
        reason=f"{found.name}签名前阅看",
    )  # fmt: skip
    answer = redirect("slip", code)
    answer.set_cookie(
        f"{_COOKIE}_{found.id}", token, max_age=timedelta(milliseconds=COPY_MS), httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE, path=reverse("slip-enter"),
    )  # fmt: skip
    return answer


def _end(request: HttpRequest, found: Slip, now: int) -> HttpResponseBase:
    if "refuse" in request.POST:
        slips.refuse(found, request.POST.get("note", ""), now)
    else:
        slips.sign(found, request.POST.get("drawn", ""), now)
    return redirect(request.path)


def _mine(request: HttpRequest, found: Slip) -> bool:
    try:
        slips.of_device(found.id, request.COOKIES.get(f"{_COOKIE}_{found.id}", ""))
    except NoSuchSlip:
        return False
    return True


def _of_device(request: HttpRequest, code: str) -> Slip:
    try:
        found = slips.named(code)
    except NoSuchSlip as error:
        raise Http404 from error
    if not _mine(request, found) or found.state != slips.SIGNED:
        raise Http404
    return found


def _standing(found: Slip, now: int) -> str:
    """Its state; `over` when its minutes are gone before anything was done."""
    return "over" if found.state == slips.OPEN and now > found.expires_ms else found.state


def _copy_of(found: Slip) -> "partial[bytes] | None":
    """The document that the form became, if it bears his signature of this very text; set when it is asked for."""
    receipt = ledger.receipt(found.agency, found.form_key)
    if receipt is None:
        return None
    (entry,) = ledger.read_log(found.agency, receipt.first, receipt.first + 1)
    rows = [row for value in entry.open.values() if isinstance(value, list) for row in value]
    wanted = {"shown": found.digest, "name": found.name}.items()
    if not any(wanted <= row.items() for row in map(_plain, rows)):
        return None
    entries, own = load_matter(entry.stream).entries, issuer(found.agency)
    ref = next(
        (one for one in documents_of(entries, own) if one.entry_id == entry.id and one.reach == "outer"), None
    )
    if ref is None:
        return None
    return partial(render_document, ref, entries, own, fonts(), cache=cache_folder())
