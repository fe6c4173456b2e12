"""Addresses of the officers' site."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path


def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; says nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns: list[URLPattern | URLResolver] = [path("healthz", alive)]
