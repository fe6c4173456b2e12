"""金额复核: every sum of a published case recomputed; a difference is printed, with whether rounding explains it."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from liuhen.kernel.money import format_yuan
from liuhen.oversight.published.limits import limits
from liuhen.oversight.published.reading import Published, fen_of

_TEN_THOUSAND = 1_000_000
_BREACH = re.compile(r"违约金([\d.]+)(万)?元?")
EQUAL, ROUNDED, DIFFERENT = "一致", "有差额，公布数取整可以解释", "不一致"


@dataclass(frozen=True)
class Sum:
    """One sum: what it is, 分 as published and as recomputed, and what the difference means."""

    what: str
    stated: int
    computed: int
    verdict: str

    @property
    def difference(self) -> int:
        """Published less recomputed, 分."""
        return self.stated - self.computed

    def line(self) -> str:
        """The sum as a Chinese line."""
        less = f"，差{format_yuan(self.difference)}元" if self.difference else ""
        stated, computed = format_yuan(self.stated), format_yuan(self.computed)
        return f"{self.what}：公布{stated}元，复算{computed}元{less}，{self.verdict}"


def sums(case: Published) -> list[Sum]:
    """All that can be recomputed from what is stated."""
    return [*_products(case), *_splits(case), *_totals(case), *breaches(case)]


def _products(case: Published) -> list[Sum]:
    found = []
    for each in case.violations:
        base = fen_of(each.get("loss"))
        base = fen_of(each.get("confiscated")) if base is None else base
        for fine, multiple in (("fine", "multiple"), ("proposed_fine", "proposed_multiple")):
            stated, times = fen_of(each.get(fine)), each.get(multiple)
            if stated is not None and times is not None and base is not None:
                found.append(
                    _times(f"{each.get('type')}：{format_yuan(base)}元×{times}倍", stated, base, times)
                )
    for group in case.words.get("fine_groups", []):
        base, stated, times = fen_of(group.get("base")), fen_of(group.get("fine")), group.get("multiple")
        if base is not None and stated is not None and times is not None:
            found.append(_times(f"分组计罚：{format_yuan(base)}元×{times}倍", stated, base, times))
    return found


def _splits(case: Published) -> list[Sum]:
    found = []
    for each in case.violations:
        whole, parts = fen_of(each.get("loss")), each.get("loss_split")
        if parts and whole is not None:
            added = sum(fen_of(part) or 0 for part in parts.values())
            found.append(_plain(f"{each.get('type')}：{'、'.join(parts)}分账相加", whole, added))
    return found


def _totals(case: Published) -> list[Sum]:
    found = []
    groups = [
        fen for each in case.words.get("fine_groups", []) if (fen := fen_of(each.get("fine"))) is not None
    ]
    added = sum(groups) if groups else case.sum_of("fine")
    for name, what, computed in (
        ("refund_total", "退回合计（各项损失相加）", case.sum_of("loss")),
        ("fine_total", "罚款合计", added),
        ("total", "没收与罚款合计", (case.sum_of("confiscated") or 0) + (added or 0)),
    ):
        stated = case.fen(name)
        if stated is not None and computed is not None:
            found.append(_plain(what, stated, computed))
    recovered, lost = case.fen("recovered"), case.refund
    if recovered is not None and lost is not None:
        found.append(_plain("追回（与各项损失相加）", recovered, lost))
    bases = [
        fen for each in case.words.get("fine_groups", []) if (fen := fen_of(each.get("base"))) is not None
    ]
    refund = case.refund
    if bases and refund is not None:
        found.append(_plain("各组计罚基数相加（与退回合计）", refund, sum(bases)))
    return found


def breaches(case: Published) -> list[Sum]:
    """违约金, each against the usual rate of the loss."""
    rate, loss = limits().breach_rate, case.refund
    found = []
    for said in case.listed("agreement"):
        match = _BREACH.search(str(said))
        if match and loss is not None:
            stated = fen_of(Decimal(match[1]) * (10_000 if match[2] else 1)) or 0
            found.append(_times(f"违约金：损失{format_yuan(loss)}元×{rate:.0%}", stated, loss, rate))
    return found


def _times(what: str, stated: int, base: int, times: Any) -> Sum:
    factor = Decimal(times)
    computed = int((base * factor).to_integral_value(ROUND_HALF_UP))
    room = (_coarse(base) * factor + _coarse(stated)) / 2
    return Sum(what, stated, computed, _verdict(stated - computed, room))


def _plain(what: str, stated: int, computed: int) -> Sum:
    return Sum(what, stated, computed, _verdict(stated - computed, Decimal(0)))


def _verdict(difference: int, room: Decimal) -> str:
    if not difference:
        return EQUAL
    return ROUNDED if abs(difference) <= room else DIFFERENT


def _coarse(fen: int) -> int:
    """The unit to which a sum seems rounded: 分, or of sums above 一万元 the 百元 or 千元 that they end on."""
    if fen < _TEN_THOUSAND:
        return 1
    return next((unit for unit in (100_000, 10_000) if fen % unit == 0), 1)
