"""科室一览: who owes what, since when, by officer and by role; and what one officer has in hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from liuhen.cases.owed import BY_CASE
from liuhen.cases.rows import Row, counted, marks, rows
from liuhen.kernel.clock import MS_PER_DAY

SOON_DAYS = 7
"""由此往后这么多天内到期的，列为本周到期."""
HANDED_DAYS = 14
"""移交在首页上告知双方这么多天."""
MATTERS_MAX = 200
"""So many matters are handed over at one time."""


@dataclass(frozen=True)
class Load:
    """What one officer or role owes: late, due within the week, the oldest late one's due date (ms or None)."""

    who: str
    late: int
    soon: int
    oldest_ms: int | None
    next_ms: int | None


_COUNTED = (
    "COUNT(CASE WHEN d.due_ms < %s THEN 1 END) AS late, COUNT(CASE WHEN d.due_ms >= %s THEN 1 END) AS soon,"
    " MIN(CASE WHEN d.due_ms < %s THEN d.due_ms END) AS oldest, MIN(CASE WHEN d.due_ms >= %s THEN d.due_ms END) AS next"
)
_PRESSING = (
    "SELECT DISTINCT {who} AS who, o.matter, o.rule, o.trigger, o.subject, o.due_ms FROM acts_owed o {join}"
    " WHERE o.agency = %s AND o.is_open AND o.ours AND o.due_ms < %s AND o.who {among} ({marks})"
)
_OF_CASES = "JOIN cases_handler h ON h.matter = o.matter"


def by_officer(agency: str, now_ms: int) -> dict[str, Load]:
    """Of whoever handles cases: what is late and what comes due, by officer."""
    pressing = _PRESSING.format(who="h.officer", join=_OF_CASES, among="IN", marks=marks(sorted(BY_CASE)))
    return _loads(pressing, agency, now_ms)


def by_role(agency: str, now_ms: int) -> dict[str, Load]:
    """Of the other roles: what is late and what comes due."""
    pressing = _PRESSING.format(who="o.who", join="", among="NOT IN", marks=marks(sorted(BY_CASE)))
    return _loads(pressing, agency, now_ms)


def _loads(pressing: str, agency: str, now_ms: int) -> dict[str, Load]:
    found = rows(
        f"SELECT d.who AS who, {_COUNTED} FROM ({pressing}) d GROUP BY d.who",
        [now_ms, now_ms, now_ms, now_ms, agency, now_ms + SOON_DAYS * MS_PER_DAY, *sorted(BY_CASE)],
    )
    return {
        row["who"]: Load(row["who"], row["late"], row["soon"], row["oldest"], row["next"]) for row in found
    }


_HELD = (
    "FROM cases_handler h JOIN ledger_stream s ON s.id = h.matter LEFT JOIN cases_case c ON c.stream = h.matter"
    " LEFT JOIN cases_lead l ON l.stream = h.matter WHERE h.officer = %s AND s.agency = %s"
    " AND (c.stage <> 'archived' OR c.stream IS NULL AND l.stage IN ('registered', 'verified', 'proposed'))"
)


def in_hand(agency: str, officer: str) -> int:
    """How many matters an officer has in hand: cases not archived, leads not settled."""
    return counted(_HELD, [officer, agency], MATTERS_MAX * 10)


def matters_of(agency: str, officer: str, start: int = 0, stop: int = MATTERS_MAX) -> list[dict[str, Any]]:
    """The matters themselves, the oldest first: stream, type, whom they are about, number, stage."""
    return rows(
        "SELECT h.matter, s.type, COALESCE(c.party_name, l.suspect) AS subject, c.number, COALESCE(c.stage, l.stage)"
        f" AS stage, COALESCE(c.filed_ms, l.received_ms) AS since_ms {_HELD} ORDER BY 6, 1 LIMIT %s OFFSET %s",
        [officer, agency, stop - start, start],
    )


_OWED = (
    "FROM (SELECT DISTINCT o.matter, o.rule, o.trigger, o.subject, o.title, o.article, o.starts_ms, o.due_ms"
    " FROM acts_owed o {join} WHERE o.agency = %s AND o.is_open AND o.ours AND {whose} AND o.due_ms < %s) d"
)


def pressing(
    agency: str, who: str, now_ms: int, start: int, stop: int, *, officer: bool
) -> tuple[int, Sequence[Row]]:
    """How many duties of an officer or a role are late or due within the week, and some of them, the oldest first."""
    if officer:
        whose = f"h.officer = %s AND o.who IN ({marks(sorted(BY_CASE))})"
        source, values = _OWED.format(join=_OF_CASES, whose=whose), [agency, who, *sorted(BY_CASE)]
    else:
        source, values = _OWED.format(join="", whose="o.who = %s"), [agency, who]
    values.append(now_ms + SOON_DAYS * MS_PER_DAY)  # type: ignore[arg-type]
    total = rows(f"SELECT COUNT(*) AS n {source}", values)[0]["n"]
    found = rows(
        "SELECT d.*, s.type, COALESCE(c.party_name, l.suspect) AS party, c.number FROM (SELECT *"
        f" {source} ORDER BY due_ms, matter, rule, trigger, subject LIMIT %s OFFSET %s) d"
        " JOIN ledger_stream s ON s.id = d.matter LEFT JOIN cases_case c ON c.stream = d.matter"
        " LEFT JOIN cases_lead l ON l.stream = d.matter ORDER BY d.due_ms, d.matter, d.rule, d.trigger, d.subject",
        [*values, stop - start, start],
    )
    return total, found


def handed(officer: str, now_ms: int) -> list[dict[str, Any]]:
    """移交 in which he gave or took, of late: told to both."""
    return rows(
        "SELECT h.*, s.type, COALESCE(c.party_name, l.suspect) AS subject, c.number FROM cases_handover h"
        " JOIN ledger_stream s ON s.id = h.matter LEFT JOIN cases_case c ON c.stream = h.matter"
        " LEFT JOIN cases_lead l ON l.stream = h.matter WHERE h.officer = %s AND h.at_ms > %s"
        " ORDER BY h.at_ms DESC, h.id LIMIT 20",
        [officer, now_ms - HANDED_DAYS * MS_PER_DAY],
    )
