"""所答复的内容: what lies before whoever signs, endorses or decides, whole and readable, above the form."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from liuhen.acts import Form, Matter, fields_of, registry
from liuhen.acts.waiting import sent_back
from liuhen.law.dictionary import Kind
from liuhen.ledger import Entry
from liuhen.web.entries import EntryView, views

_DRAFT = "draft"
_NOT_FOLLOWED = frozenset({"lead", "case", "recording", "posting"})
"""Keys that name the whole matter: whatever happened in it bears them."""


def answered(
    form: Form, matter: Matter | None, parts: frozenset[str], *, said_below: bool
) -> list[EntryView]:
    """What this act answers, in the order in which it came about; guarded `parts` only for who may see them.

    `said_below`: the fixed values stand right above the form anyway, and are not said twice.
    """
    act = form.act
    if matter is None or not (act.answers or act.sent_back_by or act.same or _DRAFT in form.kind.fields):
        return []
    found = {entry.id: entry for entry in _directly(form, matter)}
    if (back := sent_back(act, matter)) is not None:
        found[back.id] = back
    found |= {entry.id: entry for entry in _beside(found.values(), form, matter)}
    entries = sorted(found.values(), key=lambda entry: entry.index)
    said = _fixed_labels(form) if said_below else {}
    shown = [_without(view, said.get(view.entry.kind, frozenset())) for view in views(entries, parts)]
    return [view for view in shown if view.fields]


def _directly(form: Form, matter: Matter) -> Iterable[Entry]:
    """The latest of each kind answered, the instances that the key can name, and what opened the stream."""
    kinds = {kind for alternative in form.act.answers for kind in alternative}
    yield from (entry for kind in kinds if (entry := matter.last(kind)) is not None)
    yield from form.instances
    if matter.type == "publication":
        yield matter.entries[0]


def _beside(entries: Iterable[Entry], form: Form, matter: Matter) -> Iterable[Entry]:
    """Earlier entries about the same instances: the submission that was received, the draft that was reviewed."""
    named = {
        (name, str(value))
        for entry in entries
        for name, value in _keys(fields_of(entry), registry.dictionary().kinds[entry.kind])
    }
    if _DRAFT in form.kind.fields:
        source = form.filled.get(_DRAFT)
        latest = matter.value("decision_drafted", _DRAFT)
        named |= {(_DRAFT, str(value)) for value in [source.value if source else latest] if value}
    latest_of: dict[tuple[str, str, str], Entry] = {}
    for entry in matter.entries:
        kind = registry.dictionary().kinds.get(entry.kind)
        key = (kind.key, str(fields_of(entry).get(kind.key))) if kind else ("", "")
        if key in named and entry.kind != form.kind.name:
            latest_of[(*key, entry.kind)] = entry
    return latest_of.values()


def _keys(fields: Mapping[str, object], kind: Kind) -> Iterable[tuple[str, object]]:
    """The instances that an entry names: its own and others'."""
    for name, spec in kind.fields.items():
        if spec.type == "key" and fields.get(name) and name not in _NOT_FOLLOWED:
            yield name, fields[name]


def _fixed_labels(form: Form) -> Mapping[str, frozenset[str]]:
    """By kind, the labels of the fields that the form shows as fixed."""
    found: dict[str, set[str]] = {}
    for path in form.act.fixed.values():
        for source in path.split("|"):
            kind, _, name = source.partition(".")
            spec = registry.dictionary().kinds[kind].fields.get(name)
            found.setdefault(kind, set()).update([spec.label] if spec else [])
    return {kind: frozenset(labels) for kind, labels in found.items()}


def _without(view: EntryView, labels: frozenset[str]) -> EntryView:
    return replace(view, fields=[one for one in view.fields if one.label not in labels]) if labels else view
