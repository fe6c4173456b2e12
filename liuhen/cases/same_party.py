"""同一当事人以前的案件、案源: what the agency's own rows hold about the same party, by its name and former names.

Of the other agencies of the tree only what they have decided and what still stands is told: agency, day, number, kind
of decision and cause. No lead, no open case, nothing that was decided not to be public, and nobody who is a natural
person: two people may bear one name.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liuhen import ledger
from liuhen.acts import registry
from liuhen.acts.act import fields_of
from liuhen.cases.rows import Row, marks, rows
from liuhen.kernel.clock import local_date
from liuhen.ledger import Entry

SHOWN_MAX = 20
_DECISIONS = ("decided", "on_spot_decided")
_FALLEN = frozenset({"revoked", "unlawful", "void", "redo"})
"""Outcomes after which a decision stands no more."""
_PERSON = "citizen"


def earlier_of(agency: str, names: Collection[str], without: Collection[str] = ()) -> list[Row]:
    """Cases of these names, then leads that no case has taken in, the latest first; `without` these streams."""
    wanted = sorted({name.strip() for name in names} - {""})
    if not wanted:
        return []
    left_out = sorted(without) or [""]
    found = rows(
        "SELECT stream, 'case' AS type, party_name AS name, number, cause, stage, decision_number, filed_ms AS at_ms"
        f" FROM cases_case WHERE agency = %s AND party_name IN ({marks(wanted)}) AND stream NOT IN ({marks(left_out)})"
        " UNION ALL SELECT l.stream, 'lead', l.suspect, '', '', l.stage, '', l.received_ms FROM cases_lead l"
        f" WHERE l.agency = %s AND l.suspect IN ({marks(wanted)}) AND l.stream NOT IN ({marks(left_out)})"
        " AND NOT EXISTS (SELECT 1 FROM ledger_adoption a WHERE a.adopted = l.stream)"
        " ORDER BY at_ms DESC, stream LIMIT %s",
        [agency, *wanted, *left_out, agency, *wanted, *left_out, SHOWN_MAX],
    )
    return list(found)


@dataclass(frozen=True)
class Decided:
    """One decision of another agency: `day` ISO."""

    agency: str
    day: str
    number: str
    kind: str
    cause: str


def decided_elsewhere(agencies: Mapping[str, str], names: Collection[str]) -> list[Decided]:
    """What these agencies (id → name) have decided against these names and still stands, the latest first."""
    wanted = sorted({name.strip() for name in names} - {""})
    if not wanted or not agencies:
        return []
    found = rows(
        f"SELECT stream, agency, cause FROM cases_case WHERE agency IN ({marks([*agencies])})"
        f" AND party_name IN ({marks(wanted)}) AND party_kind <> %s AND decided_ms IS NOT NULL"
        " ORDER BY decided_ms DESC, stream LIMIT %s",
        [*agencies, *wanted, _PERSON, SHOWN_MAX],
    )
    entries: dict[str, list[Entry]] = {}
    for entry in ledger.read([row["stream"] for row in found], parts=[ledger.OPEN]) if found else ():
        entries.setdefault(entry.stream, []).append(entry)
    told = (_standing(agencies[row["agency"]], row, entries.get(row["stream"], ())) for row in found)
    return [one for one in told if one is not None]


def _standing(agency: str, row: Row, entries: Sequence[Entry]) -> Decided | None:
    """The last decision of a case, if it stands and may be told."""
    decided = [entry for entry in entries if entry.kind in _DECISIONS]
    if not decided or _withheld(entries) or _fell(entries, decided[-1]):
        return None
    last, fields = decided[-1], fields_of(decided[-1])
    name = "decision_kind" if "decision_kind" in fields else "penalty_kind"
    kind = registry.dictionary().text(last.kind, name, fields[name]) if fields.get(name) else "当场处罚"
    day = local_date(last.happened_ms).isoformat()
    return Decided(agency, day, str(fields.get("number") or ""), kind, str(row["cause"] or ""))


def _withheld(entries: Sequence[Entry]) -> bool:
    said: list[Any] = [entry.kind for entry in entries if entry.kind in ("withheld", "withholding_lifted")]
    return bool(said) and said[-1] == "withheld"


def _fell(entries: Sequence[Entry], decided: Entry) -> bool:
    return any(
        entry.kind == "outcome_received"
        and entry.index > decided.index
        and fields_of(entry).get("outcome") in _FALLEN
        for entry in entries
    )
