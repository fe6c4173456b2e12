"""送达地址、责令改正、执行: deferral and instalments, late fees, urging, refusal, the court."""

from collections.abc import Mapping

from liuhen.acts.act import Act, Doing, Made, Matter, fields_of
from liuhen.acts.registry import Suggested
from liuhen.cases.courses.agreeing import as_said, required_when
from liuhen.cases.courses.places import CASE, HANDLERS, taken
from liuhen.cases.decisions import not_before
from liuhen.cases.deferring import agreed_fits, days_of, fine_told, last_day, still_to_tell
from liuhen.cases.recalled import source_of
from liuhen.kernel.clock import format_date, local_date

DECISION = "decided.decision|on_spot_decided.decision"


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


_DRAFTED = {"matters": "performance", "grounds": "facts", "party_view": "statement_handling"}
"""What an application to the court takes from the draft of it that was reviewed."""


def suggested_application(matter: Matter) -> Suggested:
    """申请强制执行: as it was drafted for review; without such a draft the act's own sources."""
    drafted = matter.last("decision_drafted")
    fields = fields_of(drafted) if drafted is not None else {}
    if drafted is None or fields.get("decision_kind") != "court_enforcement":
        return {}
    return {name: (fields[own], source_of(drafted)) for name, own in _DRAFTED.items() if fields.get(own)}


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
        "demand_checked",
        on=CASE,
        same=("correction_demanded",),
        repeats=True,
        suggested={"officers": HANDLERS},
        checks=(
            not_before("correction_demanded", "at"),
            required_when("next", "corrected", "partly", "not_done"),
        ),
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
        made=Made((), days_of),
        checks=(agreed_fits,),
    ),
    Act(
        "deferral_told",
        on=CASE,
        same=("deferral_decided",),
        answers=({"deferral_decided": {"agree": True}},),
        suggested={
            "until_on": "deferral_decided.until_on",
            "recipient": "decided.party_name|on_spot_decided.party_name",
        },
        made=Made(("amount",), fine_told),
        checks=(as_said("deferral_decided", "until_on"), not_before("deferral_decided", "at"), still_to_tell),
    ),
)

_COURT = (
    Act("surcharge_ordered", on=CASE, new_key=True, fixed={"decision": DECISION}, checks=(_days_late,)),
    Act(
        "court_enforcement_applied",
        on=CASE,
        new_key=True,
        suggested={
            "matters": "decided.performance|on_spot_decided.performance",
            "grounds": "decided.facts|on_spot_decided.facts",
            "party_view": "decided.statement_handling|on_spot_decided.statements",
        },
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
