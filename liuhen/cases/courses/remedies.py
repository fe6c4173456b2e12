"""行政复议和行政诉讼: the notice, the answer with its list of evidence, the outcome; on archived cases too."""

from collections.abc import Mapping

from liuhen.acts import registry
from liuhen.acts.act import Act, Doing, Matter, fields_of
from liuhen.acts.registry import Suggested
from liuhen.cases import matrix
from liuhen.cases.courses.enforcement import DECISION
from liuhen.cases.courses.places import CASE
from liuhen.cases.decisions import not_before
from liuhen.cases.proofs import DRAWN
from liuhen.cases.recalled import source_of
from liuhen.kernel.money import format_yuan


def _no_more_than_paid(doing: Doing) -> Mapping[str, str]:
    """What is given back was paid before, and is given back once."""
    matter, what = doing.matter, doing.payload["what"]
    if matter is None or doing.corrected is not None:
        return {}
    paid, back = (
        sum(
            fields.get("amount") or 0
            for entry in matter.all(kind)
            if (fields := fields_of(entry))["what"] == what
            and fields["decision"] == doing.payload["decision"]
        )
        for kind in ("performed", "money_returned")
    )
    if doing.payload["amount"] <= paid - back:
        return {}
    rest = format_yuan(max(paid - back, 0))
    return {
        "amount": f"金额：当事人缴纳的{format_yuan(paid)}元，已退还{format_yuan(back)}元，还可以退还{rest}元，请核对"
    }


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
    for entry in matter.all("evidence_collected"):
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
            {"name": kinds[kind].title, "source": fields_of(entry)[holder]} for entry in matter.all(kind)
        ]
    return {"evidence": (rows, collected.title)} if rows else {}
