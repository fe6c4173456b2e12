"""回避、中止原因消除、听证告知、不予组织听证."""

from liuhen.acts.act import Act
from liuhen.cases.courses.agreeing import as_said, not_yet, required_when
from liuhen.cases.courses.places import CASE, LEAD_OR_CASE, OVER, taken
from liuhen.cases.decisions import not_before

ACTS = (
    Act("recusal_requested", on=LEAD_OR_CASE, new_key=True, until=OVER),
    Act(
        "recusal_decided",
        on=LEAD_OR_CASE,
        same=("recusal_requested",),
        answers=({"recusal_requested": {}},),
        suggested=taken("recusal_requested", "person_kind", "persons"),
        checks=(
            as_said("recusal_requested", "person_kind", "persons"),
            required_when("participants", "decided_by", "collective"),
        ),
    ),
    Act(
        "suspension_cause_gone",
        on=CASE,
        same=("suspended",),
        until=OVER,
        checks=(not_yet("resumed"), not_before("suspended", "at")),
    ),
    Act(
        "hearing_declined",
        on=CASE,
        same=("hearing_requested",),
        ended_by=("hearing_held", "hearing_withdrawn"),
        until=OVER,
        checks=(not_yet("hearing_held", "hearing_withdrawn"),),
    ),
    Act(
        "hearing_told",
        on=CASE,
        same=("notice_served",),
        until=("decided", *OVER),
        suggested={"party_name": "filed.party_name"}
        | taken("notice_served", "facts", "basis", "ways", "hearing_until", "recipient"),
        checks=(as_said("notice_served", "hearing_until"), not_before("notice_served", "at")),
    ),
)
