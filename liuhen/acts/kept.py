"""Matters kept decoded between acts: entries never change, so one holds while each of its streams ends as it did.

A few are kept in the process, each with its rows, and each act looks whether they still stand: whoever adds to a
stream, from whichever process, moves its head. Only the destruction of a part alters what stands; destroyed parts are
counted with the heads. Rows stand as long as nobody has written that matter's rows since (`projections.as_left`).
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any, NamedTuple

from liuhen import ledger
from liuhen.acts.act import Matter

MATTERS = 64
"""So many matters at most, those used last."""
ENTRIES = 400
"""A matter with more entries is not kept."""

Ends = Mapping[str, tuple[int, bytes | None]]
"""Of each stream of a matter: its length, and the leaf hash of its last entry."""


class Kept(NamedTuple):
    """A matter as it was when this process last wrote to it; `rows` by table, and in it by key.

    `destroyed`: how many of its parts had been destroyed when the entries were read.
    """

    matter: Matter
    ends: Ends
    destroyed: int
    rows: Mapping[str, dict[Any, Any]]

    def stands(self, parts: Sequence[str]) -> "ledger.Question[bool]":
        """The question whether nothing of it has moved since. `parts` are those that it was read in."""
        entries = self.matter.entries
        span = entries[0].index, entries[-1].index
        asked = ledger.ends(self.ends, self.matter.agency, span, parts)
        as_kept = self.ends, self.destroyed
        return ledger.Question(asked.sql, asked.values, lambda rows: asked.read(rows) == as_kept)

    def seen(self, *, adopted: bool) -> Matter:
        """The matter; whether another has taken it in is no part of what is kept."""
        return self.matter if self.matter.adopted is adopted else replace(self.matter, adopted=adopted)


_kept: OrderedDict[str, Kept] = OrderedDict()
_lock = Lock()


def find(stream: str) -> Kept | None:
    """The matter of a stream, if it was kept. It must be asked whether it still stands, with the stream locked."""
    with _lock:
        found = _kept.get(stream)
        if found is not None:
            _kept.move_to_end(stream)
        return found


def keep(matter: Matter, rows: Mapping[str, dict[Any, Any]], before: Kept | Iterable[str]) -> None:
    """Keep a matter and its rows for the next act. They are committed.

    `before`: as it was kept, if all that has come since is more entries of its own streams; else these streams.
    """
    if len(matter.entries) > ENTRIES:
        return
    ends: dict[str, tuple[int, bytes | None]]
    if isinstance(before, Kept):
        ends, new = dict(before.ends), matter.entries[len(before.matter.entries) :]
        destroyed = before.destroyed
    else:
        ends, new, destroyed = dict.fromkeys(before, (0, None)), matter.entries, 0
    ends |= {entry.stream: (entry.number, entry.leaf_hash) for entry in new}
    with _lock:
        _kept[matter.stream] = Kept(matter, ends, destroyed + _destroyed(new), rows)
        _kept.move_to_end(matter.stream)
        while len(_kept) > MATTERS:
            _kept.popitem(last=False)


def _destroyed(entries: Iterable[ledger.Entry]) -> int:
    """How many parts had been destroyed when the entries were read."""
    return sum([list(entry.parts.values()).count(None) for entry in entries])
