"""What became of one obligation: by when it was due, what met it, what excuses it."""

from typing import Any

from liuhen.law.bundle import Bundle
from liuhen.law.clocks import reckon
from liuhen.law.counting import count
from liuhen.law.facts import Fact, Matter
from liuhen.law.matching import excuse, match
from liuhen.law.owed import Owed
from liuhen.law.recorded import judge_recording
from liuhen.law.ruleinfo import NOT_APPLICABLE, RuleInfo
from liuhen.law.rules import Owe


def work_out(row: Owed, bundle: Bundle) -> None:
    """Fill in what is not known of an obligation when it begins."""
    info, matter = row.info, row.matter
    rule = info.source
    if isinstance(rule, Owe):
        if info.within is not None and (not info.bending or matter.has_none(info.bending)):
            row.counted = count(row.arises_ms, (info.within,), matter.calendar, roll=info.roll)
        elif rule.numbered:
            reckon(row, rule, matter, bundle)
        match(row, rule, matter)
    else:
        judge_recording(row, rule, matter, bundle)
    if info.lifting:
        excuse(row, matter, bundle)


class Allowed(Owed):
    """可以: what is only allowed. Few ask what came of it, so it is worked out when somebody does."""

    def __init__(
        self, info: RuleInfo, matter: Matter, fact: Fact, each: Fact | None, start_ms: int, bundle: Bundle
    ) -> None:
        super().__init__(info, matter, fact, each, start_ms, info.standing)
        self.bundle = bundle

    def look(self) -> None:
        """Work it out, on what stands before anything is known of it."""
        vars(self).update(_UNKNOWN)
        if self.standing is not NOT_APPLICABLE:
            work_out(self, self.bundle)


class _Later:
    """A part of what is only allowed that is not there until somebody asks for it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, row: Allowed, _owner: type) -> Any:
        row.look()
        return vars(row)[self.name]


_UNKNOWN = {
    name: getattr(Owed, name)
    for name in (
        "missing_fields", "counted", "counted_from", "met_fact", "met_ms", "candidate_fact", "excused_fact",
        "excuse_reason", "unknown_terms", "lines",
    )
}  # fmt: skip
for _name in _UNKNOWN:
    setattr(Allowed, _name, _Later(_name))
