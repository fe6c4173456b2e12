"""Addresses of the officers' site."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from liuhen.api import answers
from liuhen.web import errors


def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; says nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


API = "api/"


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours: JSON to a program, a page to a person."""
    return answers.broken(request) if request.path.startswith(f"/{API}") else errors.broken(request)


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", alive),
    path(API, include("liuhen.api.urls")),
    path("", include("liuhen.web.urls")),
]
handler400 = "liuhen.web.errors.bad_request"
handler403 = "liuhen.web.errors.forbidden"
handler404 = "liuhen.web.errors.not_found"
handler500 = broken
