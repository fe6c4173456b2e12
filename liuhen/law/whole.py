"""What an entry lacks to meet an obligation: contents, signatures, or that it says itself that it was not done."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from liuhen.law.dictionary import Dictionary
from liuhen.law.facts import Fact
from liuhen.law.rules import Owe, Signed
from liuhen.law.values import filled

Lacks = Callable[[Fact], tuple[str, ...]]
"""What an entry lacks, by the names under which it is listed."""
_ROWS = frozenset({"signatures", "officers", "files", "items"})
"""The types of fields that hold rows."""


def lacks_of(rule: Owe, dictionary: Dictionary) -> Lacks | None:
    """What is asked of an entry that could meet a rule, laid out once; None where it need only be there."""
    if not rule.demands:
        return None
    contents, signatures = rule.contents, signatures_of(rule, dictionary)
    single = all(len(names) == 1 for _label, names in contents)
    every = tuple(name for _label, names in contents for name in names) if single else None

    def lacks(fact: Fact) -> tuple[str, ...]:
        get = fact.fields.get
        lacking: tuple[str, ...] = ()
        if every is None:
            lacking = tuple([label for label, names in contents if not filled(fact, names)])
        elif not all(map(get, every)):  # something is empty, or false, or 0
            lacking = tuple([name for name in every if not (value := get(name)) and value != 0])
        for name, signed in signatures:
            if not signed(fact):
                lacking += (name,)
        return lacking

    return lacks


def signatures_of(rule: Owe, dictionary: Dictionary) -> Sequence[tuple[str, Callable[[Fact], bool]]]:
    """The signatures that a rule asks for, each with the name under which it is listed, and whether an entry has it."""
    listing = {kind: _listing(dictionary, kind) for kind in rule.done}
    return [(need.name, _signature(need, listing)) for need in rule.signed]


def _signature(need: Signed, listing: Mapping[str, tuple[str, ...]]) -> Callable[[Fact], bool]:
    places = {kind: (*need.fields, *names) for kind, names in listing.items() if names and need.least > 0}

    def signed(fact: Fact) -> bool:
        fields, kind = fact.fields, fact.kind
        if kind in places and fields.keys().isdisjoint(places[kind]):
            return False  # nothing is told where a signature could stand
        return _signed(fields, need, listing.get(kind) or fields)

    return signed


def _listing(dictionary: Dictionary, kind: str) -> tuple[str, ...]:
    """The fields of a kind that hold rows, among which signatures may stand."""
    return tuple(field.name for field in dictionary.kinds[kind].fields.values() if field.type in _ROWS)


def told_otherwise(fact: Fact, names: tuple[str, ...], lacking: tuple[str, ...]) -> tuple[str, ...]:
    """An entry that says that it was not done proves the breach; what it lacks is what it says so by (`names`)."""
    get = fact.fields.get
    plainly: tuple[str, ...] = ()
    for name in names:
        value = get(name)
        if value is None or value is False or value == "" or isinstance(value, list):
            plainly += (name,)
    said = plainly or names
    return (*said, *[name for name in lacking if name not in said]) if lacking else said


def _signed(fields: Mapping[str, Any], need: Signed, listing: Iterable[str]) -> bool:
    """Signed, or the refusal noted, as often as is needed: in the fields named, or in any of those that list who."""
    wanting = need.least
    for name in need.fields:
        for row in fields.get(name) or ():
            if _counts(row):
                if wanting == 1:
                    return True
                wanting -= 1
    who = need.who
    if not who:
        return wanting <= 0
    for name in listing:
        value = fields.get(name)
        if type(value) is list:
            for row in value:
                if type(row) is dict and row.get("who") in who and _counts(row):
                    if wanting == 1:
                        return True
                    wanting -= 1
    return wanting <= 0


def _counts(row: object) -> bool:
    if type(row) is not dict:
        return bool(row)
    if row.get("refused"):
        return bool(row.get("note"))
    return row.get("at") is not None
