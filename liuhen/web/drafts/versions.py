"""Every text that was kept of a draft, those of two officers at once too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liuhen.accounts import queries as people
from liuhen.documents import drafts
from liuhen.kernel.clock import format_local
from liuhen.law.dictionary import Kind
from liuhen.web.drafts.kept import Kept, read
from liuhen.web.me import Me


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
                for name, value in read(one.content, kind).items()
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


def _readable(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        rows = [" ".join(map(str, row.values())) if isinstance(row, Mapping) else "" for row in value]
        return "\n".join(row for row in rows if row) or f"{len(value)} 项"
    return str(value)
