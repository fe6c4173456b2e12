"""Lists for people: leads, cases, search, and what a person owes. Read from rows; a count equals its list."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from liuhen.accounts.permissions import acts_of
from liuhen.acts.act import Actor
from liuhen.cases.search import condition, match_expression

PAGE_SIZE = 20

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """One page of a list; `total` counts the whole list."""

    rows: Sequence[Row]
    total: int
    number: int
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        """How many pages the list has, at least one."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True)
class CaseFilter:
    """What a list of cases is narrowed to. Days are local, as milliseconds of their first and last instant."""

    query: str = ""
    stage: str = ""
    officer: str = ""
    filed_from_ms: int | None = None
    filed_to_ms: int | None = None


@dataclass(frozen=True)
class Work:
    """我的工作: what is owed, in groups. `turns` was handed on to him; `others` waits for somebody else."""

    overdue: Sequence[Row] = field(default_factory=list)
    due: Sequence[Row] = field(default_factory=list)
    undated: Sequence[Row] = field(default_factory=list)
    turns: Sequence[Row] = field(default_factory=list)
    others: Sequence[Row] = field(default_factory=list)
    others_total: int = 0
    mine_total: int = 0


def cases(viewer: Actor, wanted: CaseFilter, page: int = 1) -> Page:
    """The agency's cases, newest filing first; searched when the filter has a query."""
    where: list[str] = ["c.agency = %s"]
    values: list[Any] = [viewer.agency]
    source = "cases_case c"
    if wanted.query.strip():
        expression = match_expression(wanted.query)
        if not expression:
            return Page([], 0, 1)
        source = 'cases_search s JOIN cases_case c ON c."row" = s.rowid'
        where.insert(0, condition())
        values.insert(0, expression)
    if wanted.stage:
        where.append("c.stage = %s")
        values.append(wanted.stage)
    if wanted.officer:
        where.append("c.stream IN (SELECT matter FROM cases_handler WHERE officer = %s)")
        values.append(wanted.officer)
    if wanted.filed_from_ms is not None:
        where.append("c.filed_ms >= %s")
        values.append(wanted.filed_from_ms)
    if wanted.filed_to_ms is not None:
        where.append("c.filed_ms <= %s")
        values.append(wanted.filed_to_ms)
    return _page(
        f"FROM {source} WHERE {' AND '.join(where)}", values, "c.*", "c.filed_ms DESC, c.stream DESC", page
    )


def leads(viewer: Actor, stage: str = "", query: str = "", page: int = 1) -> Page:
    """The agency's leads, the latest received first."""
    where, values = ["agency = %s"], [viewer.agency]
    if stage:
        where.append("stage = %s")
        values.append(stage)
    if query.strip():
        where.append("suspect LIKE %s ESCAPE '!'")
        values.append(f"%{_like(query.strip())}%")
    return _page(
        f"FROM cases_lead WHERE {' AND '.join(where)}", values, "*", "received_ms DESC, stream DESC", page
    )


def stage_counts(viewer: Actor, table: str) -> dict[str, int]:
    """How many rows of `cases_case` or `cases_lead` stand at each stage."""
    return {
        row["stage"]: row["n"]
        for row in _rows(
            f"SELECT stage, COUNT(*) AS n FROM {_known(table)} WHERE agency = %s GROUP BY stage",
            [viewer.agency],
        )
    }


_OWED = """
SELECT o.*, c.party_name, c.number AS case_number, l.suspect
FROM acts_owed o
LEFT JOIN cases_case c ON c.stream = o.matter
LEFT JOIN cases_lead l ON l.stream = o.matter
WHERE o.agency = %s AND {who} AND o.is_open
"""
_ORDER = " ORDER BY o.due_ms IS NULL, o.due_ms, o.starts_ms, o.matter LIMIT %s"
WORK_MAX = 200
_BY_CASE = frozenset({"handler", "recorder", "officer", "handling_unit", "enforcement_unit"})
"""Duties of whoever handles the case, not of everybody who holds the role."""


