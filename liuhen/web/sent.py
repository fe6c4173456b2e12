"""后退再交: what a form held when it was registered, so that what is typed anew in it is not taken for the same."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from liuhen.acts import Receipt, registry
from liuhen.acts.matter import load_matter
from liuhen.web.entries import correct_url, matter_url
from liuhen.web.me import Me

_SENT = "sent"
_KEPT = 40
"""Of so many forms sent last in one session it is known what they held."""


def remember(request: HttpRequest, key: str, typed: Mapping[str, Any]) -> None:
    """A form was registered as it was typed."""
    last = [*request.session.get(_SENT, {}).items()][-_KEPT + 1 :]
    request.session[_SENT] = dict([*last, (key, _digest(typed))])


def typed_anew(request: HttpRequest, key: str, typed: Mapping[str, Any]) -> bool:
    """Whether a form that was registered before holds something else now; False where that cannot be told."""
    now = _digest(typed)
    return bool(request.session.get(_SENT, {}).get(key, now) != now)


def where_corrected(me: Me, receipt: Receipt) -> tuple[str, str]:
    """What to do about what was registered, and where: it is corrected, or looked at."""
    matter = load_matter(receipt.stream)
    entry = next((one for one in matter.entries if one.id == receipt.entry), None)
    may_correct = entry and correct_url(
        entry, lambda act: not registry.may(registry.act(act), me.actor, matter)
    )
    if may_correct:
        return "要改已登记的，请在新窗口打开它、办理“更正”", may_correct
    return "已登记的请在新窗口查看", matter_url(matter.type, matter.stream)


def _digest(typed: Mapping[str, Any]) -> str:
    written = json.dumps(typed, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode()).hexdigest()
