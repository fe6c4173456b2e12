"""What an entry lacks to meet an obligation: contents, signatures, or that it says itself that it was not done."""

from collections.abc import Callable, Iterable, Mapping
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
    contents, signed = rule.contents, rule.signed
    single = all(len(names) == 1 for _label, names in contents)
    every = tuple(name for _label, names in contents for name in names) if single else None
    listing = {kind: _listing(dictionary, kind) for kind in rule.done}

    def lacks(fact: Fact) -> tuple[str, ...]:
        get = fact.fields.get
        if every is None:
            lacking = [label for label, names in contents if not filled(fact, names)]
        elif all(map(get, every)):  # as mostly: nothing is empty, nor false, nor 0
            lacking = []
        else:
            lacking = [name for name in every if not (value := get(name)) and value != 0]
        for need in signed:
            if not _signed(fact.fields, need, listing.get(fact.kind) or fact.fields):
                lacking.append(need.name)
        return tuple(lacking)

    return lacks


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
    return tuple(dict.fromkeys((*said, *lacking))) if lacking else said


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
