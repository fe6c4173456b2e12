"""草稿: texts being written. Not facts: kept exactly as typed, with every version, shared by two officers.

    draft = save(agency, act="serve_notice", stream=case, owner=officer, content={...}, now_ms=now)
    draft = save(agency, ..., draft_id=draft.id, expected_version=draft.version, content={...}, now_ms=now)

Whoever saves names the version that he had opened. If another has saved since, his text is kept as a version
of its own, the current text stays, and `DraftConflict` hands back both. `restore` makes an earlier version
the current one; nothing typed is ever overwritten. When the act has been performed, `delete` it in the same
transaction. Whoever throws one away (`discard`) can take it back (`recover`) while it is among the last of its owner.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

from liuhen import ledger
from liuhen.kernel.ids import new_id

_COLUMNS = "id, agency, act, stream, owner, version, content, updated"
_DISCARDED = "-"
"""Before the act's name of a draft that was thrown away."""
_DONE = "="
"""Before the act's name of what was submitted: it holds the number of the form and what came of it."""
_DONE_KEPT = 30
"""So many submitted forms of one owner are remembered."""
_UPLOAD = re.compile(r"([0-9a-f]{32})\|")
"""How a form names an upload: its number before its name."""
_GOES_ON = re.compile(r"$|[^\w-]")
"""What may stand after an act's name: nothing, or what parts it from what follows."""
DISCARDED_KEPT = 5
"""So many thrown away drafts of one owner can be taken back."""


@dataclass(frozen=True)
class Draft:
    """A draft as it stands. `updated_ms` in milliseconds UTC; `content`: what was typed, by field."""

    id: str
    agency: str
    act: str
    stream: str
    owner: str
    version: int
    content: Mapping[str, Any]
    updated_ms: int


@dataclass(frozen=True)
class Version:
    """One saved text of a draft. `based_on`: the version its writer had opened."""

    version: int
    based_on: int
    author: str
    content: Mapping[str, Any]
    saved_ms: int


class NoSuchDraft(LookupError):
    """没有这份草稿, or it belongs to another agency. The message is Chinese."""


class DraftConflict(Exception):
    """别人先保存了: `current` stands, `mine` is kept beside it as a version. The message is Chinese."""

    def __init__(self, current: Draft, mine: Version) -> None:
        super().__init__(
            f"您打开之后，这份草稿已被保存为第{current.version}版；您的文字已另存为第{mine.version}版，请对照后选择"
        )
        self.current, self.mine = current, mine


def save(
    agency: str,
    *,
    act: str,
    stream: str,
    owner: str,
    content: Mapping[str, Any],
    now_ms: int,
    draft_id: str | None = None,
    expected_version: int = 0,
) -> Draft:
    """Keep what was typed. `owner`: who saves. Raises `DraftConflict` (both texts kept) or `NoSuchDraft`."""
    text = json.dumps(content, ensure_ascii=False)
    with transaction.atomic():
        if draft_id is None:
            return _create(Draft(new_id(), agency, act, stream, owner, 1, content, now_ms), text)
        draft = _locked(agency, draft_id)
        mine = Version(_highest(draft_id) + 1, expected_version, owner, content, now_ms)
        _add(draft_id, mine, text)
        if draft.version == expected_version:
            _make_current(draft_id, mine.version, text, now_ms)
    if draft.version != expected_version:
        raise DraftConflict(draft, mine)
    return get(agency, draft_id)


def restore(
    agency: str, draft_id: str, version: int, *, owner: str, expected_version: int, now_ms: int
) -> Draft:
    """Make an earlier version's text the current one, as a new version. Raises as `save` does."""
    found = next((each for each in versions(agency, draft_id) if each.version == version), None)
    if found is None:
        raise NoSuchDraft(f"这份草稿没有第{version}版")
    draft = get(agency, draft_id)
    return save(
        agency,
        act=draft.act,
        stream=draft.stream,
        owner=owner,
        content=found.content,
        now_ms=now_ms,
        draft_id=draft_id,
        expected_version=expected_version,
    )


def get(agency: str, draft_id: str) -> Draft:
    """The draft as it stands. Raises `NoSuchDraft`."""
    found = _select("id = %s AND agency = %s", [draft_id, agency])
    if not found:
        raise NoSuchDraft("没有这份草稿，可能已经提交或者删除")
    return found[0]


