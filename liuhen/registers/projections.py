"""The rows of the registers, read out of their entries."""

import json
from collections.abc import Iterator
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Matter
from liuhen.acts.registry import Projection, Row
from liuhen.kernel.initials import initials
from liuhen.registers.folding import Fields, Item, items_of
from liuhen.registers.kinds import CATALOGUE, REGISTER, by_kind

COLUMNS = (
    "key", "stream", "agency", "register", "name", "code", "other_code", "from_on", "ended_on", "words", "fields",
    "versions",
)  # fmt: skip
_NOT_FIELDS = frozenset(
    {"institution", "cause_key", "basis_key", "benchmark", "room", "device", "line", "files"}
)
_KINDS = frozenset(by_kind())
_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, sort_keys=True).encode


def register_rows(matter: Matter) -> list[Row]:
    """The rows of `registers_row`."""
    if not any(entry.kind in _KINDS for entry in matter.entries):
        return []
    return [_row(matter, item) for item in items_of(matter).values()]


def _row(matter: Matter, item: Item) -> Row:
    register, fields = item.register, item.now.fields
    kept = {name: value for name, value in fields.items() if name not in _NOT_FIELDS}
    return {
        "key": item.key,
        "stream": matter.stream,
        "agency": matter.agency,
        "register": register.slug,
        "name": str(fields.get(register.name, "")),
        "code": first(fields, register.code),
        "other_code": first(fields, register.other),
        "from_on": item.now.from_on,
        "ended_on": item.ended_on,
        "words": " ".join(dict.fromkeys(_words(item))),
        "fields": _json(kept),
        "versions": len(item.versions),
    }


def first(fields: Fields, names: tuple[str, ...]) -> str:
    """The first of these fields that is filled; empty where none is."""
    return next((str(fields[name]) for name in names if fields.get(name)), "")


def _words(item: Item) -> Iterator[str]:
    """What somebody may type to find it: every name that it bore, its codes, the initials of its names."""
    for _, name in item.names():
        yield name.lower()
        yield initials(name)
    fields: Any = item.now.fields
    for name in (*item.register.code, *item.register.other, "head", "address", "licence"):
        if fields.get(name):
            yield str(fields[name]).lower()


def register() -> None:
    """Make the projection known."""
    registry.register_projection(
        Projection(
            "registers_row",
            "stream",
            ("key",),
            COLUMNS,
            register_rows,
            frozenset({CATALOGUE, REGISTER}),
            bears=lambda entry: entry.kind in _KINDS,
        )
    )
