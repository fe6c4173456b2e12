"""行政复议和行政诉讼: the notice, the answer with its list of evidence, the outcome; on archived cases too."""

from liuhen.acts import registry
from liuhen.acts.act import Act, Matter, fields_of
from liuhen.acts.registry import Suggested
from liuhen.cases.courses.enforcement import DECISION
from liuhen.cases.courses.places import CASE
from liuhen.cases.decisions import not_before

ACTS = (
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
    """证据清单: every piece of evidence, and every record of the investigation, as the record has them."""
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
