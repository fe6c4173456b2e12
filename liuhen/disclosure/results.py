"""公示检查结果: filled in from what was planned, approved, found and concluded."""

from collections.abc import Mapping

from liuhen.acts.act import Doing, Matter
from liuhen.acts.registry import Suggested
from liuhen.disclosure.places import INSPECTION
from liuhen.kernel.clock import local_date

FIXED = {"inspection": "inspection_concluded.inspection|inspection_result_prepared.inspection"}
SUGGESTED = {
    "target": "inspection_planned.party_name",
    "basis": "inspection_planned.legal_basis",
    "manner": "inspection_planned.manner",
    "matters": "inspection_planned.items",
    "content": "inspected.findings",
    "problems": "inspection_concluded.problems",
    "correction": "inspection_concluded.correction",
}


def concluded_first(doing: Doing) -> Mapping[str, str]:
    """There is a result only once the inspection was concluded."""
    matter = doing.matter
    if matter is None or matter.type not in INSPECTION or matter.last("inspection_concluded"):
        return {}
    return {"": "这次检查还没有结论：请先办理“行政检查结论”，再公示检查结果"}


def suggested(matter: Matter) -> Suggested:
    """The day of the visit."""
    visited = matter.last("inspected") or matter.last("inspection_started")
    if visited is None:
        return {}
    return {"inspected_on": (local_date(visited.happened_ms).isoformat(), "检查记录")}
