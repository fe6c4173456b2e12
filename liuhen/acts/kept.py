"""Matters kept decoded between acts: entries never change, so one holds while each of its streams ends as it did.

A few are kept in the process, and each act looks whether they still stand: whoever adds to a stream, from whichever
process, moves its head. Only the destruction of a part alters what stands; destroyed parts are counted with the heads.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from threading import Lock

from liuhen import ledger
from liuhen.acts.act import Matter

MATTERS = 64
"""So many matters at most, those used last."""
ENTRIES = 400
"""A matter with more entries is not kept."""

Ends = Mapping[str, tuple[int, bytes | None]]
"""Of each stream of a matter: its length, and the leaf hash of its last entry."""

_kept: OrderedDict[str, tuple[Matter, Ends]] = OrderedDict()
_lock = Lock()


def find(head: ledger.Head, *, adopted: bool, parts: Sequence[str]) -> Matter | None:
    """The matter of a locked stream, read in these parts, if it was kept and nothing has moved since."""
    with _lock:
        found = _kept.get(head.stream)
        if found is None:
            return None
        _kept.move_to_end(head.stream)
    matter, ends = found
    if ends[head.stream] != (head.length, head.last):
        return None
    span = matter.entries[0].index, matter.entries[-1].index
    (now,) = ledger.ask([ledger.ends(ends, matter.agency, span, parts)])
    if now != (ends, _destroyed(matter.entries)):
        return None
    return matter if matter.adopted is adopted else replace(matter, adopted=adopted)


def keep(matter: Matter) -> None:
    """Keep a matter for the next act. Its entries are committed."""
    if len(matter.entries) > ENTRIES:
        return
    ends: dict[str, tuple[int, bytes | None]] = {matter.stream: (0, None)}
    for entry in matter.entries:
        ends.update(dict.fromkeys(entry.adopts, (0, None)))
    ends.update((entry.stream, (entry.number, entry.leaf_hash)) for entry in matter.entries)
    with _lock:
        _kept[matter.stream] = matter, ends
        _kept.move_to_end(matter.stream)
        while len(_kept) > MATTERS:
            _kept.popitem(last=False)


def _destroyed(entries: Iterable[ledger.Entry]) -> int:
    """How many parts had been destroyed when the entries were read."""
    return sum(list(entry.parts.values()).count(None) for entry in entries)
