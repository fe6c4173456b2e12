"""办理计划: acts that would record a published case, at days that its source supports; what it speaks of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from liuhen.oversight.published.reading import UNSTATED, Day, Published

LEAD, CASE = "lead", "case"
CREDIT_CODE = "统一社会信用代码"
_DATES = ("filed", "inspected", "notified", "decided", "published", "review_applied")


@dataclass(frozen=True)
class Attempt:
    """One act to be tried. `dated` says why on that day; `stood_in` names what the form demanded and nobody stated."""

    act: str
    by: str
    on: str
    day: date
    dated: str
    values: Mapping[str, Any]
    stood_in: tuple[str, ...] = ()
    opens: str = ""


@dataclass
class Plan:
    """案件的办理计划 for one party: the acts, and what has no act to record it, with the reason."""

    case: Published
    party: str
    as_of: date
    attempts: list[Attempt] = field(default_factory=list)
    outside: list[tuple[str, str]] = field(default_factory=list)

    def add(
        self, act: str, by: str, on: str, when: tuple[date, str], values: Mapping[str, Any], **more: Any
    ) -> None:
        """One more act."""
        self.attempts.append(Attempt(act, by, on, *when, values, **more))

    def on_day(self, *names: str) -> tuple[date, str]:
        """The first of these dates that the source states, and how exactly; none: the first later one, or `as_of`."""
        for name in names:
            day = self.case.day(name)
            if day is not None:
                return day.last, _dated(name, day)
        later = _DATES[_DATES.index(names[-1]) + 1 :] if names else _DATES
        after = [(day.last, name, day.text) for name in later if (day := self.case.day(name)) is not None]
        if not after:
            return self.as_of, f"日期{UNSTATED}，按资料截止日登记"
        last, name, text = min(after)
        return last, f"日期{UNSTATED}，不晚于{_NAMED[name]}{text}"


_NAMED = dict(zip(_DATES, ("立案日", "检查日", "告知日", "决定日", "公布日", "申请复议日"), strict=True))


def _dated(name: str, day: Day) -> str:
    exact = "" if day.exact else "，只载明到月，按月末登记"
    return f"来源载明的{_NAMED[name]}{exact}"


def ours(case: Published) -> bool:
    """Whether a medical-insurance authority acted; what stands in brackets after its name is not the name."""
    name = case.text("agency").partition("(")[0].partition("（")[0]
    return "医保" in name or "医疗保障" in name


def handled_by_agreement(case: Published) -> bool:
    """Whether the body that manages the agreements acted, which imposes no penalties."""
    return any(word in case.text("agency") for word in ("中心", "经办"))


def punished(case: Published) -> bool:
    """Whether the source speaks of proceedings for a penalty, not of an agreement or a suspicion alone."""
    words = (
        "filed",
        "notified",
        "doc_no",
        "decision_type",
        "fine_total",
        "outcome",
        "review_applied",
        "basis",
    )
    return any(case.words.get(word) for word in words) or case.fine is not None


def decided(case: Published) -> bool:
    """Whether the source says what was decided, and of what."""
    words = ("doc_no", "decision_type", "outcome", "notified")
    return bool(case.violations) and (case.fine is not None or any(case.words.get(word) for word in words))


def spared(case: Published) -> bool:
    """Whether no penalty was imposed."""
    return "不予" in case.text("decision_type") + case.text("outcome")
