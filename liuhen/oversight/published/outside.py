"""What a published case states and no act of ours can take: named with the reason, not dropped."""

import re

from liuhen.oversight.published.plan import Plan
from liuhen.oversight.published.reading import UNSTATED

PAID = (("fine_paid", "fine", "缴纳罚款"), ("recovered", "refund", "追回基金"))
_UNNAMED = re.compile(r"^\d+[家人名户]|等\d+[家人名户]")


def without_a_place(plan: Plan, *, filed: bool) -> None:
    """What the source states and no act can take: said, not dropped."""
    case = plan.case
    for name, _, what in PAID:
        if case.words.get(name) and case.fen(name) is None:
            plan.outside.append((f"{what}“{case.text(name)}”", f"金额{UNSTATED}"))
        elif case.words.get(name) and not filed:
            plan.outside.append((f"{what}{case.text(name)}元", "没有决定，不能登记履行情况"))
    if _UNNAMED.search(plan.party):
        plan.outside.append((f"“{plan.party}”中的其他当事人", f"名称{UNSTATED}，不能分别登记"))


def agreements(plan: Plan) -> None:
    """协议处理, what other bodies did, and 暂停联网结算."""
    for said in map(str, plan.case.listed("agreement")):
        if _of_another(plan, said):
            continue
        why = "协议处理由经办机构作出，不是行政处罚"
        money = "；违约金与罚款不同科目，不记入罚款" if "违约金" in said else ""
        plan.outside.append((f"协议处理“{said}”", why + money))
    for name, what in _ELSEWHERE:
        if plan.case.words.get(name):
            plan.outside.append((f"{what}“{plan.case.text(name)}”", "由其他机关作出，不是本机关的办理事项"))
    if plan.case.words.get("suspend_settlement_months"):
        months = plan.case.text("suspend_settlement_months")
        plan.outside.append((f"暂停联网结算{months}个月", "决定的表单没有这一栏"))


def _of_another(plan: Plan, said: str) -> bool:
    """Of several parties of different kinds: whether a measure names the kind of another."""
    kinds = plan.case.text("party_kind").split("+")
    parties = plan.case.parties
    if len(kinds) != len(parties) or len(parties) < 2:
        return False
    own = kinds[parties.index(plan.party)]
    return not said.startswith(own) and any(said.startswith(kind) for kind in kinds)


_ELSEWHERE = (("criminal", "刑事判决"), ("other_agency", "其他机关的处理"), ("points", "记分"))
