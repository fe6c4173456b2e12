"""Lists for people: leads, cases, search, and what a person owes. Read from rows; a count equals its list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from liuhen.accounts.permissions import acts_of
from liuhen.acts.act import Actor
from liuhen.acts.waiting import ANSWER
from liuhen.cases.access import reads_whole
from liuhen.cases.late import OWN_LINE
from liuhen.cases.owed import BY_CASE, COUNT_MAX, Open, Whose, shown, shown_rows
from liuhen.cases.rows import Row, counted, marks, named, rows
from liuhen.cases.search import found_in
from liuhen.law.reading import answers_for

PAGE_SIZE = 20
FEW = 500
"""Hits of a search, or cases of a handler, up to which they are looked up one by one."""
EXACT_MAX = 10_000
"""So far a list is counted where an index does it; one searched through is counted to `COUNT_MAX`."""
WHOSE: tuple[Whose, Whose] = ("mine", "others")


@dataclass(frozen=True)
class Page:
    """One page of a list; `total` counts the whole list, or with `more` as far as it was counted."""

    rows: Sequence[Row]
    total: int
    number: int
    size: int = PAGE_SIZE
    more: bool = False

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
    found = _wanted(viewer, wanted)
    if found is None:
        return Page([], 0, 1)
    source, values, counted_to = found
    return _page(source, values, "c.*", _order(wanted.sort), page, counted_to)


After = tuple[int, str]
"""The last row of a list that was read on and on: its instant (milliseconds UTC) and its stream."""


def cases_after(viewer: Actor, wanted: CaseFilter, after: After | None, most: int) -> Sequence[Row]:
    """At most so many of the same, newest filing first, from behind the row `after` on; `sort` is not looked at."""
    found = _wanted(viewer, wanted)
    if found is None:
        return []
    source, values, _ = found
    if after is not None:
        source, values = f"{source} AND (c.filed_ms, c.stream) < (%s, %s)", [*values, *after]
    return rows(f"SELECT c.* {source} ORDER BY {_order('')} LIMIT %s", [*values, most])


def _wanted(viewer: Actor, wanted: CaseFilter) -> tuple[str, list[Any], int] | None:
    """The rows that a filter leaves, and how far they are counted; None for words that find nothing."""
    where, values = list[str](), list[Any]()
    driven = False  # a condition names the rows: the agency's index must not be walked for them
    if wanted.query.strip():
        searched = found_in(wanted.query, known_by=not reads_whole(viewer))
        if searched is None:
            return None
        found = _few(*searched)
        driven = len(found) <= FEW
        where.append(f'c."row" IN ({(marks(found) or "NULL") if driven else searched[0]})')
        values += found if driven else searched[1]
    if wanted.officer:
        few = counted("FROM cases_handler WHERE officer = %s", [wanted.officer], FEW + 1) <= FEW
        where.append(_OF_FEW if few else _OF_MANY)
        values.append(wanted.officer)
        driven = driven or few
    counted_to = COUNT_MAX if where else EXACT_MAX
    for condition, value in (
        ("c.stage = %s", wanted.stage or None),
        ("c.filed_ms >= %s", wanted.filed_from_ms),
        ("c.filed_ms <= %s", wanted.filed_to_ms),
    ):
        if value is not None:
            where.append(condition)
            values.append(value)
    where.append("(c.agency || '') = %s" if driven else "c.agency = %s")
    source = f"FROM cases_case c WHERE {' AND '.join(where)}"
    return source, [*values, viewer.agency], counted_to


_OF_FEW = "c.stream IN (SELECT matter FROM cases_handler WHERE officer = %s)"
_OF_MANY = "EXISTS (SELECT 1 FROM cases_handler h WHERE h.id = c.stream || '.' || %s)"
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
_MAY_BE_EMPTY = frozenset({"c.decided_ms", "c.amount"})


def _order(sort: str) -> str:
    """The order asked for, the newest filing first where none or an unknown one is; what is empty comes last."""
    column = SORTED_BY.get(sort.removeprefix("-"))
    if column is None:
        return "c.filed_ms DESC, c.stream DESC"
    turned = " DESC" if sort.startswith("-") else ""
    empty_last = f"{column} IS NULL, " if column in _MAY_BE_EMPTY else ""
    return f"{empty_last}{column}{turned}, c.stream DESC"


JOINABLE_MAX = 50
"""So many open leads a case is offered to take in, the latest received first."""


def open_leads(agency: str) -> list[Row]:
    """The agency's leads that are neither filed nor declined nor transferred."""
    sql = (
        "SELECT stream, suspect, received_ms FROM cases_lead WHERE agency = %s"
        " AND stage IN ('registered', 'verified', 'proposed') ORDER BY received_ms DESC, stream DESC LIMIT %s"
    )
    return list(rows(sql, [agency, JOINABLE_MAX]))


