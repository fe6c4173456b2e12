"""没有提交的草稿: what was begun and what was thrown away, offered again."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from liuhen import ledger
from liuhen.accounts import queries as people
from liuhen.acts import registry
from liuhen.documents import drafts
from liuhen.kernel.clock import format_local
from liuhen.web.drafts.kept import nothing_typed, read, shared
from liuhen.web.drafts.of import Of
from liuhen.web.forms.show import show_value
from liuhen.web.me import Me

_TEXTS = frozenset({"text", "longtext"})
_SAID_MOST = 60


@dataclass(frozen=True)
class Begun:
    """没有提交的草稿, as it is offered: what it says so far, when and by whom it was saved, and where it goes on."""

    id: str
    title: str
    said: str
    saved: str
    by: str
    url: str


def begun(me: Me, of: Of) -> list[Begun]:
    """Other drafts of the same act: on a matter everybody's, elsewhere one's own; the latest first."""
    found = [
        one
        for one in drafts.of_act(me.agency, of.stream or "", of.act)
        if one.act != of.name and (one.owner == me.actor.id or shared(of))
    ]
    return _offered(me, [one for one in found if Of.named(one.act, one.stream).number == of.number])


def begun_by(me: Me) -> list[Begun]:
    """Everything that he has begun and not submitted; the latest first."""
    return _offered(me, drafts.of_owner(me.agency, me.actor.id))


def discarded_by(me: Me) -> list[Begun]:
    """What he has thrown away lately and can take back."""
    return _offered(me, drafts.discarded(me.agency, me.actor.id))


def discard(me: Me, draft: str) -> None:
    """Throw a draft away. Raises `drafts.NoSuchDraft` for what is not his and not of a matter."""
    _his(me, draft)
    drafts.discard(me.agency, draft)


def recover(me: Me, draft: str) -> Of:
    """Take it back; where another stands in its place by now, beside it. Raises `drafts.NoSuchDraft`."""
    held = _his(me, draft)
    of = Of.named(held.act.removeprefix("-"), held.stream)
    if any(one.act == of.name for one in drafts.of_act(me.agency, held.stream, of.act)):
        of = replace(of, about="r" + secrets.token_hex(6))
    drafts.recover(me.agency, draft, of.name)
    return of


def _his(me: Me, draft: str) -> drafts.Draft:
    held = drafts.get(me.agency, draft)
    if held.owner != me.actor.id and not shared(Of("", held.stream or None)):
        raise drafts.NoSuchDraft("没有这份草稿，可能已经提交或者删除")
    return held


def _offered(me: Me, found: Sequence[drafts.Draft]) -> list[Begun]:
    """As they are offered, those in which something is written first; what nobody has typed in is none."""
    found = [one for one in found if not nothing_typed(Of.named(one.act, one.stream), one.content)]
    names = people.names({one.owner for one in found} | {id for one in found for id in _named(one)})
    return sorted((_begun(me, one, names) for one in found), key=lambda one: not one.said)


def _begun(me: Me, one: drafts.Draft, names: Mapping[str, str]) -> Begun:
    of = Of.named(one.act, one.stream)
    kind = registry.kind_of(registry.act(of.act))
    whom = [names[id] for id in _named(one) if id in names]
    texts = [
        f"{kind.fields[name].label}“{show_value(kind.fields[name], value).text[:_SAID_MOST]}”"
        for name, value in read(one.content, kind).items()
        if name in kind.fields and kind.fields[name].type in _TEXTS and kind.fields[name].part == ledger.OPEN
    ]
    return Begun(
        one.id,
        kind.title if of.number is None else f"更正：{kind.title}",
        "，".join([*whom, *texts][:2]),
        format_local(one.updated_ms),
        "" if one.owner == me.actor.id else names.get(one.owner, ""),
        of.form,
    )


def _named(one: drafts.Draft) -> list[str]:
    """Whom a draft names by a choice of one."""
    kind = registry.kind_of(registry.act(Of.named(one.act, one.stream).act))
    return [
        value
        for name, spec in kind.fields.items()
        if spec.type == "key"
        for value in one.content.get(name, [])
    ]
