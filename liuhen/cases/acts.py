"""Acts of a case (办案事项), from lead to closing. What each asks is the dictionary's, who may is the table's."""

from liuhen.acts import registry
from liuhen.acts.act import Act, Made
from liuhen.acts.form import AT
from liuhen.cases import (
    courses,
    deliberating,
    delivering,
    executing,
    informant,
    outstanding,
    performing,
    recalled,
    redrafted,
    renotified,
)
from liuhen.cases.courses.places import CASE, HANDLERS, LEAD, LEAD_OR_CASE, TO_ENFORCE
from liuhen.cases.courses.places import DECIDED as _DECIDED
from liuhen.cases.courses.places import OVER as _OVER
from liuhen.cases.courses.places import taken as _from
from liuhen.cases.courses.places import until as _until
from liuhen.cases.decisions import (
    money_fits,
    not_before,
    only_to_enforce,
    put_to_him,
    suspended_once,
)
from liuhen.cases.filing import code_of_its_kind, proposal_open, two_handlers
from liuhen.cases.hearings import as_notified, day_of, still_to_be_held
from liuhen.cases.inquiries import of_his_age
from liuhen.cases.presence import asked_ahead, guarded
from liuhen.claims.reckoning import rows_unchanged
from liuhen.inspections.joint import signed_by_all
from liuhen.inspections.tied import only_drawn

REGISTER = frozenset({"register"})
INSPECTION = frozenset({"inspection"})
_ANSWERED = Act("answered", on=LEAD_OR_CASE | REGISTER | INSPECTION, repeats=True, checks=(put_to_him,))
_FILED_BY_PROPOSAL = (
    "lead", "party_kind", "party_name", "party_code", "party_id", "party_sex", "party_occupation",
    "party_head", "party_address", "party_phone", "cause",
    "source", "facts", "verification", "reasons", "jurisdiction", "in_area", "procedure", "handlers", "sign_handler",
)  # fmt: skip
_REPORTED = (
    "party", "course", "facts", "nature", "proposal", "proposed_kind", "amount", "refund", "other", "act_ended_on",
)  # fmt: skip


_LEAD_ACTS = (
    Act("lead_registered", checks=(informant.named,)),
    Act("verified", on=LEAD, suggested={"officers": "lead_registered.verifiers"}),
    Act("verification_extended", on=LEAD),
    Act(
        "declined",
        on=LEAD,
        answers=({"verified": {"recommendation": "decline"}},),
        settled_by=("filing_proposed", "filed", "transferred"),
        suggested=_from("lead_registered", "place")
        | {
            "party": "lead_registered.suspect",
            "verification": "verified.verification",
            "reasons": "verified.reasons",
        },
        fixed={"source": "lead_registered.source", "source_registered_at": "lead_registered.recorded"},
    ),
    Act("informant_told", on=LEAD),
    Act(
        "filing_proposed",
        on=LEAD,
        after=("verified",),
        answers=({"verified": {"recommendation": "file"}}, {"filing_endorsed": {"agree": False}}),
        settled_by=("declined", "transferred"),
        suggested=_from(
            "filing_proposed",
            "party_kind",
            "party_code",
            "party_id",
            "party_sex",
            "party_occupation",
            "party_head",
            "party_address",
            "party_phone",
            "cause",
            "jurisdiction",
            "in_area",
            "procedure",
            "opinion",
        )
        | {
            "party_name": "filing_proposed.party_name|lead_registered.suspect",
            "party_address": "filing_proposed.party_address|lead_registered.place",
            "facts": "filing_proposed.facts",
            "verification": "filing_proposed.verification|verified.verification",
            "reasons": "filing_proposed.reasons|verified.reasons",
            "handlers": "filing_proposed.handlers|verified.officers",
        },
        fixed={"source": "lead_registered.source"},
        checks=(two_handlers, code_of_its_kind),
    ),
    Act(
        "filing_endorsed",
        on=LEAD,
        after=("filing_proposed",),
        answers=({"filing_proposed": {}},),
        settled_by=("declined", "transferred"),
    ),
    Act(
        "filed",
        on=LEAD,
        answers=({"filing_endorsed": {"agree": True}},),
        settled_by=("declined", "transferred", "filing_proposed"),
        adopts=True,
        suggested={"start_reason": "started_urgently.start_reason"},
        fixed=_from("filing_proposed", *_FILED_BY_PROPOSAL)
        | {
            "opinion_handler": "filing_proposed.opinion",
            "opinion_unit": "filing_endorsed.opinion",
            "sign_unit": "filing_endorsed.sign_unit",
        },
        needed=("opinion_head",),
        checks=(proposal_open,),
    ),
)

