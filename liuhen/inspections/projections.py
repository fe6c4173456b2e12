"""The rows of the list of draws and inspections, read out of their entries."""

from liuhen.acts import registry
from liuhen.acts.act import Matter, fields_of
from liuhen.acts.registry import Projection, Row
from liuhen.inspections import visited, visits

STATUSES = {
    "planned": "待批准",
    "refused": "未批准",
    "approved": "待公布",
    "published": "待抽取",
    "drawn": "结果待公布",
    "done": "结果已公布",
} | visits.STATUSES
COLUMNS = (
    "stream",
    "agency",
    "title",
    "status",
    "planned_on",
    "drawn",
    "draw",
    "target",
    "planned_ms",
    "last_ms",
)


def status_of(matter: Matter) -> str:
    """Where a draw stands."""
    results = matter.last("draw_results_published")
    changed = matter.last("draw_replaced") or matter.last("drawn")
    if changed is not None:
        return "done" if results is not None and results.index > changed.index else "drawn"
    if matter.last("draw_published"):
        return "published"
    approved = matter.last("draw_approved")
    if approved is None:
        return "planned"
    return "approved" if fields_of(approved)["agree"] else "refused"


def draw_rows(matter: Matter) -> list[Row]:
    """The row of `inspections_draw`."""
    planned = matter.last("draw_planned")
    if planned is None:
        return _visit_rows(matter)
    fields = fields_of(planned)
    targets, inspectors = fields["target_count"], fields["inspector_count"]
    return [
        {
            "stream": matter.stream,
            "agency": matter.agency,
            "title": fields["matter"],
            "status": status_of(matter),
            "planned_on": fields["planned_on"],
            "drawn": f"{len(fields['target_pool'])}抽{targets}，{len(fields['inspector_pool'])}人抽{inspectors}",
            "draw": "",
            "target": "",
            "planned_ms": planned.recorded_ms,
            "last_ms": matter.entries[-1].recorded_ms,
        }
    ]


def _visit_rows(matter: Matter) -> list[Row]:
    """The row of an inspection of one target, in the same list."""
    planned = matter.last("inspection_planned")
    if planned is None:
        return []
    fields = fields_of(planned)
    return [
        {
            "stream": matter.stream,
            "agency": matter.agency,
            "title": fields["party_name"],
            "status": visits.status_of(matter),
            "planned_on": fields["planned_on"],
            "drawn": registry.dictionary().text(planned.kind, "basis", fields["basis"]),
            "draw": fields.get("draw", ""),
            "target": fields.get("target", ""),
            "planned_ms": planned.recorded_ms,
            "last_ms": matter.entries[-1].recorded_ms,
        }
    ]


def register() -> None:
    """Make the projections known."""
    registry.register_projection(
        Projection(
            "inspections_visit",
            "stream",
            ("key",),
            visited.COLUMNS,
            visited.visit_rows,
            frozenset({"lead", "case", "inspection"}),
            bears=lambda entry: entry.kind in visited.BEARING,
        )
    )
    registry.register_projection(
        Projection("inspections_draw", "stream", ("stream",), COLUMNS, draw_rows, frozenset({"inspection"}))
    )
