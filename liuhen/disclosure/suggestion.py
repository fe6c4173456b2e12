"""拟制公示 filled in from the decision: the result in words, the matter without 涉嫌, the agency by its name."""

from liuhen.accounts.models import Agency
from liuhen.acts.act import Matter, fields_of
from liuhen.acts.registry import Suggested
from liuhen.kernel.money import format_yuan
from liuhen.ledger import Entry

_FROM = "处罚决定"
_SUSPECTED = "涉嫌"


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


def agency_name(agency: str) -> str:
    """The agency by its full name."""
    return str(Agency.objects.values_list("name", flat=True).get(id=agency))


def result_of(decided: Entry) -> str:
    """What was decided, in words."""
    fields = fields_of(decided)
    return _result(fields.get("amount"), fields.get("refund"), bool(fields.get("correction_ordered")))


def _result(fine: int | None, refund: int | None, correction: bool) -> str:
    """责令改正；责令退回医疗保障基金…元；罚款…元."""
    parts = ["责令改正"] if correction else []
    if refund:
        parts.append(f"责令退回医疗保障基金{format_yuan(refund)}元")
    if fine:
        parts.append(f"罚款{format_yuan(fine)}元")
    return "；".join(parts)
