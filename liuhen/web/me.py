"""Whoever looks at the page: signed in, of one agency, with the roles of today; and what a page asks of him."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect

from liuhen import ledger
from liuhen.accounts.actor import OfficerActor, actor_of
from liuhen.accounts.models import Officer
from liuhen.accounts.pages import may_use, used_by
from liuhen.acts.matter import one_law
from liuhen.cases.access import NotForHim, NotThere, own_head
from liuhen.web import roles as role_names
from liuhen.web.clock import clock
from liuhen.web.goto import keeps

Check = Literal["anyone", "signed_in", "own_agency", "own_upload", "below"]
"""What a page looks at before it answers. `own_agency`: another agency's matter is not there (404).

`below`: for a superior bureau, of the agencies below it; any other is not there.
"""

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Me:
    """本人: the officer, the same person as an actor at this instant (milliseconds UTC)."""

    officer: Officer
    actor: OfficerActor
    now_ms: int

    @property
    def name(self) -> str:
        """姓名."""
        return self.officer.name

    @property
    def agency(self) -> str:
        """The id of his agency."""
        return self.actor.agency

    @property
    def agency_name(self) -> str:
        """本机关的名称."""
        return self.officer.agency.name

    @property
    def roles(self) -> frozenset[str]:
        """The roles that he holds today."""
        return self.actor.roles

    @property
    def role_titles(self) -> str:
        """The roles as people name them."""
        return role_names.named(sorted(self.roles)) or "没有角色"


def me_of(request: HttpRequest) -> Me:
    """The signed-in person, read once for a request."""
    known = getattr(request, "_liuhen_me", None)
    if known is None:
        now = clock().now_ms()
        officer = cast(Officer, request.user)
        known = Me(officer, actor_of(officer, now), now)
        request._liuhen_me = known  # type: ignore[attr-defined]
    return cast(Me, known)


def screen(
    check: Check, *, keepers_of: str = "", page: str = "", methods: tuple[str, ...] = ("GET", "HEAD")
) -> Callable[[View], View]:
    """A page of the officers' site: who may come here, by which methods. Every route has one (a guard looks).

    `keepers_of`: only for those whose roles perform some act on streams of that type; `page`: only for those whom that
    row of `pages.yaml` names. Whoever is turned away is noted for the audit.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if check == "anyone":
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
            me = me_of(request)
            if me.officer.must_change and not getattr(view, "before_own_password", False):
                return redirect("password")
            if keepers_of and not keeps(me.actor, keepers_of):
                raise _turned_away(request, me, "这一页由办理机关登记事项的人员使用")
            if page and not may_use(page, me.actor):
                raise _turned_away(request, me, f"这一页由{used_by(page)}使用")
            try:
                if request.method == "POST":
                    return view(request, me, *args, **kwargs)
                with one_law():  # a page asks for the law a hundred times
                    return view(request, me, *args, **kwargs)
            except PermissionDenied as denied:
                raise _turned_away(request, me, str(denied)) from denied

        guarded.check = check  # type: ignore[attr-defined]
        guarded.keepers_of = keepers_of  # type: ignore[attr-defined]
        return guarded

    return wrap


def _turned_away(request: HttpRequest, me: Me, why: str) -> PermissionDenied:
    """Noted before it is said."""
    ledger.record_read(me.agency, me.actor.id, request.path, "page", me.now_ms, granted=False)
    return PermissionDenied(why)


def own_stream(me: Me, stream: str, *types: str) -> ledger.Head:
    """The head of a stream of his own agency. Raises `Http404` for any other, known or unknown alike."""
    try:
        return own_head(me.actor, stream, *types)
    except NotThere as error:
        raise Http404 from error
    except NotForHim as error:
        raise PermissionDenied(str(error)) from error


def own_officer(me: Me, officer: str) -> Officer:
    """Somebody of his own agency, with his unit. Raises `Http404` for any other, known or unknown alike."""
    found = Officer.objects.filter(id=officer, agency_id=me.agency).select_related("unit").first()
    if found is None:
        raise Http404
    return found
