"""Acts from the decision to the closing (作出决定、送达、履行、结案)."""

from liuhen.acts.act import Act, Made
from liuhen.cases import courses, delivering, performing
from liuhen.cases.courses.places import CASE, OVER, taken
from liuhen.cases.decisions import DECIDING
from liuhen.claims.reckoning import rows_unchanged

_BY_DRAFT = (
    "draft", "decision_kind", "amount", "refund", "party", "facts", "evidence", "basis", "discretion",
    "statement_handling", "performance", "remedies",
)  # fmt: skip

ACTS = (
    Act(
        "decided",
        on=CASE,
        answers=({"deliberated": {"agree": True}},),
        settled_by=("decision_drafted",),
        new_key=True,
        fixed=taken("decision_drafted", *_BY_DRAFT) | taken("filed", "party_name", "party_kind", "cause"),
        until=("on_spot_decided", *OVER),
        checks=(*DECIDING, rows_unchanged),
    ),
    Act(
        "delivered",
        on=CASE,
        checks=delivering.CHECKS,
        new_key=True,
        suggested={
            "document_number": "decided.number|on_spot_decided.number",
            "recipient": "filed.party_name|on_spot_decided.party_name",
            "servers": "handed_over.handlers|filed.handlers|on_spot_decided.officers",
            "place": "filed.party_address",
            "e_confirmed": "delivery_confirmed.electronic",
        },
        made=Made(("decision",), delivering.decision_of),
    ),
    Act(
        "performed",
        on=CASE,
        new_key=True,
        fixed={"decision": courses.DECISION},
        checks=(performing.wrong_amount,),
    ),
    Act(
        "correction_checked",
        on=CASE,
        same=courses.DECIDED_BY,
        repeats=True,
        suggested={"officers": "handed_over.handlers|filed.handlers|on_spot_decided.officers"},
    ),
    Act("execution_ended", on=CASE, same=courses.DECIDED_BY, checks=performing.AS_RECORDED),
    Act(
        "closing_proposed",
        on=CASE,
        after=("terminated", "execution_ended", "court_accepted", "transferred"),
        answers=({"execution_ended": {}}, {"court_accepted": {"accepted": True}}, {"terminated": {}}),
        sent_back_by=({"closing_endorsed": {"agree": False}},),
        settled_by=("closed",),
        made=courses.endorsing.NOT_ASKED_ANY_MORE,
    ),
    Act(
        "closed",
        on=CASE,
        after=("closing_proposed",),
        answers=({"closing_proposed": {}},),
        fixed=taken("closing_proposed", "closing_kind", "report", "sign_handler"),
    ),
)
