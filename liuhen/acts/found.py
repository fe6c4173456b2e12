"""What an act finds once the streams that it is about are its own: everything it needs to know, in one round trip."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from liuhen import ledger
from liuhen.acts import kept, projections
from liuhen.acts.act import Matter
from liuhen.acts.facts import parts_judged
from liuhen.acts.matter import REGISTER, law_stands, read_matter


@dataclass(frozen=True)
class Found:
    """`held` are the locked heads, `earlier` the receipt of the same form sent before.

    `rows` are the matter's rows by table, as far as they are known without reading.
    """

    held: Mapping[str, ledger.Head]
    earlier: ledger.Receipt | None
    matter: Matter | None = None
    rows: Mapping[str, projections.Rows] = field(default_factory=dict)


def find(agency: str, stream: str | None, key: str, *, alone: bool) -> Found:
    """Lock the stream and what adopts it, then look: the receipt of this key, the agency's law, the matter.

    `alone`: the transaction holds nothing yet and is begun anew by its owner on `ledger.Grown`.
    """
    known = kept.find(stream) if stream is not None else None
    questions: list[ledger.Question[Any]] = [
        ledger.receipt_of(agency, key),
        ledger.first_stream(agency, REGISTER),
        *([known.stands(parts_judged()), projections.as_left(known.matter, known.rows)] if known else []),
    ]
    held, (earlier, register, *standing) = _locked(stream, questions, alone)
    law_stands(agency, register)
    if stream is None or earlier:
        return Found(held, earlier)
    adopted = len(held) > 1
    if known is None or not standing[0]:
        return Found(held, None, read_matter(held[stream], adopted=adopted))
    as_kept = known.matter.adopted is adopted and standing[1]
    return Found(held, None, known.seen(adopted=adopted), known.rows if as_kept else {})


def _locked(
    stream: str | None, questions: list[ledger.Question[Any]], alone: bool
) -> tuple[Mapping[str, ledger.Head], list[Any]]:
    if alone or stream is None:
        return ledger.lock_and_ask([stream] if stream is not None else [], questions)
    held = ledger.lock([stream])
    return held, ledger.ask(questions)
