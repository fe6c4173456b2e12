"""What the public pages read."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from liuhen.kernel.clock import day_end_ms, day_start_ms
from liuhen.portal.models import Snapshot

PER_PAGE = 20
DURING, BEFORE = "during", "before"


@dataclass(frozen=True)
class Wanted:
    """What a visitor looks for."""

    words: str = ""
    agency: str = ""
    kind: str = ""
    category: str = "after"
    from_day: str = ""
    to_day: str = ""
    """Local days, YYYY-MM-DD, both included: of the decision, else of its publication."""


@dataclass(frozen=True)
class Page:
    """One page of a list; `number` from 1."""

    rows: list[Snapshot]
    count: int
    number: int
    pages: int

    @property
    def previous(self) -> int | None:
        """The page before, or None."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The page after, or None."""
        return self.number + 1 if self.number < self.pages else None


def shown() -> QuerySet[Snapshot]:
    """Everything published now, newest first."""
    return Snapshot.objects.filter(withdrawn_ms=None).order_by("-posted_ms", "posting")


def find(wanted: Wanted, number: int) -> Page:
    """One page of what is wanted; a number beyond the end gives the last page."""
    rows = everything(wanted)
    count = rows.count()
    pages = max(1, -(-count // PER_PAGE))
    number = min(max(number, 1), pages)
    return Page(list(rows[(number - 1) * PER_PAGE : number * PER_PAGE]), count, number, pages)


def everything(wanted: Wanted) -> QuerySet[Snapshot]:
    """All that is wanted, newest first."""
    rows = shown().filter(category=wanted.category)
    for word in wanted.words.split():
        rows = rows.filter(Q(text__contains=word) | Q(text__contains=_as_printed(word)))
    if wanted.agency:
        rows = rows.filter(agency=wanted.agency)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.from_day:
        start = day_start_ms(date.fromisoformat(wanted.from_day))
        rows = rows.filter(Q(decided_on__gte=wanted.from_day) | Q(decided_on="", posted_ms__gte=start))
    if wanted.to_day:
        end = day_end_ms(date.fromisoformat(wanted.to_day))
        rows = rows.filter(
            Q(decided_on__lte=wanted.to_day, decided_on__gt="") | Q(decided_on="", posted_ms__lte=end)
        )
    return rows


_BRACKETS = str.maketrans("([【［{（)]】］}）", "〔〔〔〔〔〔〕〕〕〕〕〕")


def _as_printed(word: str) -> str:
    """A number as decisions print it, in whatever brackets and widths it was typed: 清医保罚〔2026〕1号."""
    return unicodedata.normalize("NFKC", word).translate(_BRACKETS)


def agencies(category: str = "") -> list[tuple[str, str]]:
    """Agencies that have published something, in one category or any: id and name."""
    rows = shown().filter(category=category) if category else shown()
    return sorted(set(rows.order_by().values_list("agency", "agency_name")), key=lambda pair: pair[1])


def beforehand(agency: str) -> list[Snapshot]:
    """What an agency publishes beforehand: a dozen items, in the order in which the measure lists them."""
    rows = shown().filter(category=BEFORE, agency=agency)
    return sorted(rows, key=lambda row: (_place(row.kind), row.posted_ms))


_ORDER = (
    "执法主体", "执法人员", "执法依据", "执法权限", "执法程序和流程图", "权利和救济途径", "随机抽查事项清单",
    "监督举报方式",
)  # fmt: skip


def _place(kind: str) -> int:
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def renewals(row: Snapshot) -> list[Snapshot]:
    """What stood under this address before it was renewed, the latest first: when, and no more than that.

    What was mended may have been mended because it said too much.
    """
    if row.category == DURING or row.withdrawn_ms is not None:
        return []
    before = Snapshot.objects.filter(posting=row.posting).exclude(withdrawn_ms=None)
    return list(before.order_by("-posted_ms"))


def kinds(category: str) -> list[str]:
    """The kinds of things published in a category."""
    return sorted(set(shown().filter(category=category).values_list("kind", flat=True)))


def posting(name: str) -> Snapshot | None:
    """What is shown under this address; or, when nothing is, what was taken down from it last."""
    rows = Snapshot.objects.filter(posting=name)
    return rows.filter(withdrawn_ms=None).first() or rows.order_by("-withdrawn_ms").first()


def earlier(row: Snapshot) -> list[Snapshot]:
    """What the same address showed before, oldest first: only of what is published in steps (抽查), while it is shown.

    An after-the-fact publication that was mended may have been mended because it said too much.
    """
    if row.category != DURING or row.withdrawn_ms is not None:
        return []
    return list(Snapshot.objects.filter(posting=row.posting).exclude(digest=row.digest).order_by("posted_ms"))
