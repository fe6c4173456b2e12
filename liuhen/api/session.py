"""登录的人: who the interface takes the caller for, and the token that what he sends must carry."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from liuhen.api.answers import answer
from liuhen.api.person import Caller, endpoint
from liuhen.law.reading import role_titles


@endpoint("signed_in")
def session(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The person, his agency, his roles of today, and the token for `X-CSRFToken`."""
    titles = role_titles()
    agency = caller.officer.agency
    return answer(
        {
            "officer": {
                "id": caller.actor.id,
                "username": caller.officer.username,
                "name": caller.actor.name,
                "certificate": caller.actor.certificate,
            },
            "agency": {"id": agency.id, "slug": agency.slug, "name": agency.name},
            "roles": [{"role": role, "title": titles.get(role, role)} for role in sorted(caller.actor.roles)],
            "now_ms": caller.now_ms,
            "csrf": get_token(request),
        }
    )
