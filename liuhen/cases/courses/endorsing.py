"""承办机构负责人审签: the report that ends an investigation and the proposal to close, before the head has them."""

from liuhen.acts.act import Act, Made
from liuhen.cases.courses.places import CASE, DECIDED, until

NOT_ASKED_ANY_MORE = Made(("opinion_unit",), lambda values, matter: {})
"""结案呈批 asked the handler for his unit's opinion once; now its head gives it."""

ACTS = (
    *until(
        DECIDED,
        Act(
            "report_endorsed",
            on=CASE,
            same=("investigation_reported",),
            answers=({"investigation_reported": {}},),
            settled_by=("decided", "terminated", "transferred"),
        ),
    ),
    Act(
        "closing_endorsed",
        on=CASE,
        after=("closing_proposed",),
        answers=({"closing_proposed": {}},),
        settled_by=("closed",),
    ),
)
