"""What is being typed: kept as typed, one draft for an act on a matter, shared by the officers of that matter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from liuhen import ledger
from liuhen.accounts import queries as people
from liuhen.acts.form import AT
from liuhen.acts.payload import LONGTEXT_MAX, TEXT_MAX
from liuhen.documents import drafts
from liuhen.kernel.clock import format_local
from liuhen.law.dictionary import Kind
from liuhen.web.forms import parse
from liuhen.web.me import Me

_OWN_PREFIX = "_"
_CORRECTING = "."
_NOT_TYPED = frozenset({"csrfmiddlewaretoken"})


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
    """What is being written: an act, on a matter if it has one; with `number`, the correction of that entry."""

    act: str
    stream: str | None = None
    number: int | None = None

    @staticmethod
    def named(name: str, stream: str) -> "Of":
        """The same from how a draft is kept."""
        act, _, number = name.partition(_CORRECTING)
        return Of(act, stream or None, int(number) if number.isdigit() else None)

    @property
    def name(self) -> str:
        """Under which it is kept."""
        return self.act if self.number is None else f"{self.act}{_CORRECTING}{self.number}"

    @property
    def url(self) -> str:
        """Where the form's typing is sent while it is typed."""
        return self._address({1: "draft", 2: "draft-on", 3: "draft-of"})

    @property
    def versions_url(self) -> str:
        """The page of everything that was kept."""
        return self._address({1: "draft-versions", 2: "draft-versions-on", 3: "draft-versions-of"})

    @property
    def form(self) -> str:
        """The form itself."""
        return self._address({1: "act", 2: "act-on", 3: "correct"})

    def _address(self, names: Mapping[int, str]) -> str:
        args = [one for one in (self.act, self.stream, self.number) if one is not None]
        return reverse(names[len(args)], args=args)


def find(me: Me, of: Of) -> Kept | None:
    """The draft: on a matter the officers' common one, without a matter his own."""
    found = drafts.of_stream(me.agency, of.stream or "", of.name)
    draft = next((one for one in found if of.stream or one.owner == me.actor.id), None)
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
    limits = {"text": TEXT_MAX, "longtext": LONGTEXT_MAX}
    return [
        f"“{spec.label}”现有 {length} 字，超过 {limits[spec.type]} 字"
        for name, spec in kind.fields.items()
        if spec.type in limits and (length := len(post.get(name, ""))) > limits[spec.type]
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


def upload_names(me: Me, content: Mapping[str, Any]) -> dict[str, str]:
    """The names of uploads that a form mentions and that still wait in staging."""
    ids = {one for value in content.values() for one in _ids(value)}
    found = ((one, ledger.find_upload(one, me.actor.id)) for one in ids)
    return {one: upload.file.name for one, upload in found if upload is not None}


def _ids(value: Any) -> Iterable[str]:
    return (one for one in value if isinstance(one, str)) if isinstance(value, list) else ()
