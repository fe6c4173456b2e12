"""Of which streams matters are made: many matters at a time, in one round trip."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from liuhen.ledger.pipeline import Rows
from liuhen.ledger.streams import Head, adopted_among, heads_of, marks
from liuhen.ledger.together import Question, ask


@dataclass(frozen=True, slots=True)
class Extent:
    """案卷的范围: a stream's head, all the streams of its matter (itself and what it adopts), whether another has
    adopted it.
    """

    head: Head
    streams: tuple[str, ...]
    adopted: bool


def extents(streams: Collection[str]) -> dict[str, Extent]:
    """The extent of each of these streams' matters. Raises `UnknownStream` for one that does not exist."""
    wanted = sorted(set(streams))
    if not wanted:
        return {}
    found, within, adopted = ask(_questions(wanted))
    return {each: Extent(found[each], tuple(within[each]), each in adopted) for each in wanted}


def _questions(wanted: Sequence[str]) -> list[Question[Any]]:
    """For heads, streams by matter, and which of them others have adopted."""
    reach = (
        "WITH RECURSIVE reach(root, id) AS ("
        f"SELECT id, id FROM ledger_stream WHERE id IN ({marks(wanted)})"
        " UNION SELECT r.root, a.adopted FROM ledger_adoption a JOIN reach r ON a.stream = r.id)"
        " SELECT root, id FROM reach"
    )
    return [heads_of(wanted), Question(reach, wanted, _by_root), adopted_among(wanted)]


def extent_with(stream: str, *questions: Question[Any]) -> tuple[Extent, list[Any]]:
    """The extent of one matter, and what else is asked in the same round trip. Raises `UnknownStream`."""
    found, within, adopted, *answers = ask([*_questions([stream]), *questions])
    return Extent(found[stream], tuple(within[stream]), bool(adopted)), answers


def _by_root(rows: Rows) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for root, stream in rows:
        found[root].append(stream)
    return found
