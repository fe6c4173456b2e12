"""The form of an act on a matter: what a person fills in, what the record fills in, and where that came from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Act, Matter, field_of
from liuhen.kernel.clock import format_local, local_date
from liuhen.law.dictionary import Field, Kind
from liuhen.ledger import Entry

AT = "at"
"""The extra field of a reported kind without a span: 发生时间."""


_ASKED = "asked"

_OF_THE_ENTRY: Mapping[str, Callable[[Entry], Any]] = {
    "happened": lambda entry: entry.happened_ms,
    "recorded": lambda entry: entry.recorded_ms,
    "day": lambda entry: local_date(entry.happened_ms).isoformat(),
    "stream": lambda entry: entry.stream,
}
"""What a table of known values can take from an entry besides its fields."""


@dataclass(frozen=True)
class Source:
    """A value that the record already holds, and the entry that holds it."""

    value: Any
    entry: Entry
    kind_title: str
    fixed: bool

    @property
    def told(self) -> str:
        """In words: what was entered, and when; an old report is seen to be one."""
        return f"{self.kind_title}（{format_local(self.entry.recorded_ms)}）"


@dataclass(frozen=True)
class Form:
    """办理表单. `asked` are the fields to fill in, in order; `filled` the values known, by field."""

    act: Act
    kind: Kind
    asked: Mapping[str, Field]
    filled: Mapping[str, Source]
    instances: tuple[Entry, ...]
    asks_time: bool


def is_own_signature(name: str, field: Field) -> bool:
    """`sign…` fields hold the signature of the person performing the act: set by the door, never typed."""
    return field.type == "signatures" and (name == "sign" or name.startswith("sign_"))


def form_of(act: Act, matter: Matter | None) -> Form:
    """The form of an act as it stands on a matter (None: nothing exists yet)."""
    kind = registry.kind_of(act)
    filled = {} if matter is None else known_values(act, matter)
    asked: Mapping[str, Field] | None = act.known.get(_ASKED)
    if asked is None:
        set_by_door = automatic(act, kind) | set(act.fixed)
        asked = act.known[_ASKED] = {
            name: field for name, field in kind.fields.items() if name not in set_by_door
        }
    found = instances(act, kind, matter) if matter else ()
    asks_time = kind.time == "reported" and not kind.span
    return Form(act, kind, asked, filled, found, asks_time)


def automatic(act: Act, kind: Kind) -> frozenset[str]:
    """Fields that the door fills: the key of a new or only instance, own signatures, numbers, constants, made ones."""
    names = {name for name, field in kind.fields.items() if is_own_signature(name, field) or field.numbered}
    names |= set(act.constants)
    names |= set(act.made.names if act.made else ())
    if not act.same and (act.new_key or names_own_stream(kind)):
        names.add(kind.key)
    return frozenset(names)


def opens_stream(act: Act, matter: Matter | None) -> bool:
    """Whether the act, performed on this matter, opens a stream of its own."""
    kind = registry.kind_of(act)
    return kind.opens and not (act.renews and matter is not None and matter.type == kind.stream)


def out_of_place(act: Act, matter: Matter | None) -> bool:
    """Whether the act is not performed on such a matter; renewed is only what this very act began."""
    if bool(act.on) != (matter is not None) or (matter is not None and matter.type not in act.on):
        return True
    renewing = matter is not None and registry.kind_of(act).opens and not opens_stream(act, matter)
    return bool(renewing and matter and matter.last(act.kind) is None)


def names_own_stream(kind: Kind) -> bool:
    """Whether the kind's key is the stream itself: the case of a case's entries, the posting of a publication's."""
    return (kind.stream, kind.key) in _keys_of_streams()


@cache
def _keys_of_streams() -> frozenset[tuple[str, str]]:
    """By type of stream, the key of the kind that opens one."""
    return frozenset((kind.stream, kind.key) for kind in registry.dictionary().kinds.values() if kind.opens)


def instances(act: Act, kind: Kind, matter: Matter) -> tuple[Entry, ...]:
    """The instances that the act's key can name (which preservation is disposed of), not yet dealt with by this act."""
    said = [entry for name in (act.kind, *act.undone_by) for entry in matter.all(name)]
    last = {field_of(entry, kind.key): entry for entry in sorted(said, key=lambda entry: entry.index)}
    done = {key for key, entry in last.items() if entry.kind == act.kind and not act.repeats}
    done |= {field_of(entry, kind.key) for name in act.ended_by for entry in matter.all(name)}
    latest = {field_of(entry, kind.key): entry for name in act.same for entry in matter.all(name)}
    return tuple(entry for key, entry in latest.items() if key not in done)


def ended(act: Act, matter: Matter | None) -> str:
    """In words, what has ended the instances of an act; empty where nothing has."""
    found = [kind for kind in act.ended_by if matter and matter.last(kind)]
    return f"已经“{registry.dictionary().kinds[found[0]].title}”" if found else ""


def comes_first(act: Act, matter: Matter | None) -> str:
    """须先有: in words, what must have been entered before the act; empty where that is there."""
    if matter is None or act.preceded(matter):
        return ""
    kinds = [registry.dictionary().kinds[kind] for kind in act.after]
    here = [one for one in kinds if one.act and matter.type in registry.act(one.act).on]
    titles = "、".join(f"“{one.title}”" for one in here or kinds)
    one_of = "之一" if len(here or kinds) > 1 else ""
    return f"须先有{titles}{one_of}，才能办理“{registry.kind_of(act).title}”"


def known_key(form: Form, matter: Matter) -> dict[str, str]:
    """The key that the door will fill in by itself: the stream's own, or that of the only instance there is."""
    kind = form.kind
    if names_own_stream(kind) and not opens_stream(form.act, matter):
        return {kind.key: matter.stream}
    found = {field_of(entry, kind.key) for entry in form.instances}
    return {kind.key: str(found.pop())} if form.act.same and len(found) == 1 else {}


def known_values(act: Act, matter: Matter) -> dict[str, Source]:
    """What the record holds already of what an act's form asks, by field."""
    found: dict[str, Source] = {}
    for fixed, table in ((False, act.suggested), (True, act.fixed)):
        for name, path in table.items():
            for source in path.split("|"):
                kind, _, field = source.partition(".")
                entry = matter.last(kind)
                value = _value(entry, field) if entry else None
                if entry is not None and value is not None:
                    found[name] = Source(value, entry, registry.dictionary().kinds[kind].title, fixed)
                    break
    return found


def _value(entry: Entry, field: str) -> Any:
    if field in _OF_THE_ENTRY:
        return _OF_THE_ENTRY[field](entry)
    return field_of(entry, field)
