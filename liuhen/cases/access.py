"""Who may see a matter, and whose eyes a guarded part is for."""

from liuhen.accounts.permissions import handlers_of
from liuhen.acts.act import Actor, Matter

INFORMANT = "informant"
PERSON = "person"
_SEES_INFORMANT = frozenset({"handling_unit_head", "agency_head", "principal_head"})


def may_see(viewer: Actor, matter: Matter) -> bool:
    """People of the agency whose matter it is, with a role in it; nobody else."""
    return viewer.agency == matter.agency and bool(viewer.roles)


def visible_parts(viewer: Actor, matter: Matter) -> frozenset[str]:
    """The guarded parts that this person may read: an informant's identity is for handlers and heads alone."""
    if not may_see(viewer, matter):
        return frozenset()
    parts = {PERSON}
    registered_by = matter.entries[0].actor if matter.entries else ""
    if viewer.id in handlers_of(matter) | {registered_by} or viewer.roles & _SEES_INFORMANT:
        parts.add(INFORMANT)
    return frozenset(parts)
