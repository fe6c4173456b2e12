"""条目的版本: an entry of an earlier version of its kind, read with the care that today's version asks for.

What was recorded stays as it was recorded. Where a later version keeps a field in a guarded part, the field is read
as guarded in the earlier entries too: they tell no less of the informant than the later ones.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from liuhen.law.dictionary import standard
from liuhen.ledger import OPEN, Entry


@cache
def _guarded_since() -> Mapping[str, tuple[int, Mapping[str, str]]]:
    """By kind with more than one version: today's version, and the part of every guarded field."""
    found = {}
    for kind in standard().kinds.values():
        guarded = {name: field.part for name, field in kind.fields.items() if field.part != OPEN}
        if kind.version > 1 and guarded:
            found[kind.name] = (kind.version, guarded)
    return found


def all_as_read(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The same of many: of most kinds there is nothing to move."""
    known = _guarded_since()
    return tuple([entry if entry.kind not in known else as_read(entry) for entry in entries])


def as_read(entry: Entry) -> Entry:
    """The entry with its fields in the parts in which today's version of its kind keeps them."""
    known = _guarded_since().get(entry.kind)
    if known is None or entry.version >= known[0]:
        return entry
    moved = {name: part for name, part in known[1].items() if name in entry.open}
    if not moved:
        return entry
    parts = {**entry.parts, OPEN: {name: entry.open[name] for name in entry.open if name not in moved}}
    for name, part in moved.items():
        parts[part] = {**(parts.get(part) or {}), name: entry.open[name]}
    return replace(entry, parts=parts)
