"""暂缓、分期: what is agreed adds up to what is still due, in the order of its days, and ends on the day approved."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Doing, Matter, fields_of
from liuhen.cases.changed import asked, decision_of
from liuhen.cases.performing import rest_of_fine
from liuhen.kernel.clock import format_date, local_date
from liuhen.kernel.money import format_yuan, parse_yuan

REQUESTED, AGREED, TOLD = "deferral_requested", "deferral_decided", "deferral_told"
INSTALMENTS = "instalments"
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")

Instalment = tuple[date, int]
"""The last day of an instalment and its amount in fen."""


def last_day(matter: Matter, besides: str = "") -> date | None:
    """The last day to perform: that of the decision, or the later one of a deferral agreed (but not of `besides`)."""
    decided = matter.last("decided") or matter.last("on_spot_decided")
    agreed = [fields_of(entry) for entry in matter.all(AGREED) if entry.open.get("agree")]
    days = [
        fields_of(decided).get("perform_until") if decided else None,
        *(one.get("until_on") for one in agreed if one.get("deferral") != besides),
    ]
    return max((date.fromisoformat(str(day)) for day in days if day), default=None)


def instalments(rows: Iterable[Mapping[str, Any]]) -> list[Instalment]:
    """The rows of a plan as days and amounts. Raises `ValueError` in Chinese for a row that is none."""
    return [_instalment(number, row) for number, row in enumerate(rows, 1)]


def _instalment(number: int, row: Mapping[str, Any]) -> Instalment:
    found = _DAY.fullmatch(str(row.get("until", "")).strip())
    if found is None:
        raise ValueError(f"第{number}期的期限应写作 2026-09-21")
    try:
        return date(*(int(part) for part in found.groups())), parse_yuan(str(row.get("amount", "")))
    except ValueError as error:
        raise ValueError(
            f"第{number}期：期限或者金额不合格式（期限写作 2026-09-21，金额以元为单位）"
        ) from error


def days_of(values: Mapping[str, Any], matter: Matter | None) -> dict[str, Any]:
    """暂缓日数 of instalments: nobody types it, it follows from the last day."""
    if not values.get("agree") or not values.get("until_on") or values.get("days") is not None or not matter:
        return {}
    if _manner(matter, values.get("deferral")) != INSTALMENTS:
        return {}
    before = last_day(matter, str(values.get("deferral")))
    return {"days": max(0, (_date(values["until_on"]) - before).days)} if before else {}


def agreed_fits(doing: Doing) -> Mapping[str, str]:
    """What is agreed is complete: a deferral its days and its end, instalments a plan that adds up."""
    values, matter = doing.payload, doing.matter
    if not values.get("agree") or matter is None:
        return {}
    by_plan = _manner(matter, values.get("deferral")) == INSTALMENTS
    said = "分期缴纳" if by_plan else "暂缓缴纳"
    fields = registry.kind_of(doing.act).fields
    needed = ["plan", "until_on"] if by_plan else ["days", "until_on"]
    if by_plan and last_day(matter, str(values.get("deferral"))) is None:
        needed.append("days")
    errors = {
        name: f"{fields[name].label}：同意{said}的，须填写"
        for name in needed
        if values.get(name) in (None, "", [])
    }
    if errors:
        return errors
    return (_plan_fits(doing, matter) if by_plan else {}) or _end_fits(doing, matter)


def _end_fits(doing: Doing, matter: Matter) -> dict[str, str]:
    """The days agreed lead from the last day before to the one agreed."""
    before = last_day(matter, str(doing.payload.get("deferral")))
    if before is None:
        return {}
    days = int(doing.payload["days"])
    until, reached = _date(doing.payload["until_on"]), before + timedelta(days=days)
    if until == reached:
        return {}
    return {
        "days": f"暂缓日数：原履行期限至{format_date(before)}，再加{days}日是{format_date(reached)}，"
        f"与期限届满日（{format_date(until)}）不一致，请核对后改其中一处"
    }


def _plan_fits(doing: Doing, matter: Matter) -> dict[str, str]:
    label = registry.kind_of(doing.act).fields["plan"].label
    try:
        plan = instalments(doing.payload["plan"])
    except ValueError as error:
        return {"plan": f"{label}：{error}"}
    days, until = [day for day, _ in plan], _date(doing.payload["until_on"])
    if any(later <= earlier for earlier, later in pairwise(days)):
        return {"plan": f"{label}：各期的期限须由先到后、不能重复，请核对"}
    if doing.corrected is None and days[0] < local_date(doing.now_ms):
        return {"plan": f"{label}：第1期的期限（{format_date(days[0])}）已经过去，请核对"}
    if days[-1] != until:
        return {
            "until_on": f"期限届满日：应为最后一期的期限（{format_date(days[-1])}），现填{format_date(until)}，请核对"
        }
    before = last_day(matter, str(doing.payload.get("deferral")))
    if before is not None and until < before:
        return {
            "plan": f"{label}：最后一期的期限（{format_date(until)}）早于原履行期限（{format_date(before)}）；"
            "批准分期不缩短当事人的期限，请改为不早于原期限"
        }
    due, total = _rest(doing, matter), sum(amount for _, amount in plan)
    if due is None or total == due:
        return {}
    return {
        "plan": f"{label}：各期合计{format_yuan(total)}元，尚未缴纳的罚款是{format_yuan(due)}元，"
        f"相差{format_yuan(abs(due - total))}元；各期合计须等于尚未缴纳的罚款"
    }


def fine_told(values: Mapping[str, Any], matter: Matter | None) -> dict[str, Any]:
    """罚款金额 of the decision whose payment is deferred, as it stands: changed by one outcome, upheld by the next."""
    agreed = [fields_of(entry) for entry in matter.all(AGREED)] if matter else []
    decision = next(
        (one["decision"] for one in reversed(agreed) if one["deferral"] == values.get("deferral")), ""
    )
    decided = decision_of(matter, decision)
    return {"amount": asked(matter, decided, "amount")} if matter and decided else {}


def still_to_tell(doing: Doing) -> Mapping[str, str]:
    """Nobody is told how long he may still take to pay when nothing is left to be paid."""
    due = _rest(doing, doing.matter) if doing.matter else None
    if due is None or due > 0:
        return {}
    return {"": "罚款已经全部缴纳，没有可以暂缓、分期的数额，不再告知；缴款记录有误的，先更正缴款记录"}


def _rest(doing: Doing, matter: Matter) -> int | None:
    """The fine that was still due when this was entered."""
    return rest_of_fine(matter, upto=doing.corrected.index if doing.corrected else None)


def _manner(matter: Matter, key: Any) -> str:
    said = [fields_of(entry) for entry in matter.all(REQUESTED)]
    return next((str(one.get("manner", "")) for one in reversed(said) if one.get("deferral") == key), "")


def _date(value: Any) -> date:
    return date.fromisoformat(str(value))
