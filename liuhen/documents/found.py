"""一份文书 by its id, in the matter by which it is known who may read what of it."""

from contextlib import suppress

from liuhen import ledger
from liuhen.acts import Matter
from liuhen.acts.matter import load_matter
from liuhen.documents.queries import DocumentRef, NoSuchDocument, document
from liuhen.documents.witness import issuer


def found(stream: str, name: str) -> tuple[Matter, DocumentRef]:
    """The document of a matter, and the matter. Raises `NoSuchDocument`."""
    matter = _around(load_matter(stream), name)
    return matter, document(matter.entries, issuer(matter.agency), name)


def _around(matter: Matter, name: str) -> Matter:
    """A publication is read as part of its case: only there is known what of it a reader may not see."""
    if matter.type != "publication":
        return matter
    for stream in sorted(ledger.adopters({matter.stream}) - {matter.stream}):
        case = load_matter(stream)
        with suppress(NoSuchDocument):
            document(case.entries, issuer(case.agency), name)
            return case
    return matter
