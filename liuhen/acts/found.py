"""What an act finds once the streams that it is about are its own: everything it needs to know, in one round trip."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from liuhen import ledger
from liuhen.acts import kept, projections
from liuhen.acts.act import Matter
from liuhen.acts.facts import parts_judged
from liuhen.acts.matter import REGISTER, law_stands, matter_of, read_matter


@dataclass(frozen=True)
class Found:
    """`held` are the locked heads, `earlier` the receipt of the same form sent before.

    `stand`: the matter's rows are what it tells. `rows` are those by table, as far as they are known without reading;
    `known` what was kept of the matter, if it still stands; else its streams. `alone`: the act has its transaction to
    itself.
    """

    held: Mapping[str, ledger.Head]
    earlier: ledger.Receipt | None
    matter: Matter | None = None
    stand: bool = False
    rows: Mapping[str, projections.Rows] = field(default_factory=dict)
    known: kept.Kept | Sequence[str] = ()
    alone: bool = False


def read_ahead(stream: str) -> None:
    """Read a matter that is not kept, before its lock is taken: others need not wait for that.

    Nothing is relied on: with the lock held it is asked whether it still stands, as of every matter kept, and whether
    another has taken it in.
    """
    if kept.find(stream) is not None:
        return
    entries: list[ledger.Entry]
    (entries,) = ledger.ask([ledger.entries_of(stream, parts_judged(), kept.ENTRIES)])
    last = next((entry for entry in reversed(entries) if entry.stream == stream), None)
    if last is None or last.stream_type == REGISTER or not projections.foreseeable(last.stream_type):
        return
    head = ledger.Head(stream, last.agency, last.stream_type, last.number, last.leaf_hash)
    streams = {entry.stream for entry in entries}  # whatever is taken in has entries
    kept.keep(matter_of(head, entries, adopted=False), {}, streams)


def find(
    agency: str,
    stream: str | None,
    key: str,
    *,
    alone: bool,
    ahead: Sequence[ledger.Question[Any]] = (),
) -> Found:
    """Lock the stream and what adopts it, then look: the receipt of this key, the agency's law, the matter.

    `alone`: the transaction holds nothing yet and is begun anew by its owner on `ledger.Grown`. `ahead`: what will be
    asked in a moment, put by where a round trip takes time.
    """
    known = kept.find(stream) if stream is not None else None
    further = list(ahead) if ledger.worth_asking() else []
    unread = projections.unread(known.matter, known.rows) if known and ledger.worth_asking() else {}
    questions: list[ledger.Question[Any]] = [
        ledger.receipt_of(agency, key),
        ledger.first_stream(agency, REGISTER),
        *map(ledger.unread, further),
        *unread.values(),
        *([projections.places(stream)] if stream is not None else []),
        *([known.stands(parts_judged())] if known else []),
    ]
    held, (earlier, register, *told) = _locked(stream, questions, alone)
    law_stands(agency, register)
    if stream is None or earlier:
        return Found(held, earlier, alone=alone)
    ledger.put_by(further, told[: len(further)])
    rows = dict(zip(unread, told[len(further) :], strict=False))
    told = told[len(further) + len(unread) :]
    adopted = len(held) > 1
    if known is None or not told[1]:
        streams = ledger.matter_streams(stream)
        matter = read_matter(held[stream], streams, adopted=adopted)
        return Found(held, None, matter, _stand(matter, told[0]), rows, known=streams, alone=alone)
    matter = known.seen(adopted=adopted)
    stand = known.matter.adopted is adopted and _stand(matter, told[0])
    return Found(held, None, matter, stand, {**(known.rows if stand else {}), **rows}, known, alone)


def _stand(matter: Matter, places: projections.Rows) -> bool:
    """Whether the matter's rows stand as it tells them: what its new entries change can be told from it."""
    return not matter.adopted and matter.type != REGISTER and projections.stand(matter, places)


def _locked(
    stream: str | None, questions: list[ledger.Question[Any]], alone: bool
) -> tuple[Mapping[str, ledger.Head], list[Any]]:
    if alone or stream is None:
        return ledger.lock_and_ask([stream] if stream is not None else [], questions)
    held = ledger.lock([stream])
    return held, ledger.ask(questions)
