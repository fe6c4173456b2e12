"""草拟的数额: what a draft's sums will meet when the decision is made, said when it is drafted."""

from liuhen.acts import judgement, registry
from liuhen.acts.act import Matter
from liuhen.acts.errors import Reason
from liuhen.acts.form import form_of

DRAFT_ACT = "draft_decision"
_DECIDE = "decide"
_SUMS = ("amount", "refund")


def against_the_sums(matter: Matter, now_ms: int) -> list[Reason]:
    """Why a decision on the latest draft would be refused because of its sums alone."""
    act = registry.act(_DECIDE)
    known = {name: source.value for name, source in form_of(act, matter).filled.items()}
    found = [one for name in _SUMS for one in judgement.because_of(act, matter, now_ms, known, name)]
    return list({one.rule: one for one in found}.values())
