"""修改密码: one's own; whoever signed in with a password for once comes nowhere else before he has chosen his own."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from liuhen import ledger
from liuhen.web.me import Me, screen


class OwnPasswordForm(PasswordChangeForm):
    """The old password once, the new one twice."""

    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_mismatch": "两次输入的新密码不同，请重新输入。",
        "password_incorrect": "原密码不正确，请重新输入。",
    }

    def clean_new_password1(self) -> str:
        """A new password is another one."""
        new: str = self.cleaned_data["new_password1"]
        if new and self.user.check_password(new):
            self.add_error("new_password1", "新密码不能与原密码相同。")
        return new


def _change(request: HttpRequest, me: Me) -> HttpResponse:
    form = OwnPasswordForm(me.officer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        officer = form.save(commit=False)
        officer.must_change = False
        officer.save(update_fields=["password", "must_change"])
        update_session_auth_hash(request, officer)
        ledger.record_read(me.agency, me.actor.id, "account", "password", me.now_ms, granted=True)
        messages.success(request, "密码已修改，其他地方的登录已退出", extra_tags="good")
        return redirect("home")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "forced": me.officer.must_change, "errors": list(form.errors.values())}
    return render(request, "web/password.html", context, status=status)


_change.before_own_password = True  # type: ignore[attr-defined]
change = screen("signed_in", methods=("GET", "HEAD", "POST"))(_change)