def of_stream(agency: str, stream: str, act: str | None = None) -> list[Draft]:
    """The drafts of a matter's stream, of one act or of all; the latest first."""
    if act is None:
        return _select("agency = %s AND stream = %s", [agency, stream])
    return _select("agency = %s AND stream = %s AND act = %s", [agency, stream, act])


def of_act(agency: str, stream: str, act: str) -> list[Draft]:
    """The same with whatever follows the act's name: its corrections, and what else it is about."""
    found = _select("agency = %s AND stream = %s AND act LIKE %s", [agency, stream, f"{act}%"])
    return [one for one in found if _GOES_ON.match(one.act.removeprefix(act)) and one.act.startswith(act)]


def of_owner(agency: str, owner: str) -> list[Draft]:
    """What an officer has begun to write; the latest first."""
    where = "agency = %s AND owner = %s AND act NOT LIKE %s AND act NOT LIKE %s"
    return _select(where, [agency, owner, f"{_DISCARDED}%", f"{_DONE}%"])


def submitted(agency: str, owner: str, act: str) -> Draft | None:
    """What was remembered of the last form submitted under this name."""
    found = _select("agency = %s AND owner = %s AND act = %s", [agency, owner, _DONE + act])
    return found[0] if found else None


def claim(agency: str, *, act: str, owner: str, key: str, seen: str, now_ms: int) -> Draft | None:
    """Take the turn to submit the form `key`, of all that were opened when `seen` was the last one submitted.

    None once it is his (or was already); else what another form of this name has done, or is doing. One row of the
    table decides, whoever writes it first; `remember` or `give_back` follows.
    """
    name, row_id = _DONE + act, _done_id(agency, owner, act)
    begun = Draft(row_id, agency, name, "", owner, 1, {"key": seen, "stream": ""}, now_ms)
    with transaction.atomic():
        _create(begun, json.dumps(begun.content), once=True)
        draft = _locked(agency, row_id)
        if draft.content["key"] not in (key, seen):
            return draft
        if draft.content["key"] != key:
            taken = {"key": key, "stream": "", "before": draft.content}
            _make_current(row_id, draft.version, json.dumps(taken), now_ms)
    return None


def give_back(agency: str, *, act: str, owner: str, key: str, now_ms: int) -> None:
    """What was claimed by the form `key` and came to nothing is open again to the others."""
    with transaction.atomic():
        draft = _locked(agency, _done_id(agency, owner, act))
        if draft.content["key"] == key and "before" in draft.content:
            _make_current(draft.id, draft.version, json.dumps(draft.content["before"]), now_ms)


def remember(agency: str, *, act: str, owner: str, content: Mapping[str, Any], now_ms: int) -> None:
    """Remember that a form was submitted, in the place of the last one of this name; the oldest go."""
    name, row_id = _DONE + act, _done_id(agency, owner, act)
    text = json.dumps(content)
    with transaction.atomic():
        _create(Draft(row_id, agency, name, "", owner, 1, content, now_ms), text, once=True)
        _make_current(row_id, 1, text, now_ms)
        held = _select("agency = %s AND owner = %s AND act LIKE %s", [agency, owner, f"{_DONE}%"])
        others = [one for one in held if one.id != row_id]  # of the same moment it might stand behind them
        for old in others[_DONE_KEPT - 1 :]:
            delete(agency, old.id)


def _done_id(agency: str, owner: str, act: str) -> str:
    """Under which what was submitted is remembered: one row for each name."""
    return sha256(json.dumps([agency, owner, act]).encode()).hexdigest()[:32]


def discard(agency: str, draft_id: str) -> None:
    """丢弃: nobody is offered it any more; it can be taken back for a while. Raises `NoSuchDraft`."""
    with transaction.atomic():
        draft = _locked(agency, draft_id)
        if draft.act.startswith(_DISCARDED):
            return
        _rename(draft_id, _DISCARDED + draft.act)
        for old in discarded(agency, draft.owner)[DISCARDED_KEPT:]:
            delete(agency, old.id)


def is_discarded(draft: Draft) -> bool:
    """Whether it was thrown away."""
    return draft.act.startswith(_DISCARDED)


def recover(agency: str, draft_id: str, act: str) -> Draft:
    """Take back what was thrown away, kept as a draft of `act` from now on. Raises `NoSuchDraft`."""
    with transaction.atomic():
        if _locked(agency, draft_id).act.startswith(_DISCARDED):
            _rename(draft_id, act)
    return get(agency, draft_id)


