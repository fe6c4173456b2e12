"""The courses of a case beside the main one, each in its own module: `ACTS`, and what fills their forms in."""

from liuhen.acts import registry
from liuhen.cases import changed, matrix
from liuhen.cases.courses import (
    application,
    endorsing,
    enforcement,
    evidence,
    fees,
    handover,
    informing,
    joining,
    jurisdiction,
    measures,
    mercy,
    outside,
    recusal,
    remedies,
    summary,
    urgent,
)
from liuhen.cases.presence import guarded

early = urgent.early
DECISION = enforcement.DECISION
"""Where the decision of a case is named, of the general course or on the spot."""
DECIDED_BY = ("decided", "on_spot_decided")
"""The kinds that decide a case."""
MERCY, mercy_shown = mercy.MERCY, mercy.CHECKS
_COURSES = (
    application,
    jurisdiction,
    joining,
    urgent,
    measures,
    evidence,
    outside,
    recusal,
    summary,
    enforcement,
    remedies,
    handover,
    informing,
    matrix,
    endorsing,
)


def register() -> None:
    """Make the acts of all courses known to the door."""
    for course in _COURSES:
        registry.register(*guarded(course.ACTS))
    registry.register_suggestion("approve_transfer", jurisdiction.suggested_transfer)
    registry.register_suggestion("hand_over", handover.suggested_handover)
    registry.register_suggestion("decide_on_spot", summary.suggested_decision)
    registry.register_suggestion("refer_jurisdiction", jurisdiction.superior)
    registry.register_suggestion("record_performance", summary.suggested_performance)
    registry.register_suggestion("release_seal", measures.suggested_release)
    registry.register_suggestion("apply_court_enforcement", enforcement.suggested_application)
    registry.register_suggestion("answer_remedy", remedies.suggested_answer)
    registry.register_chosen("record_outcome", changed.CHOSEN, changed.suggested)
    registry.register_chosen("return_money", "what", remedies.suggested_return)
    registry.register_suggestion("draw_matrix", matrix.suggested)
    registry.register_suggestion("report_investigation", matrix.suggested_report)
    registry.register_suggestion("draft_decision", matrix.suggested_draft)
    registry.register_suggestion("serve_notice", matrix.suggested_notice)
    registry.register_dated_suggestion("order_surcharge", fees.suggested_surcharge)
    registry.register_dated_suggestion("urge_performance", fees.suggested_urging)
