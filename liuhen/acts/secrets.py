"""限阅的内容: the values of a matter's guarded fields, found and masked where they stand in a text that is open."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from liuhen.acts import registry
from liuhen.law.dictionary import Field

OPEN = "open"
_SHORTEST = 2
_TEXTS = frozenset({"text", "longtext", "person", "party", "items"})
_INSTEAD = "（限阅）"


@dataclass(frozen=True)
class Secret:
    """One guarded value: of which part, and how its field is called."""

    value: str
    part: str
    label: str

    @property
    def masked(self) -> str:
        """As it may be named: its first and last character."""
        return masked(self.value)


def masked(value: str) -> str:
    """`王*力`, `138*******5`: a value that is named without being given."""
    last = value[-1] if len(value) > _SHORTEST else ""
    return f"{value[0]}{'*' * (len(value) - 1 - len(last))}{last}"


def secrets(entries: Iterable[Any], openly: Iterable[Any] | None = None) -> tuple[Secret, ...]:
    """The guarded values of these entries, the longest first; one that the record itself holds openly is none.

    `openly`: the entries of the record, where those that hold what is guarded are known (the same, if absent).
    """
    among = list(entries)
    found: dict[str, Secret] = {}
    for entry in among:
        kind = registry.dictionary().kinds.get(entry.kind)
        guarded = (
            [(part, body) for part, body in entry.parts.items() if body and part != OPEN] if kind else ()
        )
        for part, body in guarded:
            for name, value in body.items():
                field = kind.fields.get(name) if kind else None
                if field is not None and field.type in _TEXTS:
                    found |= {text: Secret(text, part, field.label) for text in texts_in(value)}
    found = {value: one for value, one in found.items() if len(value) >= _SHORTEST}
    known = openly_held(among if openly is None else openly, found.keys()) if found else ()
    kept = [one for value, one in found.items() if value not in known]
    return tuple(sorted(kept, key=lambda one: -len(one.value)))


def openly_held(entries: Iterable[Any], values: Collection[str]) -> set[str]:
    """Those of the values that the entries hold openly, as the whole of a field."""
    found = set()
    for entry in entries:
        fields = entry.parts.get(OPEN)
        for name in fields.keys() & _telling(entry.kind) if fields else ():
            value = fields[name]
            if type(value) is str and (text := value.strip()) in values:
                found.add(text)
    return found


@cache
def _telling(kind_name: str) -> frozenset[str]:
    """The fields of a kind that are words of the record itself, not of a text made from it to be published."""
    kind = registry.dictionary().kinds.get(kind_name)
    if kind is None or kind.stream == "publication":
        return frozenset()
    return frozenset(name for name, field in kind.fields.items() if field.type in _TEXTS)


def standing_in(value: Any, among: Collection[Secret]) -> list[Secret]:
    """Those that a value of a form gives away."""
    texts = list(texts_in(value))
    return [one for one in among if any(one.value in text for text in texts)]


def without(text: str, among: Collection[Secret]) -> str:
    """A text in which none of them can be read."""
    for one in among:
        text = text.replace(one.value, _INSTEAD)
    return text


def is_text(field: Field) -> bool:
    """Whether a field holds words."""
    return field.type in _TEXTS


def texts_in(value: Any) -> Iterator[str]:
    """Every text within a value of a form, however deep in rows and parts, without the space around it."""
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)
