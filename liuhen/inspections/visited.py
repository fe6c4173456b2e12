"""今年查过谁: every visit of the agency tree by its target, the cap that the agency has set, what could be combined."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from liuhen.accounts.models import Agency
from liuhen.acts.act import Doing, Matter, fields_of
from liuhen.acts.amounts import amount_of
from liuhen.acts.registry import Row
from liuhen.inspections.models import VisitRow
from liuhen.kernel.clock import local_date
from liuhen.ledger import OPEN, EntryDraft
from liuhen.registers import queries

HELD, PLANNED = "held", "planned"
CAP = "inspections_a_year"
"""The amount by which an agency sets the cap."""
_ABOUT_MAX = 200
COLUMNS = ("key", "stream", "agency", "name", "code", "day", "about", "state")
BEARING = frozenset(
    {
        "inspection_planned",
        "inspection_endorsed",
        "inspection_approved",
        "inspection_concluded",
        "inspected",
        "filed",
    }
)


@dataclass(frozen=True)
class Visit:
    """One inspection, done or planned: by which agency, on which day (ISO), of what."""

    agency: str
    day: str
    about: str
    stream: str
    own: bool


@dataclass(frozen=True)
class Visits:
    """All of a year: done, planned and not done yet, and the cap (None: the agency has set none)."""

    year: int
    held: Sequence[Visit]
    planned: Sequence[Visit]
    cap: int | None

    @property
    def over(self) -> bool:
        """Whether one more is beyond the cap."""
        return self.cap is not None and len(self.held) >= self.cap

    @property
    def text(self) -> str:
        """As the papers of an inspection say it."""
        cap = f"上限{self.cap}次" if self.cap is not None else "本机关没有设定上限"
        more = f"；另有{len(self.planned)}次计划可以合并" if self.planned else ""
        return f"本年度已检查{len(self.held)}次（含上级、下级机关），{cap}{more}"


def visit_rows(matter: Matter) -> list[Row]:
    """The rows of `inspections_visit`: an inspection is one visit however often one goes there for it."""
    own = [entry for entry in matter.entries if entry.stream == matter.stream]
    gone = {entry.supersedes for entry in own}
    inspected = [entry for entry in own if entry.kind == "inspected" and entry.id not in gone]
    planned = matter.last("inspection_planned") if matter.type == "inspection" else None
    if planned is None:
        filed = matter.last("filed")
        code = str(fields_of(filed).get("party_code", "")) if filed else ""
        return [
            _row(
                matter,
                entry.id,
                str(fields_of(entry).get("party_name", "")),
                code,
                local_date(entry.happened_ms),
                "案件中的现场检查",
                HELD,
            )
            for entry in inspected
        ]
    fields = fields_of(planned)
    answers = [matter.last(kind) for kind in ("inspection_endorsed", "inspection_approved")]
    if any(answer is not None and answer.open.get("agree") is False for answer in answers):
        return []
    day, state = date.fromisoformat(fields["planned_on"]), PLANNED
    done = [*inspected, *matter.all("inspection_concluded")]
    if done:
        day, state = local_date(done[0].happened_ms), HELD
    about = str(fields["items"])[:_ABOUT_MAX]
    return [
        _row(matter, matter.stream, fields["party_name"], fields.get("party_code", ""), day, about, state)
    ]


def _row(matter: Matter, key: str, name: str, code: str, day: date, about: str, state: str) -> Row:
    return {
        "key": key, "stream": matter.stream, "agency": matter.agency, "name": name, "code": code,
        "day": day.isoformat(), "about": about, "state": state,
    }  # fmt: skip


def visits(agency: str, name: str, code: str, on: date, *, but: str = "") -> Visits:
    """The visits to a target in the year of a day, by anyone in the tree, but for one inspection (`but`)."""
    names = {name, *_other_names(agency, name, code)} - {""}
    same = Q(name__in=names) | (Q(code=code) if code else Q())
    year = str(on.year)
    found = VisitRow.objects.filter(same, agency__in=tree(agency), day__startswith=year).exclude(stream=but)
    titles = dict(Agency.objects.values_list("id", "name"))
    held, planned = (
        [
            Visit(titles.get(row.agency, ""), row.day, row.about, row.stream, row.agency == agency)
            for row in found.filter(state=state).order_by("day", "key")
        ]
        for state in (HELD, PLANNED)
    )
    return Visits(on.year, held, planned, amount_of(agency, CAP, on))


def _other_names(agency: str, name: str, code: str) -> Iterable[str]:
    """Every name that the register knows of the same institution."""
    known = queries.named(agency, name, code)
    item = queries.item(agency, known.key) if known else None
    return [each for _, each in item.names()] if item else []


def tree(agency: str) -> set[str]:
    """The agency with all above it and all below the topmost."""
    above = dict(Agency.objects.values_list("id", "superior_id"))
    root = agency
    while above.get(root):
        root = str(above[root])
    found, more = {root}, {root}
    while more:
        more = {one for one, superior in above.items() if superior in more} - found
        found |= more
    return found


def weighed(doing: Doing) -> list[EntryDraft]:
    """核对检查频次: what was known when the inspection was planned, kept beside the plan."""
    fields = doing.payload
    day = date.fromisoformat(fields["planned_on"])
    found = visits(
        doing.actor.agency, fields["party_name"], fields.get("party_code", ""), day, but=doing.target
    )
    body = {
        "inspection": doing.target, "year": found.year, "count": len(found.held), "over": found.over,
        "planned_count": len(found.planned), "held": _listed(found.held), "planned": _listed(found.planned),
    }  # fmt: skip
    if found.cap is not None:
        body["cap"] = found.cap
    kept = {name: value for name, value in body.items() if value != []}
    return [EntryDraft(doing.target, "inspection_weighed", 1, doing.now_ms, {OPEN: kept})]


def _listed(found: Sequence[Visit]) -> list[dict[str, str]]:
    return [{"agency": one.agency, "day": one.day, "about": one.about} for one in found]


def planned_of(matter: Matter) -> Visits | None:
    """The visits to the target of a planned inspection, as they stand now; None where there is no plan."""
    planned = matter.last("inspection_planned")
    if planned is None:
        return None
    fields = fields_of(planned)
    day = date.fromisoformat(fields["planned_on"])
    return visits(matter.agency, fields["party_name"], fields.get("party_code", ""), day, but=matter.stream)
