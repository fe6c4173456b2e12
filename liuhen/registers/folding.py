"""名录 as it stands after its entries: every item with all its versions, each from its day. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from liuhen.acts.act import Matter, fields_of
from liuhen.kernel.clock import local_date
from liuhen.ledger import Entry
from liuhen.registers.kinds import Register, by_kind

Fields = Mapping[str, Any]
BEFORE_ALL = ""
"""The first day of an item that counts from whenever it was: an institution was one before it was entered here."""
_RETIRED = "retired"
_ITEMS = "register items"


@dataclass(frozen=True)
class Version:
    """What an item was from a day on (ISO; empty: as far back as one looks), and the entry that says so."""

    from_on: str
    fields: Fields
    entry: Entry


@dataclass
class Item:
    """名录中的一项. `ended_on`: the first day on which it is no more; `why` the reason."""

    register: Register
    key: str
    versions: list[Version] = field(default_factory=list)
    ended_on: str = ""
    why: str = ""

    @property
    def now(self) -> Version:
        """The version entered for the latest day."""
        return self.versions[-1]

    def on(self, day: str) -> Fields | None:
        """What it was on a day; None when it was not, or no more."""
        if self.ended_on and day >= self.ended_on:
            return None
        held = [version for version in self.versions if version.from_on <= day]
        return held[-1].fields if held else None

    def names(self) -> list[tuple[str, str]]:
        """Its names in order, each with the day from which it bore it."""
        found: list[tuple[str, str]] = []
        for version in self.versions:
            name = str(version.fields.get(self.register.name, ""))
            if not found or found[-1][1] != name:
                found.append((version.from_on, name))
        return found


def items(entries: Iterable[Entry]) -> dict[str, Item]:
    """Every item by its key, in the order entered; a corrected entry is read as the correction has it."""
    held: dict[str, Item] = {}
    for entry in standing(entries):
        register = _registers().get(entry.kind)
        if register is not None:
            _fold(held, register, entry)
    for item in held.values():
        item.versions.sort(key=lambda version: version.from_on)
    return {key: item for key, item in held.items() if item.versions}


def items_of(matter: Matter) -> dict[str, Item]:
    """The same of a matter, worked out once for it."""
    known: dict[str, Item] | None = matter.memo.get(_ITEMS)
    if known is None:
        known = matter.memo[_ITEMS] = items(matter.entries)
    return known


def standing(entries: Iterable[Entry]) -> list[Entry]:
    """The entries as corrections leave them: a correction in the place of what it corrects."""
    places: dict[str, int] = {}
    found: list[Entry] = []
    for entry in entries:
        place = places.get(entry.supersedes or "")
        if place is None:
            place = len(found)
            found.append(entry)
        else:
            found[place] = entry
        places[entry.id] = place
    return found


def _fold(held: dict[str, Item], register: Register, entry: Entry) -> None:
    fields = fields_of(entry)
    if entry.kind == register.imported:
        for row in fields.get("rows", ()):
            held[row[register.key]] = Item(register, row[register.key], [Version(BEFORE_ALL, row, entry)])
        return
    item = held.setdefault(fields[register.key], Item(register, fields[register.key]))
    if entry.kind == register.ended:
        item.ended_on, item.why = fields["from_on"], fields["reason"]
    else:
        since = fields.get("from_on", BEFORE_ALL)
        before = item.versions[-1].fields if item.versions else {}
        item.versions.append(
            Version(since, {**before, **fields}, entry)
        )  # what is left blank stays as it was
        if entry.kind == register.changed and "state" in fields:
            item.ended_on = since if fields["state"] == _RETIRED else ""


@cache
def _registers() -> Mapping[str, Register]:
    return by_kind()


def day_of(entry: Entry) -> str:
    """The local day on which something was entered, ISO."""
    return local_date(entry.recorded_ms).isoformat()
