"""Lists for people: leads, cases, search, and what a person owes. Read from rows; a count equals its list."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from django.db import connection

from liuhen.accounts.permissions import acts_of
from liuhen.acts.act import Actor
from liuhen.acts.waiting import ANSWER
from liuhen.cases.search import condition, match_expression

PAGE_SIZE = 20
FEW = 500
"""Hits of a search up to which they are looked up one by one."""

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
    sort: str = ""


@dataclass(frozen=True)
class Work:
    """我的工作: what is owed, in groups. `turns` was handed on to him; `others` waits for somebody else.

    Of a group, `WORK_MAX` at most; the totals count them all (to `COUNT_MAX`).
    """

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
    if wanted.query.strip():
        expression = match_expression(wanted.query)
        if not expression:
            return Page([], 0, 1)
        found = _found(expression)
        if len(found) > FEW:
            where.append(f'c."row" IN (SELECT s.rowid FROM cases_search s WHERE {condition()})')
            values.append(expression)
        else:
            where.append(f'c."row" IN ({_marks(found) or "NULL"})')
            values += found
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
        f"FROM cases_case c WHERE {' AND '.join(where)}",
        values,
        "c.*",
        _order(wanted.sort),
        page,
    )


SORTED_BY = {
    "party": "c.party_name",
    "cause": "c.cause",
    "number": 'c."row"',
    "stage": "c.stage",
    "filed": "c.filed_ms",
    "decision": "c.decided_ms",
    "amount": "c.amount",
}
"""What a list of cases can be sorted by; `-` before it turns the order round."""


def _order(sort: str) -> str:
    """The order asked for, the newest filing first where none or an unknown one is; what is empty comes last."""
    column = SORTED_BY.get(sort.removeprefix("-"))
    if column is None:
        return "c.filed_ms DESC, c.stream DESC"
    turned = " DESC" if sort.startswith("-") else ""
    return f"{column} IS NULL, {column}{turned}, c.stream DESC"


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
FROM (SELECT * FROM acts_owed o WHERE {where} ORDER BY {order} LIMIT %s) o
LEFT JOIN cases_case c ON c.stream = o.matter
LEFT JOIN cases_lead l ON l.stream = o.matter
ORDER BY {order}
"""
_DATED = ("o.due_ms IS NOT NULL", "o.due_ms, o.starts_ms, o.matter")
_UNDATED = ("o.due_ms IS NULL", "o.starts_ms, o.matter")
WORK_MAX = 30
"""So many of each group are listed, the most pressing first."""
COUNT_MAX = 1_000
"""So far it is counted; beyond, nobody reads the number."""
_HANDLES = "EXISTS (SELECT 1 FROM cases_handler h WHERE h.id = o.matter || '.' || %s)"
_BY_CASE = frozenset({"handler", "recorder", "officer", "handling_unit", "enforcement_unit"})
"""Duties of whoever handles the case, not of everybody who holds the role."""


def work(viewer: Actor, now_ms: int) -> Work:
    """What this person owes by role and by his own cases, overdue first; and what his cases wait for."""
    mine, theirs = _mine(viewer), _theirs(viewer)
    dated, undated = _owed(viewer, mine, _DATED), _owed(viewer, mine, _UNDATED)
    others = [*_owed(viewer, theirs, _DATED), *_owed(viewer, theirs, _UNDATED)][:WORK_MAX]
    return Work(
        overdue=[row for row in dated if row["due_ms"] < now_ms],
        due=[row for row in dated if row["due_ms"] >= now_ms],
        undated=undated,
        turns=turns(viewer),
        others=others,
        others_total=_total(viewer, theirs, len(others)),
        mine_total=_total(viewer, mine, len(dated), len(undated)),
    )


def owed_page(viewer: Actor, whose: Literal["mine", "others"], page: int = 1) -> Page:
    """Everything that this person owes, or that his cases wait for, by due date; what has none comes last."""
    condition_, values = (_mine if whose == "mine" else _theirs)(viewer)
    source = (
        "FROM acts_owed o LEFT JOIN cases_case c ON c.stream = o.matter LEFT JOIN cases_lead l ON l.stream = o.matter"
        f" WHERE o.agency = %s AND o.is_open AND {condition_}"
    )
    order = "o.due_ms IS NULL, o.due_ms, o.starts_ms, o.matter, o.rule, o.subject"
    columns = "o.*, c.party_name, c.number AS case_number, l.suspect"
    found = _page(source, [viewer.agency, *values], columns, order, page)
    return replace(found, rows=[{**row, "detail": json.loads(row["detail"])} for row in found.rows])


def _total(viewer: Actor, whose: tuple[str, list[Any]], *listed: int) -> int:
    """How many there are: counted where a group was cut."""
    return _count(viewer, whose) if max(listed) >= WORK_MAX else sum(listed)


