"""Who may see a matter, and whose eyes a guarded part is for."""

from collections.abc import Iterator

from liuhen import ledger
from liuhen.accounts.pages import may_use, used_by
from liuhen.accounts.permissions import guarded, handlers_of, limited
from liuhen.acts.act import Actor, Matter, fields_of

INFORMANT = "informant"
PERSON = "person"
MATTERS = "read_matters"
"""The row of `pages.yaml` that says who may read leads, cases and what belongs to them."""
WHOLE = "read_whole_matters"
"""The row that says who reads the whole of them."""
MATTER_TYPES = frozenset({"lead", "case", "inspection", "recording", "publication"})


class NotThere(LookupError):
    """没有: nothing of that number, or nothing of his own agency; told apart by nobody."""


class NotForHim(Exception):
    """不得查阅: it is there, and his roles do not read it. The message is Chinese."""


def own_head(viewer: Actor, stream: str, *types: str) -> ledger.Head:
    """The head of a stream of his own agency (of one of these types). Raises `NotThere` or `NotForHim`."""
    try:
        head = ledger.heads([stream])[stream]
    except (ledger.UnknownStream, KeyError) as error:
        raise NotThere from error
    if head.agency != viewer.agency or (types and head.type not in types):
        raise NotThere
    if head.type in MATTER_TYPES and not may_use(MATTERS, viewer):
        raise NotForHim(f"案卷由{used_by(MATTERS)}查阅")
    return head


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


def reads_whole(viewer: Actor) -> bool:
    """Whether he reads whole matters, and not only what `limited.yaml` lists for his roles."""
    return may_use(WHOLE, viewer)


def reads_kind(viewer: Actor, kind: str) -> bool:
    """Whether he reads the entries of a kind."""
    return reads_whole(viewer) or kind in _listed(viewer, "entries")


def parts_of(viewer: Actor, entry: ledger.Entry, parts: frozenset[str]) -> frozenset[str]:
    """The parts of one entry that he reads: the open one and those guarded `parts` that are for his eyes, or none."""
    if entry.stream_type in MATTER_TYPES and not reads_kind(viewer, entry.kind):
        return frozenset()
    return parts | {ledger.OPEN}


def reads_document(viewer: Actor, form: str) -> bool:
    """Whether he reads the documents of a form."""
    return reads_whole(viewer) or form in _listed(viewer, "documents")


def _listed(viewer: Actor, what: str) -> set[str]:
    return {name for role in viewer.roles for name in limited().get(role, {}).get(what, ())}


def withheld_from(viewer: Actor, matter: Matter) -> frozenset[str]:
    """The guarded parts that this reader may not see in a document."""
    return frozenset({INFORMANT, PERSON}) - visible_parts(viewer, matter)


def _at_the_lead(matter: Matter) -> Iterator[str]:
    """Who registered the matter, and who is named to verify its lead or has verified it."""
    if matter.entries:
        yield matter.entries[0].actor
    for kind, name in (("lead_registered", "verifiers"), ("verified", "officers")):
        for entry in matter.all(kind):
            yield from (officer["id"] for officer in fields_of(entry).get(name, []))
