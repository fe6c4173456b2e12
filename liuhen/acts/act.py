"""The contract of an act (办理事项): what it asks of a person and which entries it appends."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Any, Protocol

from liuhen.acts.errors import Reason
from liuhen.law import Fact
from liuhen.ledger import JUDGEMENT, RESPONSE, Entry, EntryDraft


class Actor(Protocol):
    """Who performs an act; frozen into its entries (`accounts.actor` makes one of an officer)."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def agency(self) -> str: ...
    @property
    def roles(self) -> frozenset[str]: ...
    @property
    def certificate(self) -> str: ...


_NOT_FIELDS = frozenset({JUDGEMENT, RESPONSE, "correction"})


class InParts(Protocol):
    """What holds its fields in parts, as an entry does."""

    @property
    def parts(self) -> Mapping[str, Mapping[str, Any] | None]: ...


def fields_of(entry: InParts) -> dict[str, Any]:
    """All fields of an entry, guarded ones included: for those who may read them."""
    merged: dict[str, Any] = {}
    for name, part in entry.parts.items():
        if name not in _NOT_FIELDS and part:
            merged.update(part)
    return merged


def field_of(entry: InParts, name: str) -> Any:
    """One field of an entry, guarded or not; None where it has none."""
    found = None
    for part_name, part in entry.parts.items():
        if part and name in part and part_name not in _NOT_FIELDS:
            found = part[name]
    return found


_index = attrgetter("index")
CARRIED = "carried"
"""In a matter's `memo`: by name, of how many entries something was worked out, and what."""


@dataclass(frozen=True)
class Matter:
    """A stream with all that it adopts (案件及并入的案源、音像、公示), as it stands.

    `adopted`: another stream has taken this one in, and it is judged there. `memo`: what has been worked out about it,
    by who did so.
    """

    stream: str
    type: str
    agency: str
    entries: tuple[Entry, ...]
    facts: tuple[Fact, ...]
    adopted: bool = False
    memo: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def _by_kind(self) -> dict[str, list[Entry]]:
        index: dict[str, list[Entry]] = {}
        for entry in self.entries:
            index.setdefault(entry.kind, []).append(entry)
        return index

    def grown(self, entries: Sequence[Entry], facts: Sequence[Fact], memo: dict[str, Any]) -> "Matter":
        """The matter with these entries after its own."""
        more = Matter(
            self.stream,
            self.type,
            self.agency,
            (*self.entries, *entries),
            (*self.facts, *facts),
            self.adopted,
            memo,
        )
        index = dict(self._by_kind)
        for entry in entries:
            index[entry.kind] = [*index.get(entry.kind, ()), entry]
        vars(more)["_by_kind"] = index
        return more

    def carried(self, name: str, work: "Callable[[Matter, Any, Sequence[Entry]], Any]") -> Any:
        """What is worked out of its entries once, by `name`, and carried on when it grows.

        `work` is given the matter, what it was before (None: nothing yet) and the entries since.
        """
        carried = self.memo.setdefault(CARRIED, {})
        count, before = carried.get(name, (-1, None))
        if count < len(self.entries):
            before = work(self, before, self.entries[max(count, 0) :])
            carried[name] = len(self.entries), before
        return before

    def last(self, kind: str) -> Entry | None:
        """The latest entry of a kind, or None."""
        found = self._by_kind.get(kind)
        return found[-1] if found else None

    def all(self, kind: str) -> list[Entry]:
        """All entries of a kind in the order of the log."""
        return list(self._by_kind.get(kind, ()))

    def among(self, kinds: Collection[str]) -> list[Entry]:
        """All entries of these kinds in the order of the log."""
        there = [kind for kind in self._by_kind if kind in kinds]
        return sorted((entry for kind in there for entry in self._by_kind[kind]), key=_index)

    def value(self, kind: str, name: str) -> Any:
        """A field of the latest entry of a kind, or None."""
        entry = self.last(kind)
        return None if entry is None else field_of(entry, name)


@dataclass(frozen=True)
class Doing:
    """One act being performed: who, on what, with what, when.

    `corrected`: the entry in whose place this one stands, if it is a correction (更正).
    `lacking`: required values that an earlier entry should have given and did not; the gates are asked first.
    """

    act: "Act"
    actor: Actor
    matter: Matter | None
    target: str
    payload: Mapping[str, Any]
    now_ms: int
    happened_ms: int
    lacking: Mapping[str, str] = field(default_factory=dict)
    corrected: Entry | None = None
    correction_reason: str = ""


