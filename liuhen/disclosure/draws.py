"""双随机抽查 on the public site: plan and commitment before the draw, seed and results after it.

What is published suffices to draw again: `extra` of the snapshot holds it for machines, the fields for people.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from liuhen.accounts.actor import system_actor
from liuhen.accounts.models import Agency
from liuhen.acts import Matter, fields_of, perform
from liuhen.acts.matter import load_matter
from liuhen.inspections import pools
from liuhen.inspections.models import DrawRow
from liuhen.kernel.clock import Clock, FixedClock, format_local
from liuhen.portal import store
from liuhen.portal.snapshot import Snapshot

BATCH = 50
KIND = "双随机抽查"
_DUE = {"approved": "publish_draw", "drawn": "publish_draw_results"}


def publish_draws(clock: Clock) -> int:
    """Put up what is approved and what was drawn; how many draws changed on the public site."""
    waiting = DrawRow.objects.filter(status__in=list(_DUE)).order_by("planned_ms")[:BATCH]
    for row in waiting:
        matter = load_matter(row.stream)
        now = FixedClock(clock.now_ms())  # what the public sees and the entry bear the same instant
        posted = store.put(draw_snapshot(matter), now.ms)
        if posted.posted_ms != now.ms:  # put up before a crash, and not entered
            store.date(row.stream, posted.digest, now.ms)
        perform(
            _DUE[row.status],
            system_actor(row.agency),
            {"address": settings.PUBLIC_URL + posted.address, "digest": posted.digest},
            f"draw-{row.stream}-{posted.digest[:16]}",
            clock=now,
            stream=row.stream,
        )
    return len(waiting)


def draw_snapshot(matter: Matter) -> Snapshot:
    """The plan; once drawn, the results and the seed as well. The seed before the draw is not among it."""
    plan = pools.plan_of(matter)
    targets, inspectors = pools.lines_of(plan)
    shown = [
        ("抽查事项", plan["matter"]),
        ("抽查依据", plan["basis"]),
        ("抽查方式", plan["manner"]),
        ("计划抽取日期", plan["planned_on"]),
        ("检查对象名录", f"共{len(targets)}个，抽取{plan['target_count']}个\n" + "\n".join(targets)),
        (
            "执法检查人员名录",
            f"共{len(inspectors)}人，抽取{plan['inspector_count']}人\n" + "\n".join(inspectors),
        ),
        ("抽取种子的承诺", plan["commitment"]),
    ]
    extra = {
        "commitment": plan["commitment"],
        "inspector_count": str(plan["inspector_count"]),
        "inspectors": json.dumps(inspectors, ensure_ascii=False),
        "target_count": str(plan["target_count"]),
        "targets": json.dumps(targets, ensure_ascii=False),
    }
    drawn = matter.last("drawn")
    if drawn is not None:
        result, found = _results(matter, fields_of(drawn))
        shown += result
        extra |= found
    return Snapshot(
        posting=matter.stream,
        category="during",
        agency=matter.agency,
        agency_name=Agency.objects.values_list("name", flat=True).get(id=matter.agency),
        kind=KIND,
        title=plan["matter"],
        fields=tuple(shown),
        extra=extra,
    )


def _results(matter: Matter, drawn: Mapping[str, Any]) -> tuple[list[tuple[str, str]], dict[str, str]]:
    targets = [pools.target_line(row) for row in drawn["targets"]]
    inspectors = [pools.inspector_line(row) for row in drawn["inspectors"]]
    shown = [
        ("抽取时间", f"{format_local(drawn['started'])} 至 {format_local(drawn['ended'])}"),
        ("现场报出的数字", f"{drawn['called']}（{drawn['caller']}报数）"),
        ("抽取的检查对象", "\n".join(targets)),
        ("抽取的检查人员", "\n".join(inspectors)),
        ("抽取种子", drawn["seed"]),
    ]
    replaced = [fields_of(entry) for entry in matter.all("draw_replaced")]
    if replaced:
        lines = [f"{one['replaced']} → {one['replacement']}" for one in replaced]
        shown.append(("补抽", "\n".join(lines)))
    return shown, {
        "called": drawn["called"],
        "drawn_inspectors": json.dumps(inspectors, ensure_ascii=False),
        "drawn_targets": json.dumps(targets, ensure_ascii=False),
        "replaced": json.dumps(
            [[one["replaced"], one["replacement"]] for one in replaced], ensure_ascii=False
        ),
        "seed": drawn["seed"],
    }
