"""Obligations of a matter (义务) as shown: judged live from the entries, now or as they stood at any entry."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from liuhen import law, ledger
from liuhen.acts import judgement, registry
from liuhen.acts.act import Matter
from liuhen.acts.matter import law_of, matter_of
from liuhen.cases.remaining import due_text, remaining_text
from liuhen.law.reading import role_titles

DONE = frozenset({"met", "met_late", "excused", "not_applicable", "unwatched"})
URGENCY = (
    "overdue",
    "missing",
    "cannot_tell",
    "due",
    "waiting",
    "option",
    "unwatched",
    "met_late",
    "met",
    "excused",
    "not_applicable",
)
"""The order in which verdicts are shown: what is wrong first, what is settled last."""


@dataclass(frozen=True)
class Obligation:
    """义务 as shown: its verdict, last day, working, and the acts that meet it.

    `beside`: the same thing to do under other articles, each with its verdict, where they are shown as one line.
    """

    owed: law.Owed
    verdict: law.Verdict
    who: str
    due: str
    remaining: str
    acts: Sequence[tuple[str, str]]
    beside: Sequence["Obligation"] = ()

    @property
    def done(self) -> bool:
        """Whether nothing is left to do about it."""
        return self.verdict.state in DONE

    @property
    def state(self) -> str:
        """The verdict, of those on one line the worst."""
        return min((self.verdict.state, *(one.verdict.state for one in self.beside)), key=URGENCY.index)


def as_it_stood(matter: Matter, upto: int) -> Matter:
    """The matter after the entry at `upto` of the log (当时的案件)."""
    entries = [entry for entry in matter.entries if entry.index <= upto]
    if not entries:
        raise ledger.UnknownStream(f"此时还没有这一事项（序号 {upto}）")
    head = ledger.Head(matter.stream, matter.agency, matter.type, len(entries), None)
    return matter_of(head, entries, adopted=matter.adopted)


def obligations(matter: Matter, now_ms: int) -> list[Obligation]:
    """Every obligation with its verdict at an instant, the pressing ones first."""
    agency_law = law_of(matter.agency)
    calendar = agency_law.calendar
    shown = [
        _obligation(item, agency_law.done.get(item.rule, ()), now_ms, calendar)
        for item in judgement.owed(matter)
    ]
    return sorted(shown, key=_pressing)


def as_lines(found: Sequence[Obligation]) -> list[Obligation]:
    """What is the same thing to do under several articles as one, under that which leads (`same_as` of the packs)."""
    led = {id(one.owed): one for one in found if one.owed.led_by is not None}
    joined = [
        replace(one, beside=[led.pop(id(other)) for other in one.owed.beside_it if id(other) in led])
        if one.owed.beside_it
        else one
        for one in found
        if one.owed.led_by is None
    ]
    return sorted([*_once(joined), *led.values()], key=_pressing)


def _once(found: Sequence[Obligation]) -> list[Obligation]:
    """What is waited for under several articles, from the same entry to the same moment, as one line."""
    lines: dict[tuple[object, ...], Obligation] = {}
    for one in found:
        waited = one.state == "waiting" and one.owed.due_ms is not None
        same = (one.owed.title, one.owed.trigger, one.owed.subject, one.owed.due_ms) if waited else (id(one),)
        first = lines.setdefault(same, one)
        if first is not one:
            lines[same] = replace(first, beside=[*first.beside, one])
    return list(lines.values())


def _pressing(item: Obligation) -> tuple[int, int, str]:
    return URGENCY.index(item.state), item.owed.due_ms or 2**62, item.owed.rule


def _obligation(item: law.Owed, done: Sequence[str], now_ms: int, calendar: law.Calendar) -> Obligation:
    verdict = law.state(item, now_ms)
    due = due_text(item.due_ms, now_ms) if item.due_ms is not None else ""
    remaining = ""
    if item.due_ms is not None and verdict.state not in DONE:
        remaining = remaining_text(item.due_ms, now_ms, calendar)
    kinds = registry.dictionary().kinds
    titles = role_titles()
    acts = {kinds[kind].act or "": kinds[kind].title for kind in done if kind in kinds}
    known = [(name, title) for name, title in acts.items() if name in registry.acts()]
    who = "、".join(titles.get(role, role) for role in item.who)
    return Obligation(item, verdict, who, due, remaining, known)
