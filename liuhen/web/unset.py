"""填写之前: what the paper of a form wants of the agency's settings, and the agency has not set."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from liuhen.documents.terms import TERMS, lacking
from liuhen.law.dictionary import standard
from liuhen.web.forms import Control

_WANTED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "draft_decision": {
        "remedies": ("review_organ", "court"),
        "performance": ("fine_payment", "refund_payment"),
    },
    "decide_on_spot": {"remedies": ("review_organ", "court"), "amount": ("fine_payment",)},
    "demand_correction": {"remedies": ("review_organ", "court")},
    "urge_performance": {"payment": ("fine_payment", "refund_payment")},
}
"""By form and field, what its paper names besides."""


def told_unset(made: Sequence[Control], name: str, agency: str, now_ms: int) -> list[Control]:
    """The fields, with what is missing and who enters it; where all is set, as they are."""
    wanted = _WANTED.get(name)
    if wanted is None:
        return list(made)
    return [
        replace(one, hint=_hint(missing))
        if one.name in wanted and (missing := lacking(agency, now_ms, *wanted[one.name]))
        else one
        for one in made
    ]


def _hint(missing: Sequence[str]) -> str:
    """What the paper will not name, and the remedy."""
    title = standard().kinds[TERMS].title
    who = f"请系统管理员在“机关设置”里办理“{title}”；登记以前在这里写明"
    return f"本机关还没有登记{'、'.join(missing)}，文书上不会印出。{who}"
