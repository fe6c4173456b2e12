"""From what a published case says to the acts that would record it, and the words that each of them takes."""

from datetime import date
from typing import Any

from liuhen.acts.checks import BUSINESS
from liuhen.kernel.money import format_yuan
from liuhen.oversight.published.outside import PAID, agreements, without_a_place
from liuhen.oversight.published.plan import (
    CASE,
    CREDIT_CODE,
    LEAD,
    Plan,
    decided,
    handled_by_agreement,
    ours,
    punished,
    spared,
)
from liuhen.oversight.published.reading import UNSTATED, Published

HANDLERS = ["zhang", "li"]
"""Who enters: the handlers of the stage stand where a form demands officers."""
STOOD_IN = "承办人员（由录入人员代）"


def plans(case: Published, as_of: date) -> list[Plan]:
    """A plan for each party by itself."""
    return [_plan(case, party, as_of) for party in case.parties]


def _plan(case: Published, party: str, as_of: date) -> Plan:
    plan = Plan(case, party, as_of)
    _lead(plan)
    agreements(plan)
    if not ours(case):
        _elsewhere(plan)
        return plan
    if handled_by_agreement(case) or not punished(case):
        why = (
            "由经办机构按协议处理，不是行政处罚" if case.words.get("agreement") else "来源没有载明立案、处罚"
        )
        plan.outside.append(("立案及其后", why))
        _inspection(plan, LEAD)
    else:
        _filing(plan)
        _inspection(plan, CASE)
        _evidence(plan)
        _notice(plan)
        _decision(plan)
        _after(plan)
    without_a_place(plan, filed=any(attempt.opens == CASE for attempt in plan.attempts))
    _transfers(plan)
    plan.attempts.sort(key=lambda attempt: attempt.day)
    return plan


def _lead(plan: Plan) -> None:
    case = plan.case
    source, stood_in = _source(case)
    content = f"{case.text('clue') or UNSTATED}。{case.facts}"
    values = {
        "source": source,
        "informant_kind": "anonymous" if source in ("report", "complaint") else "none",
        "lead_source": case.text("clue"),
        "suspect": plan.party,
        "content": content,
        "accepted": True,
        "opinion": UNSTATED,
    }
    if source in ("report", "complaint"):
        stood_in = (*stood_in, "投诉举报人是否具名")
    plan.add("register_lead", "zhang", "", plan.on_day(), values, opens=LEAD, stood_in=stood_in)


def _source(case: Published) -> tuple[str, tuple[str, ...]]:
    clue = case.text("clue") or case.text("agency").partition("(")[2]
    for word, source in _SOURCES:
        if word in clue:
            return source, ()
    return "inspection", () if case.words.get("inspected") else ("案件来源（表单必须选择）",)


_SOURCES = (
    ("举报", "report"),
    ("投诉", "complaint"),
    ("追溯码", "monitoring"),
    ("智能", "monitoring"),
    ("飞检", "superior"),
    ("国家局", "superior"),
    ("移交", "passed_on"),
    ("移送", "passed_on"),
    ("公安", "passed_on"),
)


def _party(plan: Plan) -> dict[str, Any]:
    case = plan.case
    values: dict[str, Any] = {
        "party_kind": "citizen" if case.text("party_kind").startswith("个人") else "organisation",
        "party_name": plan.party,
        "party_head": case.text("rep_masked"),
    }
    if case.text("party_id_type") == CREDIT_CODE and values["party_kind"] != "citizen":
        values["party_code"] = case.text("party_id")
        if values["party_code"].startswith(BUSINESS):
            values["party_kind"] = "individual_business"
    return values


def party_text(plan: Plan) -> str:
    """当事人基本情况: with the number that it has where that is not a credit code, and with the published 文号."""
    case = plan.case
    number = f"{case.text('party_id_type')}{case.text('party_id')}" if case.words.get("party_id") else ""
    published = f"公布的文号{case.text('doc_no')}" if case.words.get("doc_no") else ""
    return "，".join(filter(None, [plan.party, case.text("party_kind"), number, published]))


def _filing(plan: Plan) -> None:
    case, when = plan.case, plan.on_day("filed") if plan.case.day("filed") else plan.on_day()
    verified = {"verification": UNSTATED, "recommendation": "file", "reasons": UNSTATED, "officers": HANDLERS}
    inferred = (STOOD_IN, "核查意见（由来源载明的立案、处罚推知）")
    plan.add("verify_lead", "zhang", LEAD, when, verified, stood_in=inferred)
    proposal = {
        **_party(plan),
        "cause": case.cause,
        "facts": f"{party_text(plan)}。{case.facts}",
        "verification": UNSTATED,
        "reasons": UNSTATED,
        "jurisdiction": "place_of_act",
        "in_area": True,
        "procedure": "general",
        "handlers": HANDLERS,
        "opinion": UNSTATED,
    }
    stood_in = (STOOD_IN, "管辖依据（表单必须选择）", "适用程序（表单必须选择）")
    plan.add("propose_filing", "zhang", LEAD, when, proposal, stood_in=stood_in)
    plan.add("endorse_filing", "ke", LEAD, when, {"opinion": UNSTATED, "agree": True}, stood_in=("审批人员",))
    plan.add("file_case", "fuju", LEAD, when, {"opinion_head": UNSTATED}, opens=CASE, stood_in=("审批人员",))


def _inspection(plan: Plan, on: str) -> None:
    if plan.case.words.get("inspected"):
        values = {
            "party_name": plan.party,
            "place": UNSTATED,
            "findings": plan.case.facts,
            "statements": UNSTATED,
        }
        plan.add(
            "inspect",
            "zhang",
            on,
            plan.on_day("inspected"),
            {**values, "officers": HANDLERS},
            stood_in=(STOOD_IN,),
        )


