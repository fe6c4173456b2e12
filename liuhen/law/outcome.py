"""What became of one obligation: by when it was due, what met it, what excuses it."""

from typing import TYPE_CHECKING, Any

from liuhen.law.bundle import Bundle
from liuhen.law.clocks import begin_anew, reckon
from liuhen.law.counting import count
from liuhen.law.matching import excuse, match
from liuhen.law.owed import Owed
from liuhen.law.recorded import judge_recording
from liuhen.law.ruleinfo import NOT_APPLICABLE


def work_out(row: Owed, bundle: Bundle) -> None:
    """Fill in what is not known of an obligation when it begins."""
    info, matter = row.info, row.matter
    rule = info.owe
    if rule is not None:
        if info.within is not None and (not info.bending or matter.has_none(info.bending)):
            row.counted = count(row.arises_ms, (info.within,), matter.calendar, roll=info.roll)
        elif rule.numbered:
            reckon(row, rule, matter, bundle)
        elif rule.restart is not None:
            begin_anew(row, rule, rule.restart, matter)
        if not matter.has_none(info.done):
            match(row, rule, matter)
    elif info.record is not None:
        judge_recording(row, info.record, matter, bundle)
    if info.lifting:
        excuse(row, matter, bundle)


class Allowed(Owed):
    """可以: what is only allowed. Few ask what came of it, so it is worked out when somebody does."""

    __slots__ = ("bundle",)

    bundle: Bundle

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Work it out, on what stands before anything is known of it."""
            if name not in Owed.__slots__:
                raise AttributeError(name)
            self.blank()
            if self.standing is not NOT_APPLICABLE:
                work_out(self, self.bundle)
            return getattr(self, name)