Check = Callable[[Doing], Mapping[str, str]]
"""Looks at an act about to be performed and returns messages by field; empty when all is well."""

Further = Callable[[Doing], Sequence[EntryDraft]]
"""Entries an act appends besides its own."""

Prepare = Callable[[Actor, Mapping[str, Any]], None]
"""Long work on what was sent, done before the turn to write; it records nothing and may be done again."""


@dataclass(frozen=True)
class Made:
    """Values that the door works out when the act is performed and nobody types: their names, and how.

    `by` sees the values given so far and the matter; raises `Invalid` where they cannot be worked out.
    """

    names: tuple[str, ...]
    by: Callable[[Mapping[str, Any], Matter | None], Mapping[str, Any]]


MayPerform = Callable[["Act", Actor, Matter | None], Sequence[Reason]]
"""The table of acts and roles: the reasons why this person may not perform this act; empty when he may."""


@dataclass(frozen=True)
class Act:
    """One act. Name, title and form come from the dictionary entry of `kind`.

    `fixed` and `suggested` take values from the latest entry of another kind (`"filing_proposed.cause"`): a fixed
    value cannot be typed over, a suggested one can. `new_key` says that each performance begins a new instance (a
    second inspection), otherwise the key names an instance that exists. `same` lists the kinds whose instances can be
    named by the key, `repeats` that one instance can be named again, `undone_by` the kinds that undo it for an
    instance, `ended_by` those after which an instance is over and nothing is left to be done about it.
    `on` are the types of stream it is performed on (empty: it begins from nothing). `after`: one of these
    kinds must have been entered first; `until`: none of these may have been, unless one of `reopened` came after it (by
    kind ended: the kinds that reopen, and what they say).
    `answers` holds alternatives: once each kind of one of them was entered (with these values), the act
    is somebody's turn (流转), until it is done or one of the kinds `settled_by` is entered. `sent_back_by` holds what
    makes it somebody's turn once more, after it was done: an opinion that does not agree. `adopts` says that the
    stream it opens takes in the stream it was performed on; of an act that opens none, that its own stream takes in the
    one that its key names. `renews`: an act that opens a stream is performed again on the stream that it opened, and
    opens none then (the text of a publication, prepared anew). `needed`: fields that the kind, once released, leaves
    open and without which the act is refused all the same.
    """

    kind: str
    fixed: Mapping[str, str] = field(default_factory=dict)
    suggested: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)
    new_key: bool = False
    same: tuple[str, ...] = ()
    on: frozenset[str] = frozenset()
    repeats: bool = False
    undone_by: tuple[str, ...] = ()
    ended_by: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    reopened: Mapping[str, Mapping[str, Mapping[str, frozenset[str]]]] = field(default_factory=dict)
    answers: tuple[Mapping[str, Mapping[str, Any]], ...] = ()
    sent_back_by: tuple[Mapping[str, Mapping[str, Any]], ...] = ()
    settled_by: tuple[str, ...] = ()
    adopts: bool = False
    renews: bool = False
    checks: tuple[Check, ...] = ()
    further: Further | None = None
    made: Made | None = None
    prepare: Prepare | None = None
    by_system: bool = False
    needed: tuple[str, ...] = ()
    known: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What has been worked out about it, by who did so: an act never changes."""

    def over(self, matter: Matter) -> str | None:
        """The kind after which this act has no place any more; None while it has one."""
        for kind in self.until:
            ended = matter.last(kind)
            if ended is not None and not self._reopens(matter, ended):
                return kind
        return None

    @property
    def takes_up(self) -> frozenset[str]:
        """The kinds of which an instance is gone on with, chosen or fixed; its own apart."""
        fixed = {source.split(".")[0] for path in self.fixed.values() for source in path.split("|")}
        return frozenset({*self.same, *fixed} - {self.kind})

    def preceded(self, matter: Matter) -> bool:
        """Whether what must have been entered first is there."""
        return not self.after or any(matter.last(kind) for kind in self.after)

    def _reopens(self, matter: Matter, ended: Entry) -> bool:
        """Whether something entered since gives the act its place again."""
        return any(
            entry.index > ended.index and all(entry.open.get(name) in among for name, among in values.items())
            for kind, values in self.reopened.get(ended.kind, {}).items()
            for entry in matter.all(kind)
        )
