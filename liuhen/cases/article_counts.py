"""条文适用的汇总: how often each article was triggered, met, late, refused in an agency; counted beside the requests.

Counting everything anew takes a moment in an agency of many cases, and a page has none: so the numbers are kept, with
the instant of which they tell. What has changed since the last time is not looked for where the log has not grown.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from liuhen import ledger
from liuhen.acts.matter import law_of
from liuhen.cases.models import ArticleCount
from liuhen.cases.rows import marks, plain, rows
from liuhen.kernel.clock import MS_PER_HOUR

KEPT = ("all", "met", "met_late", "open", "overdue", "refused")
_ANEW_MS = MS_PER_HOUR
"""So long numbers stand where nothing was entered: what was open may have become overdue."""
_SUMS = """
SELECT o.article, COUNT(*) AS n_all,
  COUNT(CASE WHEN NOT o.is_open AND o.met_ms IS NOT NULL AND (o.due_ms IS NULL OR o.met_ms <= o.due_ms) THEN 1 END)
    AS n_met,
  COUNT(CASE WHEN NOT o.is_open AND o.met_ms > o.due_ms THEN 1 END) AS n_met_late,
  COUNT(CASE WHEN o.is_open AND (o.due_ms IS NULL OR o.due_ms >= %s) THEN 1 END) AS n_open,
  COUNT(CASE WHEN o.is_open AND o.due_ms < %s THEN 1 END) AS n_overdue
FROM acts_owed o WHERE o.matter IN ({matters})
  AND NOT EXISTS (SELECT 1 FROM acts_owed p WHERE p.matter = o.matter AND p.rule = o.rule
    AND p.trigger = o.trigger AND p.subject = o.subject AND p.who < o.who)
GROUP BY o.article
"""
"""Each duty once, by the first of the roles that owe it."""
_TOGETHER = 500
"""So many matters are counted in one statement: millions of duties in one would be sorted on the disk."""
_NEXT = "SELECT matter FROM acts_judged WHERE agency || '' = %s AND matter > %s ORDER BY matter LIMIT %s"
"""In the order of the matters, without looking the agency up: its own are most of them, or they are few."""


@dataclass(frozen=True)
class Counted:
    """The numbers of one article, as of an instant (ms)."""

    numbers: Mapping[str, int]
    at_ms: int


def kept(agency: str, article: str) -> Counted | None:
    """The numbers kept of an article; None before they were first counted."""
    return kept_of(agency, article).get(article)


def kept_of(agency: str, start: str) -> dict[str, Counted]:
    """The numbers kept of the articles whose names begin so."""
    found = ArticleCount.objects.filter(agency=agency, article__startswith=start)
    return {
        row.article: Counted({name: getattr(row, f"n_{name}") for name in KEPT}, row.at_ms) for row in found
    }


def recount(agency: str, refused: str, citations: Mapping[str, str], now_ms: int) -> bool:
    """Count all articles of an agency again, unless nothing has changed; whether it was done.

    `refused`: how a refused act is noted in the reading record; `citations`: each article as it is named there.
    """
    state = ledger.log_state(agency)
    size = state.size if state else 0
    last = ArticleCount.objects.filter(agency=agency).order_by("-at_ms").first()
    if last is not None and last.log_size == size and now_ms - last.at_ms < _ANEW_MS:
        return False
    found = _sums(agency, now_ms)
    told = "SELECT reason FROM ledger_read WHERE agency = %s AND NOT granted AND how = %s"
    tried = [row["reason"] for row in rows(told, [agency, refused])]
    articles = {name for pack in law_of(agency).bundle.packs for name in pack.articles} | found.keys()
    made = [
        ArticleCount(
            agency=agency, article=article, at_ms=now_ms, log_size=size,
            n_refused=sum(citations[article] in reason for reason in tried) if article in citations else 0,
            **{f"n_{name}": found[article][f"n_{name}"] for name in KEPT[:-1]},
        )
        for article in sorted(articles)
    ]  # fmt: skip
    with ledger.write_turn(), transaction.atomic():
        ArticleCount.objects.filter(agency=agency).delete()
        ArticleCount.objects.bulk_create(made)
    return True


def _sums(agency: str, now_ms: int) -> defaultdict[str, Counter[str]]:
    """By article and column, the sums over all matters of an agency, so many matters at a time."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    last = ""
    while matters := [matter for (matter,) in plain(_NEXT, [agency, last, _TOGETHER])]:
        for row in rows(_SUMS.format(matters=marks(matters)), [now_ms, now_ms, *matters]):
            found[str(row.pop("article"))].update(row)
        last = matters[-1]
    return found
