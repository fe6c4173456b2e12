"""How an obligation stands at a moment: a comparison of instants, and the sentence that says it."""

from collections.abc import Callable

from liuhen.kernel.clock import format_local
from liuhen.law.counting import UNITS, elapsed
from liuhen.law.names import RuleScope
from liuhen.law.owed import Owed
from liuhen.law.reading import roles
from liuhen.law.ruleinfo import NOT_APPLICABLE, OPTION, OWED
from liuhen.law.values import Reading

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
    "unwatched": "启用前",
}
_AT_ONCE = "0小时"
NOT_YET = "还没有到"
"""How it stands with what does not apply only because what would begin it has not come yet."""


class Verdict:
    """结论: `state` (a key of `WORDS`), whether the date is provisional; a Chinese word and sentence.

    Made by `state`: without `__init__`, for there are hundreds of a matter.
    """

    __slots__ = ("now_ms", "owed", "provisional", "state")
    state: str
    provisional: bool
    owed: Owed
    now_ms: int

    @property
    def word(self) -> str:
        """The verdict in Chinese; a provisional one says so."""
        return WORDS[self.state] + ("（暂定）" if self.provisional else "")

    @property
    def text(self) -> str:
        """The verdict as a sentence: by when, since when, what is missing."""
        return _SAID[self.state](self.owed, self.now_ms)


def state(owed: Owed, now_ms: int) -> Verdict:
    """The verdict on one obligation at an instant in milliseconds UTC."""
    verdict = Verdict()
    verdict.owed = owed
    verdict.now_ms = now_ms
    verdict.provisional = False
    standing = owed.standing
    if now_ms < owed.arises_ms:
        verdict.state = NOT_APPLICABLE
        return verdict
    if standing != OWED:
        info = owed.info
        if standing != OPTION or (info.no_number and (info.ours or info.kind == "owe")):
            verdict.state = (
                standing  # as is; of what is allowed without a time nothing need be worked out to know that
            )
            return verdict
        if info.ours or owed.counted is None:
            verdict.state = _allowed(owed, now_ms)
            return verdict
    counted, met = owed.counted, owed.met_ms
    if counted is None:  # as mostly: nothing says by when
        if met is not None and met <= now_ms:
            verdict.state = "met"
        elif owed.excused_fact is None and standing == OWED:
            info = owed.info
            if not info.ours:
                verdict.state = "waiting"
            else:
                verdict.state = "missing" if info.no_number and owed.missing_fields else "due"
        else:
            verdict.state = _unmet(owed, now_ms, None)
        return verdict
    due = counted.due_ms
    if met is not None and met <= now_ms:
        verdict.state = "met" if due is None or met <= due else "met_late"
    else:
        verdict.state = _unmet(owed, now_ms, due)
    if counted.provisional:
        verdict.provisional = verdict.state in _DATED
    return verdict


def _allowed(owed: Owed, now: int) -> str:
    """What is allowed stands as it is; what is allowed for a time only and was not done is over with it."""
    if owed.info.kind != "owe" or owed.due_ms is None or now <= owed.due_ms:
        return OPTION
    return OPTION if owed.met_ms is not None else NOT_APPLICABLE


def _unmet(owed: Owed, now: int, due: int | None) -> str:
    """How an obligation stands that is not met yet."""
    if owed.excused_fact is not None and owed.excused_fact.at_ms <= now:
        return "excused"
    over, info = due is not None and now > due, owed.info
    if not info.ours:  # a right of somebody outside is waited for while its time runs, and then is over
        return "not_applicable" if over and owed.standing == OPTION else "waiting"
    if over and owed.unwatched:
        return "unwatched"
    if owed.missing_fields and (over or (owed.counted is None and info.no_number)):
        return "missing"
    if over:
        return "missing" if info.kind == "record" else "overdue"
    return "due"


def _say_not_applicable(owed: Owed, now: int) -> str:
    if owed.yielded_to:
        return f"由{owed.yielded_to.rpartition('.')[0]}优先"
    if owed.standing == NOT_APPLICABLE:
        titles = owed.matter.dictionary.kinds
        awaited = "".join(f"“{titles[kind].title}”" for kind in still_to_come(owed))
        return f"{NOT_YET}：还没有{awaited}" if awaited else "条件不成立"
    if owed.standing == OPTION and owed.due_ms is not None:
        return f"期限已于{format_local(owed.due_ms)}届满"
    return f"自{format_local(owed.arises_ms)}起才产生"


