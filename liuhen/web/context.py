"""What every page of the officers' site shows around its content."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from liuhen.kernel.clock import format_local
from liuhen.web.me import Me, me_of

_ADMINISTRATORS = frozenset({"system_administrator", "principal_head", "agency_head"})
_NAVIGATION: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("我的工作", "home", frozenset()),
    ("案源", "leads", frozenset()),
    ("案件", "cases", frozenset()),
    ("音像", "recordings", frozenset()),
    ("公示", "disclosure", frozenset()),
    ("法规", "library", frozenset()),
    ("人员", "people", frozenset()),
    ("核验", "verification", frozenset()),
    ("机关设置", "settings", _ADMINISTRATORS),
)


@dataclass(frozen=True)
class Item:
    """One entry of the main navigation."""

    title: str
    url: str
    here: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    """`me`, the navigation of his roles, and the time of printing; nothing for somebody not signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"me": None}
    me = me_of(request)
    return {"me": me, "navigation": _items(request, me), "now_text": format_local(me.now_ms)}


def _items(request: HttpRequest, me: Me) -> list[Item]:
    made = []
    for title, name, roles in _NAVIGATION:
        if roles and not roles & me.roles:
            continue
        url = reverse(name)
        here = request.path == url if url == "/" else request.path.startswith(url)
        made.append(Item(title, url, here))
    return made
