"""Acts of legal review (法制审核) and of settling a dispute over it."""

from liuhen.acts import registry
from liuhen.acts.act import Act

CASE = frozenset({"case"})


def register() -> None:
    """Make the acts of this room known to the door."""
    registry.register(
        Act(
            "review_submitted",
            on=CASE,
            new_key=True,
            suggested={"proposal": "investigation_reported.proposal"},
            fixed={"draft": "decision_drafted.draft"},
        ),
        Act(
            "review_received",
            on=CASE,
            same=("review_submitted",),
            answers={"review_submitted": {}},
            settled_by=("review_returned",),
        ),
        Act("review_returned", on=CASE, same=("review_submitted",), repeats=True),
        Act("review_extended", on=CASE, same=("review_received",)),
        Act("review_opined", on=CASE, same=("review_received",), fixed={"draft": "review_submitted.draft"}),
        Act(
            "dispute_raised",
            on=CASE,
            new_key=True,
            fixed={"round": "review_opined.round", "draft": "review_opined.draft"},
        ),
        Act("dispute_settled", on=CASE, same=("dispute_raised",), fixed={"draft": "dispute_raised.draft"}),
    )
