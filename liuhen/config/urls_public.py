"""Addresses of the public site."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path


def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; says nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", alive),
    path("", include("liuhen.portal.urls")),
]
handler404 = "liuhen.portal.views.not_found"
handler500 = "liuhen.portal.views.broken"
