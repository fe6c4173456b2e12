"""Every text that was kept of a draft, those of two officers at once too."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liuhen.accounts import queries as people
from liuhen.documents import drafts
from liuhen.kernel.clock import format_local
from liuhen.law.dictionary import Field, Kind
from liuhen.web.drafts.kept import Kept, read, upload_names
from liuhen.web.forms.show import HIDDEN_TYPES, show_value
from liuhen.web.me import Me
from liuhen.web.roles import titles


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
    typed = [read(one.content, kind) for one in found]
    named = people.names(
        [one.author for one in found] + [id for values in typed for id in _chosen(values, kind)]
    )
    return [
        Text(
            one.version,
            named.get(one.author, ""),
            format_local(one.saved_ms, seconds=True),
            one.version == draft.version,
            _fields(kind, values, {**named, **upload_names(me, values)}),
        )
        for one, values in zip(found, typed, strict=True)
    ]


def restore(me: Me, draft: Kept, version: int, expected: int) -> None:
    """Make an earlier text the current one. Raises `drafts.DraftConflict`, `drafts.NoSuchDraft`."""
    drafts.restore(
        me.agency, draft.id, version, owner=me.actor.id, expected_version=expected, now_ms=me.now_ms
    )


def _chosen(values: Mapping[str, Any], kind: Kind) -> Iterator[str]:
    """The people who are ticked."""
    for name, value in values.items():
        if name in kind.fields and kind.fields[name].type == "officers" and isinstance(value, list):
            yield from map(str, value)


def _fields(kind: Kind, values: Mapping[str, Any], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each column by its label, as words; keys name what the form is about and are left out."""
    found = ((kind.fields[name], value) for name, value in values.items() if name in kind.fields)
    return [
        (spec.label, _readable(spec, value, names)) for spec, value in found if spec.type not in HIDDEN_TYPES
    ]


def _readable(spec: Field, value: Any, names: Mapping[str, str]) -> str:
    """What was typed, in words: people by their names, choices and roles as the form calls them."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if spec.type == "signatures":
        return "\n".join(map(_signature, value))
    if not isinstance(value, list):
        text = str(value)
        return text.replace("T", " ") if spec.type == "instant" else show_value(spec, text).text
    if spec.type == "files":
        return "、".join(names.get(str(one), "另一人上传的文件") for one in value)
    if spec.type == "items":
        return "\n".join(" ".join(map(str, row.values())) for row in value)
    return "、".join(spec.choices.get(str(one)) or names.get(str(one), str(one)) for one in value)


def _signature(row: Mapping[str, Any]) -> str:
    who = str(row.get("who", ""))
    said = [titles().get(who, who), row.get("name"), str(row.get("at") or "").replace("T", " ")]
    said += ["拒绝签名" if row.get("refused") else "", row.get("note")]
    said += ["已手写签名" if row.get("drawn") else ""]
    return " ".join(str(one) for one in said if one)
