"""What the machine found, where, and what it did not look at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from liuhen.acts import registry
from liuhen.acts.act import Matter
from liuhen.kernel.clock import format_local
from liuhen.ledger import Entry
from liuhen.ledger.entry import OPEN


@dataclass(frozen=True)
class Finding:
    """发现: which check, what, and the entries that it is about (their ids, the one to open first)."""

    check: str
    text: str
    entries: tuple[str, ...]


@dataclass(frozen=True)
class Unchecked:
    """没有核对的: what, and why."""

    check: str
    why: str


@dataclass(frozen=True)
class Report:
    """预检结果 of one look."""

    findings: Sequence[Finding]
    unchecked: Sequence[Unchecked]


Looked = Iterator[Finding | Unchecked]


@cache
def table() -> Mapping[str, Any]:
    """`checks.yaml`."""
    loaded: Mapping[str, Any] = YAML(typ="safe").load(Path(__file__).with_name("checks.yaml"))
    return loaded


def title_of(check: str) -> str:
    """What a check is called."""
    return str(table()["checks"][check]["title"])


def point_of(check: str) -> str:
    """The point of a review opinion to which a check belongs."""
    return str(table()["checks"][check]["point"])


class Standing:
    """The entries of a matter that stand: what was corrected is left out."""

    def __init__(self, matter: Matter) -> None:
        gone = {entry.supersedes for entry in matter.entries if entry.supersedes}
        self.matter = matter
        self.entries = tuple(entry for entry in matter.entries if entry.id not in gone)

    def of(self, kind: str) -> list[Entry]:
        """Those of a kind, in the order of the log."""
        return [entry for entry in self.entries if entry.kind == kind]

    def last(self, kind: str) -> Entry | None:
        """The latest of a kind."""
        return next((entry for entry in reversed(self.entries) if entry.kind == kind), None)

    def texts(self, *types: str) -> Iterator[tuple[Entry, str, str, str]]:
        """Every open text: entry, field, label, text."""
        kinds = registry.dictionary().kinds
        for entry in self.entries:
            spec = kinds.get(entry.kind)
            for name, value in entry.open.items() if spec else ():
                field = spec.fields.get(name) if spec else None
                if (
                    field is not None
                    and field.type in types
                    and field.part == OPEN
                    and isinstance(value, str)
                ):
                    yield entry, name, field.label, value


def called(entry: Entry) -> str:
    """An entry as people name it: what, and when it happened."""
    kind = registry.dictionary().kinds.get(entry.kind)
    return f"{kind.title if kind else entry.kind}（{format_local(entry.happened_ms)}）"


def began(entry: Entry) -> int:
    """When it began: the start of its span, else when it happened."""
    kind = registry.dictionary().kinds.get(entry.kind)
    start = entry.open.get(kind.span[0]) if kind and kind.span else None
    return int(start) if start is not None else entry.happened_ms
