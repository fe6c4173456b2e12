"""What a matter owes: rules and facts in, rows out. Nothing here asks what time it is."""

from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from liuhen.kernel.clock import day_start_ms
from liuhen.law.bundle import Bundle, Stirred
from liuhen.law.clocks import cap
from liuhen.law.conditions import Unknown
from liuhen.law.facts import Fact, Matter
from liuhen.law.layers import join, lead, settle
from liuhen.law.matching import match_itself
from liuhen.law.outcome import Allowed, work_out
from liuhen.law.owed import Owed
from liuhen.law.reach import stirred
from liuhen.law.ruleinfo import CANNOT_TELL, NOT_APPLICABLE, OPTION, OWED, RuleInfo
from liuhen.law.rules import Each
from liuhen.law.values import joined


def owed(bundle: Bundle, facts: Iterable[Fact], *, agency: bool = False) -> list[Owed]:
    """Everything the facts give rise to, in the order in which it arose, then of the articles.

    `agency`: the facts are an agency's own; its yearly duties are judged too. What is owed at a moment is
    told by `state`.
    """
    matter = Matter(facts, bundle.dictionary, bundle.calendar)
    rows = _Rows(bundle, matter)
    rows.begin_with_entries()
    if agency:
        rows.begin_with_years()
    return _worked_out(rows, sort=agency)


@dataclass(frozen=True)
class Judged:
    """What a matter owes (`rows`, as from `owed`), with the matter that was judged.

    `open` are those about which other entries were asked. Where it was judged on from what it was before: the rows that
    are `new` since, and those `gone`. Else `new` is None.
    """

    bundle: Bundle
    matter: Matter
    rows: list[Owed]
    open: Sequence[Owed]
    new: Sequence[Owed] | None = None
    gone: Sequence[Owed] = ()


def judge(
    bundle: Bundle, facts: Iterable[Fact], before: Judged | None = None, *, agency: bool = False
) -> Judged:
    """What `owed` says, kept so that it need not all be found out again when the matter grows.

    `before`: what was judged when the matter had fewer entries, under the same bundle. Obligations on which the new
    entries cannot bear are taken over from it as they are, and see the matter as it now is from then on.
    `agency`: the facts are an agency's own; its yearly duties are judged too, all of them anew.
    """
    given = list(facts)
    known = before is not None and before.bundle is bundle and not agency
    new = before.matter.added(given) if before is not None and known else None
    again = stirred(bundle, frozenset(fact.kind for fact in new)) if new is not None else None
    if before is None or new is None or again is None:
        matter = Matter(given, bundle.dictionary, bundle.calendar)
        rows = _Rows(bundle, matter)
        rows.begin_with_entries()
        if agency:
            rows.begin_with_years()
        _worked_out(rows, sort=agency)
        return Judged(bundle, matter, rows.all, rows.open)
    matter = before.matter.grown(new)
    rows = _Rows(bundle, matter)
    gone = rows.begin_as_before(before, new, again)
    begun = rows.fresh
    _worked_out(rows, begun)
    return Judged(bundle, matter, rows.all, rows.open, begun, gone)


def _worked_out(rows: "_Rows", begun: list[Owed] | None = None, *, sort: bool = False) -> list[Owed]:
    """All that begins, when time runs out unmet too, in order; to `begun` what begins so is added.

    `sort`: not all began with entries.
    """
    rows.work_out()
    late = _Rows(rows.bundle, rows.matter)
    late.begin_after(rows.open)
    late.work_out()
    lead([*rows.worked_out, *late.worked_out])
    join(rows.lined)
    if sort:
        rows.all.sort(key=_order)
    for row in late.all:
        insort(rows.all, row, key=_order)
    if begun is not None:
        begun += late.all
    return rows.all


def _order(row: Owed) -> tuple[int, int, int]:
    return row.arises_ms, row.fact.number, row.info.order


