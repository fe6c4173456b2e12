"""What a matter owes: rules and facts in, rows out. Nothing here asks what time it is."""

from bisect import insort
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from liuhen.kernel.clock import day_start_ms
from liuhen.law.bundle import NEVER, Bundle, Stirred
from liuhen.law.clocks import cap
from liuhen.law.conditions import Unknown
from liuhen.law.facts import Fact, Matter
from liuhen.law.layers import join, lead, settle
from liuhen.law.matching import met_ms
from liuhen.law.outcome import Allowed, work_out
from liuhen.law.owed import Owed, place
from liuhen.law.ruleinfo import CANNOT_TELL, NOT_APPLICABLE, OPTION, OWED, RuleInfo
from liuhen.law.rules import Each
from liuhen.law.values import joined
from liuhen.law.whole import told_otherwise
from liuhen.law.written import OFTEN, Beginning, written_out


def owed(bundle: Bundle, facts: Iterable[Fact], *, agency: bool = False) -> list[Owed]:
    """Everything the facts give rise to, in the order in which it arose, then of the articles.

    `agency`: the facts are an agency's own; its yearly duties are judged too. What is owed at a moment is
    told by `state`.
    """
    matter = Matter(facts, bundle.dictionary, bundle.calendar)
    rows = Rows(bundle, matter)
    rows.begin_with_entries()
    if agency:
        rows.begin_with_years()
        rows.all.sort(key=place)
    worked_out(rows)
    return rows.all


def worked_out(rows: "Rows", followed: Sequence[Owed] | None = None) -> None:
    """Everything about what began, and what begins when time runs out unmet.

    `followed`: the obligations whose time that may be; else those that began.
    """
    rows.work_out()
    late = Rows(rows.bundle, rows.matter)
    late.begin_after(rows.tied if followed is None else followed)
    if late.all:
        late.work_out()
        lead(late.tied)
    lead(rows.tied)
    join(rows.lined)
    for row in late.all:
        insort(rows.all, row, key=place)


