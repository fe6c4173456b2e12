"""双随机抽查 on the officers' pages: the result with its inspections, and what can be chosen of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from liuhen import ledger
from liuhen.acts import Matter, fields_of, registry
from liuhen.inspections import pools, tied
from liuhen.inspections.models import DrawRow
from liuhen.inspections.projections import STATUSES
from liuhen.inspections.tied import Target
from liuhen.kernel.clock import format_local
from liuhen.web.entries import matter_url
from liuhen.web.goto import may_perform, with_query
from liuhen.web.me import Me

_PLAN, _REPLACE, _REGISTER = "plan_inspection", "replace_drawn", "register_lead"


@dataclass(frozen=True)
class TargetLine:
    """One target that was drawn: where its inspection stands and what came of it."""

    target: Target
    status: str
    url: str
    planned_on: str
    outcome: str


@dataclass(frozen=True)
class DrawnView:
    """The result of a draw as its page shows it."""

    at: str
    targets: Sequence[TargetLine]
    inspectors: Sequence[str]
    replaced: Sequence[Mapping[str, str]]
    may_plan: bool
    may_replace: bool

    @property
    def left(self) -> int:
        """How many targets nobody has planned to inspect yet."""
        return sum(not one.target.inspection for one in self.targets)


def drawn_view(matter: Matter, me: Me) -> DrawnView | None:
    """The result with its inspections; None before the draw and for any other matter."""
    draw = matter.last("drawn") if matter.type == "inspection" else None
    if draw is None:
        return None
    found = tied.targets(matter)
    rows = {row.stream: row for row in DrawRow.objects.filter(draw=matter.stream)}
    concluded = [stream for stream, row in rows.items() if row.status in ("concluded", "archived")]
    outcomes = {
        entry.stream: str(fields_of(entry)["problems"])
        for entry in (ledger.read(concluded) if concluded else ())
        if entry.kind == "inspection_concluded"
    }
    return DrawnView(
        format_local(draw.happened_ms),
        [_line(one, rows.get(one.inspection), outcomes.get(one.inspection, "")) for one in found],
        [pools.inspector_line(one) for one in tied.inspectors(matter)],
        [_replaced(entry) for entry in matter.all("draw_replaced")],
        may_perform(_PLAN, me.actor),
        may_perform(_REPLACE, me.actor),
    )


def _line(target: Target, row: DrawRow | None, outcome: str) -> TargetLine:
    if row is None:
        return TargetLine(target, "待呈请检查", "", "", "")
    return TargetLine(
        target, STATUSES[row.status], matter_url("inspection", row.stream), row.planned_on, outcome
    )


def _replaced(entry: ledger.Entry) -> dict[str, str]:
    fields = fields_of(entry)
    ground = registry.dictionary().text(entry.kind, "ground", fields["ground"]) if "ground" in fields else ""
    return {
        "gone": fields["replaced"],
        "instead": fields["replacement"],
        "why": "：".join(filter(None, (ground, fields["reason"]))),
        "at": format_local(entry.recorded_ms),
    }


def draw_url(matter: Matter) -> str:
    """The page of the draw that led to an inspection; empty for any other matter."""
    draw = matter.value("inspection_planned", "draw") if matter.type == "inspection" else None
    return matter_url("inspection", draw) if draw else ""


def choices(kind: str, matter: Matter | None, agency: str) -> dict[str, dict[str, str]]:
    """What can be chosen of what was drawn: a target still to inspect; whom or what to replace, and by whom."""
    if kind == "draw_replaced":
        lines = pools.following_each(matter) if matter else []
        return {"replaced": {one: f"{one}　→ 补抽：{then or '名录中已经没有'}" for one, then in lines}}
    own = matter.value("inspection_planned", "target") if matter else None
    found = tied.open_targets(agency)
    if own:
        found = [tied.found(agency, own)[1], *found]
    return {"target": {one.key: f"{one.name}（{one.title}）" for one in found}} if found else {}


def lead_from(matter: Matter, me: Me) -> str:
    """Where a lead is registered of what an inspection found, filled in with whom it inspected; empty elsewhere."""
    planned = matter.last("inspection_planned") if matter.type == "inspection" else None
    if planned is None or matter.last("inspection_concluded") is None or not may_perform(_REGISTER, me.actor):
        return ""
    fields = fields_of(planned)
    known = {"suspect": fields["party_name"], "place": fields["place"], "source": "inspection"}
    return with_query(reverse("act", args=[_REGISTER]), {**known, "informant_kind": "none"})
