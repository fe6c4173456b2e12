"""What every page of the officers' site shows around its content."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from liuhen.accounts.models import Agency
from liuhen.accounts.pages import may_use
from liuhen.cases.access import MATTERS
from liuhen.kernel.clock import format_local
from liuhen.web.clock import movable
from liuhen.web.goto import keeps
from liuhen.web.me import Me, me_of
from liuhen.web.views.demonstration import STEPS

_NAVIGATION = (
    ("我的工作", "home"),
    ("案源", "leads"),
    ("案件", "cases"),
    ("检查", "inspections"),
    ("音像", "recordings"),
    ("公示", "disclosure"),
    ("法规", "library"),
    ("名录", "registers"),
    ("人员", "people"),
    ("核验", "verification"),
)


_OF_MATTERS = frozenset({"leads", "cases", "inspections", "recordings", "disclosure"})
"""Lists of matters: not for those who keep the machine and its people."""


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
    return {
        "me": me,
        "navigation": _items(request, me),
        "now_text": format_local(me.now_ms),
        "clock_steps": STEPS if movable() else (),
    }


def _oversees(me: Me) -> bool:
    """Whether he may look at agencies below, and there are any."""
    return may_use("oversee", me.actor) and Agency.objects.filter(superior=me.agency).exists()


def _items(request: HttpRequest, me: Me) -> list[Item]:
    made = []
    own = (("待签批", "to-sign"),) if may_use("sign", me.actor) else ()
    own = (*own, ("科室一览", "board")) if may_use("board", me.actor) else own
    own = (*own, ("机关设置", "settings")) if keeps(me.actor, "register") else own
    if may_use("audit", me.actor):
        own = (*own, ("审计", "audit"))
    over = (("下级机关", "oversight"),) if _oversees(me) else ()
    hidden: frozenset[str] = frozenset() if may_use(MATTERS, me.actor) else _OF_MATTERS
    for title, name in (*_NAVIGATION, *over, *own):
        if name in hidden:
            continue
        url = reverse(name)
        here = request.path == url if url == "/" else request.path.startswith(url)
        made.append(Item(title, url, here))
    return made
