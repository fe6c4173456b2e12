"""并入案件、检查的记录, found by whom they are of: lists of recordings are searched so."""

from collections.abc import Sequence

from liuhen.cases.rows import rows

FOUND_MAX = 1000
"""So many are found at most; a search that finds more says too little."""


def taken_in_by(agency: str, type: str, words: str) -> Sequence[str]:
    """The streams of a type that a case or an inspection of this party or number took in, the newest first."""
    said = "%" + words.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
    found = rows(
        "SELECT a.adopted FROM ledger_adoption a JOIN ledger_stream s ON s.id = a.adopted"
        " LEFT JOIN cases_case c ON c.stream = a.stream LEFT JOIN inspections_draw i ON i.stream = a.stream"
        " WHERE s.agency = %s AND s.type = %s AND (c.party_name LIKE %s ESCAPE '!' OR c.number LIKE %s ESCAPE '!'"
        " OR c.decision_number LIKE %s ESCAPE '!' OR i.title LIKE %s ESCAPE '!')"
        " ORDER BY a.adopted DESC LIMIT %s",
        [agency, type, said, said, said, said, FOUND_MAX],
    )
    return list(dict.fromkeys(str(row["adopted"]) for row in found))