LEADS_SORTED_BY = {
    "suspect": "suspect",
    "source": "source",
    "stage": "stage",
    "received": "received_ms",
    "last": "last_ms",
}
"""What a list of leads can be sorted by."""


def leads(viewer: Actor, stage: str = "", query: str = "", page: int = 1, sort: str = "") -> Page:
    """The agency's leads, the latest received first unless sorted otherwise."""
    source, values = _leads_wanted(viewer, stage, query)
    column = LEADS_SORTED_BY.get(sort.removeprefix("-"), "received_ms")
    turned = " DESC" if sort.startswith("-") or sort not in LEADS_SORTED_BY else ""
    order = f"{column}{turned}, stream DESC"
    return _page(source, values, "*", order, page, COUNT_MAX if query.strip() else EXACT_MAX)


def leads_after(viewer: Actor, stage: str, query: str, after: After | None, most: int) -> Sequence[Row]:
    """At most so many leads, the latest received first, from behind the row `after` on."""
    source, values = _leads_wanted(viewer, stage, query)
    if after is not None:
        source, values = f"{source} AND (received_ms, stream) < (%s, %s)", [*values, *after]
    return rows(f"SELECT * {source} ORDER BY received_ms DESC, stream DESC LIMIT %s", [*values, most])


def _leads_wanted(viewer: Actor, stage: str, query: str) -> tuple[str, list[Any]]:
    where, values = ["agency = %s"], list[Any]([viewer.agency])
    if stage:
        where.append("stage = %s")
        values.append(stage)
    if query.strip():
        where.append("suspect LIKE %s ESCAPE '!'")
        values.append(f"%{_like(query.strip())}%")
    return f"FROM cases_lead WHERE {' AND '.join(where)}", values


_AT_STAGE = (
    "SELECT %s AS stage, COUNT(*) AS n FROM (SELECT 1 FROM {} WHERE agency = %s AND stage = %s LIMIT %s) t"
)


def stage_counts(viewer: Actor, table: str, stages: Iterable[str]) -> dict[str, int]:
    """How many rows of `cases_case` or `cases_lead` stand at each of these stages, each counted to `EXACT_MAX`."""
    one, names = _AT_STAGE.format(_known(table)), list(stages)
    values = [value for name in names for value in (name, viewer.agency, name, EXACT_MAX)]
    return {row["stage"]: row["n"] for row in rows(" UNION ALL ".join([one] * len(names)), values)}


WORK_MAX = 20
"""So many of each group are listed, the most pressing first."""


def work(viewer: Actor, now_ms: int) -> Work:
    """What this person owes by role and by his own cases, overdue first; and what his cases wait for."""
    open_ = Open(viewer, now_ms)
    dated, undated, others_dated, others_undated = open_.firsts(
        [(whose, dated) for whose in WHOSE for dated in (True, False)], WORK_MAX
    )
    mine_total, others_total = open_.totals(WHOSE)
    others = [*others_dated, *others_undated][:WORK_MAX]
    rows_ = iter(shown([*dated, *undated, *others]))
    dated_rows = list(islice(rows_, len(dated)))
    return Work(
        overdue=[row for row in dated_rows if row["due_ms"] < now_ms],
        due=[row for row in dated_rows if row["due_ms"] >= now_ms],
        undated=list(islice(rows_, len(undated))),
        turns=turns(viewer, now_ms),
        others=list(rows_),
        mine_total=mine_total,
        others_total=others_total,
    )


DUTIES_SORTED_BY: Mapping[str, Callable[[Row], Any]] = {
    "due": lambda row: (row["due_ms"] is None, row["due_ms"] or 0),
    "party": lambda row: row["party_name"] or row["suspect"] or "",
    "title": lambda row: row["title"],
    "article": lambda row: row["article"],
    "who": lambda row: row["who"],
}
"""What a list of duties can be sorted by; among `COUNT_MAX`, the most pressing."""


