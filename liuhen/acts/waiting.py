"""流转: which acts a matter waits for because somebody has handed it on, read out of the entries.

Not what the law asks (that is owed), but whose turn it is: a proposal waits for its endorsement. Who may take the turn is
the table of acts and roles.
"""

from collections.abc import Mapping
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Act, Matter
from liuhen.acts.registry import Row
from liuhen.ledger import Entry

_LEAD = "lead"
COLUMNS = ("matter", "agency", "act", "since", "since_ms")


def waiting_rows(matter: Matter) -> list[Row]:
    """The rows of `acts_waiting`: an act whose latest input is newer than its latest performance."""
    rows = []
    for name, act in registry.acts().items():
        since = _handed_on(act, matter)
        if since is not None:
            rows.append(
                {
                    "matter": matter.stream,
                    "agency": matter.agency,
                    "act": name,
                    "since": since.id,
                    "since_ms": since.recorded_ms,
                }
            )
    return rows


def _handed_on(act: Act, matter: Matter) -> Entry | None:
    """The entry that waits for this act, if one does. A lead that a case has taken in waits for nothing."""
    if not act.answers or matter.type not in act.on or (matter.type == _LEAD and matter.adopted):
        return None
    given = [_given(matter, kind, values) for kind, values in act.answers.items()]
    latest = max((entry for entry in given if entry), key=_index, default=None)
    if latest is None or None in given:
        return None
    settled = max(map(matter.last, (act.kind, *act.settled_by)), key=_index)
    return None if _index(settled) > latest.index else latest


def _given(matter: Matter, kind: str, values: Mapping[str, Any]) -> Entry | None:
    """The latest entry of the kind, if it says what is asked of it."""
    entry = matter.last(kind)
    if entry is None or any(entry.open.get(name) != value for name, value in values.items()):
        return None
    return entry


def _index(entry: Entry | None) -> int:
    return -1 if entry is None else entry.index
