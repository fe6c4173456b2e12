"""拟制公示 filled in from the decision: the result in words, the matter without 涉嫌, the agency by its name.

And 决定不予公开 from what was taken down.
"""

from liuhen.accounts.models import Agency
from liuhen.acts import registry
from liuhen.acts.act import Matter, fields_of
from liuhen.acts.registry import Suggested
from liuhen.kernel.money import format_yuan
from liuhen.ledger import Entry

_FROM = "处罚决定"
_SUSPECTED = "涉嫌"
_SAID_BY_KIND = ("decision_kind", "sanction")
_SAID_BY_SUMS = ("penalty", "fine")
"""Kinds of decisions and sanctions of which the sums say all."""


def suggested_posting(matter: Matter) -> Suggested:
    """Values for the form of `prepare_disclosure`; nothing before there is a decision."""
    decided = matter.last("decided") or matter.last("on_spot_decided")
    if decided is None:
        return {}
    return {
        "title": (str(fields_of(decided).get("cause", "")).removeprefix(_SUSPECTED), _FROM),
        "result": (result_of(decided), _FROM),
        "agency_name": (agency_name(matter.agency), "机关名册"),
    }


def suggested_withholding(matter: Matter) -> Suggested:
    """Why it is withheld: why it was taken down, if that was for not being for the public."""
    taken = matter.last("taken_down")
    if taken is None or fields_of(taken).get("why") != "not_public":
        return {}
    return {"reason": (fields_of(taken)["reason"], "撤下公示")}


def agency_name(agency: str) -> str:
    """The agency by its full name."""
    return str(Agency.objects.values_list("name", flat=True).get(id=agency))


def result_of(decided: Entry) -> str:
    """What was decided, in words: 不予处罚；警告；责令改正；责令退回医疗保障基金…元；罚款…元."""
    fields, kind = fields_of(decided), registry.dictionary().kinds[decided.kind].fields
    said = [(name, str(fields.get(name) or "")) for name in _SAID_BY_KIND if name in kind]
    parts = [kind[name].choices[value] for name, value in said if value not in ("", *_SAID_BY_SUMS)]
    if fields.get("correction_ordered"):
        parts.append("责令改正")
    if refund := fields.get("refund"):
        parts.append(f"责令退回医疗保障基金{format_yuan(refund)}元")
    if fine := fields.get("amount"):
        parts.append(f"罚款{format_yuan(fine)}元")
    return "；".join(parts)
