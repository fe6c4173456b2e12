"""From what is owed to the page of the act that meets it, for whoever may perform it."""

from collections.abc import Iterable, Mapping

from django.urls import reverse

from liuhen.accounts.permissions import table
from liuhen.acts import Actor, registry


def may_perform(act: str, actor: Actor) -> bool:
    """Whether one of his roles is in the table's row for this act (who handles the case is looked at later)."""
    return bool(actor.roles & set(table().get(act, {}).get("roles", ())))


def keeps(actor: Actor, type: str) -> bool:
    """Whether his roles perform some act on streams of a type."""
    return any(type in act.on and may_perform(name, actor) for name, act in registry.acts().items())


def links(acts: Iterable[str], actor: Actor, places: Mapping[str, str]) -> list[tuple[str, str]]:
    """Title and address of each act he may perform, on the first stream of `places` (type → stream) it belongs on."""
    found = []
    for name in acts:
        act = registry.act(name)
        stream = next((stream for type, stream in places.items() if type in act.on), None)
        if stream and not act.by_system and may_perform(name, actor):
            found.append((registry.kind_of(act).title, reverse("act-on", args=[name, stream])))
    return found
