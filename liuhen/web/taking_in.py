"""取入草稿: what the record holds since a draft was kept is said, and taken in when asked for."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from liuhen.acts import Matter, Preview, registry
from liuhen.law.dictionary import Kind
from liuhen.ledger import Entry
from liuhen.web import drafts
from liuhen.web.drafts.opened import (
    OPENED,
    Newer,
    acknowledged,
    in_short,
    marks,
    newer,
    opened_with,
    taken_in,
)
from liuhen.web.forms import Control
from liuhen.web.me import Me
from liuhen.web.opening import controls_of

TAKE, LEAVE = "_take", "_leave"
"""What is pressed: take in what the record says of a column, or leave the draft as it is."""
_CHOOSING = frozenset({"key", "keys", "draft"})
_SORTED_BY = frozenset({"of"})
"""Of which act a recording is: the other columns follow from it."""


def opened(made: list[Control], draft: drafts.Kept | None, posted: QueryDict) -> str:
    """What the form says that it opened with: what stands in it, or where it goes on, what it said before."""
    if OPENED in posted:
        return posted.get(OPENED, "")
    if draft is None or draft.untouched:
        return in_short(marks(made))
    said = opened_with(draft.content)
    return "" if said is None else in_short(said)


def emptied(
    kind: Kind, typed: Mapping[str, Any], draft: drafts.Kept | None, posted: QueryDict
) -> dict[str, Any]:
    """What somebody has emptied of a form that comes back, or in its draft; rows to sign come again."""
    content: Mapping[str, Any] = {}
    if posted:
        content = drafts.sent(posted)
    elif draft is not None and not draft.untouched:
        content = draft.content
    found = drafts.emptied(content, typed)
    return {name: None for name in found if name in kind.fields and kind.fields[name].type != "signatures"}


def since(
    me: Me, seen: Preview, matter: Matter | None, typed: Mapping[str, Any], said: str, corrected: Entry | None
) -> list[Newer]:
    """What the record holds that the draft has not; nothing of a correction, which is of what was recorded."""
    known = opened_with({OPENED: said})
    if not typed or known is None or corrected is not None:
        return []
    return newer(_as_it_would_open(me, seen, matter, typed), typed, known)


def take_in(me: Me, seen: Preview, matter: Matter | None, of: drafts.Of, post: QueryDict) -> None:
    """Keep what is typed, with what the record says now of one column or as it is. Raises `DraftConflict`."""
    content, version = drafts.sent(post), post.get("_draft_version", "0")
    typed, known = drafts.read(content, seen.form.kind), opened_with(content) or {}
    asked = post.get(TAKE, "") or post.get(LEAVE, "")
    for one in _as_it_would_open(me, seen, matter, typed):
        if one.name == asked:
            if TAKE in post:
                content = taken_in(one, typed, known, content)
            content |= acknowledged(one, known)
    before = drafts.find(me, of)
    drafts.save(me, of, content, before.id if before else None, int(version) if version.isdigit() else 0)


def _as_it_would_open(
    me: Me, seen: Preview, matter: Matter | None, typed: Mapping[str, Any]
) -> list[Control]:
    """The form of the same thing as it would open now, with nothing typed but what it is about."""
    fields, by = seen.form.kind.fields, {registry.chosen_by(seen.name), *_SORTED_BY}
    about = {
        name: value
        for name, value in typed.items()
        if name in by or name in fields and fields[name].type in _CHOOSING
    }
    return controls_of(me, seen, matter, about, {})
