"""同一当事人以前的案件、案源: what the agency's own rows hold about the same party, by its name and former names."""

from collections.abc import Collection

from liuhen.cases.rows import Row, marks, rows

SHOWN_MAX = 20


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
