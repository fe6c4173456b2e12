"""作废: which documents of a matter were declared void, and by which entry. Pure."""

from collections.abc import Sequence
from typing import TypeVar

from liuhen.documents.context import EntryLike
from liuhen.law.dictionary import standard

VOIDED = "document_voided"
_Entry = TypeVar("_Entry", bound=EntryLike)


def named_entry(document: str, entries: Sequence[EntryLike]) -> str | None:
    """The entry a document is made of, named by the document's id or by its 文号."""
    if "@" in document:
        return document.rpartition("@")[2]
    kinds = standard().kinds
    for entry in entries:
        numbers = [name for name, spec in kinds[entry.kind].fields.items() if spec.numbered]
        own = entry.parts.get("open") or {}
        if document and any(own.get(name) == document for name in numbers):
            return entry.id
    return None


def voided(entries: Sequence[_Entry]) -> dict[str, _Entry]:
    """The entries whose documents are void, with the entry that says so."""
    found = {}
    for entry in entries:
        if entry.kind == VOIDED:
            own = entry.parts.get("open") or {}
            if named := named_entry(str(own.get("document", "")), entries):
                found[named] = entry
    return found
