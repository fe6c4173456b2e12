"""更正 on the screens: which entry is being corrected, and its values as the form is filled in with them."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404

from liuhen.acts import Matter, correctable, fields_of, registry
from liuhen.ledger import Entry
from liuhen.web.forms import Prefill

REASON = "correction"
"""The form field of the reason, and the name under which the door complains of it."""
_FROM_ORIGINAL = "原记录"


def entry_to_correct(matter: Matter | None, name: str, number: int, stream: str) -> Entry:
    """The entry of this number of the stream, made by this act and correctable. Raises `Http404`."""
    kind = registry.kind_of(registry.act(name))
    entries = matter.entries if matter else ()
    for entry in entries:
        if (entry.stream, entry.number, entry.kind) == (stream, number, kind.name) and correctable(kind):
            return entry
    raise Http404


def latest_of(matter: Matter, entry: Entry) -> Entry:
    """The entry as it was corrected last; itself where it never was."""
    later = next((one for one in matter.entries if one.supersedes == entry.id), None)
    return entry if later is None else latest_of(matter, later)


def original(entry: Entry) -> dict[str, Prefill]:
    """The entry's values for the form: officers by their ids; files stay with it and are not asked again."""
    fields = registry.dictionary().kinds[entry.kind].fields
    return {
        name: Prefill(_typed(fields[name].type, value), _FROM_ORIGINAL)
        for name, value in fields_of(entry).items()
        if name in fields and fields[name].type != "files"
    }


def _typed(type: str, value: Any) -> Any:
    if type == "officers":
        return [officer["id"] if isinstance(officer, Mapping) else officer for officer in value]
    return value
