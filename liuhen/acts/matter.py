"""A matter as the law sees it: its entries turned into facts, and the law that its agency has adopted."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import islice
from operator import attrgetter

from liuhen import ledger
from liuhen.acts import registry
from liuhen.acts.act import CARRIED, Matter
from liuhen.acts.facts import fact_of, parts_judged
from liuhen.acts.versions import all_as_read, as_read
from liuhen.kernel.clock import local_date
from liuhen.law import PACKS, Bundle, Fact, Pack, load
from liuhen.law import Matter as Facts

REGISTER = "register"
GROWN_FROM = "grown from"
"""In a matter's `memo`: the matter that it was before its last entries."""
_REGISTER_KINDS = frozenset({"amount_set", "year_announced", "measure_adopted"})


TOGETHER = 10
"""So many matters are read in one statement, and their rows written in one transaction."""


def batches(streams: Iterable[str], size: int) -> Iterator[list[str]]:
    """All of them, so many at a time."""
    left = iter(streams)
    while batch := list(islice(left, size)):
        yield batch


def load_matter(stream: str) -> Matter:
    """The stream with all that it adopts, read from the entries. Raises `ledger.UnknownStream`."""
    extent = ledger.extents([stream])[stream]
    return matter_of(extent.head, ledger.read(extent.streams), adopted=extent.adopted)


def load_matters(streams: Iterable[str]) -> Iterator[Matter]:
    """The same of each of many streams, without the judgements kept of earlier acts; `TOGETHER` read at a time.

    For whoever judges many: the law has changed, rows are made again or compared.
    """
    for batch in batches(streams, TOGETHER):
        extents = ledger.extents(batch)
        by_stream: dict[str, list[ledger.Entry]] = {}
        for entry in ledger.read(
            {each for one in extents.values() for each in one.streams}, parts=parts_judged()
        ):
            by_stream.setdefault(entry.stream, []).append(entry)
        for stream in batch:
            extent = extents[stream]
            entries = [entry for each in extent.streams for entry in by_stream.get(each, ())]
            entries.sort(key=_place)
            yield matter_of(extent.head, entries, adopted=extent.adopted)


_place = attrgetter("index")


def judged_facts(matter: Matter) -> tuple[Fact, ...]:
    """The facts under which an act on this stream is judged: its own, and those of every matter that takes it in.

    What a case has decided (withheld a decision) binds what is done on the streams that the case adopted.
    """
    if not matter.adopted:
        return matter.facts
    streams = {each for above in ledger.adopters({matter.stream}) for each in ledger.matter_streams(above)}
    return tuple(fact_of(as_read(entry)) for entry in ledger.read(streams, parts=parts_judged()))


def read_matter(head: ledger.Head, streams: Iterable[str], *, adopted: bool) -> Matter:
    """The same, for whoever holds its streams' locks; without the judgements kept of earlier acts."""
    entries = ledger.read(streams, parts=parts_judged())
    return matter_of(head, entries, adopted=adopted)


def grown(matter: Matter, entries: Iterable[ledger.Entry]) -> Matter:
    """The matter with entries foreseen appended to it, as they will be read."""
    new = [_as_judged(entry) for entry in entries]
    added = [fact_of(entry) for entry in new]
    for offset, fact in enumerate(added):
        fact.number += offset  # none has a place yet; each comes after the one before it
    return matter.grown(new, added, {GROWN_FROM: matter, CARRIED: dict(matter.memo.get(CARRIED, ()))})


def added(matter: Matter) -> Sequence[ledger.Entry] | None:
    """The entries by which a matter has grown while its rows are worked out; None where that is not known.

    For projections of which each entry makes rows of its own (`Projection.since`).
    """
    earlier: Matter | None = matter.memo.get(GROWN_FROM)
    if earlier is None or matter.adopted or earlier.adopted:
        return None
    return matter.entries[len(earlier.entries) :]


def placed(foreseen: Matter, entries: Sequence[ledger.Entry]) -> Matter:
    """The matter that had grown by entries foreseen, once they have their places; what was judged of it holds."""
    last = len(entries)
    for fact, own, entry in zip(foreseen.facts[-last:], foreseen.entries[-last:], entries, strict=True):
        fact.number = own.index = entry.index
        own.leaf_hash, own.content = entry.leaf_hash, entry.content
    foreseen.memo.pop(GROWN_FROM, None)
    return foreseen


def _as_judged(entry: ledger.Entry) -> ledger.Entry:
    """An entry foreseen as it is read where no more is needed than judging needs."""
    judged = parts_judged()
    entry.parts = {name: part for name, part in entry.parts.items() if name in judged}
    return entry


