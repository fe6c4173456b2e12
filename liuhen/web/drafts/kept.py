"""The draft as it is typed: found, kept, read by its form, gone with the act."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from liuhen import ledger
from liuhen.accounts import queries as people
from liuhen.acts import registry
from liuhen.acts.form import AT
from liuhen.acts.limits import longest
from liuhen.documents import drafts
from liuhen.kernel.clock import format_local
from liuhen.law.dictionary import Kind
from liuhen.web.correcting import REASON
from liuhen.web.drafts.of import OF_NOBODY, OWN_PREFIX, Of
from liuhen.web.drafts.opened import kept_of, untouched
from liuhen.web.forms import parse
from liuhen.web.me import Me

_NOT_TYPED = frozenset({"csrfmiddlewaretoken"})


@dataclass(frozen=True)
class Kept:
    """A draft as the form shows it: its version, when it was saved, and by whom if by another.

    `untouched`: nothing in it was typed by anybody.
    """

    id: str
    version: int
    saved: str
    other: str
    content: Mapping[str, Any]
    untouched: bool


def find(me: Me, of: Of) -> Kept | None:
    """The draft: on a matter the officers' common one, elsewhere his own."""
    found = drafts.of_stream(me.agency, of.stream or "", of.name)
    draft = next((one for one in found if one.owner == me.actor.id or shared(of)), None)
    if draft is None:
        return None
    latest = drafts.versions(me.agency, draft.id)[0]
    other = "" if latest.author == me.actor.id else people.names([latest.author]).get(latest.author, "")
    saved = format_local(draft.updated_ms)
    return Kept(draft.id, draft.version, saved, other, draft.content, nothing_typed(of, draft.content))


def typed(me: Me, of: Of, kind: Kind) -> dict[str, Any]:
    """What was typed and kept, as the form reads it; empty without a draft."""
    draft = find(me, of)
    return read(draft.content, kind) if draft and not draft.untouched else {}


def keep(me: Me, of: Of, post: QueryDict, expected: int) -> Kept | None:
    """Keep what is typed now; no draft begins with what the form itself filled in.

    Raises `drafts.DraftConflict` when another has saved since `expected`.
    """
    content, before = sent(post), find(me, of)
    if before is None and nothing_typed(of, content):
        return None
    save(me, of, content, before.id if before else None, expected)
    return find(me, of)


def sent(post: QueryDict) -> dict[str, Any]:
    """What a form sends of its own columns, and what it says it opened with."""
    typed = {
        name: values
        for name, values in post.lists()
        if not name.startswith(OWN_PREFIX) and name not in _NOT_TYPED
    }
    return typed | kept_of(post)


def nothing_typed(of: Of, content: Mapping[str, Any]) -> bool:
    """Whether it holds nothing but what the form opened with."""
    return untouched(read(content, registry.kind_of(registry.act(of.act))), content, (REASON,))


def save(me: Me, of: Of, content: Mapping[str, Any], draft: str | None, expected: int) -> None:
    """Make this the text of a draft, of a new one without `draft`. Raises `DraftConflict`, `NoSuchDraft`."""
    drafts.save(
        me.agency,
        act=of.name,
        stream=of.stream or "",
        owner=me.actor.id,
        content=content,
        now_ms=me.now_ms,
        draft_id=draft,
        expected_version=expected,
    )


def forget(me: Me, of: Of) -> None:
    """The act has been performed: its draft goes."""
    draft = find(me, of)
    if draft is not None:
        drafts.delete(me.agency, draft.id)


def too_long(kind: Kind, post: QueryDict) -> list[str]:
    """What is too long to be submitted, in words; it is kept all the same."""
    return [
        f"“{spec.label}”现有 {length} 字，超过 {longest(spec)} 字"
        for name, spec in kind.fields.items()
        if spec.type in ("text", "longtext") and (length := len(post.get(name, ""))) > longest(spec)
    ]


def upload_names(me: Me, content: Mapping[str, Any]) -> dict[str, str]:
    """The names of uploads that a form mentions and that still wait in staging."""
    ids = {one for name, value in content.items() if not name.startswith(OWN_PREFIX) for one in _ids(value)}
    found = ((one, ledger.find_upload(one, me.actor.id)) for one in ids)
    return {one: upload.file.name for one, upload in found if upload is not None}


def _ids(value: Any) -> Iterable[str]:
    return (one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def read(content: Mapping[str, Any], kind: Kind) -> dict[str, Any]:
    """Kept typing as the form reads it."""
    post = QueryDict(mutable=True)
    for name, values in content.items():
        post.setlist(name, values)
    found = parse(kind, post)
    if at := post.get(AT, ""):
        found[AT] = at
    return found


def shared(of: Of) -> bool:
    """Whether several write on it: on a matter, not on what is the agency's own."""
    return of.stream is not None and ledger.heads([of.stream])[of.stream].type not in OF_NOBODY
