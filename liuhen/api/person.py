"""Whoever calls: the signed-in person with the roles of today, and what each address asks of him."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.views.decorators.csrf import csrf_exempt

from liuhen import ledger
from liuhen.accounts.actor import OfficerActor, actor_of
from liuhen.accounts.models import Officer
from liuhen.accounts.pages import may_use, used_by
from liuhen.acts.matter import one_law
from liuhen.api.answers import Problem, nothing_here
from liuhen.api.clock import clock
from liuhen.cases.access import NotForHim, NotThere, own_head

Check = Literal["signed_in", "own_agency"]
"""What an address looks at before it answers. `own_agency`: another agency's matter is not there (404)."""

View = Callable[..., HttpResponseBase]
_READING = ("GET", "HEAD")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True)
class Caller:
    """本人: the officer, and the same person as an actor at this instant (milliseconds UTC)."""

    officer: Officer
    actor: OfficerActor
    now_ms: int

    @property
    def agency(self) -> str:
        """The id of his agency."""
        return self.actor.agency

    def noted(self, what: str, how: str) -> None:
        """His reading, noted before the answer, as the screens note it."""
        ledger.record_read(self.agency, self.actor.id, what, how, self.now_ms, granted=True)


class _Origin(CsrfViewMiddleware):
    """The framework's own check, that tells its reason instead of answering a page."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason, status=403)


def endpoint(check: Check, *, page: str = "", methods: tuple[str, ...] = _READING) -> Callable[[View], View]:
    """An address of the interface: who may call it, by which methods. Every route has one (a guard looks).

    `page`: only for those whom that row of `pages.yaml` names. Whoever is turned away is noted for the audit.
    """

    def wrap(view: View) -> View:
        @csrf_exempt  # asked below, after who it is: the answer is JSON, not a page
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                caller = _let_in(request, page, methods)
                try:
                    if request.method == "POST":
                        return view(request, caller, *args, **kwargs)
                    with one_law():
                        return view(request, caller, *args, **kwargs)
                except NotThere as error:
                    raise nothing_here() from error
                except NotForHim as error:
                    raise _turned_away(request, caller, str(error)) from error
            except Problem as problem:
                answer = problem.answer()
                if problem.status == 405:
                    answer.headers["Allow"] = ", ".join(methods)
                return answer

        guarded.check = check  # type: ignore[attr-defined]
        return cast(View, guarded)

    return wrap


def own(caller: Caller, stream: str, *types: str) -> ledger.Head:
    """The head of a stream of his own agency. Raises what the address answers for any other."""
    return own_head(caller.actor, stream, *types)


def _let_in(request: HttpRequest, page: str, methods: tuple[str, ...]) -> Caller:
    if request.method not in methods:
        raise Problem(405, "method", f"这一地址只接受 {'、'.join(methods)}")
    if not request.user.is_authenticated:
        raise Problem(401, "signed_out", "没有登录，或者登录已过期；请先在网站登录，带上登录的 Cookie")
    if request.method not in _READING:
        _from_here(request)
    now = clock().now_ms()
    officer = request.user
    caller = Caller(officer, actor_of(officer, now), now)
    if officer.must_change:
        raise Problem(403, "change_password", "须先在网站修改初始密码")
    if page and not may_use(page, caller.actor):
        raise _turned_away(request, caller, f"由{used_by(page)}使用")
    return caller


def _from_here(request: HttpRequest) -> None:
    """What changes something carries the token of its session, and is not what a form of another site could send."""
    if request.content_type in _FORMS:
        raise Problem(
            400, "content_type", "不接受网页表单；办理用 application/json，上传用 application/octet-stream"
        )
    asked = _Origin(lambda _: HttpResponse())
    asked.process_request(request)
    if asked.process_view(request, lambda _: HttpResponse(), (), {}) is not None:
        raise Problem(
            403,
            "csrf",
            "缺少或者不符的 X-CSRFToken；请先取 /api/v1/session，用其中的 csrf（重新登录后要再取）",
        )


def _turned_away(request: HttpRequest, caller: Caller, why: str) -> Problem:
    """Noted before it is said."""
    ledger.record_read(caller.agency, caller.actor.id, request.path, "page", caller.now_ms, granted=False)
    return Problem(403, "forbidden", why)
