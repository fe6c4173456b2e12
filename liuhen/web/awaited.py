"""等什么: the periods of others that run, and what holds a step up: of whom, until when, under which article."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liuhen.accounts.permissions import table
from liuhen.acts import Matter, judgement, preview, registry
from liuhen.acts.matter import law_of
from liuhen.cases import ahead
from liuhen.cases.in_motion import REPORTED, appointed, given_out, in_motion
from liuhen.cases.obligations import as_lines, obligations
from liuhen.kernel.clock import day_end_ms, format_local
from liuhen.law import state
from liuhen.law.rules import Owe
from liuhen.ledger import Entry
from liuhen.web import roles
from liuhen.web.articles import acts_meeting
from liuhen.web.me import Me
from liuhen.web.words import When, when

PERFORMED = "performed"
"""What only the party can bring about: that its time is over does not make it ours to do."""
_ENDS = "end_execution"
_REPORTS = "report_investigation"
_OPEN = frozenset({"due", "overdue", "missing"})


@dataclass(frozen=True)
class Awaited:
    """One thing waited for: what, of whom, until when, and the act that enters it when it comes.

    `must`: whoever is waited for owes it, and may not as well leave it. `kinds`: the entries that meet it.
    """

    title: str
    who: str
    when: When
    cited: str
    act: str = ""
    must: bool = False
    kinds: frozenset[str] = frozenset()

    @property
    def entered(self) -> str:
        """In words, by whom it is entered, and as what; empty where no act enters it."""
        if not self.act:
            return ""
        return f"有了就由{doers(self.act)}登记“{registry.kind_of(registry.act(self.act)).title}”"


@dataclass(frozen=True)
class Waiting:
    """What a matter waits for, and what it is therefore too early for.

    `kinds`: what would meet it; `early`: the acts that go on with something appointed for later; `undelivered`: those
    that go on with something that is to be delivered first.
    """

    of_others: Sequence[Awaited]
    kinds: frozenset[str]
    early: frozenset[str]
    undelivered: frozenset[str]

    @property
    def first(self) -> frozenset[str]:
        """The acts that must come next on their way and cannot yet: nothing behind them is proposed before them."""
        return self.early | self.undelivered


def waiting_of(matter: Matter, now_ms: int) -> Waiting:
    """What others have still to do or may still do, and the acts that it is too early for."""
    given = list(_given_out(matter, now_ms))
    found = list(dict.fromkeys([*_of_others(matter, now_ms), *given]))  # what begins twice is said once
    running = (one for one in found if not one.when.late or PERFORMED in one.kinds)
    kinds = frozenset(kind for one in running for kind in one.kinds)
    begun = list(in_motion(matter))
    early = {name for name, entry in begun if is_early(entry, now_ms)}
    if any(not one.when.late for one in given):
        early.add(_REPORTS)
    return Waiting(found, kinds, frozenset(early), frozenset(_undelivered(matter, begun, now_ms)))


def is_early(begun: Entry, now_ms: int) -> bool:
    """Whether what was notified is appointed for a moment still to come."""
    at = appointed(begun)
    return at is not None and at > now_ms


def _undelivered(matter: Matter, begun: Sequence[tuple[str, Entry]], now_ms: int) -> Iterator[str]:
    """The acts that go on with an entry about which something else of ours is owed first: it is to be delivered."""
    owed = [
        one
        for one in judgement.owed(matter)
        if isinstance(one.source, Owe) and one.source.after and one.ours and state(one, now_ms).state in _OPEN
    ]
    for name, entry in begun:
        if any(one.fact.id == entry.id and name not in acts_meeting(one.source) for one in owed):
            yield name


def _of_others(matter: Matter, now_ms: int) -> Iterator[Awaited]:
    calendar = law_of(matter.agency).calendar
    for one in as_lines(obligations(matter, now_ms)):
        if one.state != "waiting" or not isinstance(one.owed.source, Owe):
            continue
        kinds = {
            kind
            for each in (one, *one.beside)
            if isinstance(each.owed.source, Owe)
            for kind in each.owed.source.done
        }
        halted = (one.owed.halted, one.owed.halted_unit) if one.owed.halted is not None else None
        until = when(one.owed.due_ms, now_ms, calendar, halted=halted)
        act = next(iter(acts_meeting(one.owed.source)), "")
        must = not one.owed.source.may
        yield Awaited(one.owed.title, one.who, until, one.owed.cited, act, must, frozenset(kinds))


def _given_out(matter: Matter, now_ms: int) -> Iterator[Awaited]:
    """What somebody outside is working on for the investigation; once it is reported on, nobody waits for it."""
    if matter.last(REPORTED) is not None:
        return
    kinds, calendar = registry.dictionary().kinds, law_of(matter.agency).calendar
    for one in given_out(matter):
        until = when(day_end_ms(one.until) if one.until else None, now_ms, calendar)
        title = (
            f"{kinds[one.ends].title}（“{kinds[one.entry.kind].title}”{format_local(one.entry.happened_ms)}）"
        )
        act = str(kinds[one.ends].act)
        yield Awaited(title, one.to, until, "", act, True, frozenset({one.ends}))


def too_early(matter: Matter, name: str, now_ms: int) -> list[Awaited]:
    """The times that must run out before an act and still run: until when, by which article."""
    title, calendar = registry.kind_of(registry.act(name)).title, law_of(matter.agency).calendar
    return [
        Awaited(
            f"“{title}”在{format_local(one.at_ms)}以后才可以办：{one.title}",
            "",
            when(one.at_ms, now_ms, calendar),
            one.cited,
        )
        for one in ahead.outlook(matter, name, now_ms).earliest
        if one.at_ms > now_ms
    ]


def doers(act: str) -> str:
    """The roles that may do an act, in words."""
    return roles.named(table().get(act, {}).get("roles", ()), "或者")


def is_open(me: Me, matter: Matter, name: str, waits: Waiting) -> bool:
    """Whether the act has its place now and nothing but the reader's own role stands in its way."""
    return name not in waits.first and may_follow(me, matter, name, waits)


def may_follow(me: Me, matter: Matter, name: str, waits: Waiting) -> bool:
    """The same of what is appointed for later, too."""
    if registry.act(name).kind in waits.kinds or name == _ENDS and PERFORMED in waits.kinds:
        return False
    seen = preview(name, me.actor, matter, me.now_ms)
    return seen.fits and not seen.refused and not registry.act(name).by_system
