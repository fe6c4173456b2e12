"""Who may see a matter, and whose eyes a guarded part is for."""

from collections.abc import Iterator

from liuhen.accounts.permissions import guarded, handlers_of
from liuhen.acts.act import Actor, Matter, fields_of

INFORMANT = "informant"
PERSON = "person"


def may_see(viewer: Actor, matter: Matter) -> bool:
    """People of the agency whose matter it is, with a role in it; nobody else."""
    return viewer.agency == matter.agency and bool(viewer.roles)


def visible_parts(viewer: Actor, matter: Matter) -> frozenset[str]:
    """The guarded parts that this person may read, as the table of guarded parts says."""
    if not may_see(viewer, matter):
        return frozenset()
    handles = viewer.id in handlers_of(matter) or viewer.id in _at_the_lead(matter)
    return frozenset(
        part
        for part, rule in guarded().items()
        if (handles and rule.get("handlers")) or viewer.roles & set(rule.get("roles", []))
    )


def _at_the_lead(matter: Matter) -> Iterator[str]:
    """Who registered the matter, and who is named to verify its lead or has verified it."""
    if matter.entries:
        yield matter.entries[0].actor
    for kind, name in (("lead_registered", "verifiers"), ("verified", "officers")):
        for entry in matter.all(kind):
            yield from (officer["id"] for officer in fields_of(entry).get(name, []))
