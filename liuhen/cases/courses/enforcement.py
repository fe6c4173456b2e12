"""送达地址、责令改正、执行: deferral and instalments, late fees, urging, refusal, the court."""

from collections.abc import Mapping
from datetime import date

from liuhen.acts.act import Act, Doing, Matter, fields_of
from liuhen.cases.courses.agreeing import as_said, required_when
from liuhen.cases.courses.places import CASE, taken
from liuhen.cases.decisions import not_before
from liuhen.kernel.clock import format_date, local_date

DECISION = "decided.decision|on_spot_decided.decision"


def last_day(matter: Matter) -> date | None:
    """The last day to perform: that of the decision, or the later one of a deferral that was agreed."""
    decided = matter.last("decided") or matter.last("on_spot_decided")
    agreed = [fields_of(entry) for entry in matter.all("deferral_decided") if entry.open.get("agree")]
    days = [
        fields_of(decided).get("perform_until") if decided else None,
        *(one.get("until_on") for one in agreed),
    ]
    return max((date.fromisoformat(str(day)) for day in days if day), default=None)


def _days_late(doing: Doing) -> Mapping[str, str]:
    """No more days are late than have passed since the last day to perform."""
    until = last_day(doing.matter) if doing.matter else None
    if until is None:
        return {}
    late = max(0, (local_date(doing.now_ms) - until).days)
    if int(doing.payload["days"]) <= late:
        return {}
    return {
        "days": f"逾期日数：履行期限于{format_date(until)}届满，至今{late}日；复议、诉讼期间还须扣除，请核对"
    }


_URGE = (
    Act(
        "delivery_confirmed",
        on=CASE,
        new_key=True,
        suggested={
            "party_name": "filed.party_name|on_spot_decided.party_name",
            "recipient": "filed.party_head|filed.party_name",
            "address": "filed.party_address|on_spot_decided.party_address",
            "phone": "filed.party_phone|on_spot_decided.party_phone",
        },
    ),
    Act(
        "correction_demanded",
        on=CASE,
        new_key=True,
        suggested={
            "party_name": "filed.party_name|on_spot_decided.party_name",
            "facts": "decided.facts|investigation_reported.facts|on_spot_decided.facts",
            "basis": "decided.basis|on_spot_decided.basis",
            "remedies": "decided.remedies|on_spot_decided.remedies",
        },
    ),
    Act(
        "performance_urged",
        on=CASE,
        new_key=True,
        suggested={
            "party_name": "decided.party_name|on_spot_decided.party_name",
            "amount": "decided.amount|on_spot_decided.amount",
            "ways": "decided.performance|on_spot_decided.performance",
        },
        fixed={"decision": DECISION},
        checks=(not_before("decided", "at"),),
    ),
    Act(
        "performance_refused",
        on=CASE,
        suggested={"urged_at": "performance_urged.happened"},
        fixed={"decision": DECISION},
        checks=(not_before("decided", "at"),),
    ),
)

_DEFERRAL = (
    Act("deferral_requested", on=CASE, new_key=True, fixed={"decision": DECISION}),
    Act(
        "deferral_decided",
        on=CASE,
        same=("deferral_requested",),
        answers=({"deferral_requested": {}},),
        fixed={"decision": "deferral_requested.decision"},
        checks=(required_when("days", "agree", True), required_when("until_on", "agree", True)),
    ),
    Act(
        "deferral_told",
        on=CASE,
        same=("deferral_decided",),
        answers=({"deferral_decided": {"agree": True}},),
        suggested={
            "until_on": "deferral_decided.until_on",
            "amount": "decided.amount|on_spot_decided.amount",
            "recipient": "decided.party_name|on_spot_decided.party_name",
        },
        checks=(as_said("deferral_decided", "until_on"), not_before("deferral_decided", "at")),
    ),
)

_COURT = (
    Act("surcharge_ordered", on=CASE, new_key=True, fixed={"decision": DECISION}, checks=(_days_late,)),
    Act(
        "court_enforcement_applied",
        on=CASE,
        new_key=True,
        suggested={"matters": "decided.performance|on_spot_decided.performance"},
        fixed={"decision": DECISION},
        checks=(not_before("decided", "at"),),
    ),
    Act(
        "court_accepted",
        on=CASE,
        same=("court_enforcement_applied",),
        fixed={"decision": "court_enforcement_applied.decision"},
        checks=(not_before("court_enforcement_applied", "at"),),
    ),
    Act(
        "court_enforcement_recorded",
        on=CASE,
        same=("court_enforcement_applied",),
        repeats=True,
        fixed={"decision": "court_enforcement_applied.decision"},
        suggested=taken("court_enforcement_recorded", "course"),
        checks=(not_before("court_enforcement_applied", "at"),),
    ),
)

ACTS = (*_URGE, *_DEFERRAL, *_COURT)
