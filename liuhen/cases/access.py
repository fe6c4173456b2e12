"""Who may see a matter, and whose eyes a guarded part is for."""

from liuhen.accounts.permissions import guarded, handlers_of
from liuhen.acts.act import Actor, Matter

INFORMANT = "informant"
PERSON = "person"


def may_see(viewer: Actor, matter: Matter) -> bool:
    """People of the agency whose matter it is, with a role in it; nobody else."""
    return viewer.agency == matter.agency and bool(viewer.roles)


def visible_parts(viewer: Actor, matter: Matter) -> frozenset[str]:
    """The guarded parts that this person may read, as the table of guarded parts says."""
    if not may_see(viewer, matter):
        return frozenset()
    registered_by = matter.entries[0].actor if matter.entries else ""
    handles = viewer.id in handlers_of(matter) | {registered_by}
    return frozenset(
        part
        for part, rule in guarded().items()
        if (handles and rule.get("handlers")) or viewer.roles & set(rule.get("roles", []))
    )