def still_to_come(owed: Owed) -> list[str]:
    """The kinds of which the entries are still to come on which alone it hangs that it does not apply.

    None where its condition says more than that such entries are there, or reads none that is not there.
    """
    when = owed.source.when if owed.standing == NOT_APPLICABLE and owed.yielded_to is None else None
    if when is None or not isinstance(when.scope, RuleScope):
        return []
    read = [when.scope.names.get(name) for name in when.names]
    there = [one for one in read if isinstance(one, Reading) and one.op == "any" and one.where is None]
    if len(there) < len(read) or "!" in when.text:
        return []
    return [one.kinds[0] for one in there if not any(owed.matter.by_kind.get(kind) for kind in one.kinds)]


def _say_option(owed: Owed, now: int) -> str:
    if owed.met_ms is not None and owed.met_ms <= now:
        late = owed.due_ms is not None and owed.met_ms > owed.due_ms
        return f"可以，不是应当；{format_local(owed.met_ms)}已做{'，已过期限' if late else ''}"
    until = f"；要办的，应于{format_local(owed.due_ms)}前" if owed.due_ms is not None else ""
    return f"可以，不是应当{until}"


def _say_met(owed: Owed, _now: int) -> str:
    met, due = owed.met_ms or 0, owed.due_ms
    at = format_local(met)
    if due is None:
        return _say_done(owed, met, at)
    late = f"，迟{_late(due, met)}" if met > due else ""
    before = "；届满时还没有启用本系统，此前是否办过没有记录" if met > due and owed.unwatched else ""
    return f"{at}完成，期限为{format_local(due)}{late}{before}"


def _say_done(owed: Owed, met: int, at: str) -> str:
    """Done where nothing says by when (立即、及时): how long it took, from an hour on."""
    source, kinds = owed.each or owed.fact, owed.matter.dictionary.kinds
    took = elapsed(owed.starts_ms, met)
    if owed.info.kind != "owe" or took == _AT_ONCE:
        return f"{at}完成"
    if owed.met_fact is source and source.kind in kinds:
        return f"登记于{at}，{kinds[source.kind].happened}后{took}"
    return f"{at}完成，用了{took}"


def _say_open(owed: Owed, now: int) -> str:
    lacking = f"，缺{'、'.join(owed.missing_text)}" if owed.missing_fields else ""
    if owed.halted is not None:
        text = f"期限停止计算，剩余{owed.halted}{UNITS[owed.halted_unit]}"
    elif owed.due_ms is None:
        text = f"没有天数限制，已过{elapsed(owed.starts_ms, now)}"
    elif now <= owed.due_ms:
        text = f"应于{format_local(owed.due_ms)}前"
    else:
        text = f"期限为{format_local(owed.due_ms)}，已过{_late(owed.due_ms, now)}"
    return text + lacking


def _say_waiting(owed: Owed, now: int) -> str:
    return f"等待{'、'.join(roles()[name].title for name in owed.who)}；{_say_open(owed, now)}"


def _say_unwatched(owed: Owed, _now: int) -> str:
    due = format_local(owed.due_ms) if owed.due_ms is not None else ""
    return f"{due}期限届满时还没有启用本系统：是否办过没有记录，不作判断"


def _late(due: int, at: int) -> str:
    late = elapsed(due, at)
    return "不足1小时" if late == _AT_ONCE else late


_DATED = frozenset({"met", "met_late", "due", "overdue", "missing", "waiting"})
_SAID: dict[str, Callable[[Owed, int], str]] = {
    "met": _say_met,
    "met_late": _say_met,
    "due": _say_open,
    "overdue": _say_open,
    "missing": _say_open,
    "excused": lambda owed, _now: owed.excuse_reason or "",
    "not_applicable": _say_not_applicable,
    "cannot_tell": lambda owed, _now: f"缺{'、'.join(owed.needs_text)}",
    "option": _say_option,
    "waiting": _say_waiting,
    "unwatched": _say_unwatched,
}
