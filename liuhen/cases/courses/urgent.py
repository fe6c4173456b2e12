"""情况紧急: an oral report, a start before the filing, its end when it is not approved."""

from dataclasses import replace

from liuhen.acts.act import Act
from liuhen.cases.courses.agreeing import not_filed
from liuhen.cases.courses.places import INSPECTION, LEAD, LEAD_OR_CASE
from liuhen.cases.decisions import not_before

_AFTER_FILING = frozenset({"resumed", "investigation_reported"})
_BEGUN = ("filed", "oral_reported", "inspection_started")


def early(*acts: Act) -> tuple[Act, ...]:
    """Investigation may begin on a lead that was reported orally, and in an inspection; the law says whether it may."""
    return tuple(
        act
        if act.kind in _AFTER_FILING
        else replace(
            act, on=LEAD_OR_CASE | INSPECTION, after=act.after or _BEGUN, checks=(*act.checks, not_filed)
        )
        for act in acts
    )


ACTS = (
    Act(
        "oral_reported",
        on=LEAD,
        new_key=True,
        until=("declined", "transferred"),
        fixed={"lead": "lead_registered.lead"},
    ),
    Act(
        "started_urgently",
        on=LEAD,
        until=("declined", "transferred"),
        suggested={"start_reason": "oral_reported.urgency"},
        fixed={"report": "oral_reported.report"},
        checks=(not_before("oral_reported", "at"),),
    ),
    Act("urgent_start_ended", on=LEAD, after=("started_urgently",)),
)
