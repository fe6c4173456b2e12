"""A matter as the law sees it: its entries turned into facts, and the law that its agency has adopted."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any

from liuhen import ledger
from liuhen.acts.act import Matter
from liuhen.kernel.clock import local_date
from liuhen.law import PACKS, Bundle, Fact, Pack, load

GUARDED = "（已记录，内容保密）"
"""What a rule sees of a guarded field: that it is there, not what it says."""

_NOT_FACTS = frozenset({ledger.JUDGEMENT, ledger.RESPONSE, "correction"})
_REGISTER_KINDS = frozenset({"amount_set", "year_announced", "measure_adopted"})


def load_matter(stream: str) -> Matter:
    """The stream with all that it adopts, read from the entries. Raises `ledger.UnknownStream`."""
    head = ledger.heads([stream])[stream]
    entries = ledger.read(ledger.matter_streams(stream))
    return matter_of(head, entries, adopted=len(ledger.adopters({stream})) > 1)


def matter_of(head: ledger.Head, entries: Iterable[ledger.Entry], *, adopted: bool) -> Matter:
    """The matter made of these entries."""
    held = tuple(entries)
    return Matter(head.stream, head.type, head.agency, held, tuple(fact_of(entry) for entry in held), adopted)


def fact_of(entry: ledger.Entry) -> Fact:
    """An entry as the law judges it."""
    fields: dict[str, Any] = dict(entry.open)
    for name, part in entry.parts.items():
        if name != ledger.OPEN and name not in _NOT_FACTS and part:
            fields.update(dict.fromkeys(part, GUARDED))
    return Fact(
        id=entry.id,
        kind=entry.kind,
        at_ms=entry.happened_ms,
        recorded_ms=entry.recorded_ms,
        fields=fields,
        number=entry.index,
        supersedes=entry.supersedes,
    )


@cache
def packs() -> Mapping[str, Pack]:
    """The measures that come with the program, by prefix; compiled once."""
    return {folder.name: load(folder) for folder in sorted(PACKS.iterdir()) if folder.is_dir()}


class AgencyLaw:
    """What an agency has adopted and fixed for itself (适用的办法、数额标准、节假日安排), read from its register."""

    def __init__(self, agency: str, entries: Iterable[ledger.Entry]):
        kept = [entry for entry in entries if entry.kind in _REGISTER_KINDS]
        self.facts = tuple(fact_of(entry) for entry in kept if entry.kind != "measure_adopted")
        adopted = {
            entry.open["measure"]: date.fromisoformat(entry.open["from_on"])
            for entry in kept
            if entry.kind == "measure_adopted"
        }
        self.bundle = Bundle([packs()[prefix] for prefix in adopted], adopted)
        self.done = {owe.id: owe.done for pack in self.bundle.packs for owe in pack.owes}
        figures = [fact.fields for fact in self.facts]
        self.digest = sha256(self.bundle.digest.encode() + ledger.canonical(figures)).hexdigest()
        """Under what matters are judged: measures, adoption, calendar and the agency's own figures."""


_laws: dict[str, tuple[tuple[str, bytes | None], AgencyLaw]] = {}


def register_of(agency: str) -> str | None:
    """The stream of the agency's own register, or None before its first entry."""
    streams = ledger.streams_of(agency, "register")
    return streams[0] if streams else None


def law_of(agency: str) -> AgencyLaw:
    """The agency's law as its register stands now; kept while the register ends in the same entry."""
    register = register_of(agency)
    version = (register, ledger.heads([register])[register].last) if register else ("", None)
    known = _laws.get(agency)
    if known and known[0] == version:
        return known[1]
    law = AgencyLaw(agency, ledger.read([register]) if register else [])
    _laws[agency] = (version, law)
    return law


def begun_on(matter: Matter) -> str:
    """The local day of the matter's first entry, ISO."""
    return local_date(matter.entries[0].happened_ms).isoformat()
