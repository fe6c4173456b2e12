"""Entries as the law judges them."""

from functools import cache

from liuhen import ledger
from liuhen.acts import registry
from liuhen.acts.correcting import PART
from liuhen.law import Fact

GUARDED = "（已记录，内容保密）"
"""What a rule sees of a guarded field: that it is there, not what it says."""

_OPEN = ledger.OPEN
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
    parts = entry.parts
    fields = parts.get(_OPEN) or {}
    if len(parts) > 1:
        for name, part in parts.items():
            if name != _OPEN and name not in _NOT_FACTS and part:
                fields = {**fields, **dict.fromkeys(part, GUARDED)}
    return Fact(
        f"{entry.stream}.{entry.number}", entry.kind, entry.happened_ms, entry.recorded_ms, fields, entry.index,
        entry.supersedes,
    )  # fmt: skip
