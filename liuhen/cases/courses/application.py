"""依申请启动: an application received, supplemented, examined."""

from liuhen.acts.act import Act
from liuhen.cases.courses.agreeing import not_yet
from liuhen.cases.courses.places import LEAD_OR_CASE
from liuhen.cases.decisions import not_before

ACTS = (
    Act(
        "application_received",
        on=LEAD_OR_CASE,
        new_key=True,
        suggested={"applicant": "lead_registered.suspect", "content": "lead_registered.content"},
    ),
    Act(
        "application_supplemented",
        on=LEAD_OR_CASE,
        same=("application_received",),
        repeats=True,
        checks=(not_yet("application_examined"), not_before("application_received", "at")),
    ),
    Act(
        "application_examined",
        on=LEAD_OR_CASE,
        same=("application_received",),
        answers=({"application_received": {}},),
    ),
)
