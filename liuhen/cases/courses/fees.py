"""加处罚款 worked out from what was performed: filled into the order and told in the demand."""

from datetime import date

from liuhen.acts.act import Matter
from liuhen.acts.amounts import amount_of
from liuhen.acts.registry import Suggested
from liuhen.cases.changed import asked
from liuhen.cases.deferring import last_day
from liuhen.cases.late_fee import LateFee, late_fee
from liuhen.kernel.clock import local_date
from liuhen.kernel.money import format_yuan

_RATE, _CAP = "surcharge_rate", "surcharge_cap"
_FROM = "决定和履行情况，按日计算"


def fee_of(matter: Matter, on: date) -> tuple[LateFee, int] | None:
    """The fee of a case on a day, and its daily rate in percent; None where there is no fine or no last day."""
    decided = matter.last("decided") or matter.last("on_spot_decided")
    until = last_day(matter)
    fine = asked(matter, decided, "amount") if decided else None
    rate, cap = (amount_of(matter.agency, name, on) for name in (_RATE, _CAP))
    if not fine or until is None or rate is None or cap is None:
        return None
    paid = [
        (local_date(entry.happened_ms), int(entry.open["amount"]))
        for entry in matter.all("performed")
        if entry.open.get("what") == "fine" and entry.open.get("amount")
    ]
    return late_fee(int(fine), until, on, paid, _contested(matter, on), rate=rate, cap=cap), rate


def _contested(matter: Matter, on: date) -> list[tuple[date, date]]:
    """While the decision is under review or before a court nothing is added."""
    ends = [local_date(entry.happened_ms) for entry in matter.all("outcome_received")]
    found = []
    for sought in matter.all("remedy_sought"):
        first = local_date(sought.happened_ms)
        found.append((first, min((end for end in ends if end >= first), default=on)))
    return found


def suggested_surcharge(matter: Matter, on: date) -> Suggested:
    """Days, amount and working for the order."""
    found = fee_of(matter, on)
    if found is None or not found[0].fee:
        return {}
    fee, rate = found
    return {
        "days": (fee.days, _FROM),
        "amount": (fee.fee, _FROM),
        "basis": (f"截至{on}：{fee.working(rate)}", _FROM),
    }


def suggested_urging(matter: Matter, on: date) -> Suggested:
    """What is to be paid by the demand: the rest of the fine and the fee, with its working."""
    found = fee_of(matter, on)
    if found is None:
        return {}
    fee, rate = found
    said = f"未缴罚款{format_yuan(fee.unpaid)}元"
    if fee.fee:
        said += f"；截至{on}加处罚款{format_yuan(fee.fee)}元（{fee.working(rate)}），此后按日计算，至法定的上限为止"
    return {"amount": (fee.unpaid + fee.fee, _FROM), "payment": (said, _FROM)}
