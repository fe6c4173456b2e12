"""随送审留存的: what is entered together with a submission and says to which round and draft it belongs."""

from collections.abc import Mapping
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Doing
from liuhen.ledger import OPEN, EntryDraft

_ABOUT = ("round", "draft")


def beside(doing: Doing, kind: str, fields: Mapping[str, Any]) -> EntryDraft:
    """An entry of a kind beside the submission that is being made."""
    about = {name: doing.payload[name] for name in _ABOUT if name in doing.payload}
    return EntryDraft(
        stream=doing.target,
        kind=kind,
        version=registry.dictionary().kinds[kind].version,
        happened_ms=doing.now_ms,
        payload={OPEN: {**about, **fields}},
    )