class Rows:
    """Obligations as they begin: `all` of them, and those `open`, about which the other entries are asked too.

    `beside`: open ones that were worked out before. `tied`: the open ones that others contest, cap or wait for.
    `lined`: those that may be one line with others.
    """

    def __init__(self, bundle: Bundle, matter: Matter, beside: Sequence[Owed] = ()) -> None:
        self.bundle, self.matter, self.beside = bundle, matter, beside
        self.all: list[Owed] = []
        self.open: list[Owed] = []
        self.tied: list[Owed] = []
        self.lined: list[Owed] = []

    def begin_with_entries(self) -> None:
        """What the entries begin, in the order of the entries and of the articles."""
        begin_with, until = self.begin_with, NEVER
        begun: Mapping[str, Sequence[RuleInfo]] = {}
        written: dict[str, Beginning | int] = {}
        for trigger in self.matter.facts:
            start, kind = trigger.at_ms, trigger.kind
            if start >= until:
                begun, until, written = self.bundle.begun_at(start)
            known = written.get(kind, 0)
            if not isinstance(known, int):
                known(self, trigger, start)
            elif kind in begun:
                for info in begun[kind]:
                    begin_with(info, trigger, start)
                written[kind] = known + 1 if known < OFTEN else written_out(begun[kind])

    def begin_with(self, info: RuleInfo, trigger: Fact, start: int) -> None:
        """What an entry begins under one rule."""
        answer = True if info.where is None else info.where(trigger)
        if answer is False:
            return
        if info.each is None:
            self.begin(info, trigger, None, start, answer)
        else:
            for fact in _beside(info.each, trigger, self.matter):
                self.begin(info, trigger, fact, start, answer)

    def begin_again(self, again: Stirred, new: Sequence[Fact]) -> None:
        """What entries begin under the rules `again`, and all that the `new` ones do."""
        rules, added, fresh = again.rules, set(map(id, new)), {fact.kind for fact in new}
        begun_by, begin_with = self.bundle.begun_by, self.begin_with
        for trigger in self.matter.among(again.kinds | fresh):
            start = trigger.at_ms
            all_of_it = id(trigger) in added
            for info in begun_by(trigger.kind, start):
                if all_of_it or info.order in rules:
                    begin_with(info, trigger, start)

    def begin_with_years(self) -> None:
        """`every: year`: a row for each year that the calendar knows and the next, about the year before."""
        for info in self.bundle.yearly:
            known = self.matter.calendar.years
            for year in sorted({*known, max(known, default=0) + 1} - {1}):
                first = date(year, 1, 1)
                if self.bundle.in_force(info.pack, first):
                    start = day_start_ms(first)
                    trigger = Fact(f"year-{year - 1}", "year", start, start, {"year": year - 1}, 0)
                    self.begin(info, trigger, None, start)

    def begin_after(self, rows: Sequence[Owed]) -> None:
        """`since_due`: obligations that begin when another's time has run out unmet."""
        for row in sorted([row for row in rows if row.info.followed], key=place):
            for info in self.bundle.after_due[row.info.rule]:
                due = _ran_out(row) if row.info.pack is info.pack else None
                if due is not None and (info.where is None or info.where(row.fact) is not False):
                    self.begin(info, row.fact, row.each, due)

    def begin(self, info: RuleInfo, trigger: Fact, each: Fact | None, start: int, answer: Any = True) -> None:
        """A row that begins: owed, allowed, not applicable, or one of which it cannot be told.

        Hundreds begin in a matter: each is filled in here, without a call (`Owed.blank`: nothing is known of it).
        """
        deferred = info.deferred
        row: Owed
        if deferred:
            row = Allowed()
            row.bundle = self.bundle
        else:
            row = Owed()
            row.missing_fields = ()
            row.unknown_terms = ()
            row.counted = None
            row.counted_from = None
            row.met_fact = None
            row.met_ms = None
            row.candidate_fact = None
            row.excused_fact = None
            row.excuse_reason = None
            row.lines = None
        row.matter = self.matter
        row.fact = trigger
        row.each = each
        row.info = info
        row.arises_ms = start
        row.standing = info.standing
        row.unknown = ()
        row.beside_it = ()
        row.yielded_to = None
        row.equal = None
        row.led_by = None
        self.all.append(row)
        if info.line is not None:
            self.lined.append(row)
        if info.when is not None and answer is True:
            answer = info.when(row)
        if answer is not True:
            if not isinstance(answer, Unknown):
                row.standing = NOT_APPLICABLE
                return
            row.standing, row.unknown = CANNOT_TELL, tuple(sorted(answer.names))
        if info.itself:
            fact = trigger if each is None else each
            lacks, done_where = info.lacks, info.done_where
            lacking = () if lacks is None else lacks(fact)  # asked of an entry but once: not remembered
            if done_where is not None and done_where(fact) is not True:
                lacking = told_otherwise(fact, info.done_names, lacking)
            if lacking:
                row.candidate_fact, row.missing_fields = fact, lacking
            else:
                row.met_fact = fact
                row.met_ms = met_ms(fact, info, True) if fact.history else fact.recorded_ms
        elif not deferred:
            self.open.append(row)
            if info.tied:
                self.tied.append(row)

    def work_out(self) -> None:
        """Everything about the open rows that the entries say."""
        settle(self.tied)  # what is contested begins with all that contest it, or not at all
        for row in self.open:
            if row.standing is not NOT_APPLICABLE:
                work_out(row, self.bundle)
        cap(self.tied, (*self.beside, *self.open))


def _beside(each: Each, trigger: Fact, matter: Matter) -> list[Fact]:
    """The entries for each of which it is owed."""
    return [
        fact
        for fact in matter.of(each.of)
        if joined(trigger, fact, each.same) and (each.where is None or each.where.test(fact) is True)
    ]


def _ran_out(row: Owed) -> int | None:
    """When an obligation's time ran out unmet; None where it did not."""
    due = row.due_ms
    if (
        due is None
        or row.standing not in (OWED, OPTION)
        or row.excused_fact
        or (row.met_ms is not None and row.met_ms <= due)
    ):
        return None
    return due
