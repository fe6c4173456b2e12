"""Of which streams matters are made: many matters at a time, in one round trip."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

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
    reach = (
        "WITH RECURSIVE reach(root, id) AS ("
        f"SELECT id, id FROM ledger_stream WHERE id IN ({marks(wanted)})"
        " UNION SELECT r.root, a.adopted FROM ledger_adoption a JOIN reach r ON a.stream = r.id)"
        " SELECT root, id FROM reach"
    )
    found, within, adopted = ask([heads_of(wanted), Question(reach, wanted, _by_root), adopted_among(wanted)])
    return {each: Extent(found[each], tuple(within[each]), each in adopted) for each in wanted}


def _by_root(rows: Rows) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for root, stream in rows:
        found[root].append(stream)
    return found
