"""What the screens say of verdicts and dates: words of the office, a colour never alone."""

from dataclasses import dataclass

from liuhen.cases.remaining import due_text, remaining_text
from liuhen.kernel.clock import MS_PER_DAY, MS_PER_HOUR, format_local
from liuhen.law.calendar import Calendar
from liuhen.law.counting import elapsed

VERDICTS = {
    "met": "✓ 已办",
    "met_late": "✓ 逾期办结",
    "due": "○ 待办",
    "overdue": "! 逾期",
    "missing": "! 缺失",
    "excused": "免除",
    "not_applicable": "不适用",
    "cannot_tell": "? 待判断",
    "option": "可以办",
    "waiting": "等待对方",
    "unwatched": "启用前",
}
_HALTED_UNITS = {"hours": "小时", "working_days": "个工作日"}


@dataclass(frozen=True)
class When:
    """A due date in words: `还有 3 个工作日 · 10月12日 周一`, and the whole instant for whoever wants it."""

    text: str
    full: str
    late: bool


def when(
    due_ms: int | None,
    now_ms: int,
    calendar: Calendar,
    *,
    no_number: bool = False,
    starts_ms: int | None = None,
    halted: tuple[int, str] | None = None,
) -> When:
    """How far a due instant is away; for a limit without number, how long it has been running.

    `halted`: how much was left, and its unit, when the time stopped running.
    """
    if halted is not None:
        left, unit = halted
        return When(f"期间中止，恢复后还有 {left} {_HALTED_UNITS.get(unit, '天')}", "", False)
    if due_ms is not None:
        remaining = remaining_text(due_ms, now_ms, calendar)
        return when_of(remaining, due_text(due_ms, now_ms), due_ms, late=due_ms < now_ms)
    if no_number and starts_ms is not None:
        days = (now_ms - starts_ms) // MS_PER_DAY
        return When(f"没有具体天数，及时办理{f'；已过 {days} 天' if days > 0 else ''}", "", False)
    return When("", "", False)


def when_of(remaining: str, due: str, due_ms: int | None, *, late: bool) -> When:
    """The words put together."""
    full = f"{format_local(due_ms)} 截止" if due_ms is not None else ""
    return When(" · ".join(one for one in (remaining, due) if one), full, late)


def met(met_ms: int | None, due_ms: int | None) -> When:
    """When it was done, and until when it could have been."""
    if met_ms is None:
        return When("", "", False)
    return When(format_local(met_ms), f"期限 {format_local(due_ms)}" if due_ms is not None else "", False)


def since(since_ms: int, now_ms: int) -> str:
    """How long something has been waiting; below an hour only from when."""
    at = format_local(since_ms)
    return (
        f"{at} 起等待，已 {elapsed(since_ms, now_ms)}" if now_ms - since_ms >= MS_PER_HOUR else f"{at} 转来"
    )
