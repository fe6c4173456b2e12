"""管辖和移送: whose matter it is, disputes over that, and a matter that goes to somebody else, crimes included."""

from liuhen.accounts.queries import superior_name
from liuhen.acts import registry
from liuhen.acts.act import Act, Matter
from liuhen.acts.registry import Suggested
from liuhen.cases.courses.agreeing import as_said, not_yet, required_when
from liuhen.cases.courses.places import LEAD, LEAD_OR_CASE, taken
from liuhen.cases.decisions import not_before

_GROUNDS = ("no_jurisdiction_found", "crime_reported")
_TRANSFER = (*_GROUNDS, "transfer_approved")
_DISPUTE = ("jurisdiction_disputed",)

ACTS = (
    Act("transfer_received", on=LEAD, suggested={"from_agency": "lead_registered.lead_source"}),
    Act(
        "jurisdiction_disputed",
        on=LEAD_OR_CASE,
        new_key=True,
        suggested={
            "other_agency": "transfer_received.from_agency",
            "received_case": "transfer_received.by_jurisdiction",
        },
    ),
    Act(
        "jurisdiction_negotiated",
        on=LEAD_OR_CASE,
        same=_DISPUTE,
        checks=(required_when("competent", "outcome", "agreed"),),
    ),
    Act(
        "jurisdiction_referred",
        on=LEAD_OR_CASE,
        same=_DISPUTE,
        answers=({"jurisdiction_negotiated": {"outcome": "failed"}},),
        settled_by=("jurisdiction_designated",),
        suggested={"reason": "jurisdiction_negotiated.content|jurisdiction_disputed.reason"},
    ),
    Act(
        "jurisdiction_designated",
        on=LEAD_OR_CASE,
        same=("jurisdiction_disputed", "jurisdiction_referred"),
        new_key=True,
        suggested={
            "superior": "jurisdiction_referred.superior",
            "competent": "no_jurisdiction_found.competent",
        },
    ),
    Act(
        "jurisdiction_moved",
        on=LEAD_OR_CASE,
        new_key=True,
        suggested={"other_agency": "jurisdiction_referred.superior"},
    ),
    Act(
        "no_jurisdiction_found",
        on=LEAD_OR_CASE,
        new_key=True,
        suggested={
            "competent": "jurisdiction_designated.competent|jurisdiction_negotiated.competent"
            "|transfer_received.from_agency",
            "reason": "verified.reasons",
        },
    ),
    Act(
        "crime_reported",
        on=LEAD_OR_CASE,
        new_key=True,
        suggested={"officers": "handed_over.handlers|filed.handlers|verified.officers"},
    ),
    Act(
        "transfer_approved",
        on=LEAD_OR_CASE,
        after=(*_GROUNDS, "decided"),
        same=("no_jurisdiction_found", "crime_reported"),
        new_key=True,
        repeats=True,
        answers=({"no_jurisdiction_found": {}}, {"crime_reported": {}}),
        settled_by=("transferred",),
        suggested={"reason": "crime_reported.report|no_jurisdiction_found.reason|decided.basis"},
        checks=(not_yet("transferred"),),
    ),
    Act(
        "transferred",
        on=LEAD_OR_CASE,
        after=(*_TRANSFER, "decided"),
        same=_TRANSFER,
        new_key=True,
        answers=({"transfer_approved": {"agree": True}},),
        suggested=taken("transfer_approved", "transfer_kind", "receiver", "reason")
        | {"material": "transfer_received.material", "report": "crime_reported.report"},
        fixed={"lead": "lead_registered.lead"},
        checks=(
            as_said("transfer_approved", "transfer_kind", "receiver"),
            required_when("report", "transfer_kind", "crime"),
            not_before("transfer_approved", "at"),
        ),
    ),
    Act(
        "transfer_answered",
        on=LEAD_OR_CASE,
        same=("transferred",),
        repeats=True,
        suggested={"receiver": "transferred.receiver", "number": "transferred.receipt"},
        checks=(required_when("reason", "outcome", "refused", "returned"), not_before("transferred", "at")),
    ),
)

_KIND_OF_DECISION = {"transfer": "handling", "transfer_crime": "crime"}


def suggested_transfer(matter: Matter) -> Suggested:
    """移送种类 and 受移送机关 of the approval, from what led to it."""
    found, crime = matter.last("no_jurisdiction_found"), matter.last("crime_reported")
    if crime is not None and (found is None or crime.index > found.index):
        return {"transfer_kind": ("crime", registry.dictionary().kinds["crime_reported"].title)}
    if found is not None:
        title = registry.dictionary().kinds[found.kind].title
        return {"transfer_kind": ("jurisdiction", title), "receiver": (found.open["competent"], title)}
    kind = _KIND_OF_DECISION.get(matter.value("decided", "decision_kind") or "")
    return {"transfer_kind": (kind, registry.dictionary().kinds["decided"].title)} if kind else {}


def superior(matter: Matter | None) -> Suggested:
    """Who designates is the bureau above this one, as the register of agencies says."""
    above = superior_name(matter.agency) if matter else ""
    return {"superior": (above, "机构登记")} if above else {}
