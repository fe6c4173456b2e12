"""Acts of random inspection (双随机抽查): planned, approved, published, drawn, replaced, published again; of visits."""

from collections.abc import Mapping

from liuhen.acts import registry
from liuhen.acts.act import Act, Doing, Made
from liuhen.inspections import choosing, pools, tied, visits
from liuhen.kernel.clock import format_local, local_date

MS_PER_MINUTE = 60_000
INSPECTION = frozenset({"inspection"})


def _numbers_fit(doing: Doing) -> Mapping[str, str]:
    """Of nothing more is drawn than its pool holds, and no line stands there twice."""
    return pools.problems(doing.payload)


def _agreed_and_published(doing: Doing) -> Mapping[str, str]:
    """The commitment is out before the draw: otherwise nobody could check it."""
    matter = doing.matter
    published = matter.last("draw_published") if matter else None
    if matter is None or published is None:
        return {"": "抽查方案还没有在公示网站公布：请等公布以后再抽取（批准以后由系统自动公布）"}
    if not doing.payload["called"].isascii() or not doing.payload["called"].isdigit():
        return {"called": "现场报出的数字：只写数字0到9，例如 20260921"}
    planned_on = matter.value("draw_planned", "planned_on")
    if local_date(doing.payload["started"]).isoformat() < planned_on:
        return {"started": f"开始时间：已经公布的抽取日期是{planned_on}，不能提前抽取"}
    if doing.payload["started"] < published.recorded_ms // MS_PER_MINUTE * MS_PER_MINUTE:
        at = format_local(published.recorded_ms)
        return {"started": f"开始时间：方案和承诺在{at}公布，抽取应当在公布以后开始"}
    return {}


def _ground_given(doing: Doing) -> Mapping[str, str]:
    """Whoever was drawn is replaced for a reason of a kind that can be looked at afterwards."""
    if doing.payload.get("ground"):
        return {}
    return {"ground": "替换原因类别：必选（回避、请假等），具体情况写在替换原因里"}


def register() -> None:
    """Make the acts of this room known to the door."""
    registry.register(
        Act(
            "draw_planned",
            made=Made(("commitment", "seed"), pools.sealed_seed),
            checks=(_numbers_fit, choosing.certified),
        ),
        Act(
            "draw_approved",
            on=INSPECTION,
            after=("draw_planned",),
            until=("draw_approved",),
            answers=({"draw_planned": {}},),
        ),
        Act("draw_published", on=INSPECTION, by_system=True, after=("draw_approved",)),
        Act(
            "drawn",
            on=INSPECTION,
            after=("draw_published",),
            until=("drawn",),
            answers=({"draw_published": {}},),
            fixed={"manner": "draw_planned.manner"},
            made=Made(("targets", "inspectors", "seed"), pools.drawn),
            checks=(_agreed_and_published,),
        ),
        Act(
            "draw_replaced",
            on=INSPECTION,
            after=("drawn",),
            repeats=True,
            made=Made(("replacement",), pools.replaced),
            checks=(_ground_given, tied.not_inspected_yet),
        ),
        Act("draw_results_published", on=INSPECTION, by_system=True, after=("drawn",), repeats=True),
        *visits.ACTS,
    )
    registry.register_chosen("plan_inspection", "target", tied.suggested)
    registry.register_chosen("plan_draw", "", choosing.suggested)
