"""请别人做的: assistance of other agencies and theirs of us, appraisals, audits, experts, public notices."""

from liuhen.acts.act import Act
from liuhen.cases.courses.agreeing import proven, required_when
from liuhen.cases.courses.places import CASE, HANDLERS, OVER, REGISTER, until
from liuhen.cases.decisions import not_before

_LEFT_OUT = {"appraisal_kind": ("test", "appraisal", "expert_review")}
"""Commissions whose time is left out of the limit of a case."""

_ASKED = until(
    OVER,
    Act("assistance_requested", on=CASE, new_key=True, suggested={"officers": HANDLERS}),
    Act(
        "appraisal_commissioned",
        on=CASE,
        new_key=True,
        checks=(proven("files", when=_LEFT_OUT), not_before("filed", "at")),
    ),
    Act("announced", on=CASE, new_key=True, checks=(proven("files"), not_before("filed", "at"))),
    Act("cooperation_refused", on=CASE, new_key=True, suggested={"officers": HANDLERS}),
)

ACTS = (
    *_ASKED,
    Act(
        "assistance_answered",
        on=CASE,
        same=("assistance_requested",),
        repeats=True,
        checks=(not_before("assistance_requested", "at"),),
    ),
    Act(
        "appraisal_period_told",
        on=CASE,
        same=("appraisal_commissioned",),
        repeats=True,
        suggested={"recipient": "filed.party_head|filed.party_name"},
        checks=(not_before("appraisal_commissioned", "at"),),
    ),
    Act(
        "appraisal_received",
        on=CASE,
        same=("appraisal_commissioned",),
        suggested={"signed_by": "appraisal_commissioned.body"},
        checks=(proven("files"), not_before("appraisal_commissioned", "at")),
    ),
    Act("announcement_ended", on=CASE, same=("announced",), checks=(not_before("announced", "at"),)),
    Act(
        "expert_opined",
        on=CASE,
        after=("decision_drafted",),
        new_key=True,
        suggested={"draft": "dispute_raised.draft|decision_drafted.draft"},
    ),
    Act("assistance_received", on=REGISTER, new_key=True),
    Act("assistance_done", on=REGISTER, same=("assistance_received",)),
    Act(
        "assistance_delay_told",
        on=REGISTER,
        same=("assistance_received",),
        checks=(required_when("days", "unable", False),),
    ),
)
