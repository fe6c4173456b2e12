"""还应缴纳: what of a decision's money is still to come in, and by which instalments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from liuhen.acts.act import Matter, fields_of
from liuhen.acts.registry import Suggested
from liuhen.cases.courses.places import fell
from liuhen.cases.deferring import AGREED, Instalment, instalments
from liuhen.cases.performing import CHOSEN, MONEY, money_of, told
from liuhen.kernel.clock import format_date
from liuhen.kernel.money import format_yuan

PAID, PART, DUE, LATE = "已缴清", "已缴一部分", "未缴", "逾期未缴"


@dataclass(frozen=True)
class Part:
    """一期: its last day, its amount and what of it is still due, in fen."""

    number: int
    until: date
    amount: int
    rest: int
    state: str


@dataclass(frozen=True)
class Outstanding:
    """One sum of money that a decision asks for (`what` of `MONEY`), in fen; `parts`: the instalments agreed."""

    what: str
    title: str
    due: int
    done: int
    parts: Sequence[Part] = ()

    @property
    def rest(self) -> int:
        """What is still to come in."""
        return self.due - self.done


def outstanding(matter: Matter, today: date) -> list[Outstanding]:
    """Fine and refund of the last decision as far as they have not come in; nothing once it fell or is carried out."""
    decided = matter.last("decided") or matter.last("on_spot_decided")
    if decided is None or fell(matter, decided) or matter.last("execution_ended"):
        return []
    found = []
    for what, title in MONEY.items():
        due, done = money_of(matter, what)
        if what == "fine":
            done = max(done, _collected(matter, decided.index))
        if due > done:
            parts = _parts(matter, decided.index, done, today) if what == "fine" else ()
            found.append(Outstanding(what, title, due, done, parts))
    return found


def suggested(_agency: str, typed: Mapping[str, Any], matter: Matter | None) -> Suggested:
    """金额 of what is chosen: what is still due of it; while it is paid by instalments, of the one that is due next."""
    what = str(typed.get(CHOSEN, ""))
    decided = (matter.last("decided") or matter.last("on_spot_decided")) if matter else None
    if matter is None or decided is None or what not in MONEY:
        return {}
    due, done = money_of(matter, what)
    said, left = told(what, due, done), max(due - done, 0)
    parts = _parts(matter, decided.index, done, date.min) if what == "fine" else ()
    part = next((one for one in parts if one.rest), None)
    if part is None:
        return {"amount": (left, said)}
    by = f"第{part.number}期{format_yuan(part.amount)}元，{format_date(part.until)}前缴"
    return {"amount": (min(part.rest, left), f"{by}；{said}")}


def _collected(matter: Matter, decided: int) -> int:
    """What officers collected themselves: it may be booked in later, and is the same money then."""
    return sum(
        int(one.open.get("amount") or 0) for one in matter.all("fine_collected") if one.index > decided
    )


def _parts(matter: Matter, decided: int, done: int, today: date) -> Sequence[Part]:
    """The instalments last agreed, filled one after the other by what came in since."""
    agreed = [one for one in matter.all(AGREED) if one.index > decided and one.open.get("agree")]
    rows = fields_of(agreed[-1]).get("plan") if agreed else None
    if not rows:
        return ()
    try:
        plan = instalments(rows)
    except ValueError:  # agreed before plans were held against anything
        return ()
    return _filled(plan, done - money_of(matter, "fine", upto=agreed[-1].index)[1], today)


def _filled(plan: Sequence[Instalment], paid: int, today: date) -> list[Part]:
    found = []
    for number, (until, amount) in enumerate(plan, 1):
        here = min(max(paid, 0), amount)
        paid -= here
        rest = amount - here
        state = PAID if not rest else LATE if until < today else PART if here else DUE
        found.append(Part(number, until, amount, rest, state))
    return found