_INVESTIGATION = _until(
    _DECIDED,
    Act(
        "inspected",
        on=CASE,
        new_key=True,
        suggested={
            "party_name": "filed.party_name|inspection_planned.party_name|lead_registered.suspect",
            "officers": "handed_over.handlers|filed.handlers|inspection_planned.officers",
            "place": "filed.party_address|inspection_planned.place|lead_registered.place",
        },
        checks=(only_drawn, signed_by_all),
    ),
    Act(
        "inquiry_notified",
        on=CASE,
        new_key=True,
        suggested={"officers": HANDLERS},
    ),
    Act(
        "inquired",
        on=CASE,
        new_key=True,
        suggested={
            "officers": HANDLERS,
            "asked_name": "inquiry_notified.asked_name",
            "place": "inquiry_notified.place",
            "started": "inquiry_notified.appear_at",
        },
        checks=(of_his_age,),
    ),
    Act(
        "evidence_notified",
        on=CASE,
        new_key=True,
        suggested={"officers": HANDLERS, "holder": "filed.party_name"},
    ),
    Act(
        "evidence_collected",
        on=CASE,
        new_key=True,
        suggested={"officers": HANDLERS, "from_holder": "filed.party_name"},
    ),
    Act(
        "evidence_listed",
        on=CASE,
        new_key=True,
        suggested={"officers": HANDLERS},
    ),
    Act("preservation_requested", on=CASE, new_key=True),
    Act(
        "preservation_approved",
        on=CASE,
        same=("preservation_requested", "preserved"),
        new_key=True,
        suggested=_from("preservation_requested", "reason", "what"),
        after=("filed",),
        answers=({"preservation_requested": {}}, {"preserved": {"urgent": True}}),
        checks=(courses.measures.as_it_came,),
    ),
    Act(
        "preserved",
        on=CASE,
        same=("preservation_approved",),
        new_key=True,
        suggested={
            "officers": HANDLERS,
            "reason": "preservation_approved.reason",
        },
    ),
    Act(
        "investigation_reported",
        on=CASE,
        new_key=True,
        suggested=_from("investigation_reported", *_REPORTED) | {"officers": HANDLERS},
        checks=(money_fits("proposed_kind"),),
        sent_back_by=({"report_endorsed": {"agree": False}},),
        settled_by=("decision_drafted", "decided", "terminated", "transferred"),
    ),
)

_ENDING = _until(
    _OVER,
    Act("preservation_disposed", on=CASE, same=("preserved",)),
    Act(
        "resumed",
        on=CASE,
        same=("suspended",),
        answers=({"suspension_cause_gone": {}},),
        suggested={"reason": "suspension_cause_gone.description"},
    ),
)

