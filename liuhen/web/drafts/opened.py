"""What a form opened with, in short marks beside the draft: what was typed since, and what the record says since.

A text is known by its lines and a table by its rows, so that what is new in the record can be told from what the
person wrote, and both kept.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.http import QueryDict

from liuhen.web.forms import Control

OPENED = "_opened"
"""The field of a form in which it says what it opened with; a draft keeps it."""
OF_ONESELF = "本人"
"""Where a value comes from that is somebody's own: another who opens the draft has another one."""
_TOLD = frozenset(
    {"text", "longtext", "items", "date", "money", "int", "instant", "bool", "choice", "choices"}
)
_MARK = slice(8)

Marks = Mapping[str, Sequence[str]]
"""By field, a mark for each of its values, lines or rows."""


@dataclass(frozen=True)
class Newer:
    """One column of which the record says something that the draft has not.

    `added`, `gone`: lines, rows or values, in words; gone is what stands in the draft as it was filled in.
    """

    name: str
    label: str
    source: str
    added: Sequence[str]
    gone: Sequence[str]


def marks(made: Iterable[Control]) -> Marks:
    """What a form holds, as marks."""
    found = {one.name: _marked(_stands(one)) for one in made if one.shown is None}
    return {name: value for name, value in found.items() if value}


def in_short(found: Marks) -> str:
    """As the form sends it."""
    return json.dumps(found, separators=(",", ":"))


def opened_with(content: Mapping[str, Any]) -> Marks | None:
    """What the form of a draft opened with; None where it did not say."""
    said = content.get(OPENED)
    try:
        found = json.loads(said[0] if isinstance(said, list) else said or "")
    except (ValueError, IndexError):
        return None
    if not isinstance(found, dict):
        return None
    return {name: [str(one) for one in value] for name, value in found.items() if isinstance(value, list)}


def untouched(typed: Mapping[str, Any], content: Mapping[str, Any], others: Iterable[str] = ()) -> bool:
    """Whether nobody has typed anything: every column says what the form opened with (`others`: has to be empty)."""
    opened = opened_with(content) or {}
    held = {name: found for name, value in typed.items() if (found := _marked(_typed(value)))}
    return held == {name: list(value) for name, value in opened.items()} and not any(
        one for name in others for one in content.get(name, ())
    )


def emptied(content: Mapping[str, Any], typed: Mapping[str, Any]) -> dict[str, Any]:
    """Columns that the form opened with and in which nothing stands any more: somebody has emptied them."""
    return {name: None for name in opened_with(content) or {} if name not in typed}


def newer(now: Iterable[Control], typed: Mapping[str, Any], opened: Marks | None) -> list[Newer]:
    """What the record says now and neither said when the draft was begun nor stands in it."""
    if opened is None:
        return []
    found = []
    for one in now:
        if not _told(one) or one.name not in typed:
            continue
        held, stands, before = _typed(typed[one.name]), _stands(one), opened.get(one.name, ())
        added = _not_in(stands, {*before, *_marked(held)})
        gone = [text for text in held if _mark(text) in set(before) - set(_marked(stands))]
        if added or gone and one.type in _IN_PIECES:
            found.append(Newer(one.name, one.label, one.source, _words(one, added), _words(one, gone)))
    return found


def taken_in(
    one: Control, typed: Mapping[str, Any], opened: Marks, content: Mapping[str, Any]
) -> dict[str, Any]:
    """The draft with what the record says now in one column: what nobody has changed gives way, what he wrote stays."""
    held, stands, before = _typed(typed.get(one.name, "")), _stands(one), opened.get(one.name, ())
    if one.type not in _IN_PIECES or _marked(held) == list(before):
        pieces = stands
    else:
        left = [text for text in held if _mark(text) not in set(before) - set(_marked(stands))]
        pieces = [*left, *_not_in(stands, {*before, *_marked(held)})]
    others = {name: value for name, value in content.items() if not belongs(name, one.name)}
    return others | _as_sent(one, pieces)


def acknowledged(one: Control, opened: Marks) -> dict[str, list[str]]:
    """`OPENED` of a draft that has been told of what a column says now."""
    return {OPENED: [in_short({**opened, one.name: _marked(_stands(one))})]}


def belongs(sent: str, name: str) -> bool:
    """Whether a typed value is of this column: its own, or a cell of its rows."""
    number, _, column = sent.removeprefix(f"{name}-").partition("-")
    return sent == name or sent.startswith(f"{name}-") and number.isdigit() and column.isidentifier()


def kept_of(post: QueryDict) -> dict[str, list[str]]:
    """What the form says it opened with, to be kept with what is typed."""
    return {OPENED: [said]} if (said := post.get(OPENED, "")) else {}


_IN_PIECES = frozenset({"longtext", "items"})
"""Types of which a part can be taken in; of the others the whole is."""


def _told(one: Control) -> bool:
    return one.shown is None and one.type in _TOLD and bool(one.source) and one.source != OF_ONESELF


def _stands(one: Control) -> list[str]:
    """What stands in a control, in pieces, as it would be typed."""
    if one.type in ("items", "signatures"):
        return _rows(dict(cells) for _, cells in one.rows)
    if one.type == "officers":
        return [person.id for person, chosen in one.people if chosen]
    if one.type == "files":
        return [file.id for file in one.value or ()]
    if one.options:
        return [option.value for option in one.options if option.on]
    return _lines(str(one.value or ""))


def _typed(value: Any) -> list[str]:
    """The same of what was typed."""
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if not isinstance(value, list):
        return _lines(str(value))
    return _rows(one for one in value) if value and isinstance(value[0], Mapping) else list(map(str, value))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _rows(found: Iterable[Mapping[str, Any]]) -> list[str]:
    """Rows as text, blank cells left out; a row of a signature in which only the identity stands is none."""
    filled = (
        {name: str(text).strip() for name, text in row.items() if str(text or "").strip()} for row in found
    )
    return [
        json.dumps(row, ensure_ascii=False, sort_keys=True) for row in filled if row and set(row) != {"who"}
    ]


def _mark(text: str) -> str:
    return sha256(text.encode()).hexdigest()[_MARK]


def _marked(pieces: Iterable[str]) -> list[str]:
    return [_mark(one) for one in pieces]


def _not_in(pieces: Iterable[str], known: set[str]) -> list[str]:
    return [text for text in pieces if _mark(text) not in known]


def _words(one: Control, pieces: Iterable[str]) -> list[str]:
    if one.type == "items":
        columns = list(one.columns)
        rows = (json.loads(text) for text in pieces)
        return ["　".join(str(row[name]) for name in columns if name in row) for row in rows]
    labels = {option.value: option.label for option in one.options}
    return [labels.get(text, text.replace("T", " ") if one.type == "instant" else text) for text in pieces]


def _as_sent(one: Control, pieces: Sequence[str]) -> dict[str, list[str]]:
    """As a form sends it."""
    if one.type != "items":
        return {one.name: ["\n".join(pieces)] if one.type == "longtext" else list(pieces)}
    return {
        f"{one.name}-{number}-{name}": [str(text)]
        for number, row in enumerate(map(json.loads, pieces))
        for name, text in row.items()
    }
