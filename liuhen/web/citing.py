"""依据的取用: bases and documents that the agency's own records already name, offered where one is written again."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from liuhen.acts import Matter, fields_of
from liuhen.acts.matter import load_matter, register_of
from liuhen.disclosure.texts import ITEMS
from liuhen.registers import queries
from liuhen.web.forms import Control
from liuhen.web.registers import STREAMS

_BASIS, _SOURCE = "basis", "source"
_POSTED = "basis_prepared"
_MOST = 50


def with_known(made: list[Control], kind: str, agency: str, matter: Matter | None) -> list[Control]:
    """The controls, with the bases offered in a table's column of bases and the documents where one is a source."""
    if kind in ITEMS and any(_BASIS in one.columns for one in made):
        known = _bases(agency)
        return [replace(one, offers=(_BASIS, known)) if _BASIS in one.columns else one for one in made]
    if matter is not None and matter.type in STREAMS and any(one.name == _SOURCE for one in made):
        known = _sources(matter)
        return [replace(one, offers=("", known)) if one.name == _SOURCE else one for one in made]
    return made


def _bases(agency: str) -> Sequence[str]:
    """The laws that are posted as 执法依据, then those in the register of legal bases."""
    stream = register_of(agency)
    drafted = load_matter(stream).last(ITEMS[_POSTED]) if stream else None
    posted = [str(row.get("name", "")) for row in fields_of(drafted).get("list", ())] if drafted else []
    kept = [one for one in queries.standing(agency, "bases") if not one.ended_on]
    return _once((*posted, *(str(one.now.fields["law"]) for one in kept)))


def _sources(matter: Matter) -> Sequence[str]:
    """The documents that earlier entries give as their source, the latest first."""
    return _once(str(fields_of(entry).get(_SOURCE) or "") for entry in reversed(matter.entries))


def _once(texts: Iterable[str]) -> Sequence[str]:
    return list(dict.fromkeys(text for text in texts if text))[:_MOST]