def owed_sorted(viewer: Actor, whose: Whose, now_ms: int, sort: str, page: int = 1) -> Page:
    """The same as `owed_page`, sorted otherwise; by due date where the name is none of `DUTIES_SORTED_BY`."""
    by = DUTIES_SORTED_BY.get(sort.removeprefix("-"))
    if by is None:
        return owed_page(viewer, whose, now_ms, page)
    open_ = Open(viewer, now_ms)
    keys = [key for dated in (True, False) for key in open_.first(whose, COUNT_MAX, dated=dated)][:COUNT_MAX]
    found = sorted(shown(keys), key=by, reverse=sort.startswith("-"))
    total = open_.total(whose)
    number = min(page, max(1, -(-len(found) // PAGE_SIZE)))
    return Page(found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], total, number, more=total >= COUNT_MAX)


def owed_page(viewer: Actor, whose: Whose, now_ms: int, page: int = 1) -> Page:
    """What this person owes, or what his cases wait for, by due date; what has none comes last.

    The most pressing `COUNT_MAX` can be paged through.
    """
    open_ = Open(viewer, now_ms)
    total = open_.total(whose)
    number = min(page, max(1, -(-total // PAGE_SIZE)))
    start, stop = (number - 1) * PAGE_SIZE, number * PAGE_SIZE
    keys = [*open_.first(whose, stop, dated=True)]
    if len(keys) < stop:
        keys += open_.first(whose, stop - len(keys), dated=False)
    return Page(shown(keys[start:stop]), total, number, more=total >= COUNT_MAX)


_PAYMENTS = f"""
SELECT o.id FROM acts_owed o WHERE o.agency = %s AND o.is_open AND NOT o.ours AND o.about IN ({{}}) AND {OWN_LINE}
ORDER BY o.due_ms IS NULL, o.due_ms, o.id LIMIT %s
"""
PAID_BY_THE_PARTY = {"penalty.perform": "fine", "penalty.refund": "refund"}
"""What obligations to pay what was decided are about, in the packs' words; and which money it is."""


def payments(viewer: Actor) -> Sequence[Row]:
    """What parties have still to pay to the agency, the earliest first."""
    values = [viewer.agency, *PAID_BY_THE_PARTY, WORK_MAX]
    found = rows(_PAYMENTS.format(marks([*PAID_BY_THE_PARTY])), values)
    return shown_rows([int(row["id"]) for row in found])


_TURNS = """
SELECT w.matter, w.act, w.who, w.since_ms, COALESCE(c.party_name, k.party_name, l.suspect),
       COALESCE(c.number, k.number)
FROM (SELECT * FROM acts_waiting w WHERE w.agency = %s AND w.since_ms <= %s AND ({whose})
      ORDER BY w.since_ms, w.matter LIMIT %s) w
LEFT JOIN cases_case c ON c.stream = w.matter
LEFT JOIN cases_lead l ON l.stream = w.matter
LEFT JOIN ledger_adoption a ON a.adopted = w.matter
LEFT JOIN cases_case k ON k.stream = a.stream
ORDER BY w.since_ms, w.matter
"""
_TURNS_AS = ("matter", "act", "who", "since_ms", "subject", "case_number")
_HANDLED = "{word} (SELECT 1 FROM cases_handler h WHERE h.id = w.matter || '.' || %s)"


def _questions_for(viewer: Actor) -> tuple[str, list[Any]]:
    """The condition of questions (判断事项) put to his roles, or to him as the one who handles the case."""
    roles = sorted((viewer.roles - BY_CASE) | answers_for(viewer.roles))
    own = sorted((viewer.roles & BY_CASE) - set(roles))
    conditions, values = ["1 = 0"], [ANSWER]
    if roles:
        conditions.append(f"w.who IN ({marks(roles)})")
        values += roles
    if own:
        conditions.append(f"(w.who IN ({marks(own)}) AND {_HANDLED.format(word='EXISTS')})")
        values += [*own, viewer.id]
    return f"(w.act = %s AND ({' OR '.join(conditions)}))", values


def turns(viewer: Actor, now_ms: int) -> list[dict[str, Any]]:
    """What others have handed on and this person may take up now (等您办理), longest waiting first."""
    whose: list[str] = []
    values: list[Any] = [viewer.agency, now_ms]
    for of, word in ((None, ""), ("handler", "EXISTS"), ("not_handler", "NOT EXISTS")):
        acts = [act for act in acts_of(viewer, of) if act != ANSWER]
        if acts:
            handled = f" AND {_HANDLED.format(word=word)}" if word else ""
            whose.append(f"(w.act IN ({marks(acts)}){handled})")
            values += [*acts, viewer.id] if word else acts
    question, asked = _questions_for(viewer)
    whose.append(question)
    values += asked
    return named(_TURNS_AS, _TURNS.format(whose=" OR ".join(whose)), [*values, WORK_MAX])


def _page(source: str, values: list[Any], columns: str, order: str, page: int, counted_to: int) -> Page:
    """A page of a list, counted to `counted_to`, or to just beyond the page where that is further."""
    most = max(counted_to, page * PAGE_SIZE + 1)
    total = counted(source, values, most)
    number = min(max(1, page), max(1, -(-total // PAGE_SIZE)))
    found = rows(
        f"SELECT {columns} {source} ORDER BY {order} LIMIT %s OFFSET %s",
        [*values, PAGE_SIZE, (number - 1) * PAGE_SIZE],
    )
    return Page(found, total, number, more=total >= most)


def _few(sql: str, values: Sequence[Any]) -> list[int]:
    """Rows that a search finds, one more than `FEW` at most: few are looked up, many are met while walking the list."""
    return [int(row["n"]) for row in rows(f"{sql} LIMIT %s", [*values, FEW + 1])]


def _like(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _known(table: str) -> str:
    if table not in ("cases_case", "cases_lead"):
        raise ValueError(table)
    return table
