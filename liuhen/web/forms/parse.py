"""From a posted form to the raw payload the door reads. Nothing is judged here; the door knows the limits."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from liuhen.law.dictionary import Field, Kind

Typed = dict[str, Any]
"""What a person typed, by field, as typed; a field left blank is absent."""

YES, NO = "yes", "no"
SIGNATURE_COLUMNS = ("who", "name", "at", "refused", "note", "drawn", "pages", "shown")
_LISTS = frozenset({"officers", "files", "choices", "keys"})


def parse(kind: Kind, post: QueryDict, skip: frozenset[str] = frozenset()) -> Typed:
    """The fields of a kind found in a posted form. Fields in `skip` are filled by the door and never read."""
    typed: Typed = {}
    for name, field in kind.fields.items():
        if name in skip:
            continue
        value = _read(name, field, post)
        if value not in (None, "", []):
            typed[name] = value
    return typed


def _read(name: str, field: Field, post: QueryDict) -> Any:
    if field.type == "bool":
        return {YES: True, NO: False}.get(post.get(name, ""))
    if field.type == "files":
        return [one.split("|", 1)[0] for one in post.getlist(name) if one]
    if field.type in _LISTS:
        return [one for one in post.getlist(name) if one]
    if field.type == "items":
        return rows(name, tuple(field.columns), post)
    if field.type == "signatures":
        return [_signature(row) for row in rows(name, SIGNATURE_COLUMNS, post)]
    return post.get(name, "").strip()


def rows(name: str, columns: tuple[str, ...], post: Mapping[str, str]) -> list[dict[str, str]]:
    """The rows typed under `name-<number>-<column>`, in the order of their numbers; blank rows are left out."""
    shape = re.compile(rf"{re.escape(name)}-(\d{{1,6}})-({'|'.join(map(re.escape, columns))})")
    found: dict[int, dict[str, str]] = {}
    for key, value in post.items():
        match = shape.fullmatch(key)
        if match and value.strip():
            found.setdefault(int(match[1]), {})[match[2]] = value.strip()
    return [found[number] for number in sorted(found) if _filled(found[number])]


def _filled(row: Mapping[str, str]) -> bool:
    """A signature row in which only the preset identity stands is blank."""
    return set(row) != {"who"}


def _signature(row: Mapping[str, str]) -> dict[str, Any]:
    signature: dict[str, Any] = dict(row)
    if "refused" in signature:
        signature["refused"] = True
    elif "drawn" not in signature:
        # a row of the form is not yet a signature: the door asks when it was made
        signature.setdefault("at", "")
    return signature
