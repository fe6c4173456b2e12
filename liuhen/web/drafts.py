"""What is being typed: kept as typed, bound to what it is about, shared by the officers of a matter.

One draft for an act on a matter and for what the address of its form names (`?officer=…`). A form that begins from
nothing has a draft of its own each time: what was not submitted is offered again there, and never fills another's form.
"""

import json
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from liuhen import ledger
from liuhen.accounts import queries as people
from liuhen.acts import registry
from liuhen.acts.form import AT
from liuhen.acts.limits import longest
from liuhen.acts.matter import load_matter
from liuhen.documents import drafts
from liuhen.kernel.clock import format_local
from liuhen.law.dictionary import Kind
from liuhen.web.forms import parse
from liuhen.web.me import Me

_OWN_PREFIX = "_"
_CORRECTING, _ABOUT = ".", "~"
_NOT_TYPED = frozenset({"csrfmiddlewaretoken"})
_NOT_SUBJECT = frozenset({"next"})
_ABOUT_FORM = re.compile(r"[a-z0-9]{0,16}")
_OF_NOBODY = frozenset({"register", "people"})
"""Streams that are an agency's own: a draft on one is about whom its form names, and about nothing else."""
ABOUT, CONTINUED = "_about", "_draft"
"""What a draft is about, in the form and in the address of a form that goes on with one."""
_WHOLE = "0"
_TEXTS = frozenset({"text", "longtext"})
_SAID_MOST = 60


@dataclass(frozen=True)
class Kept:
    """A draft as the form shows it: its version, when it was saved, and by whom if by another."""

    id: str
    version: int
    saved: str
    other: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Of:
    """What is being written: an act, on a matter if it has one; with `number`, the correction of that entry.

    `about`: what of the matter, or which of several that begin from nothing; empty for the matter as a whole.
    """

    act: str
    stream: str | None = None
    number: int | None = None
    about: str = ""

    @staticmethod
    def named(name: str, stream: str) -> "Of":
        """The same from how a draft is kept."""
        named, _, about = name.partition(_ABOUT)
        act, _, number = named.partition(_CORRECTING)
        return Of(act, stream or None, int(number) if number.isdigit() else None, about)

    @property
    def name(self) -> str:
        """Under which it is kept."""
        named = self.act if self.number is None else f"{self.act}{_CORRECTING}{self.number}"
        return f"{named}{_ABOUT}{self.about}" if self.about else named

    @property
    def url(self) -> str:
        """Where the form's typing is sent while it is typed."""
        return self._address({1: "draft", 2: "draft-on", 3: "draft-of"}, ABOUT, self.about)

    @property
    def versions_url(self) -> str:
        """The page of everything that was kept."""
        names = {1: "draft-versions", 2: "draft-versions-on", 3: "draft-versions-of"}
        return self._address(names, ABOUT, self.about)

    @property
    def form(self) -> str:
        """The form itself, going on with this draft."""
        goes_on = "" if self.number is not None else self.about or _WHOLE
        return self._address({1: "act", 2: "act-on", 3: "correct"}, CONTINUED, goes_on)

    def _address(self, names: Mapping[int, str], key: str, value: str) -> str:
        args = [one for one in (self.act, self.stream, self.number) if one is not None]
        address = reverse(names[len(args)], args=args)
        return f"{address}?{urlencode({key: value})}" if value else address


def about_of(get: QueryDict, stream_type: str | None) -> str:
    """What the form at this address is about: what it goes on with, what is chosen in it, or something new."""
    if CONTINUED in get:
        return about_said(get, CONTINUED)
    named = sorted(
        (name, values)
        for name, values in get.lists()
        if not name.startswith(_OWN_PREFIX) and name not in _NOT_SUBJECT
    )
    if named:
        return "s" + sha256(json.dumps(named, ensure_ascii=False).encode()).hexdigest()[:12]
    return "n" + secrets.token_hex(6) if stream_type is None or stream_type in _OF_NOBODY else ""


