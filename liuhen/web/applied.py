"""条文在本机关的适用: how often an article was triggered, met, met late, is open or overdue, refused; and where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liuhen.accounts.models import Agency
from liuhen.acts.cited import citation
from liuhen.acts.matter import law_of
from liuhen.cases.article_counts import Counted, kept
from liuhen.cases.article_counts import recount as keep_counts
from liuhen.cases.rows import counted, rows
from liuhen.oversight.below import REFUSED

TITLES = {
    "all": "产生",
    "met": "按时办结",
    "met_late": "逾期办结",
    "open": "在办",
    "overdue": "逾期未办",
    "refused": "被拒的办理",
}
_WHICH = {
    "all": "1 = 1",
    "met": "NOT is_open AND met_ms IS NOT NULL AND (due_ms IS NULL OR met_ms <= due_ms)",
    "met_late": "NOT is_open AND met_ms > due_ms",
    "open": "is_open AND (due_ms IS NULL OR due_ms >= {now})",
    "overdue": "is_open AND due_ms < {now}",
}
_IS_OPEN = {
    "all": ("TRUE", "FALSE"),
    "met": ("FALSE",),
    "met_late": ("FALSE",),
    "open": ("TRUE",),
    "overdue": ("TRUE",),
}
_ROWS = (
    "FROM (SELECT DISTINCT matter, rule, trigger, subject, title, starts_ms, due_ms, met_ms, is_open FROM acts_owed"
    " WHERE agency = %s AND article = %s) o"
)
_DUTIES = (
    "SELECT o.id, o.matter, o.rule, o.trigger, o.subject, o.title, o.starts_ms, o.due_ms, o.met_ms, o.is_open"
    " FROM acts_owed o WHERE o.agency = %s AND o.article = %s AND o.is_open = {open} AND {condition}"
    " AND NOT EXISTS (SELECT 1 FROM acts_owed p WHERE p.matter = o.matter AND p.rule = o.rule"
    " AND p.trigger = o.trigger AND p.subject = o.subject AND p.who < o.who)"
)
"""Each duty once, by the first of the roles that owe it, in the order of the index: a page reads no others."""
_LATEST = "starts_ms DESC, met_ms DESC, id DESC"
_TRIED = "FROM ledger_read WHERE agency = %s AND NOT granted AND how = %s AND reason LIKE %s"


@dataclass(frozen=True)
class Count:
    """One number of an article, and the part of its list that it counts."""

    name: str
    title: str
    number: int
    here: bool


_FEW = "FROM acts_owed WHERE agency = %s AND article = %s"
ROWS_MAX = 10_000
"""More rows than these are not counted for a page at all: the worker will have counted them soon."""
LIVE_MAX = 1_000
"""An article that was triggered more often is not counted for a page: the numbers kept are shown, and of when."""


def counts(agency: str, article: str, now_ms: int, which: str) -> list[Count]:
    """Every number of an article here; `which` of them is listed. Nothing where they are many and not counted yet."""
    known = as_kept(agency, article)
    if known is None and counted(_FEW, [agency, article], ROWS_MAX + 1) > ROWS_MAX:
        return []
    numbers = known.numbers if known is not None else _live(agency, article, now_ms)
    return [Count(name, title, numbers[name], name == which) for name, title in TITLES.items()]


def as_kept(agency: str, article: str) -> Counted | None:
    """The kept numbers of an article, where it is too often triggered to be counted now."""
    known = kept(agency, article)
    return known if known is not None and known.numbers["all"] > LIVE_MAX else None


def _live(agency: str, article: str, now_ms: int) -> Mapping[str, int]:
    sums = ", ".join(
        f"SUM(CASE WHEN {_condition(name, now_ms)} THEN 1 ELSE 0 END) AS n_{name}" for name in _WHICH
    )
    (found,) = rows(f"SELECT {sums} {_ROWS}", [agency, article])
    tried = rows(f"SELECT COUNT(*) AS n {_TRIED}", _tried(agency, article))[0]["n"]
    return {name: found[f"n_{name}"] or 0 for name in _WHICH} | {"refused": tried}


def recount(now_ms: int) -> None:
    """Count every agency's articles again, beside the requests."""
    for agency in Agency.objects.order_by("id").values_list("id", flat=True):
        names = [name for pack in law_of(agency).bundle.packs for name in pack.articles]
        keep_counts(agency, REFUSED, {name: citation(name) for name in names}, now_ms)


def listed(
    agency: str, article: str, now_ms: int, which: str, start: int, stop: int
) -> Sequence[Mapping[str, Any]]:
    """The matters behind a number, the latest first."""
    if which == "refused":
        sql = f"SELECT what, at, reason {_TRIED} ORDER BY at DESC LIMIT %s OFFSET %s"
        return rows(sql, [*_tried(agency, article), stop - start, start])
    condition = _condition(which, now_ms)
    parts = [_DUTIES.format(open=open, condition=condition) for open in _IS_OPEN[which]]
    return rows(
        "SELECT o.*, c.party_name, c.number, l.suspect, s.type"
        f" FROM ({' UNION ALL '.join(parts)} ORDER BY {_LATEST} LIMIT %s OFFSET %s) o"
        " LEFT JOIN cases_case c ON c.stream = o.matter LEFT JOIN cases_lead l ON l.stream = o.matter"
        f" JOIN ledger_stream s ON s.id = o.matter ORDER BY {_LATEST}",
        [*[agency, article] * len(parts), stop - start, start],
    )


def _condition(which: str, now_ms: int) -> str:
    return _WHICH[which].format(now=int(now_ms))


def _tried(agency: str, article: str) -> list[str]:
    return [agency, REFUSED, f"%{citation(article)}%"]
