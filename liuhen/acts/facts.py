"""Entries as the law judges them, read without what judging does not need; many matters at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

from liuhen import ledger
from liuhen.acts import registry
from liuhen.acts.correcting import PART
from liuhen.acts.versions import as_read, differs
from liuhen.law import Fact

GUARDED = "（已记录，内容保密）"
"""What a rule sees of a guarded field: that it is there, not what it says."""

MATTERS = 10
"""So many matters are read in one statement."""
_NOT_FACTS = frozenset({ledger.JUDGEMENT, ledger.RESPONSE, PART})


@cache
def parts_judged() -> tuple[str, ...]:
    """Every part that the dictionary knows, and the reason of a correction."""
    kinds = registry.dictionary().kinds.values()
    return tuple(
        sorted({ledger.OPEN, PART, *(field.part for kind in kinds for field in kind.fields.values())})
    )


def fact_of(entry: ledger.Entry | ledger.Told) -> Fact:
    """An entry as the law judges it."""
    fields = dict(entry.parts.get(ledger.OPEN) or ())
    if len(entry.parts) > 1:
        for name, part in entry.parts.items():
            if name != ledger.OPEN and name not in _NOT_FACTS and part:
                fields.update(dict.fromkeys(part, GUARDED))
    return Fact(
        entry.id, entry.kind, entry.happened_ms, entry.recorded_ms, fields, entry.index, entry.supersedes
    )


def facts_read(streams: Iterable[str]) -> list[Fact]:
    """The facts of these streams in the order of the log."""
    return [_fact_told(told) for told in ledger.told(streams, parts_judged())]


def facts_of_matters(streams: Sequence[str]) -> Iterator[tuple[ledger.Head, list[Fact]]]:
    """Each stream's head with the facts of its matter, so many matters read at a time.

    Raises `ledger.UnknownStream` for a stream that does not exist.
    """
    left = iter(streams)
    while batch := list(islice(left, MATTERS)):
        heads, matters = ledger.heads(batch), ledger.matters_of(batch)
        by_stream: dict[str, list[Fact]] = defaultdict(list)
        for told in ledger.told({stream for matter in matters.values() for stream in matter}, parts_judged()):
            by_stream[told.stream].append(_fact_told(told))
        for stream in batch:
            facts = [fact for each in matters[stream] for fact in by_stream[each]]
            yield heads[stream], sorted(facts, key=lambda fact: fact.number)


def _fact_told(told: ledger.Told) -> Fact:
    """Its header is decoded only where it is of a kind that changed."""
    return fact_of(as_read(told.entry()) if differs(told.kind) else told)
