"""Entries as the law judges them."""

from functools import cache

from liuhen import ledger
from liuhen.acts import registry
from liuhen.acts.correcting import PART
from liuhen.law import Fact

GUARDED = "（已记录，内容保密）"
"""What a rule sees of a guarded field: that it is there, not what it says."""

_NOT_FACTS = frozenset({ledger.JUDGEMENT, ledger.RESPONSE, PART})


@cache
def parts_judged() -> tuple[str, ...]:
    """Every part that the dictionary knows, and the reason of a correction."""
    kinds = registry.dictionary().kinds.values()
    return tuple(
        sorted({ledger.OPEN, PART, *(field.part for kind in kinds for field in kind.fields.values())})
    )


def fact_of(entry: ledger.Entry) -> Fact:
    """An entry as the law judges it."""
    fields = entry.parts.get(ledger.OPEN) or {}
    if len(entry.parts) > 1:
        for name, part in entry.parts.items():
            if name != ledger.OPEN and name not in _NOT_FACTS and part:
                fields = {**fields, **dict.fromkeys(part, GUARDED)}
    return Fact(
        entry.id, entry.kind, entry.happened_ms, entry.recorded_ms, fields, entry.index, entry.supersedes
    )
