"""How an obligation stands at a moment: a comparison of instants, and the sentence that says it."""

from dataclasses import dataclass

from liuhen.kernel.clock import format_local
from liuhen.law.counting import UNITS, elapsed
from liuhen.law.owed import CANNOT_TELL, NOT_APPLICABLE, OPTION, Owed
from liuhen.law.reading import roles

WORDS = {
    "met": "按时",
    "met_late": "迟办",
    "due": "待办",
    "overdue": "逾期",
    "missing": "缺失",
    "excused": "免除",
    "not_applicable": "不适用",
    "cannot_tell": "无法判断",
    "option": "可以",
    "waiting": "等待他人",
}


@dataclass(frozen=True)
class Verdict:
    """结论: `state` (a key of `WORDS`), its Chinese `word`, a sentence, and whether the date is provisional."""

    state: str
    text: str
    provisional: bool = False

    @property
    def word(self) -> str:
        """The verdict in Chinese; a provisional one says so."""
        return WORDS[self.state] + ("（暂定）" if self.provisional else "")


def state(owed: Owed, now_ms: int) -> Verdict:
    """The verdict on one obligation at an instant in milliseconds UTC."""
    name, text = _judge(owed, now_ms)
    return Verdict(
        name, text, owed.provisional and name in ("met", "met_late", "due", "overdue", "missing", "waiting")
    )


def _judge(owed: Owed, now: int) -> tuple[str, str]:
    if owed.yielded_to:
        return "not_applicable", f"由{owed.yielded_to.rpartition('.')[0]}优先"
    if owed.standing == NOT_APPLICABLE:
        return "not_applicable", "条件不成立"
    if owed.standing == CANNOT_TELL:
        return "cannot_tell", f"缺 {'、'.join(owed.needs)}"
    if now < owed.arises_ms:
        return "not_applicable", f"自{format_local(owed.arises_ms)}起才产生"
    met = owed.met_ms is not None and owed.met_ms <= now
    if owed.standing == OPTION:
        return "option", "可以，不是应当；已做" if met else "可以，不是应当"
    if met:
        return _met(owed)
    if owed.excused_ms is not None and owed.excused_ms <= now:
        return "excused", owed.excuse_reason or ""
    return _open(owed, now)


def _met(owed: Owed) -> tuple[str, str]:
    at = format_local(owed.met_ms or 0)
    if owed.due_ms is None:
        return "met", f"{at}完成"
    if (owed.met_ms or 0) <= owed.due_ms:
        return "met", f"{at}完成，期限为{format_local(owed.due_ms)}"
    return (
        "met_late",
        f"{at}完成，期限为{format_local(owed.due_ms)}，迟{_late(owed.due_ms, owed.met_ms or 0)}",
    )


def _open(owed: Owed, now: int) -> tuple[str, str]:
    lacking = f"，缺 {'、'.join(owed.missing_fields)}" if owed.missing_fields else ""
    if owed.halted is not None:
        text = f"期限停止计算，剩余{owed.halted}{UNITS[owed.halted_unit]}{lacking}"
    elif owed.due_ms is None:
        text = f"没有天数限制，已过{elapsed(owed.starts_ms, now)}{lacking}"
    elif now <= owed.due_ms:
        text = f"应于{format_local(owed.due_ms)}前{lacking}"
    else:
        text = f"期限为{format_local(owed.due_ms)}，已过{_late(owed.due_ms, now)}{lacking}"
    if not owed.ours:
        return "waiting", f"等待{'、'.join(roles()[name].title for name in owed.who)}；{text}"
    over = owed.due_ms is not None and now > owed.due_ms
    if owed.missing_fields and (over or owed.no_number):
        return "missing", text
    if over:
        return ("missing" if owed.kind == "record" else "overdue"), text
    return "due", text


def _late(due: int, at: int) -> str:
    late = elapsed(due, at)
    return "不足1小时" if late == "0小时" else late