_TURNS = """
SELECT w.matter, w.act, w.who, w.since_ms, COALESCE(c.party_name, k.party_name, l.suspect) AS subject,
       COALESCE(c.number, k.number) AS case_number
FROM (SELECT * FROM acts_waiting w WHERE w.agency = %s AND ({whose}) ORDER BY w.since_ms, w.matter LIMIT %s) w
LEFT JOIN cases_case c ON c.stream = w.matter
LEFT JOIN cases_lead l ON l.stream = w.matter
LEFT JOIN ledger_adoption a ON a.adopted = w.matter
LEFT JOIN cases_case k ON k.stream = a.stream
ORDER BY w.since_ms, w.matter
"""
_HANDLED = "{word} (SELECT 1 FROM cases_handler h WHERE h.id = w.matter || '.' || %s)"


def _questions_for(viewer: Actor) -> tuple[str, list[Any]]:
    """The condition of questions (判断事项) put to his roles, or to him as the one who handles the case."""
    roles, own = sorted(viewer.roles - _BY_CASE), sorted(viewer.roles & _BY_CASE)
    conditions, values = ["1 = 0"], [ANSWER]
    if roles:
        conditions.append(f"w.who IN ({_marks(roles)})")
        values += roles
    if own:
        conditions.append(f"(w.who IN ({_marks(own)}) AND {_HANDLED.format(word='EXISTS')})")
        values += [*own, viewer.id]
    return f"(w.act = %s AND ({' OR '.join(conditions)}))", values


def turns(viewer: Actor) -> list[dict[str, Any]]:
    """What others have handed on and this person may take up (等您办理), longest waiting first."""
    whose, values = [], [viewer.agency]
    for of, word in ((None, ""), ("handler", "EXISTS"), ("not_handler", "NOT EXISTS")):
        acts = [act for act in acts_of(viewer, of) if act != ANSWER]
        if acts:
            handled = f" AND {_HANDLED.format(word=word)}" if word else ""
            whose.append(f"(w.act IN ({_marks(acts)}){handled})")
            values += [*acts, viewer.id] if word else acts
    question, asked = _questions_for(viewer)
    whose.append(question)
    values += asked
    return _rows(_TURNS.format(whose=" OR ".join(whose)), [*values, WORK_MAX])


def overdue_counts(agency: str, now_ms: int) -> dict[str, int]:
    """How many of an agency's own obligations are overdue, by role."""
    sql = "SELECT who, COUNT(*) AS n FROM acts_owed WHERE agency = %s AND is_open AND ours AND due_ms < %s GROUP BY who"
    return {row["who"]: row["n"] for row in _rows(sql, [agency, now_ms])}


def _mine(viewer: Actor) -> tuple[str, list[Any]]:
    """The condition of what he owes: by his roles, and as the one who handles the case."""
    roles, own = sorted(viewer.roles - _BY_CASE), sorted(_BY_CASE)
    by_role = f"o.who IN ({_marks(roles)})" if roles else "1 = 0"
    return f"({by_role} OR (o.who IN ({_marks(own)}) AND {_HANDLES}))", [*roles, *own, viewer.id]


def _theirs(viewer: Actor) -> tuple[str, list[Any]]:
    """The condition of what his cases wait for from somebody else."""
    excluded = sorted(viewer.roles | _BY_CASE)
    return f"o.who NOT IN ({_marks(excluded)}) AND {_HANDLES}", [*excluded, viewer.id]


def _owed(viewer: Actor, whose: tuple[str, list[Any]], which: tuple[str, str]) -> list[dict[str, Any]]:
    """The most pressing open rows; the index of open rows is walked in this very order."""
    condition_, values = whose
    dated, order = which
    where = f"o.agency = %s AND o.is_open AND {dated} AND {condition_}"
    rows = _rows(_OWED.format(where=where, order=order), [viewer.agency, *values, WORK_MAX])
    for row in rows:
        row["detail"] = json.loads(row["detail"])
    return rows


def _count(viewer: Actor, whose: tuple[str, list[Any]]) -> int:
    """How many open rows there are, to `COUNT_MAX`."""
    condition_, values = whose
    sql = f"SELECT 1 FROM acts_owed o WHERE o.agency = %s AND o.is_open AND {condition_} LIMIT %s"
    counted = _rows(f"SELECT COUNT(*) AS n FROM ({sql}) c", [viewer.agency, *values, COUNT_MAX])
    return int(counted[0]["n"])


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


def _found(expression: str) -> list[int]:
    """Rows that a search finds, one more than `FEW` at most: few are looked up, many are met while walking the list."""
    sql = f"SELECT s.rowid AS n FROM cases_search s WHERE {condition()} LIMIT %s"
    return [int(row["n"]) for row in _rows(sql, [expression, FEW + 1])]


def _marks(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))


def _like(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _known(table: str) -> str:
    if table not in ("cases_case", "cases_lead"):
        raise ValueError(table)
    return table
