"""Reading the registers: lists, a search while one types, what stood on a day."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from liuhen import ledger
from liuhen.acts.matter import load_matter, register_of
from liuhen.registers.folding import Item, items
from liuhen.registers.kinds import CATALOGUE, REGISTERS, Register
from liuhen.registers.models import RegisterRow

FOUND_MOST = 12


@dataclass(frozen=True)
class Found:
    """One item of a register as a form chooses it."""

    key: str
    name: str
    code: str
    other_code: str
    fields: Mapping[str, Any]
    ended_on: str


def catalogue_of(agency: str) -> str | None:
    """The stream of an agency's registers, or None before it was begun."""
    return next(iter(ledger.streams_of(agency, CATALOGUE)), None)


def begun_catalogue(agency: str) -> str:
    """The same, begun now where it was not: it holds nothing yet."""
    known = catalogue_of(agency)
    if known is not None:
        return known
    with ledger.write_turn(), transaction.atomic():
        return catalogue_of(agency) or ledger.create_stream(agency, CATALOGUE)


def stream_of(agency: str, register: Register) -> str | None:
    """The stream that holds a register."""
    return catalogue_of(agency) if register.stream == CATALOGUE else register_of(agency)


def counts(agency: str) -> dict[str, int]:
    """How many items stand in each register today, ended ones left out."""
    held = (
        RegisterRow.objects.filter(agency=agency, ended_on="").values_list("register").annotate(Count("key"))
    )
    return dict.fromkeys(REGISTERS, 0) | dict(held)


def wanted(agency: str, register: str, words: str = "", *, ended: bool = False) -> QuerySet[RegisterRow]:
    """The items of a register in the order of their names; `words` among names, codes and initials."""
    found = RegisterRow.objects.filter(agency=agency, register=register)
    found = found.exclude(ended_on="") if ended else found.filter(ended_on="")
    for word in words.lower().split():
        found = found.filter(words__contains=word)
    return found.order_by("name", "key")


def choose(agency: str, register: str, words: str, day: str) -> list[Found]:
    """The first items that stand on a day and hold these words: those whose name or code begins so come first."""
    found = RegisterRow.objects.filter(agency=agency, register=register).filter(
        Q(ended_on="") | Q(ended_on__gt=day)
    )
    for word in words.lower().split():
        found = found.filter(words__contains=word)
    begins = Q(words__startswith=words.lower())
    rows = [*found.filter(begins).order_by("name", "key")[:FOUND_MOST]]
    if len(rows) < FOUND_MOST:
        rows += found.exclude(begins).order_by("name", "key")[: FOUND_MOST - len(rows)]
    return [of_row(row) for row in rows]


def of_row(row: RegisterRow) -> Found:
    """A row as a form chooses it."""
    return Found(row.key, row.name, row.code, row.other_code, json.loads(row.fields), row.ended_on)


def item(agency: str, key: str) -> Item | None:
    """One item with all its versions; None where the agency has no such."""
    row = RegisterRow.objects.filter(agency=agency, key=key).first()
    return items(load_matter(row.stream).entries).get(key) if row else None


def named(agency: str, name: str, code: str = "") -> Found | None:
    """The institution of a code, else of a name; None where it is on no register."""
    own = RegisterRow.objects.filter(agency=agency, register="institutions")
    row = own.filter(Q(other_code=code) | Q(code=code)).first() if code else None
    row = row or (own.filter(name=name).first() if name else None)
    return of_row(row) if row else None


def standing(agency: str, register: str) -> Sequence[Item]:
    """All items of a register with their versions."""
    stream = catalogue_of(agency)
    if stream is None:
        return []
    return [each for each in items(load_matter(stream).entries).values() if each.register.slug == register]


def ended_laws(agency: str, day: str) -> dict[str, tuple[str, str]]:
    """By the name of each law of which nothing stands on a day: since when not, and why."""
    held = [(row.name, row.ended_on) for row in RegisterRow.objects.filter(agency=agency, register="bases")]
    laws = {name for name, _ in held} - {name for name, ended in held if not ended or ended > day}
    if not laws:
        return {}
    last: dict[str, tuple[str, str]] = {}
    for each in standing(agency, "bases"):
        law = str(each.now.fields["law"])
        if law in laws and each.ended_on > last.get(law, ("", ""))[0]:
            last[law] = (each.ended_on, each.why)
    return last


def ended_articles(agency: str, day: str) -> Iterable[tuple[str, str, str, str]]:
    """Law, article, since when and why, of every article that was on the register and stands no more on a day."""
    for row in RegisterRow.objects.filter(agency=agency, register="bases", ended_on__lte=day).exclude(
        ended_on=""
    ):
        each = item(agency, row.key)
        yield row.name, row.code, row.ended_on, each.why if each else ""
