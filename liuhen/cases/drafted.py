"""草拟的数额: what a draft's sums will meet when the decision is made, said when it is drafted."""

from collections.abc import Mapping
from typing import Any

from liuhen.acts import judgement, registry
from liuhen.acts.act import Matter
from liuhen.acts.errors import Reason
from liuhen.acts.form import form_of
from liuhen.claims.reckoning import suggested_sums

DRAFT_ACT = "draft_decision"
_DECIDE = "decide"
_DRAFTED = "decision_drafted"
_SUMS = ("amount", "refund")
_OF_THE_DRAFT = frozenset({"draft", *_SUMS})
"""What the decision takes from the draft before and a draft that is only typed does not have."""


def not_to_be_decided(matter: Matter, now_ms: int) -> list[Reason]:
    """The same while the draft still waits to be decided on; nothing once it was, or can be decided no more."""
    draft, decided = matter.last(_DRAFTED), matter.last(registry.act(_DECIDE).kind)
    if draft is None or (decided and decided.index > draft.index) or registry.act(DRAFT_ACT).over(matter):
        return []
    return against_the_sums(matter, now_ms)


def takes_up_the_draft(name: str) -> bool:
    """Whether an act passes on what the draft holds: sends it to review, deliberates on it, decides by it."""
    act = registry.act(name)
    paths = [*act.fixed.values(), *act.suggested.values()]
    return any(path.startswith(f"{_DRAFTED}.") for tried in paths for path in tried.split("|"))


def against_the_sums(matter: Matter, now_ms: int, typed: Mapping[str, Any] | None = None) -> list[Reason]:
    """Why a decision on the latest draft would be refused because of its sums alone; or on one `typed` and not made.

    They are held against what was told, and against what was reckoned by causes.
    """
    act, reckoned = registry.act(_DECIDE), suggested_sums(matter)
    known = {name: source.value for name, source in form_of(act, matter).filled.items()}
    if typed is not None:
        known = {name: value for name, value in known.items() if name not in _OF_THE_DRAFT} | {**typed}
    found = [
        one
        for name in _SUMS
        for one in judgement.because_of(act, matter, now_ms, known, name, {0, reckoned.get(name, (0, ""))[0]})
    ]
    return list({one.rule: one for one in found}.values())
