"""抽中的检查对象: an inspection that a draw led to takes its target and its inspectors from that draw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from liuhen import ledger
from liuhen.acts.act import Doing, Matter, fields_of
from liuhen.acts.errors import Invalid
from liuhen.acts.matter import load_matter
from liuhen.acts.registry import Suggested
from liuhen.inspections import pools
from liuhen.inspections.models import DrawRow
from liuhen.kernel.clock import format_local

RANDOM = "random"
DRAWS_MAX = 20
"""So many of the latest draws are looked through for targets still to inspect."""
_DRAWN = ("drawn", "done")
_PART = "."


@dataclass(frozen=True)
class Target:
    """抽中的检查对象: `key` names it in a form; `inspection` is the stream of its inspection, `""` before there is one.

    `instead_of`: the line for which it was put in.
    """

    key: str
    draw: str
    title: str
    row: Mapping[str, Any]
    instead_of: str = ""
    inspection: str = ""

    @property
    def name(self) -> str:
        """名称."""
        return str(self.row.get("name", ""))


def targets(draw: Matter) -> list[Target]:
    """The targets as the draw and all replacements leave them, each with its inspection."""
    if draw.last("drawn") is None:
        return []
    plan = pools.plan_of(draw)
    lines, _ = pools.lines_of(plan)
    instead = {fields_of(one)["replacement"]: fields_of(one)["replaced"] for one in draw.all("draw_replaced")}
    planned = dict(
        DrawRow.objects.filter(draw=draw.stream)
        .exclude(status="declined")
        .order_by("planned_ms")
        .values_list("target", "stream")
    )
    standing, _ = pools.standing(draw)
    found = []
    for line in standing:
        key, row = f"{draw.stream}{_PART}{line}", plan["target_pool"][lines.index(line)]
        found.append(
            Target(key, draw.stream, plan["matter"], row, instead.get(line, ""), planned.get(key, ""))
        )
    return found


def open_targets(agency: str) -> list[Target]:
    """What the agency has drawn and not planned to inspect yet, of its latest draws."""
    rows = DrawRow.objects.filter(agency=agency, status__in=_DRAWN, draw="")
    latest = rows.order_by("-planned_ms", "-stream").values_list("stream", flat=True)[:DRAWS_MAX]
    return [one for stream in latest for one in targets(load_matter(stream)) if not one.inspection]


def found(agency: str, key: str) -> tuple[Matter, Target]:
    """The draw and the target that a form names. Raises `Invalid`."""
    draw = key.partition(_PART)[0]
    known = DrawRow.objects.filter(agency=agency, stream=draw, status__in=_DRAWN).exists()
    matter = load_matter(draw) if known else None
    one = next((target for target in targets(matter) if target.key == key), None) if matter else None
    if matter is None or one is None:
        raise Invalid({"target": "抽中的检查对象：不在本机关的抽取结果中，或者已经补抽了别的，请重新选择"})
    return matter, one


def drawn_from(values: Mapping[str, Any], matter: Matter | None) -> dict[str, Any]:
    """The draw, from the target that was chosen."""
    key = values.get("target")
    return {"draw": str(key).partition(_PART)[0]} if key else {}


def draw_of(values: Mapping[str, Any], matter: Matter | None) -> dict[str, Any]:
    """The draw of the plan, for the entries after it."""
    draw = matter.value("inspection_planned", "draw") if matter else None
    return {"draw": draw} if draw else {}


def suggested(agency: str, typed: Mapping[str, Any], _matter: Matter | None = None) -> Suggested:
    """What the form of an inspection takes over from the draw once its target is chosen."""
    key = str(typed.get("target", ""))
    if not key:
        return {}
    try:
        matter, target = found(agency, key)
    except Invalid:
        return {}
    plan, draw = pools.plan_of(matter), matter.all("drawn")[0]
    of = f"双随机抽取（{format_local(draw.happened_ms)}）"
    values: dict[str, Any] = {
        "basis": RANDOM,
        "reason": f"“{plan['matter']}”经双随机抽取，确定为检查对象。",
        "source": f"双随机抽查：{plan['matter']}",
        "party_name": target.name,
        "legal_basis": plan["basis"],
        "items": plan["matter"],
        "officers": [one["id"] for one in inspectors(matter)],
    }
    return {name: (value, of) for name, value in values.items()}


def inspectors(draw: Matter) -> Sequence[Mapping[str, Any]]:
    """The inspectors as the draw and all replacements leave them."""
    by_line = {pools.inspector_line(one): one for one in pools.plan_of(draw)["inspector_pool"]}
    return [by_line[line] for line in pools.standing(draw)[1]]


def as_drawn(doing: Doing) -> Mapping[str, str]:
    """A random inspection is of a target that was drawn, once, by inspectors who were drawn."""
    key, random = doing.payload.get("target"), doing.payload["basis"] == RANDOM
    if not key:
        return {"target": _NO_TARGET} if random and not doing.corrected else {}
    if not random:
        return {"basis": "启动方式：选了抽中的检查对象，应为“双随机抽查”；不是抽中的，请不要选抽中的检查对象"}
    if connection.in_atomic_block:
        ledger.lock([str(key).partition(_PART)[0]])  # two officers cannot both plan to inspect one target
    try:
        matter, target = found(doing.actor.agency, str(key))
    except Invalid as wrong:
        return wrong.errors
    if target.inspection and target.inspection != doing.target:
        return {"target": f"抽中的检查对象：“{target.name}”已经呈请检查，不能重复呈请"}
    wrong_name = {} if doing.payload["party_name"] == target.name else {"party_name": _other(target)}
    return wrong_name | _only_drawn(doing.payload.get("officers", ()), matter)


_NO_TARGET = (
    "抽中的检查对象：双随机抽查的检查，应当从本机关已经抽取、还没有检查的对象中选择；"
    "没有可选的，先拟定抽查方案，公布以后抽取"
)


def _other(target: Target) -> str:
    return f"检查对象：抽中的是“{target.name}”；要换检查对象的，由机关负责人办理“补抽”，写明原因"


def _only_drawn(officers: Sequence[Mapping[str, Any]], draw: Matter) -> dict[str, str]:
    drawn = {one["id"]: one["name"] for one in inspectors(draw)}
    others = [one["name"] for one in officers if one["id"] not in drawn]
    if not others:
        return {}
    return {
        "officers": f"检查人员：{'、'.join(others)}不在抽取结果中（抽中的是{'、'.join(drawn.values())}）；"
        "要换人的，由机关负责人办理“补抽”，写明原因，由排序中的下一人替换"
    }


def not_inspected_yet(doing: Doing) -> Mapping[str, str]:
    """A target whose inspection is planned or done is not replaced any more."""
    gone = doing.payload["replaced"]
    key = f"{doing.target}{_PART}{gone}"
    if DrawRow.objects.filter(draw=doing.target, target=key).exclude(status="declined").exists():
        return {"replaced": f"被替换的检查对象：“{gone}”已经呈请检查，不能再补抽；不检查的，先不同意呈批"}
    return {}


def inspectors_now(values: Mapping[str, Any], matter: Matter | None) -> dict[str, Any]:
    """The inspectors that were approved, each replaced by who was put in his place since."""
    planned = matter.last("inspection_planned") if matter else None
    if planned is None:
        return {}
    approved, draw = fields_of(planned)["officers"], fields_of(planned).get("draw")
    return {"officers": _replaced(approved, load_matter(draw)) if draw else approved}


def _replaced(officers: Sequence[Mapping[str, Any]], draw: Matter) -> list[Mapping[str, Any]]:
    by_line = {pools.inspector_line(one): one for one in pools.plan_of(draw)["inspector_pool"]}
    instead = {fields_of(one)["replaced"]: fields_of(one)["replacement"] for one in draw.all("draw_replaced")}
    line_of = {one["id"]: line for line, one in by_line.items()}
    return [
        by_line[pools.last_of(instead, line)] if (line := line_of.get(one["id"])) else one for one in officers
    ]


def only_drawn(doing: Doing) -> Mapping[str, str]:
    """On an inspection that a draw led to nobody inspects who was not drawn, or who was replaced since."""
    draw = doing.matter.value("inspection_planned", "draw") if doing.matter else None
    if doing.matter is None or doing.matter.type != "inspection" or not draw:
        return {}
    return _only_drawn(doing.payload.get("officers", ()), load_matter(draw))