def discarded(agency: str, owner: str) -> list[Draft]:
    """The drafts of an officer that were thrown away and can be taken back, under their acts' own names."""
    found = _select("agency = %s AND owner = %s AND act LIKE %s", [agency, owner, f"{_DISCARDED}%"])
    return [replace(one, act=one.act.removeprefix(_DISCARDED)) for one in found]


def versions(agency: str, draft_id: str) -> list[Version]:
    """Every saved text, the latest first; those of a conflict too. Raises `NoSuchDraft`."""
    get(agency, draft_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT version, based_on, author, content, saved FROM document_draft_version"
            " WHERE draft = %s ORDER BY version DESC",
            [draft_id],
        )
        return [Version(row[0], row[1], row[2], json.loads(row[3]), row[4]) for row in cursor.fetchall()]


def once_named(agency: str, author: str, upload_ids: Sequence[str]) -> frozenset[str]:
    """Those that somebody has put into a draft that is still there, whether or not he has taken them out again."""
    asked = (
        "SELECT 1 FROM document_draft d JOIN document_draft_version v ON v.draft = d.id"
        " WHERE d.agency = %s AND v.author = %s AND v.content LIKE %s LIMIT 1"
    )
    found = ledger.run([(asked, [agency, author, f"%{one}%"]) for one in upload_ids])
    return frozenset(one for one, rows in zip(upload_ids, found, strict=True) if rows)


def delete(agency: str, draft_id: str) -> None:
    """Remove a draft with its versions: after its act was performed, or thrown away. Raises `NoSuchDraft`.

    With it go the uploads that it names or once named and that were not used: nobody is offered them again.
    """
    with transaction.atomic():
        _locked(agency, draft_id)
        held = versions(agency, draft_id)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM document_draft_version WHERE draft = %s", [draft_id])
            cursor.execute("DELETE FROM document_draft WHERE id = %s", [draft_id])
        for author in {one.author for one in held}:
            named = {id for one in held if one.author == author for id in _uploads_of(one.content)}
            ledger.drop_uploads(sorted(named - once_named(agency, author, sorted(named))), author)


def _uploads_of(content: Mapping[str, Any]) -> list[str]:
    """The numbers of the uploads that kept typing mentions: `number|name`."""
    texts = (str(value) for values in content.values() if isinstance(values, list) for value in values)
    return [found[1] for text in texts if (found := _UPLOAD.match(text))]


def _create(draft: Draft, text: str, *, once: bool = False) -> Draft:
    """`once`: where its row is there already, nothing; and without versions, being nothing that anybody typed."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO document_draft ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
            + (" ON CONFLICT (id) DO NOTHING" if once else ""),
            [
                draft.id,
                draft.agency,
                draft.act,
                draft.stream,
                draft.owner,
                draft.version,
                text,
                draft.updated_ms,
            ],
        )
    if not once:
        _add(draft.id, Version(1, 0, draft.owner, draft.content, draft.updated_ms), text)
    return draft


def _locked(agency: str, draft_id: str) -> Draft:
    """The draft, its row locked until the transaction ends: even an update that changes nothing locks."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE document_draft SET updated = updated WHERE id = %s AND agency = %s", [draft_id, agency]
        )
    return get(agency, draft_id)


def _highest(draft_id: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(version) FROM document_draft_version WHERE draft = %s", [draft_id])
        (highest,) = cursor.fetchone()
    return int(highest)


def _add(draft_id: str, version: Version, text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO document_draft_version (draft, version, based_on, author, content, saved)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [draft_id, version.version, version.based_on, version.author, text, version.saved_ms],
        )


def _rename(draft_id: str, act: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE document_draft SET act = %s WHERE id = %s", [act, draft_id])


def _make_current(draft_id: str, version: int, text: str, now_ms: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE document_draft SET version = %s, content = %s, updated = %s WHERE id = %s",
            [version, text, now_ms, draft_id],
        )


def _select(where: str, values: list[str]) -> list[Draft]:
    sql = f"SELECT {_COLUMNS} FROM document_draft WHERE {where} ORDER BY updated DESC, id DESC"
    (found,) = ledger.run([(sql, values)])
    return [_draft(row) for row in found]


def _draft(row: tuple[Any, ...]) -> Draft:
    draft_id, agency, act, stream, owner, version, content, updated = row
    return Draft(draft_id, agency, act, stream, owner, version, json.loads(content), updated)