def _evidence(plan: Plan) -> None:
    for name in plan.case.listed("evidence"):
        values = {
            "name": str(name),
            "quantity": f"若干（{UNSTATED}）",
            "from_holder": UNSTATED,
            "proves": plan.case.facts,
            "officers": HANDLERS,
        }
        when = plan.on_day("decided")
        plan.add("collect_evidence", "zhang", CASE, when, values, stood_in=(STOOD_IN,))


def _notice(plan: Plan) -> None:
    case = plan.case
    if case.words.get("notified"):
        values = {
            "proposed_kind": "none" if spared(case) else "penalty",
            **_sums(case),
            "facts": case.facts,
            "basis": "；".join(case.basis) or UNSTATED,
            "ways": UNSTATED,
            "recipient": UNSTATED,
            "servers": HANDLERS,
        }
        plan.add("serve_notice", "zhang", CASE, plan.on_day("notified"), values, stood_in=(STOOD_IN,))


def _sums(case: Published, fine: int | None = None) -> dict[str, str]:
    fine = case.fine if fine is None else fine
    stated = {"amount": fine, "refund": case.refund}
    return {name: f"{format_yuan(fen, grouped=False)}元" for name, fen in stated.items() if fen is not None}


def _draft(plan: Plan, kind: str, fine: int | None = None) -> dict[str, Any]:
    case = plan.case
    days = case.text("pay_within_days")
    return {
        "decision_kind": kind,
        **_sums(case, fine),
        "drafter": UNSTATED,
        "unit_reviewer": UNSTATED,
        "party": party_text(plan),
        "facts": case.facts,
        "evidence": case.text("evidence") or UNSTATED,
        "basis": "；".join(case.basis) or UNSTATED,
        "factors": UNSTATED,
        "discretion": case.text("local_basis") or UNSTATED,
        "statement_handling": UNSTATED,
        "performance": f"{days}日内缴纳" if days else UNSTATED,
        "remedies": UNSTATED,
    }


def _decision(plan: Plan) -> None:
    case, when = plan.case, plan.on_day("decided")
    if "司法" in case.text("transfer"):
        plan.outside.append(("罚款决定", "已移送司法机关，不再作出行政处罚"))
        return
    if not decided(case):
        plan.outside.append(("决定", "来源没有载明决定的种类、违法行为和金额"))
        return
    proposed = case.sum_of("proposed_fine")
    if proposed is not None:
        plan.add("draft_decision", "zhang", CASE, when, _draft(plan, "penalty", proposed))
        opinion = {"opinion": "change", "remarks": case.text("outcome"), "reviewer": ["shen"]}
        plan.add("give_opinion", "shen", CASE, when, opinion, stood_in=("法制审核人员",))
    plan.add("draft_decision", "zhang", CASE, when, _draft(plan, "none" if spared(case) else "penalty"))
    head = {"opinion_head": UNSTATED, "correction_ordered": "责令改正" in case.facts, "party_present": False}
    plan.add(
        "decide",
        "ju",
        CASE,
        when,
        head,
        stood_in=("签发人员", "责令改正（未提到的按否）", "宣告时当事人是否在场（按否）"),
    )


def _after(plan: Plan) -> None:
    case = plan.case
    for name, what, _ in PAID:
        if (paid := case.fen(name)) is not None:
            values = {
                "what": what,
                "amount": f"{format_yuan(paid, grouped=False)}元",
                "description": UNSTATED,
            }
            plan.add("record_performance", "cai", CASE, plan.on_day("decided"), values)
    if case.words.get("review_applied"):
        values = {
            "remedy_kind": "reconsideration",
            "body": UNSTATED,
            "number": UNSTATED,
            "applicant": plan.party,
        }
        plan.add("record_remedy", "shen", CASE, plan.on_day("review_applied"), {**values, "claims": UNSTATED})
    if case.words.get("published"):
        posting = {
            "form": "abstract",
            "title": case.cause,
            "party_name": plan.party,
            "facts": case.facts,
            "basis": "；".join(case.basis) or UNSTATED,
            "result": case.text("decision_type") or UNSTATED,
            "agency_name": case.text("agency"),
        }
        plan.add("prepare_disclosure", "zhao", CASE, plan.on_day("published"), posting)


def _elsewhere(plan: Plan) -> None:
    case, when = plan.case, plan.on_day()
    values = {"competent": case.text("agency"), "reason": "来源载明由该机关处罚。"}
    plan.add("find_no_jurisdiction", "zhang", LEAD, when, values)
    if any(word in case.text("agency") for word in ("移交", "移送")):
        sent = {"transfer_kind": "jurisdiction", "receiver_kind": "other", "receiver": case.text("agency")}
        plan.add("transfer_case", "zhang", LEAD, when, {**sent, "material": UNSTATED})
    plan.outside.append(("罚款、没收", f"由{case.text('agency')}作出，不是医疗保障行政部门的决定"))


def _transfers(plan: Plan) -> None:
    for receiver in filter(None, plan.case.text("transfer").split("、")):
        values: dict[str, Any] = {"transfer_kind": "crime", "receiver": receiver, "material": UNSTATED}
        if "公安" in receiver:
            values["receiver_kind"] = "police"
        elif "司法" not in receiver:
            values |= {"receiver_kind": "other", "transfer_kind": "jurisdiction"}
        on = CASE if any(attempt.opens == CASE for attempt in plan.attempts) else LEAD
        plan.add("transfer_case", "zhang", on, plan.on_day("decided"), values, stood_in=("移送种类",))
