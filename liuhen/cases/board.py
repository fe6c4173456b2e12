"""科室一览: who owes what, since when, by officer and by role; and what one officer has in hand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from liuhen.cases.late import LATE
from liuhen.cases.owed import BY_CASE
from liuhen.cases.rows import Row, counted, marks, named, rows
from liuhen.kernel.clock import MS_PER_DAY
from liuhen.law.reading import answers_for

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
_DUTY = "o.matter, o.rule, o.trigger, o.subject, o.title, o.article, o.starts_ms, o.due_ms"
_PRESSING = f"FROM acts_owed o {{join}} WHERE {LATE} AND o.agency = %s AND {{whose}}"
"""With the instant up to which something is due first: what is late now, and what will be by then."""
_OF_CASES = "JOIN cases_handler h ON h.matter = o.matter"
_HANDLED = "EXISTS (SELECT 1 FROM cases_handler n WHERE n.matter = o.matter)"


def by_officer(agency: str, now_ms: int, held: Mapping[str, Collection[str]]) -> dict[str, Load]:
    """By officer: what is late and what comes due in his cases, and of his roles (`held`, the roles by officer)."""
    whose = f"o.who IN ({marks(sorted(BY_CASE))})"
    source = f"SELECT DISTINCT h.officer AS who, {_DUTY} {_PRESSING.format(join=_OF_CASES, whose=whose)}"
    found = _loads(source, [*_until(agency, now_ms), *sorted(BY_CASE)], now_ms)
    for officer, roles in held.items():
        if owing_as(roles):
            source, values = _of_officer(agency, officer, now_ms, roles)
            load = _loads(f"SELECT '' AS who, {_NAMES} FROM ({source}) u", values, now_ms).get("")
            found |= {officer: replace(load, who=officer)} if load else {}
    return found


def by_role(agency: str, now_ms: int) -> dict[str, Load]:
    """Of the other roles, and of what no handler of a case has: what is late and what comes due."""
    whose = f"(o.who NOT IN ({marks(sorted(BY_CASE))}) OR NOT {_HANDLED})"
    source = f"SELECT DISTINCT o.who AS who, {_DUTY} {_PRESSING.format(join='', whose=whose)}"
    return _loads(source, [*_until(agency, now_ms), *sorted(BY_CASE)], now_ms)


def owing_as(roles: Collection[str]) -> list[str]:
    """The roles and bodies whose duties are his who holds these roles, whichever case they are of."""
    return sorted((set(roles) - BY_CASE) | answers_for(roles))


_NAMES = "matter, rule, trigger, subject, title, article, starts_ms, due_ms"


def _until(agency: str, now_ms: int) -> list[Any]:
    return [now_ms + SOON_DAYS * MS_PER_DAY, agency]


def _loads(source: str, values: Sequence[Any], now_ms: int) -> dict[str, Load]:
    found = rows(
        f"SELECT d.who AS who, {_COUNTED} FROM ({source}) d GROUP BY d.who",
        [now_ms, now_ms, now_ms, now_ms, *values],
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


def _of_officer(agency: str, officer: str, now_ms: int, roles: Collection[str]) -> tuple[str, list[Any]]:
    """What an officer owes in his cases and in his roles, each duty once."""
    whose = f"h.officer = %s AND o.who IN ({marks(sorted(BY_CASE))})"
    source = f"SELECT {_DUTY} {_PRESSING.format(join=_OF_CASES, whose=whose)}"
    values = [*_until(agency, now_ms), officer, *sorted(BY_CASE)]
    if own := owing_as(roles):
        whose = f"o.who IN ({marks(own)})"
        source += f" UNION SELECT {_DUTY} {_PRESSING.format(join='', whose=whose)}"
        values += [*_until(agency, now_ms), *own]
    return source if own else source.replace("SELECT", "SELECT DISTINCT", 1), values


def _of_role(agency: str, role: str, now_ms: int) -> tuple[str, list[Any]]:
    """What a role owes; of what handlers owe in their cases, that of no case with handlers."""
    whose = f"o.who = %s AND NOT {_HANDLED}" if role in BY_CASE else "o.who = %s"
    source = f"SELECT DISTINCT {_DUTY} {_PRESSING.format(join='', whose=whose)}"
    return source, [*_until(agency, now_ms), role]


def pressing(
    agency: str, who: str, now_ms: int, start: int, stop: int, *, roles: Collection[str] | None
) -> tuple[int, Sequence[Row]]:
    """How many duties are late or due within the week, and some of them, the oldest first.

    `roles`: those of the officer `who`; None where `who` is itself a role.
    """
    role = _of_role(agency, who, now_ms) if roles is None else None
    source, values = role or _of_officer(agency, who, now_ms, roles or ())
    total = rows(f"SELECT COUNT(*) AS n FROM ({source}) d", values)[0]["n"]
    found = rows(
        "SELECT d.*, s.type, COALESCE(c.party_name, l.suspect, i.title) AS party, c.number FROM (SELECT *"
        f" FROM ({source}) u ORDER BY due_ms, matter, rule, trigger, subject LIMIT %s OFFSET %s) d"
        " JOIN ledger_stream s ON s.id = d.matter LEFT JOIN cases_case c ON c.stream = d.matter"
        " LEFT JOIN cases_lead l ON l.stream = d.matter LEFT JOIN inspections_draw i ON i.stream = d.matter"
        " ORDER BY d.due_ms, d.matter, d.rule, d.trigger, d.subject",
        [*values, stop - start, start],
    )
    also = _under(found)
    return total, [{**row, "also": also.get((row["matter"], row["rule"]), [])} for row in found]


def _under(found: Sequence[Row]) -> dict[tuple[str, str], list[str]]:
    """By matter and rule: the other articles under which the same is to be done, shown in its line."""
    matters = sorted({row["matter"] for row in found})
    if not matters:
        return {}
    led = rows(
        "SELECT DISTINCT o.matter, o.led_by, o.article FROM acts_owed o WHERE o.is_open AND o.led_by IS NOT NULL"
        f" AND o.matter IN ({marks(matters)}) ORDER BY o.article",
        matters,
    )
    known: dict[tuple[str, str], list[str]] = {}
    for row in led:
        known.setdefault((row["matter"], row["led_by"]), []).append(row["article"])
    return known


def handed(officer: str, now_ms: int) -> list[dict[str, Any]]:
    """移交 in which he gave or took, of late: told to both."""
    return named(
        ("matter", "gives", "at_ms", "others", "type", "subject"),
        "SELECT h.matter, h.gives, h.at_ms, h.others, s.type, COALESCE(c.party_name, l.suspect) FROM cases_handover h"
        " JOIN ledger_stream s ON s.id = h.matter LEFT JOIN cases_case c ON c.stream = h.matter"
        " LEFT JOIN cases_lead l ON l.stream = h.matter WHERE h.officer = %s AND h.at_ms > %s"
        " ORDER BY h.at_ms DESC, h.id LIMIT 20",
        [officer, now_ms - HANDED_DAYS * MS_PER_DAY],
    )