class _Rows:
    """Obligations as they begin: `all` of them, and those `open`, about which the other entries are asked too.

    `fresh`: those that begin now; the others were worked out before. `worked_out`: those of them that were open;
    `lined`: those that may be one line with others.
    """

    def __init__(self, bundle: Bundle, matter: Matter) -> None:
        self.bundle, self.matter = bundle, matter
        self.all: list[Owed] = []
        self.open: list[Owed] = []
        self.fresh = self.all
        self.worked_out: Sequence[Owed] = ()
        self.lined: list[Owed] = []

    def begin_with_entries(self) -> None:
        """What the entries begin, in the order of the entries and of the articles."""
        begun_by, begin_with, begin = self.bundle.begun_by, self.begin_with, self.begin
        for trigger in self.matter.facts:
            start = trigger.at_ms
            for info in begun_by(trigger.kind, start):
                if info.alone:
                    begin(info, trigger, None, start)
                elif info.each is not None or info.where is None:
                    begin_with(info, trigger, start)
                elif (answer := info.where(trigger)) is not False:
                    begin(info, trigger, None, start, answer)

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

    def begin_as_before(self, before: Judged, new: Sequence[Fact], again: Stirred) -> list[Owed]:
        """The same where most was judged before: of earlier entries only the rules `again`; gives the rows dropped."""
        self.all = self.fresh = []
        rules, kinds, added = again.rules, again.kinds, set(map(id, new))
        for trigger in self.matter.facts:
            if id(trigger) in added:
                for info in self.bundle.begun_by(trigger.kind, trigger.at_ms):
                    self.begin_with(info, trigger, trigger.at_ms)
            elif trigger.kind in kinds:
                for info in self.bundle.begun_by(trigger.kind, trigger.at_ms):
                    if info.order in rules:
                        self.begin_with(info, trigger, trigger.at_ms)
        matter, gone = self.matter, []
        self.all = []
        for row in before.rows:
            if row.info.order in rules:
                gone.append(row)
            else:
                row.matter = matter
                self.all.append(row)
        self.open = [row for row in before.open if row.info.order not in rules]
        for row in self.fresh:
            insort(self.all, row, key=_order)
            if _is_open(row):
                insort(self.open, row, key=_order)
        return gone

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

    def begin_after(self, rows: list[Owed]) -> None:
        """`since_due`: obligations that begin when another's time has run out unmet."""
        for row in rows:
            if not row.info.followed:
                continue
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
            row.missing_fields = row.unknown_terms = ()
            row.counted = row.counted_from = row.met_fact = row.met_ms = row.candidate_fact = None
            row.excused_fact = row.excuse_reason = row.lines = None
        row.matter, row.fact, row.each = self.matter, trigger, each
        row.info, row.arises_ms, row.standing = info, start, info.standing
        row.unknown = row.beside_it = ()
        row.yielded_to = row.equal = row.led_by = None
        self.all.append(row)
        if info.line is not None:
            self.lined.append(row)
        if answer is True and info.when is not None:
            answer = info.when(row)
        if answer is not True:
            if not isinstance(answer, Unknown):
                row.standing = NOT_APPLICABLE
                return
            row.standing, row.unknown = CANNOT_TELL, tuple(sorted(answer.names))
        if info.itself:
            match_itself(row, info)
        elif not deferred:
            self.open.append(row)

    def work_out(self) -> None:
        """Everything about the open rows that the entries say."""
        fresh = self.open if self.fresh is self.all else [row for row in self.fresh if _is_open(row)]
        self.worked_out = fresh
        settle(fresh)  # what is contested is taken over with all that contest it, or not at all
        for row in fresh:
            if row.standing is not NOT_APPLICABLE:
                work_out(row, self.bundle)
        cap(self.open)


def _is_open(row: Owed) -> bool:
    """Whether other entries than the one that began it are asked what became of it."""
    return not row.info.itself and not row.info.deferred and row.standing is not NOT_APPLICABLE


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
