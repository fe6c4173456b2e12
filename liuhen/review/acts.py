"""Acts of legal review (法制审核) and of settling a dispute over it."""

from collections.abc import Mapping, Sequence

from liuhen.acts import registry
from liuhen.acts.act import Act, Doing, fields_of
from liuhen.cases.courses.places import CASE, DECIDED, TO_ENFORCE, until
from liuhen.kernel.clock import format_local
from liuhen.ledger import EntryDraft
from liuhen.review import marks, redoing
from liuhen.review.precheck.entering import kept_with_submission
from liuhen.review.remarks import each_answered, standing_opinion
from liuhen.review.suggestion import suggested_submission


def _draft_reworked(doing: Doing) -> Mapping[str, str]:
    """After an opinion that did not agree, it is another draft that is submitted, and each remark is answered."""
    matter = doing.matter
    opinion = standing_opinion(matter) if matter else None
    if opinion is None or fields_of(opinion).get("draft") != doing.payload.get("draft"):
        return {}
    if fields_of(opinion)["opinion"] == "agree":
        return {"draft": "决定草案：这份草案已经审核同意，不需要再次送审"}
    return {"draft": "决定草案：法制审核没有同意的正是这份草案，请先按审核意见重新草拟，再次送审"}


def _one_round_at_a_time(doing: Doing) -> Mapping[str, str]:
    """A round that the reviewers have not ended stands between: two open rounds would have two opinions."""
    matter = doing.matter
    last = matter.last("review_submitted") if matter else None
    if matter is None or last is None or doing.corrected is not None:
        return {}
    ended = {
        fields_of(one).get("round")
        for kind in ("review_opined", "review_returned")
        for one in matter.all(kind)
    }
    if fields_of(last)["round"] in ended:
        return {}
    return {
        "draft": f"决定草案：{format_local(last.recorded_ms)}送审的一轮还没有审结，请法制审核人员先出具意见；"
        "草案要改的，请其退回补正材料，再次送审"
    }


def _his_own_opinion(doing: Doing) -> Mapping[str, str]:
    """Whoever gives the opinion is a reviewer of the case: the signature that it bears is his."""
    if doing.actor.id in {officer["id"] for officer in doing.payload.get("reviewer", [])}:
        return {}
    return {
        "reviewer": "审核人员：出具意见的本人应当是审核人员之一，请把自己选上；由他人审核的，由其本人出具意见"
    }


def _passes_only_other(doing: Doing) -> Mapping[str, str]:
    """Whether an opinion counts as passed is said of another opinion alone: the rest say so by themselves."""
    opinion = doing.payload.get("opinion")
    if opinion == "other" or doing.payload.get("passes") is None:
        return {}
    chosen = registry.dictionary().text(doing.act.kind, "opinion", str(opinion))
    return {
        "passes": f"其他意见是否视为通过：审核意见是“{chosen}”，不填这一项；"
        "只有“其他意见和建议”才写明是否视为通过"
    }


def _his_own_to_withdraw(doing: Doing) -> Mapping[str, str]:
    """An opinion is withdrawn while it stands, by one of the reviewers who gave it."""
    opinion = standing_opinion(doing.matter) if doing.matter else None
    if opinion is None or fields_of(opinion).get("round") != doing.payload.get("round"):
        return {"": "没有可以撤回的审核意见：已经撤回，或者已经再次送审"}
    reviewers = {officer["id"]: officer["name"] for officer in fields_of(opinion).get("reviewer", [])}
    if doing.actor.id in reviewers:
        return {}
    return {"": f"审核意见由出具的人撤回（{'、'.join(reviewers.values())}）；不同意的，按规定提出异议"}


def _beside_submission(doing: Doing) -> Sequence[EntryDraft]:
    """What the machine found, and each promise that the answers make."""
    return [*kept_with_submission(doing), *redoing.promised(doing)]


def register() -> None:
    """Make the acts of this room known to the door."""
    registry.register(*redoing.ACTS)
    registry.register_suggestion("submit_review", suggested_submission)
    registry.register_suggestion("give_opinion", marks.suggested_marks)
    registry.register(
        *until(
            DECIDED,
            Act(
                "review_submitted",
                on=CASE,
                checks=(_one_round_at_a_time, _draft_reworked, each_answered, redoing.promises_followed),
                new_key=True,
                fixed={"draft": "decision_drafted.draft"},
                further=_beside_submission,
            ),
            Act(
                "review_received",
                on=CASE,
                same=("review_submitted",),
                answers=({"review_submitted": {}},),
                settled_by=("review_returned",),
            ),
            Act("review_returned", on=CASE, same=("review_submitted",), repeats=True),
            Act("review_extended", on=CASE, same=("review_received",)),
            Act(
                "review_opined",
                on=CASE,
                same=("review_received",),
                undone_by=("opinion_withdrawn",),
                fixed={"draft": "review_submitted.draft"},
                checks=(_his_own_opinion, _passes_only_other, marks.not_against_the_rows),
                made=marks.MADE,
            ),
            Act(
                "opinion_withdrawn",
                on=CASE,
                same=("review_opined",),
                repeats=True,
                fixed={"draft": "review_opined.draft"},
                checks=(_his_own_to_withdraw,),
            ),
            Act(
                "dispute_raised",
                on=CASE,
                new_key=True,
                fixed={"round": "review_opined.round", "draft": "review_opined.draft"},
            ),
            Act(
                "dispute_settled",
                on=CASE,
                same=("dispute_raised",),
                fixed={"draft": "dispute_raised.draft"},
            ),
            reopened=TO_ENFORCE,
        )
    )
