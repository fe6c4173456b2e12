"""演示时钟: only where the installation's clock can be put forward, which a real one's cannot."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from liuhen.kernel.clock import MS_PER_DAY, format_local
from liuhen.web.clock import movable
from liuhen.web.me import Me, screen

STEPS = (1, 7, 30)
"""Days by which the clock can be put forward at a time."""


@screen("signed_in", methods=("POST",))
def put_forward(request: HttpRequest, me: Me) -> HttpResponse:
    """Put the demonstration's clock forward by some days."""
    clock = movable()
    days = request.POST.get("days", "")
    if clock is None or days not in {str(step) for step in STEPS}:
        raise Http404
    if clock.put_forward(int(days) * MS_PER_DAY):
        messages.success(
            request, f"演示时钟已拨快{days}天，现在是{format_local(clock.now_ms())}", extra_tags="good"
        )
    else:
        messages.error(request, "演示时钟最多拨快三年", extra_tags="warn")
    back = request.POST.get("next", "/")
    return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/")