def about_said(said: QueryDict, key: str = ABOUT) -> str:
    """The same as a form or an address says it; what is none means the matter as a whole."""
    about = said.get(key, "")
    return about if about != _WHOLE and _ABOUT_FORM.fullmatch(about) else ""


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
        if one.act != of.name and (one.owner == me.actor.id or _shared(of))
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
    if held.owner != me.actor.id and not _shared(Of("", held.stream or None)):
        raise drafts.NoSuchDraft("没有这份草稿，可能已经提交或者删除")
    return held


def _shared(of: Of) -> bool:
    """Whether several write on it: on a matter, not on what is the agency's own."""
    return of.stream is not None and ledger.heads([of.stream])[of.stream].type not in _OF_NOBODY


def _offered(me: Me, found: Sequence[drafts.Draft]) -> list[Begun]:
    """As they are offered, those in which something is written before the empty ones."""
    names = people.names({one.owner for one in found} | {id for one in found for id in _named(one)})
    return sorted((_begun(me, one, names) for one in found), key=lambda one: not one.said)


def _begun(me: Me, one: drafts.Draft, names: Mapping[str, str]) -> Begun:
    of = Of.named(one.act, one.stream)
    kind = registry.kind_of(registry.act(of.act))
    whom = [names[id] for id in _named(one) if id in names]
    texts = [
        f"{kind.fields[name].label}“{value[:_SAID_MOST]}”"
        for name, value in _read(one.content, kind).items()
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


def find(me: Me, of: Of) -> Kept | None:
    """The draft: on a matter the officers' common one, elsewhere his own."""
    found = drafts.of_stream(me.agency, of.stream or "", of.name)
    draft = next((one for one in found if one.owner == me.actor.id or _shared(of)), None)
    if draft is None:
        return None
    latest = drafts.versions(me.agency, draft.id)[0]
    other = "" if latest.author == me.actor.id else people.names([latest.author]).get(latest.author, "")
    return Kept(draft.id, draft.version, format_local(draft.updated_ms), other, draft.content)


@dataclass(frozen=True)
class Text:
    """One saved text of a draft, as the page of versions shows it."""

    version: int
    author: str
    saved: str
    current: bool
    fields: Sequence[tuple[str, str]]


def texts(me: Me, draft: Kept, kind: Kind) -> list[Text]:
    """Every text that was kept of a draft, the latest first; those of a conflict too."""
    found = drafts.versions(me.agency, draft.id)
    names = people.names(one.author for one in found)
    return [
        Text(
            one.version,
            names.get(one.author, ""),
            format_local(one.saved_ms, seconds=True),
            one.version == draft.version,
            [
                (kind.fields[name].label, _readable(value))
                for name, value in _read(one.content, kind).items()
                if name in kind.fields
            ],
        )
        for one in found
    ]


def restore(me: Me, draft: Kept, version: int, expected: int) -> None:
    """Make an earlier text the current one. Raises `drafts.DraftConflict`, `drafts.NoSuchDraft`."""
    drafts.restore(
        me.agency, draft.id, version, owner=me.actor.id, expected_version=expected, now_ms=me.now_ms
    )


def typed(me: Me, of: Of, kind: Kind) -> dict[str, Any]:
    """What was typed and kept, as the form reads it; empty without a draft."""
    draft = find(me, of)
    return _read(draft.content, kind) if draft else {}


def _read(content: Mapping[str, Any], kind: Kind) -> dict[str, Any]:
    """Kept typing as the form reads it."""
    post = QueryDict(mutable=True)
    for name, values in content.items():
        post.setlist(name, values)
    found = parse(kind, post)
    if at := post.get(AT, ""):
        found[AT] = at
    return found


def _readable(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        rows = [" ".join(map(str, row.values())) if isinstance(row, Mapping) else "" for row in value]
        return "\n".join(row for row in rows if row) or f"{len(value)} 项"
    return str(value)


def too_long(kind: Kind, post: QueryDict) -> list[str]:
    """What is too long to be submitted, in words; it is kept all the same."""
    return [
        f"“{spec.label}”现有 {length} 字，超过 {longest(spec)} 字"
        for name, spec in kind.fields.items()
        if spec.type in ("text", "longtext") and (length := len(post.get(name, ""))) > longest(spec)
    ]


def keep(me: Me, of: Of, post: QueryDict, expected: int) -> Kept | None:
    """Keep what is typed now. Raises `drafts.DraftConflict` when another has saved since `expected`."""
    content = {
        name: values
        for name, values in post.lists()
        if not name.startswith(_OWN_PREFIX) and name not in _NOT_TYPED
    }
    before = find(me, of)
    drafts.save(
        me.agency,
        act=of.name,
        stream=of.stream or "",
        owner=me.actor.id,
        content=content,
        now_ms=me.now_ms,
        draft_id=before.id if before else None,
        expected_version=expected,
    )
    return find(me, of)


def forget(me: Me, of: Of) -> None:
    """The act has been performed: its draft goes."""
    draft = find(me, of)
    if draft is not None:
        drafts.delete(me.agency, draft.id)


def done_before(me: Me, of: Of) -> str:
    """The number of the form that was last submitted of this; empty for what is about a matter, whose record tells."""
    last = drafts.submitted(me.agency, me.actor.id, of.name) if of.stream is None else None
    return str(last.content["key"]) if last else ""


def remember(me: Me, of: Of, key: str, stream: str) -> None:
    """What begins from nothing has been done by this form; the same draft may stand open in another window."""
    if of.stream is None:
        done = {"key": key, "stream": stream}
        drafts.remember(me.agency, act=of.name, owner=me.actor.id, content=done, now_ms=me.now_ms)


@dataclass(frozen=True)
class Meanwhile:
    """What was done elsewhere since the form was opened: in words, and the stream that it began."""

    said: str
    stream: str


def meanwhile(me: Me, of: Of, key: str, seen: str | None) -> Meanwhile | None:
    """Whether the same draft has been submitted from another window since this form was opened (`seen`)."""
    last = drafts.submitted(me.agency, me.actor.id, of.name) if of.stream is None else None
    if last is None or seen is None or last.content["key"] in (key, seen):
        return None
    title = registry.kind_of(registry.act(of.act)).title
    said = (
        f"打开表单以后，您已于{format_local(last.updated_ms)}在另一窗口提交同一份草稿，办理了“{title}”，没有再登记一次。"
        "您填写的内容仍在本页；请先查看，确需另行登记的再提交"
    )
    return Meanwhile(said, str(last.content["stream"]))


def set_aside(me: Me, of: Of, key: str, value: str) -> None:
    """Other drafts of what was done now, of this instance or of none said, are thrown away; one can take them back."""
    for one in drafts.of_act(me.agency, of.stream or "", of.act):
        named = [said for said in one.content.get(key, []) if said]
        if Of.named(one.act, one.stream).number is None and (not named or value in named):
            drafts.discard(me.agency, one.id)


def put_away(me: Me, stream: str) -> None:
    """Drafts of what can no longer be done on a matter are thrown away; whoever wrote one can take it back."""
    kept = [one for one in drafts.of_stream(me.agency, stream) if not drafts.is_discarded(one)]
    matter = load_matter(stream) if kept else None
    for one in kept:
        of = Of.named(one.act, stream)
        if matter and of.number is None and registry.act(of.act).over(matter):
            drafts.discard(me.agency, one.id)


def upload_names(me: Me, content: Mapping[str, Any]) -> dict[str, str]:
    """The names of uploads that a form mentions and that still wait in staging."""
    ids = {one for value in content.values() for one in _ids(value)}
    found = ((one, ledger.find_upload(one, me.actor.id)) for one in ids)
    return {one: upload.file.name for one, upload in found if upload is not None}


def _ids(value: Any) -> Iterable[str]:
    return (one for one in value if isinstance(one, str)) if isinstance(value, list) else ()