def matter_of(head: ledger.Head, entries: Iterable[ledger.Entry], *, adopted: bool) -> Matter:
    """The matter made of these entries."""
    held = all_as_read(entries)
    return Matter(head.stream, head.type, head.agency, held, tuple(map(fact_of, held)), adopted)


@cache
def packs() -> Mapping[str, Pack]:
    """The measures that come with the program, by prefix; compiled once."""
    return {folder.name: load(folder) for folder in sorted(PACKS.iterdir()) if folder.is_dir()}


class AgencyLaw:
    """What an agency has adopted and fixed for itself (适用的办法、数额标准、节假日安排), read from its register."""

    def __init__(self, agency: str, entries: Sequence[ledger.Entry]):
        standing = [entry for entry in entries if entry.kind in _REGISTER_KINDS]
        self.facts = tuple(fact_of(entry) for entry in standing if entry.kind != "measure_adopted")
        adopted = {
            entry.open["measure"]: date.fromisoformat(entry.open["from_on"])
            for entry in standing
            if entry.kind == "measure_adopted"
        }
        self.bundle = Bundle([packs()[prefix] for prefix in adopted], adopted)
        self.signed = {
            str(entry.open["reading"]): entry for entry in entries if entry.kind == "reading_signed"
        }
        """By reading, how the agency's legal officers last signed it (读法审签)."""
        self.calendar = Facts(self.facts, self.bundle.dictionary, self.bundle.calendar).calendar
        """The program's years with those that the agency entered itself."""
        self.packs = self.bundle.digest
        """What entries name as the law that they were judged under."""
        self.done = {owe.id: owe.done for pack in self.bundle.packs for owe in pack.owes}
        self.asks = sorted({act for ask in self.bundle.asks() for act in ask.acts} & registry.acts().keys())
        """The acts before which something may be asked."""
        self.asked_by: dict[str, frozenset[str] | None] = {}
        """By act, once asked: the kinds of entries on which that hangs; None where it cannot be told."""
        self.asked_anew: dict[tuple[str, frozenset[str]], tuple[str, ...]] = {}
        """By type of stream and kinds of entries, once asked: the acts before which these may change what is asked."""
        self.personal: dict[str, frozenset[str]] = {}
        """By act, once asked: the gates that look at what whoever signs it did before."""
        figures = [fact.fields for fact in self.facts]
        self.digest = sha256(self.packs.encode() + ledger.canonical(figures)).hexdigest()
        """Under what matters are judged: measures, adoption, calendar and the agency's own figures."""


_laws: dict[str, tuple[tuple[str, bytes | None], AgencyLaw]] = {}
_asked = threading.local()


@contextmanager
def one_law() -> Iterator[None]:
    """While the block runs an agency's register is looked at once: an act is judged under one law."""
    before = getattr(_asked, "laws", None)
    _asked.laws = {}
    try:
        yield
    finally:
        _asked.laws = before


def law_changed() -> None:
    """The register has grown in this very block: look again."""
    if getattr(_asked, "laws", None):
        _asked.laws.clear()


def register_of(agency: str) -> str | None:
    """The stream of the agency's own register, or None before its first entry."""
    (register,) = ledger.ask([ledger.first_stream(agency, REGISTER)])
    return register.stream if register else None


def law_of(agency: str) -> AgencyLaw:
    """The agency's law as its register stands now; kept while the register ends in the same entry."""
    asked: dict[str, AgencyLaw] | None = getattr(_asked, "laws", None)
    if asked is None:
        return _law_now(agency)
    if agency not in asked:
        asked[agency] = _law_now(agency)
    return asked[agency]


def law_stands(agency: str, register: ledger.Head | None) -> None:
    """Within `one_law`: the agency's register was just seen to end so; it need not be looked at again."""
    asked: dict[str, AgencyLaw] | None = getattr(_asked, "laws", None)
    if asked is not None:
        asked[agency] = _law_at(agency, register)


def _law_now(agency: str) -> AgencyLaw:
    (register,) = ledger.ask([ledger.first_stream(agency, REGISTER)])
    return _law_at(agency, register)


def _law_at(agency: str, register: ledger.Head | None) -> AgencyLaw:
    version = (register.stream, register.last) if register else ("", None)
    known = _laws.get(agency)
    if known and known[0] == version:
        return known[1]
    law = AgencyLaw(agency, ledger.read([register.stream]) if register else [])
    _laws[agency] = (version, law)
    return law


def begun_on(matter: Matter) -> str:
    """The local day of the matter's first entry, ISO."""
    return local_date(matter.entries[0].happened_ms).isoformat()
