"""证据编号: the evidence of a case with a number each, as the table of facts and evidence names it; where in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from liuhen.acts import registry
from liuhen.acts.act import Matter, fields_of
from liuhen.cases.recalled import (
    APPRAISED,
    ASKED,
    CLAIMS,
    EVIDENCE,
    INSPECTED,
    RECORDED_BY_MACHINE,
    named,
    standing,
)  # fmt: skip
from liuhen.kernel.clock import MS_PER_SECOND
from liuhen.ledger import Entry

DRAWN = "matrix_drawn"
_STORED = "recording_stored"
KINDS = (INSPECTED, ASKED, EVIDENCE, CLAIMS, APPRAISED, RECORDED_BY_MACHINE)
"""Kinds of entries that are evidence."""
_PAGES = re.compile(r"(\d{1,5})\s*页")
_PLACE_PAGES = re.compile(r"第?\s*(\d{1,5})\s*(?:页)?\s*(?:[—–\-~至到]+\s*第?\s*(\d{1,5})\s*)?页")
_CODE = re.compile(r"(?<![\d:：])(?:(\d{1,3})[:：])?([0-5]?\d)[:：]([0-5]\d)(?![\d:：])")
_TO_SECONDS = (3600, 60, 1)
NUMBERED = re.compile(r"\s*证\s*(\d{1,4})(?:\s+(.*))?", re.DOTALL)
"""A piece of evidence as a row names it: 证3, or 证3 with its name."""


@dataclass(frozen=True)
class Proof:
    """One piece of evidence. `pages`, `seconds`: how long it is, 0 where that is not known."""

    number: int
    key: str
    entry: Entry
    name: str
    pages: int = 0
    seconds: int = 0

    @property
    def label(self) -> str:
        """证3 and its name."""
        return f"证{self.number} {self.name}"


@dataclass(frozen=True)
class Place:
    """Where in a piece of evidence: pages and seconds from its beginning, first and last; empty where none is named."""

    pages: Sequence[int] = ()
    seconds: Sequence[int] = ()


def place_of(text: str) -> Place:
    """`第3—5页`, `第4页`, `00:12:30` or `12:30—13:05` as a person writes it."""
    codes = [
        sum(unit * int(part or 0) for unit, part in zip(_TO_SECONDS, found.groups(), strict=True))
        for found in _CODE.finditer(text)
    ]
    pages = [int(part) for found in _PLACE_PAGES.finditer(text) for part in found.groups() if part]
    return Place(pages, codes)


def beyond(proof: Proof, text: str) -> str:
    """That a place lies outside the evidence, in words; empty where it does not."""
    place = place_of(text)
    if proof.pages and place.pages and (max(place.pages) > proof.pages or min(place.pages) < 1):
        return f"证{proof.number}共{proof.pages}页，没有“{text}”"
    if proof.seconds and place.seconds and max(place.seconds) > proof.seconds:
        return f"证{proof.number}长{time_code(proof.seconds)}，没有“{text}”"
    return ""


def time_code(seconds: int) -> str:
    """`00:12:30`."""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def numbered(matter: Matter) -> list[Proof]:
    """Every piece of evidence as it stands, by its number."""
    held = _held(matter)
    lengths = _lengths(matter)
    return [
        _proof(number, key, held[key], lengths.get(key, 0))
        for number, key in enumerate(in_order(matter), 1)
        if key in held
    ]


def in_order(matter: Matter) -> list[str]:
    """The keys of the evidence: what was numbered keeps its place, what came since goes on from there."""
    drawn = matter.last(DRAWN)
    before: list[str] = fields_of(drawn).get("evidence_keys", []) if drawn else []
    return [*before, *(key for key in _held(matter) if key not in set(before))]


def _held(matter: Matter) -> dict[str, Entry]:
    return {_key(entry): entry for entry in standing(matter, *KINDS)}


def _key(entry: Entry) -> str:
    return str(fields_of(entry)[registry.dictionary().kinds[entry.kind].key])


def _lengths(matter: Matter) -> Mapping[str, int]:
    """Seconds of each stored recording."""
    return {
        str(fields["recording"]): int(fields.get("seconds") or 0)
        for fields in map(fields_of, standing(matter, _STORED))
    }


def _proof(number: int, key: str, entry: Entry, stored: int) -> Proof:
    fields = fields_of(entry)
    pages = _PAGES.search(str(fields["quantity"])) if entry.kind == EVIDENCE else None
    lasted = 0
    if entry.kind == RECORDED_BY_MACHINE:
        lasted = stored or (int(fields["ended"]) - int(fields["started"])) // MS_PER_SECOND
    return Proof(number, key, entry, named(entry), pages=int(pages[1]) if pages else 0, seconds=lasted)
