"""行政复议和行政诉讼: the notice, the answer with its list of evidence, the outcome; on archived cases too."""

from collections.abc import Mapping
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Act, Doing, Made, Matter, fields_of
from liuhen.acts.registry import Suggested
from liuhen.cases import changed, matrix
from liuhen.cases.courses.enforcement import DECISION
from liuhen.cases.courses.places import CASE
from liuhen.cases.decisions import not_before
from liuhen.cases.proofs import DRAWN
from liuhen.cases.recalled import source_of, standing
from liuhen.kernel.money import format_yuan


def _no_more_than_paid(doing: Doing) -> Mapping[str, str]:
    """What is given back was paid before and is not asked for any more, and is given back once."""
    matter, what = doing.matter, doing.payload["what"]
    if matter is None or doing.corrected is not None:
        return {}
    rest = changed.may_go_back(matter, doing.payload["decision"], what)
    if doing.payload["amount"] <= rest:
        return {}
    paid = changed.paid(matter, doing.payload["decision"], what)
    return {
        "amount": f"金额：当事人缴纳而没有退还的{format_yuan(paid)}元，其中还可以退还{format_yuan(rest)}元，请核对"
    }


def suggested_return(_agency: str, typed: Mapping[str, Any], matter: Matter | None) -> Suggested:
    """What can still be given back of what is chosen."""
    decision = matter.value("outcome_received", "decision") if matter else None
    what = str(typed.get("what", ""))
    if matter is None or decision is None or what not in ("fine", "refund"):
        return {}
    return {"amount": (changed.may_go_back(matter, decision, what), "缴纳和退还的记录")}


ACTS = (
    Act(
        "money_returned",
        on=CASE,
        new_key=True,
        after=("outcome_received",),
        fixed={"decision": "outcome_received.decision"},
        checks=(_no_more_than_paid, not_before("outcome_received", "at")),
    ),
    Act(
        "remedy_sought",
        on=CASE,
        new_key=True,
        suggested={"applicant": "decided.party_name|on_spot_decided.party_name"},
        fixed={"decision": DECISION},
        checks=(not_before("decided", "at"),),
    ),
    Act(
        "remedy_answered",
        on=CASE,
        same=("remedy_sought",),
        answers=({"remedy_sought": {}},),
        suggested={
            "body": "remedy_sought.body",
            "basis": "decided.basis|on_spot_decided.basis",
            "agents": "handed_over.handlers|filed.handlers|on_spot_decided.officers",
        },
        checks=(not_before("remedy_sought", "at"),),
    ),
    Act(
        "outcome_received",
        on=CASE,
        new_key=True,
        suggested={"by": "remedy_sought.body"},
        fixed={"decision": DECISION},
        made=Made(changed.MADE, changed.worked_out),
        checks=(changed.amounts_said,),
    ),
)


def suggested_answer(matter: Matter) -> Suggested:
    """证据清单: as the table of facts and evidence has it; without one every piece of evidence and every record."""
    drawn = matter.last(DRAWN)
    if drawn is not None:
        return {"evidence": (matrix.listed(matter), source_of(drawn))}
    kinds = registry.dictionary().kinds
    collected = kinds["evidence_collected"]
    rows = []
    for entry in standing(matter, "evidence_collected"):
        fields = fields_of(entry)
        rows.append(
            {
                "name": fields["name"],
                "kind": collected.fields["evidence_kind"].choices[fields["evidence_kind"]],
                "source": fields["from_holder"],
                "proves": fields["proves"],
            }
        )
    for kind, holder in (
        ("inspected", "party_name"),
        ("inquired", "asked_name"),
        ("appraisal_received", "signed_by"),
    ):
        rows += [
            {"name": kinds[kind].title, "source": fields_of(entry)[holder]}
            for entry in standing(matter, kind)
        ]
    return {"evidence": (rows, collected.title)} if rows else {}