_DECISION = _until(
    _DECIDED,
    Act("suspended", on=CASE, new_key=True, checks=(suspended_once,)),
    Act("decision_extended", on=CASE),
    Act("decision_extended_again", on=CASE),
    Act("terminated", on=CASE),
    Act(
        "decision_drafted",
        on=CASE,
        new_key=True,
        reopened=TO_ENFORCE,
        suggested=_from("investigation_reported", "amount", "refund", "party", "facts")
        | {
            "decision_kind": "decision_drafted.decision_kind|investigation_reported.proposed_kind",
            "amount": "decision_drafted.amount|investigation_reported.amount",
            "refund": "decision_drafted.refund|investigation_reported.refund",
            "party": "decision_drafted.party|investigation_reported.party",
            "facts": "decision_drafted.facts|investigation_reported.facts",
            "basis": "decision_drafted.basis|notice_served.basis|investigation_reported.proposal",
            "statement_handling": "statement_answered.reasons|statement_waived.statement_text",
        }
        | _from(
            "decision_drafted",
            "evidence",
            "factors",
            "discretion",
            "performance",
            "remedies",
            "unit_reviewer",
            *courses.MERCY,
        ),
        checks=(*courses.mercy_shown, only_to_enforce, money_fits("decision_kind")),
        sent_back_by=redrafted.ASKED_FOR,
        settled_by=redrafted.SETTLED_BY,
    ),
    Act(
        "notice_served",
        on=CASE,
        new_key=True,
        suggested={
            "proposed_kind": "decision_drafted.decision_kind|investigation_reported.proposed_kind",
            "amount": "decision_drafted.amount|investigation_reported.amount",
            "refund": "decision_drafted.refund|investigation_reported.refund",
            "facts": "decision_drafted.facts|investigation_reported.facts",
            "basis": "decision_drafted.basis|investigation_reported.proposal",
            "servers": HANDLERS,
            "place": "filed.party_address",
        },
        checks=(rows_unchanged, renotified.evidence_is_new, delivering.not_refused),
    ),
    Act(
        "statement_made",
        on=CASE,
        checks=(not_before("notice_served", AT),),
        new_key=True,
        suggested={"officers": HANDLERS},
        fixed={"notice": "notice_served.notice"},
    ),
    Act(
        "statement_answered",
        on=CASE,
        same=("statement_made",),
        suggested={"officers": HANDLERS},
    ),
    Act("statement_waived", on=CASE, same=("notice_served",)),
    Act(
        "hearing_requested",
        on=CASE,
        checks=(not_before("notice_served", AT),),
        new_key=True,
        until=("hearing_held",),
        reopened={"hearing_held": {"notice_served": {}}},
        suggested={"applicant": "filed.party_name"},
        fixed={"notice": "notice_served.notice"},
    ),
    Act(
        "hearing_notified",
        on=CASE,
        same=("hearing_requested",),
        repeats=True,
        ended_by=("hearing_held", "hearing_withdrawn", "hearing_declined"),
        answers=({"hearing_requested": {}},),
        suggested=_from("hearing_notified", "place", "presider", "recorder", "rights"),
        made=Made(("hearing_on",), day_of),
        checks=(still_to_be_held,),
    ),
    Act(
        "hearing_held",
        on=CASE,
        same=("hearing_notified",),
        ended_by=("hearing_withdrawn", "hearing_declined"),
        suggested=_from("hearing_notified", "place", "presider", "recorder")
        | {"application": "hearing_requested.request"},
        checks=(as_notified,),
    ),
    Act(
        "hearing_withdrawn",
        on=CASE,
        same=("hearing_requested",),
        ended_by=("hearing_held", "hearing_declined"),
    ),
    Act(
        "deliberated",
        on=CASE,
        after=("decision_drafted",),
        answers=({"review_opined": {"opinion": "agree"}},),
        settled_by=("decision_drafted", "decided", "opinion_withdrawn"),
        new_key=True,
        suggested={"draft": "decision_drafted.draft"},
        checks=deliberating.CHECKS,
    ),
)


def register() -> None:
    """Make the acts of this room known to the door."""
    registry.register_check(informant.not_named)
    registry.register_ahead(asked_ahead)
    delivering.register()
    for name in ("draft_decision", "decide_on_spot"):
        registry.register_dated_suggestion(name, recalled.suggested_remedies)
    for name, suggest in recalled.SUGGESTED.items():
        registry.register_suggestion(name, suggest)
    registry.register_chosen("record_performance", performing.CHOSEN, outstanding.suggested)
    registry.register(
        *guarded(
            (*_LEAD_ACTS, *courses.early(*_INVESTIGATION, *_ENDING), *_DECISION, *executing.ACTS, _ANSWERED)
        )
    )
    courses.register()
