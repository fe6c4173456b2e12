"""行政检查: planned, endorsed, approved, told, started, concluded; what is found on the way is the investigation's."""

from collections.abc import Mapping

from liuhen.acts.act import Act, Doing, Made, Matter, fields_of
from liuhen.acts.checks import code_fits_name
from liuhen.inspections import joint, tied, visited

INSPECTION = frozenset({"inspection"})
STATUSES = {
    "proposed": "待审核",
    "endorsed": "待审批",
    "declined": "未同意",
    "agreed": "待检查",
    "started": "检查中",
    "concluded": "已有结论",
    "archived": "已归档",
}
_REACHED = (
    ("inspection_archived", "archived"),
    ("inspection_concluded", "concluded"),
    ("inspection_started", "started"),
    ("inspection_approved", "agreed"),
    ("inspection_endorsed", "endorsed"),
)


def status_of(matter: Matter) -> str:
    """Where an inspection stands."""
    for kind, status in _REACHED:
        entry = matter.last(kind)
        if entry is not None:
            return "declined" if entry.open.get("agree") is False else status
    return "proposed"


def _approved(doing: Doing) -> Mapping[str, str]:
    """Nobody is inspected before the head of the agency has agreed."""
    approved = doing.matter.last("inspection_approved") if doing.matter else None
    if approved is not None and fields_of(approved)["agree"]:
        return {}
    return {"": "这次检查还没有经机关负责人批准，请先呈批"}


def _goes_there(doing: Doing) -> Mapping[str, str]:
    """Whoever plans an inspection goes there."""
    ids = {officer["id"] for officer in doing.payload.get("officers", [])}
    if doing.actor.id not in ids:
        return {"officers": "检查人员：呈批人本人应当是检查人员之一，请把自己选上"}
    return {}


def _code_fits(doing: Doing) -> Mapping[str, str]:
    """The code is one that a body of that name can have."""
    code, name = (str(doing.payload.get(field) or "") for field in ("party_code", "party_name"))
    wrong = code_fits_name(code, name)
    return {"party_code": f"统一社会信用代码：{wrong}"} if wrong else {}


def _from(kind: str, *names: str) -> dict[str, str]:
    return {name: f"{kind}.{name}" for name in names}


_OVER = ("inspection_concluded",)
ACTS = (
    Act(
        "inspection_planned",
        made=Made(("draw",), tied.drawn_from),
        checks=(tied.as_drawn, _goes_there, _code_fits),
        further=visited.weighed,
    ),
    Act("inspection_weighed", on=INSPECTION, by_system=True),
    joint.ACT,
    Act(
        "inspection_endorsed",
        on=INSPECTION,
        after=("inspection_planned",),
        until=("inspection_approved",),
        answers=({"inspection_planned": {}},),
    ),
    Act(
        "inspection_approved",
        on=INSPECTION,
        needed=("opinion_head",),
        after=("inspection_endorsed",),
        until=("inspection_started",),
        answers=({"inspection_endorsed": {"agree": True}},),
        fixed=_from("inspection_planned", "party_name", "items", "manner", "officers", "helpers", "frequency")
        | {"task_source": "inspection_planned.source", "basis": "inspection_planned.legal_basis"},
    ),
    Act(
        "inspection_notified",
        on=INSPECTION,
        after=("inspection_approved",),
        until=_OVER,
        suggested=_from("inspection_planned", "place"),
        fixed=_from("inspection_planned", "party_name", "items")
        | {"basis": "inspection_planned.legal_basis"},
        made=Made(("officers",), tied.inspectors_now),
        checks=(_approved,),
    ),
    Act(
        "inspection_started",
        on=INSPECTION,
        after=("inspection_approved",),
        until=("inspection_started", *_OVER),
        answers=({"inspection_approved": {"agree": True}},),
        fixed=_from("inspection_planned", "basis", "reason", "source", "facts", "party_name", "party")
        | {
            "opinion_handler": "inspection_planned.opinion",
            "opinion_unit": "inspection_endorsed.opinion",
            "opinion_head": "inspection_approved.opinion_head",
        },
        made=Made(("draw",), tied.draw_of),
        checks=(_approved,),
    ),
    Act(
        "inspection_concluded",
        on=INSPECTION,
        after=("inspection_started",),
        answers=({"inspected": {}},),
        suggested={"problems": "inspected.findings"},
    ),
)