def work(viewer: Actor, now_ms: int) -> Work:
    """What this person owes by role and by his own cases, overdue first; and what his cases wait for."""
    mine, mine_total = _owed_by(viewer)
    others, others_total = _owed_to(viewer)
    return Work(
        overdue=[row for row in mine if row["due_ms"] is not None and row["due_ms"] < now_ms],
        due=[row for row in mine if row["due_ms"] is not None and row["due_ms"] >= now_ms],
        undated=[row for row in mine if row["due_ms"] is None],
        turns=turns(viewer),
        others=others,
        others_total=others_total,
        mine_total=mine_total,
    )


_TURNS = """
SELECT w.matter, w.act, w.since_ms, COALESCE(c.party_name, k.party_name, l.suspect) AS subject,
       COALESCE(c.number, k.number) AS case_number
FROM acts_waiting w
LEFT JOIN cases_case c ON c.stream = w.matter
LEFT JOIN cases_lead l ON l.stream = w.matter
LEFT JOIN ledger_adoption a ON a.adopted = w.matter
LEFT JOIN cases_case k ON k.stream = a.stream
WHERE w.agency = %s AND ({whose})
ORDER BY w.since_ms, w.matter LIMIT %s
"""
_HANDLED = "w.matter {word} (SELECT matter FROM cases_handler WHERE officer = %s)"


def turns(viewer: Actor) -> list[dict[str, Any]]:
    """What others have handed on and this person may take up (等您办理), longest waiting first."""
    whose, values = [], [viewer.agency]
    for of, word in ((None, ""), ("handler", "IN"), ("not_handler", "NOT IN")):
        acts = acts_of(viewer, of)
        if acts:
            handled = f" AND {_HANDLED.format(word=word)}" if word else ""
            whose.append(f"(w.act IN ({_marks(acts)}){handled})")
            values += [*acts, viewer.id] if word else acts
    if not whose:
        return []
    return _rows(_TURNS.format(whose=" OR ".join(whose)), [*values, WORK_MAX])


def overdue_counts(agency: str, now_ms: int) -> dict[str, int]:
    """How many of an agency's own obligations are overdue, by role."""
    sql = "SELECT who, COUNT(*) AS n FROM acts_owed WHERE agency = %s AND is_open AND ours AND due_ms < %s GROUP BY who"
    return {row["who"]: row["n"] for row in _rows(sql, [agency, now_ms])}


def _owed_by(viewer: Actor) -> tuple[list[dict[str, Any]], int]:
    roles = sorted(viewer.roles - _BY_CASE)
    own = sorted(_BY_CASE)
    by_role = f"o.who IN ({_marks(roles)})" if roles else "1 = 0"
    who = f"({by_role} OR (o.who IN ({_marks(own)}) AND o.matter IN (SELECT matter FROM cases_handler WHERE officer = %s)))"
    return _owed(who, [viewer.agency, *roles, *own, viewer.id])


def _owed_to(viewer: Actor) -> tuple[list[dict[str, Any]], int]:
    excluded = sorted(viewer.roles | _BY_CASE)
    who = f"o.who NOT IN ({_marks(excluded)}) AND o.matter IN (SELECT matter FROM cases_handler WHERE officer = %s)"
    return _owed(who, [viewer.agency, *excluded, viewer.id])


def _owed(who: str, values: list[Any]) -> tuple[list[dict[str, Any]], int]:
    sql = _OWED.format(who=who)
    rows = _rows(sql + _ORDER, [*values, WORK_MAX])
    for row in rows:
        row["detail"] = json.loads(row["detail"])
    if len(rows) < WORK_MAX:
        return rows, len(rows)
    return rows, int(_rows(f"SELECT COUNT(*) AS n FROM ({sql}) counted", values)[0]["n"])


def _page(source: str, values: list[Any], columns: str, order: str, page: int) -> Page:
    total = int(_rows(f"SELECT COUNT(*) AS n {source}", values)[0]["n"])
    last = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, page), last)
    rows = _rows(
        f"SELECT {columns} {source} ORDER BY {order} LIMIT %s OFFSET %s",
        [*values, PAGE_SIZE, (number - 1) * PAGE_SIZE],
    )
    return Page(rows, total, number)


def _rows(sql: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _marks(values: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(values))


def _like(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _known(table: str) -> str:
    if table not in ("cases_case", "cases_lead"):
        raise ValueError(table)
    return table
