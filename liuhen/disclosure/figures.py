"""执法总体情况: a year's figures, each the entries that it counts, so that every number opens to its cases.

A decision counts in the year in which it was made, by what it says: what was paid or withdrawn later changes nothing.
Entries that were corrected count once, as they stand. Each has a row of `disclosure_counted` that names the lines in
which it counts, so that a year of a hundred thousand cases is added up without reading them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from liuhen import ledger
from liuhen.acts.act import Matter
from liuhen.acts.matter import added
from liuhen.acts.registry import Since, Values
from liuhen.cases.rows import plain
from liuhen.kernel.clock import local_date
from liuhen.kernel.money import format_yuan
from liuhen.ledger import Entry

Wanted = Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True)
class Line:
    """One figure: of which kinds, which of them, and what is added up (entries where `sums` is empty; else 分)."""

    slug: str
    title: str
    unit: str
    kinds: tuple[str, ...]
    wanted: Wanted = lambda said: True
    sums: str = ""


@dataclass(frozen=True)
class Figure:
    """A line with what it came to: `count` entries, `total` 分 where it adds up; `groups` of rows are behind it."""

    line: Line
    count: int
    total: int
    groups: tuple[str, ...]

    @property
    def amount(self) -> int:
        """Entries counted, or 分 added up."""
        return self.total if self.line.sums else self.count

    @property
    def text(self) -> str:
        """The figure as it is published."""
        return format_yuan(self.amount) if self.line.sums else str(self.amount)


def _is(name: str, *values: object) -> Wanted:
    return partial(_among, name, values)


def _among(name: str, values: tuple[object, ...], said: Mapping[str, Any]) -> bool:
    return said.get(name) in values


def _fined(said: Mapping[str, Any]) -> bool:
    return said.get("decision_kind", "penalty") == "penalty" and bool(said.get("amount"))


def _not_fined(said: Mapping[str, Any]) -> bool:
    return said.get("decision_kind", "penalty") == "penalty" and not said.get("amount")


_PENALTY = _is("decision_kind", "penalty", None)
_DECIDED = ("decided", "on_spot_decided")
_ENDED_AGREEMENTS = _is("decision_kind", "recover", "refuse_payment", "end_agreement", "refuse_agreement")
_FELL = _is("outcome", "changed", "revoked", "unlawful", "void", "redo")
LINES = (
    Line("leads", "登记案源", "件", ("lead_registered",)),
    Line("inspections", "行政检查", "次", ("inspection_concluded",)),
    Line("filed", "立案", "件", ("filed",)),
    Line("declined", "不予立案", "件", ("declined",)),
    Line("penalties", "行政处罚决定", "宗", _DECIDED, _PENALTY),
    Line("general", "　其中：普通程序", "宗", ("decided",), _PENALTY),
    Line("summary", "　其中：简易程序（当场处罚）", "宗", ("on_spot_decided",)),
    Line("fines", "　其中：罚款", "宗", _DECIDED, _fined),
    Line("others", "　其中：没有罚款的处罚", "宗", _DECIDED, _not_fined),
    Line("fined", "罚款金额（按决定书）", "元", _DECIDED, _PENALTY, "amount"),
    Line("refunds", "责令退回医疗保障基金（按决定书）", "元", ("decided",), sums="refund"),
    Line("none", "不予处罚决定", "宗", ("decided",), _is("decision_kind", "none")),
    Line(
        "not_established",
        "违法事实不能成立的决定",
        "宗",
        ("decided",),
        _is("decision_kind", "not_established"),
    ),
    Line(
        "ordered",
        "责令改正（单独的决定和责令改正通知书）",
        "件",
        ("decided", "correction_demanded"),
        _is("decision_kind", "correct", None),
    ),
    Line("agreements", "追回、拒付基金和解除、不予签订服务协议的决定", "件", ("decided",), _ENDED_AGREEMENTS),
    Line("coercion", "行政强制措施（封存）决定", "次", ("sealed",)),
    Line("surcharges", "加处罚款决定", "次", ("surcharge_ordered",)),
    Line("court", "申请人民法院强制执行", "件", ("court_enforcement_applied",)),
    Line("reviews", "重大执法决定法制审核", "件次", ("review_opined",)),
    Line(
        "corrected",
        "　其中：提出不同意见的",
        "件次",
        ("review_opined",),
        _is("opinion", "investigate_or_no_decision", "change", "correct", "other"),
    ),
    Line("transfers", "移送案件", "件", ("transferred",)),
    Line("reconsideration", "行政复议", "件", ("remedy_sought",), _is("remedy_kind", "reconsideration")),
    Line("lawsuits", "行政诉讼（一审）", "件", ("remedy_sought",), _is("remedy_kind", "lawsuit")),
    Line("fell", "　决定被变更、撤销、确认违法或者无效、责令重作", "件", ("outcome_received",), _FELL),
    Line("posted", "公示执法决定", "件", ("posted",), lambda said: bool(said.get("decision"))),
    Line("results", "公示检查结果", "件", ("inspection_posted",)),
    Line("withheld", "决定不予公开", "件", ("withheld",)),
)
BY_SLUG = {line.slug: line for line in LINES}


KINDS = frozenset(kind for line in LINES for kind in line.kinds)
"""What counts in some line."""
_SUMS = ("amount", "refund")
"""The fields that are added up, each a column."""
COLUMNS = ("id", "matter", "agency", "year", "lines", *_SUMS, "recorded_ms")


def counts(entry: Entry) -> bool:
    """Whether an entry may count in one of the lines."""
    return entry.kind in KINDS


def counted_rows(matter: Matter) -> list[Values]:
    """The rows of `disclosure_counted`: the entries of this very stream that stand and count."""
    gone = {entry.supersedes for entry in matter.entries if entry.supersedes}
    return [row for entry in matter.entries if entry.id not in gone for row in _rows(entry, matter)]


def counted_since(matter: Matter) -> Since | None:
    """The rows of the entries by which it has grown; none of the others changes, unless one is corrected."""
    new = added(matter)
    if new is None or any(entry.supersedes for entry in new):
        return None
    return Since([], [row for entry in new for row in _rows(entry, matter)])


def _rows(entry: Entry, matter: Matter) -> list[Values]:
    """In the order of `COLUMNS`; none where it does not count."""
    if entry.stream != matter.stream or not counts(entry):
        return []
    said = entry.open
    lines = " ".join(line.slug for line in LINES if entry.kind in line.kinds and line.wanted(said))
    sums = [int(said.get(name) or 0) for name in _SUMS]
    year = local_date(entry.happened_ms).year
    return [(entry.id, matter.stream, matter.agency, year, lines, *sums, entry.recorded_ms)] if lines else []


_ADDED_UP = (
    f"SELECT lines, COUNT(*), {', '.join(f'SUM({name})' for name in _SUMS)} FROM disclosure_counted"
    " WHERE agency = %s AND year = %s GROUP BY lines"
)
_LISTED = "SELECT id, recorded_ms FROM disclosure_counted WHERE agency = %s AND year = %s AND lines = %s"


def figures(agency: str, year: int, lines: Sequence[Line] = LINES) -> list[Figure]:
    """The figures of a calendar year, local time."""
    groups = [
        (text, {"": number, **dict(zip(_SUMS, sums, strict=True))})
        for text, number, *sums in plain(_ADDED_UP, [agency, year])
    ]
    return [_figure(line, groups) for line in lines]


def _figure(line: Line, groups: Sequence[tuple[str, Mapping[str, Any]]]) -> Figure:
    ours = [(text, came) for text, came in groups if line.slug in text.split()]
    count, total = (sum(int(came[name]) for _, came in ours) for name in ("", line.sums))
    return Figure(line, count, total, tuple(text for text, _ in ours))


def counted(agency: str, year: int, figure: Figure, start: int, stop: int) -> list[Entry]:
    """Some of the entries that a figure counts, as they were recorded."""
    if not figure.groups:
        return []
    sql = f"{' UNION ALL '.join([_LISTED] * len(figure.groups))} ORDER BY recorded_ms, id LIMIT %s OFFSET %s"
    values = [value for group in figure.groups for value in (agency, year, group)]
    return ledger.read_some([id for id, _ in plain(sql, [*values, stop - start, start])])


def summary(year: int, found: Sequence[Figure]) -> str:
    """The figures that are not nought, in one sentence: the beginning of the text that people write."""
    said = [f"{one.line.title.strip('　')}{one.text}{one.line.unit}" for one in found if one.amount]
    return f"{year}年度本机关行政执法总体情况：{'，'.join(said) if said else '没有办理行政执法事项'}。"
