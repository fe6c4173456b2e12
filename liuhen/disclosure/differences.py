"""公示与决定书对照: what is to be published beside what was decided, for whoever reviews and approves it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from liuhen.acts import registry
from liuhen.acts.act import Matter, fields_of
from liuhen.acts.matter import load_matter
from liuhen.disclosure import full_text
from liuhen.disclosure.places import PUBLICATION
from liuhen.disclosure.suggestion import agency_name, result_of
from liuhen.disclosure.texts import DECISION
from liuhen.ledger import Entry, adopters

_TAKEN_OVER = ("party_name", "facts", "basis")
"""What a publication says in the decision's own words, or in fewer."""


class Difference(NamedTuple):
    """One field of a publication that does not say what the decision does."""

    name: str
    label: str
    decided: str
    published: str


def published_decision(matter: Matter) -> Mapping[str, Any] | None:
    """The decision that is published, of the case itself or of the case that took the publication in."""
    entry = _decided(matter)
    return fields_of(entry) if entry is not None else None


def differences(matter: Matter) -> Sequence[Difference]:
    """Where the text as last prepared says otherwise than its decision; empty for what is published of no decision."""
    text, decided = matter.last(DECISION), _decided(matter)
    if text is None or decided is None:
        return ()
    fields, said = registry.dictionary().kinds[DECISION].fields, decided.open
    wanted = {name: str(said.get(name) or "") for name in _TAKEN_OVER}
    wanted |= {"result": result_of(decided), "agency_name": agency_name(decided.agency)}
    wanted |= {"number": str(said.get("number") or "")}
    given = text.open
    if given.get(full_text.FIELD):
        wanted[full_text.FIELD] = full_text.whole_text(_case(matter))
    return [
        Difference(name, fields[name].label, wanted[name], str(given.get(name) or ""))
        for name in fields
        if name in wanted and wanted[name] != str(given.get(name) or "")
    ]


def _decided(matter: Matter) -> Entry | None:
    case = _case(matter)
    return case.last("decided") or case.last("on_spot_decided")


def _case(matter: Matter) -> Matter:
    """The case that took the publication in, where there is one; else the matter itself."""
    if matter.type not in PUBLICATION:
        return matter
    around = [load_matter(stream) for stream in sorted(adopters({matter.stream}) - {matter.stream})]
    decided = (one for one in around if one.last("decided") or one.last("on_spot_decided"))
    return next(decided, matter)
