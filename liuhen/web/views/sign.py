"""登录、退出、锁定."""

from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liuhen.kernel.clock import format_local
from liuhen.web.clock import clock
from liuhen.web.me import screen

_MS_PER_MINUTE = 60_000


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

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the limits of the lock-out, as they are set."""
        return super().get_context_data(**kwargs, limit=settings.AXES_FAILURE_LIMIT, minutes=_minutes())


def locked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many wrong passwords: how long it lasts, and who can end it."""
    until = format_local(clock().now_ms() + _minutes() * _MS_PER_MINUTE)
    context = {"limit": settings.AXES_FAILURE_LIMIT, "minutes": _minutes(), "until": until}
    return render(request, "web/sign/locked.html", context, status=settings.AXES_HTTP_RESPONSE_CODE)


def _minutes() -> int:
    return int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)


sign_in = screen("anyone", methods=("GET", "HEAD", "POST"))(SignIn.as_view())
sign_out = screen("anyone", methods=("POST",))(LogoutView.as_view(next_page="sign-in"))
