"""与投诉举报人的往来: what he is asked and what he asks, each with its answer; 举报奖励, proposed to paid."""

from collections.abc import Mapping

from liuhen.acts.act import Act, Doing, fields_of
from liuhen.cases.courses.agreeing import as_said, required_when
from liuhen.cases.courses.places import LEAD, taken
from liuhen.cases.decisions import not_before


def _somebody_informed(doing: Doing) -> Mapping[str, str]:
    """There is somebody to be asked, answered or rewarded."""
    kind = doing.matter.value("lead_registered", "informant_kind") if doing.matter else None
    return {"": "这一案源没有投诉举报人，不办理这一事项"} if kind == "none" else {}


def _one_reward(doing: Doing) -> Mapping[str, str]:
    """Of one lead one reward is open or agreed to at a time; what was not agreed to can be proposed anew."""
    matter = doing.matter
    decided = {fields_of(one)["reward"]: one for one in (matter.all("reward_decided") if matter else ())}
    for proposed in matter.all("reward_proposed") if matter else ():
        answer = decided.get(fields_of(proposed)["reward"])
        if answer is None:
            return {"": "这一案源的举报奖励正在审批，不必再呈请；要改变的，等审批以后"}
        if answer.open["agree"]:
            return {"": "这一案源已经批准举报奖励，不能再呈请一次"}
    return {}


def _agreed(doing: Doing) -> Mapping[str, str]:
    """Nothing is paid or told of a reward that was not agreed to."""
    wanted = doing.payload.get("reward")
    decided = doing.matter.all("reward_decided") if doing.matter else []
    if any(fields_of(one)["reward"] == wanted and not one.open["agree"] for one in decided):
        return {"reward": "举报奖励：负责人没有同意，不得发放"}
    return {}


def _as_agreed(doing: Doing) -> Mapping[str, str]:
    """What is paid is what was agreed to."""
    return as_said("reward_decided", "amount")(doing) if doing.payload.get("outcome") == "paid" else {}


def _reachable(doing: Doing) -> Mapping[str, str]:
    """Whoever could not be reached: what was tried is said."""
    return required_when("reason", "unreachable", True)(doing)


_TALK = (
    Act("informant_asked", on=LEAD, new_key=True, checks=(_somebody_informed,)),
    Act(
        "informant_replied",
        on=LEAD,
        same=("informant_asked",),
        checks=(required_when("replied", "outcome", "answered"), not_before("informant_asked", "at")),
    ),
    Act("informant_inquired", on=LEAD, new_key=True, checks=(_somebody_informed,)),
    Act(
        "informant_answered",
        on=LEAD,
        same=("informant_inquired",),
        repeats=True,
        suggested=taken("informant_inquired", "method"),
        checks=(_reachable, not_before("informant_inquired", "at")),
    ),
)

_REWARD = (
    Act("reward_proposed", on=LEAD, new_key=True, checks=(_somebody_informed, _one_reward)),
    Act(
        "reward_decided",
        on=LEAD,
        same=("reward_proposed",),
        answers=({"reward_proposed": {}},),
        suggested=taken("reward_proposed", "amount"),
        checks=(required_when("amount", "agree", True),),
    ),
    Act(
        "reward_told",
        on=LEAD,
        same=("reward_decided",),
        repeats=True,
        checks=(_agreed, _reachable, not_before("reward_decided", "at")),
    ),
    Act(
        "reward_paid",
        on=LEAD,
        same=("reward_decided",),
        answers=({"reward_told": {}, "reward_decided": {"agree": True}},),
        suggested=taken("reward_decided", "amount"),
        checks=(
            _agreed,
            required_when("amount", "outcome", "paid"),
            required_when("voucher", "outcome", "paid"),
            _as_agreed,
            not_before("reward_decided", "at"),
        ),
    ),
)

ACTS = (*_TALK, *_REWARD)
