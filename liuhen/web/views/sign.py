"""登录、退出、锁定."""

from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liuhen import ledger
from liuhen.accounts.models import Agency, Officer
from liuhen.kernel.clock import format_local
from liuhen.oversight.looking import SIGN_IN, SIGN_OUT
from liuhen.web.clock import clock
from liuhen.web.me import screen

_MS_PER_MINUTE = 60_000
NOBODY = "nobody"
"""Who tried with a name that is nobody's."""


class SignInForm(AuthenticationForm):
    """Name and password; the message never says which of the two was wrong."""

    error_messages = {
        "invalid_login": "登录名或者密码不正确。请注意大小写；再错几次将暂时锁定。",
        "inactive": "这一账号已停用，请与本机关系统管理员联系。",
    }


class SignIn(LoginView):
    """登录页."""

    template_name = "web/sign/in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Signed in: noted first."""
        note(form.get_user(), SIGN_IN, granted=True)
        return super().form_valid(form)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Not signed in: noted, once; the attempt that locks the account is noted as that."""
        if not getattr(self.request, "axes_locked_out", False):
            _note_failure(form.data.get("username", ""), "登录名或者密码不正确")
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the limits of the lock-out, as they are set."""
        return super().get_context_data(**kwargs, limit=settings.AXES_FAILURE_LIMIT, minutes=_minutes())


def locked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many wrong passwords: how long it lasts, and who can end it."""
    _note_failure(request.POST.get("username", ""), "连续输错密码，已锁定")
    until = format_local(clock().now_ms() + _minutes() * _MS_PER_MINUTE)
    context = {"limit": settings.AXES_FAILURE_LIMIT, "minutes": _minutes(), "until": until}
    return render(request, "web/sign/locked.html", context, status=settings.AXES_HTTP_RESPONSE_CODE)


def note(officer: Officer, how: str, *, granted: bool, reason: str = "") -> None:
    """One line of the agency's reading record about signing in and out."""
    ledger.record_read(
        officer.agency_id, officer.id, "account", how, clock().now_ms(), granted=granted, reason=reason
    )


def _note_failure(username: str, reason: str) -> None:
    """Of a name that nobody has too, with the highest agency: known and unknown names take the same time."""
    officer = Officer.objects.filter(username=username[:40]).first()
    if officer is not None:
        note(officer, SIGN_IN, granted=False, reason=reason)
        return
    highest = Agency.objects.filter(superior=None).order_by("id").values_list("id", flat=True).first()
    if highest is not None:
        at = clock().now_ms()
        ledger.record_read(highest, NOBODY, "account", SIGN_IN, at, granted=False, reason="登录名不存在")


class SignOut(LogoutView):
    """退出."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Noted while it is known who leaves."""
        if request.user.is_authenticated:
            note(request.user, SIGN_OUT, granted=True)
        return super().post(request, *args, **kwargs)


def _minutes() -> int:
    return int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)


sign_in = screen("anyone", methods=("GET", "HEAD", "POST"))(SignIn.as_view())
sign_out = screen("anyone", methods=("POST",))(SignOut.as_view(next_page="sign-in"))
