"""公示审核时与决定书对照: the words that the publication leaves out of the decision or adds to it, told apart."""

from collections.abc import Sequence

from liuhen.acts import Matter
from liuhen.disclosure.differences import differences
from liuhen.review.changes import pieces
from liuhen.web.reviewing import ChangedView

_LOOKED_AT = frozenset({"review_disclosure", "review_secrecy", "approve_disclosure"})


def decision_beside(act: str, matter: Matter) -> Sequence[ChangedView] | None:
    """For the forms of whoever reviews or approves what is published of a decision; None for any other."""
    if act not in _LOOKED_AT or matter.last("disclosure_prepared") is None:
        return None
    return [
        ChangedView(
            one.label, pieces(one.decided, one.published) if one.decided else [("new", one.published)]
        )
        for one in differences(matter)
    ]
