"""下级机关: how the agencies below stand, read out of the rows; silence is shown as silence. Nothing is changed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from liuhen.acts import registry
from liuhen.acts.matter import packs
from liuhen.cases.late import LATE, ONE
from liuhen.cases.rows import marks, rows
from liuhen.kernel.clock import MS_PER_DAY
from liuhen.law.rules import Owe

REFUSED = "act"
"""How a refused act is noted among the reads: tried, not granted, with the rules that refused it."""
REFUSED_DAYS = 90
LIST_MAX = 200
_PUBLICATION = "publication"
_DUTY = f"COUNT(DISTINCT {ONE})"


@dataclass
class Standing:
    """One agency: cases by stage, what is overdue by article, publications late, refused acts, the last entry."""

    stages: dict[str, int] = field(default_factory=dict)
    overdue: dict[str, int] = field(default_factory=dict)
    unpublished: int = 0
    refused: int = 0
    last_ms: int | None = None

    @property
    def cases(self) -> int:
        """All its cases."""
        return sum(self.stages.values())

    @property
    def overdue_total(self) -> int:
        """All that is overdue."""
        return sum(self.overdue.values())


def standing(agencies: Sequence[str], now_ms: int) -> Mapping[str, Standing]:
    """How each of these agencies stands now."""
    found: dict[str, Standing] = defaultdict(Standing)
    if not agencies:
        return found
    these = marks(agencies)
    for row in rows(
        f"SELECT agency, stage, COUNT(*) AS n FROM cases_case WHERE agency IN ({these}) GROUP BY agency, stage",
        agencies,
    ):
        found[row["agency"]].stages[row["stage"]] = row["n"]
    for row in rows(
        f"SELECT o.agency, o.article, {_DUTY} AS n FROM acts_owed o WHERE o.agency IN ({these}) AND {LATE}"
        " GROUP BY o.agency, o.article ORDER BY o.article",
        [*agencies, now_ms],
    ):
        found[row["agency"]].overdue[row["article"]] = row["n"]
    rules = _publishing()
    for row in rows(
        f"SELECT o.agency, {_DUTY} AS n FROM acts_owed o WHERE o.agency IN ({these}) AND {LATE}"
        f" AND o.rule IN ({marks(rules)}) GROUP BY o.agency",
        [*agencies, now_ms, *rules],
    ):
        found[row["agency"]].unpublished = row["n"]
    for row in rows(
        f"SELECT agency, COUNT(*) AS n FROM ledger_read WHERE agency IN ({these}) AND {_TRIED} GROUP BY agency",
        [*agencies, *_tried(now_ms)],
    ):
        found[row["agency"]].refused = row["n"]
    for row in rows(
        f"SELECT agency, MAX(last_ms) AS last FROM (SELECT agency, last_ms FROM cases_case WHERE agency IN ({these})"
        f" UNION ALL SELECT agency, last_ms FROM cases_lead WHERE agency IN ({these})) l GROUP BY agency",
        [*agencies, *agencies],
    ):
        found[row["agency"]].last_ms = row["last"]
    return found


_TRIED = "NOT granted AND how = %s AND at >= %s"


def _tried(now_ms: int) -> list[Any]:
    return [REFUSED, now_ms - REFUSED_DAYS * MS_PER_DAY]


@cache
def _publishing() -> tuple[str, ...]:
    """The rules that are met by publishing."""
    kinds = registry.dictionary().kinds
    return tuple(
        sorted(
            {
                rule.id
                for pack in packs().values()
                for rule in pack.rules
                if isinstance(rule, Owe)
                and any(kinds[kind].stream == _PUBLICATION for kind in rule.done if kind in kinds)
            }
        )
    )


def late_duties(
    agency: str, now_ms: int, *, article: str = "", publishing: bool = False
) -> list[dict[str, Any]]:
    """What is overdue in an agency, the longest first: of one article, or of publishing alone; `LIST_MAX` at most."""
    where, values = f"o.agency = %s AND {LATE}", [agency, now_ms]
    if article:
        where, values = f"{where} AND o.article = %s", [*values, article]
    if publishing:
        where, values = f"{where} AND o.rule IN ({marks(_publishing())})", [*values, *_publishing()]
    return rows(
        "SELECT o.matter, o.rule, o.trigger, o.subject, o.article, o.title, o.due_ms, MIN(o.who) AS who,"
        " MIN(s.type) AS type, COALESCE(MIN(c.party_name), MIN(i.title)) AS party_name,"
        " MIN(c.number) AS number, MIN(c.cause) AS cause, MIN(l.suspect) AS suspect"
        " FROM acts_owed o JOIN ledger_stream s ON s.id = o.matter"
        " LEFT JOIN cases_case c ON c.stream = o.matter LEFT JOIN inspections_draw i ON i.stream = o.matter"
        f" LEFT JOIN cases_lead l ON l.stream = o.matter WHERE {where}"
        " GROUP BY o.matter, o.rule, o.trigger, o.subject, o.article, o.title, o.due_ms"
        " ORDER BY o.due_ms, o.matter LIMIT %s",
        [*values, LIST_MAX],
    )


def cases_at(agency: str, stage: str) -> list[dict[str, Any]]:
    """The cases at a stage (all without one), the newest filing first; `LIST_MAX` at most."""
    where, values = ("agency = %s AND stage = %s", [agency, stage]) if stage else ("agency = %s", [agency])
    sql = f"SELECT * FROM cases_case WHERE {where} ORDER BY filed_ms DESC, stream DESC LIMIT %s"
    return rows(sql, [*values, LIST_MAX])


def refused_acts(agency: str, now_ms: int) -> list[dict[str, Any]]:
    """What was tried and refused: what, when, by which rules; the latest first, `LIST_MAX` at most."""
    return rows(
        f"SELECT what, at, reason FROM ledger_read WHERE agency = %s AND {_TRIED} ORDER BY at DESC LIMIT %s",
        [agency, *_tried(now_ms), LIST_MAX],
    )
