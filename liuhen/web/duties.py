"""义务 as the case page shows them: state, due date, working, article, and the act that meets each."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from liuhen import law
from liuhen.acts import Actor, Matter, correctable, registry
from liuhen.acts.correcting import built_on
from liuhen.acts.matter import law_of
from liuhen.cases.obligations import Obligation, as_lines, obligations
from liuhen.law.rules import Record, Rule
from liuhen.law.values import Ask, Name
from liuhen.law.verdicts import NOT_YET, still_to_come
from liuhen.ledger import Entry
from liuhen.web.articles import acts_meeting, article_url, names_of, packs_of, rules_of
from liuhen.web.asking import subject_of
from liuhen.web.correcting import latest_of
from liuhen.web.entries import correct_url, instance_title, matter_url
from liuhen.web.figures import to_set
from liuhen.web.goto import answers, links
from liuhen.web.offered import Offered, main_ways, offered
from liuhen.web.readings import objections
from liuhen.web.words import VERDICTS, When, met, when, when_of

GROUPS = ("pressing", "open", "judge", "options", "waiting", "unwatched", "done", "other")
_GROUP_OF = {
    "overdue": "pressing",
    "missing": "pressing",
    "due": "open",
    "cannot_tell": "judge",
    "option": "options",
    "waiting": "waiting",
    "unwatched": "unwatched",
    "met": "done",
    "met_late": "done",
    "excused": "done",
}
_LAST = ("propose_closing", "close_case", "archive_case")
"""The acts that end a case, in their order."""
_TO_DO = frozenset({"overdue", "missing", "due", "cannot_tell", "option", "unwatched"})


@dataclass(frozen=True)
class Beside:
    """The same thing to do under another article, in the line of the one that leads: its own verdict and limit."""

    mark: str
    article: str
    url: str
    title: str
    said: str


@dataclass(frozen=True)
class Duty:
    """One obligation as shown. `meeting`: the acts that meet it; `acts`: those he may perform, title and address."""

    state: str
    mark: str
    title: str
    article: str
    url: str
    who: str
    when: When
    working: Sequence[str]
    provisional: bool
    missing: Sequence[str]
    excuse: str
    met_by: int | None
    meeting: Sequence[str]
    acts: Sequence[tuple[str, str]]
    subject: str = ""
    first: str = ""
    beside: Sequence["Beside"] = ()


class Duties:
    """The obligations of a matter at an instant, the most pressing first, in the groups of the page.

    `about` keeps those of one adopted stream. A group is put into words when it is shown: most are folded.
    """

    def __init__(self, matter: Matter, actor: Actor, now_ms: int, *, about: str = "") -> None:
        packs = packs_of(matter.agency)
        self._rules, self._names = rules_of(packs), names_of(packs)
        self._types = {entry.stream: entry.stream_type for entry in matter.entries} | {
            matter.stream: matter.type
        }
        self._indexes = {entry.id: entry.index for entry in matter.entries}
        self._entries = {entry.id: entry for entry in matter.entries}
        self._matter, self._actor, self._now_ms = matter, actor, now_ms
        self._calendar = law_of(matter.agency).calendar
        self._objected = objections(matter.agency)
        self._groups: dict[str, list[Obligation]] = {name: [] for name in GROUPS}
        wanted = [
            one
            for one in obligations(matter, now_ms)
            if not about or about in (_origin(one), one.owed.subject)
        ]
        for one in as_lines(wanted):
            self._groups[_GROUP_OF.get(one.state, "other")].append(one)
        self._alike = Counter(one.owed.rule for group in self._groups.values() for one in group)

    def count(self, group: str) -> int:
        """How many obligations a group has."""
        return len(self._groups[group])

    def shown(self, *groups: str) -> list[Duty]:
        """The obligations of these groups in words."""
        return [self._duty(one) for group in groups for one in self._groups[group]]

    def left_before(self, act: str) -> list[Duty]:
        """What is late, missing or open besides what this very act, or a later one, does."""
        last = [*_LAST[_LAST.index(act) :]] if act in _LAST else [act]
        found = self.shown("pressing", "open", "judge")
        return [duty for duty in found if not any(name in duty.meeting for name in last)]

    def late(self) -> Iterator[tuple[str, law.Owed]]:
        """What is overdue, the longest first, with the act by which it can be done now; what cannot is passed over."""
        return self._to_do("pressing")

    def due(self) -> Iterator[tuple[str, law.Owed]]:
        """The same of what is due and not late, the nearest first."""
        return self._to_do("open")

    def rule_of(self, owed: law.Owed) -> Rule | None:
        """The rule under which something is owed."""
        return self._rules.get(owed.rule)

    def lacking(self, owed: law.Owed) -> Entry | None:
        """The entry that is there and would meet it if it were corrected, as corrected last; None where none can be."""
        entry = self._entries.get(owed.candidate or "")
        kind = registry.dictionary().kinds.get(entry.kind) if entry is not None else None
        if entry is None or kind is None or owed.kind == "record" or not correctable(kind):
            return None
        latest = latest_of(self._matter, entry)
        return None if built_on(kind, latest, self._matter.entries) else latest

    def _to_do(self, group: str) -> Iterator[tuple[str, law.Owed]]:
        for one in self._groups[group]:
            acts = self._offered(one, self.rule_of(one.owed)).acts
            if acts:
                yield acts[0], one.owed

    def judgements(self) -> list[tuple[Ask, law.Owed]]:
        """The judgements without which something owed cannot be told."""
        owed = [one.owed for one in self._groups["judge"]]
        found = [(self._names.get(need), item) for item in owed for need in item.needs]
        return [(ask, item) for ask, item in found if isinstance(ask, Ask)]

    def _duty(self, one: Obligation) -> Duty:
        places = {self._types.get(stream, ""): stream for stream in (_origin(one), self._matter.stream)}
        duty_rule = self._rules.get(one.owed.rule)
        duty = _duty(
            one,
            duty_rule,
            self._indexes,
            self._actor,
            places,
            self._names,
            self._calendar,
            self._his(self._offered(one, duty_rule)),
            (self._matter.stream, matter_url(self._matter.type, self._matter.stream)),
        )
        said = [line for each in (one, *one.beside) for line in self._objected.get(each.owed.article, ())]
        if said:
            duty = replace(duty, working=(*duty.working, *said))
        about = self._entries.get((one.owed.each or one.owed.fact).id)
        if about is None:
            return duty
        if self._alike[one.owed.rule] > 1:
            duty = replace(duty, subject=instance_title(about))
        if one.owed.kind != "record":
            duty = replace(duty, acts=self._instead(one, duty.acts))
        return duty

    def _offered(self, one: Obligation, rule: Rule | None) -> Offered:
        """What meets it and can be done now; of what is not to be done, nothing."""
        if one.state not in _TO_DO:
            return Offered(())
        ways = main_ways(rule, acts_meeting(rule))
        return Offered(ways) if isinstance(rule, Record) else offered(ways, self._matter, self._now_ms)

    def _his(self, found: Offered) -> Offered:
        """Of what can be done that which the reader may do."""
        return replace(found, acts=[name for name in found.acts if self._may(name)])

    def _may(self, name: str) -> bool:
        """Whether the table lets the reader do this on this matter: a handler's act only its own handlers."""
        act = registry.act(name)
        return self._matter.type not in act.on or not registry.may(act, self._actor, self._matter)

    def _instead(self, one: Obligation, acts: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
        """What is there and lacks something is corrected, not done a second time."""
        entry = self._entries.get(one.owed.candidate or "")
        if entry is None or one.verdict.state not in _TO_DO:
            return acts
        latest = latest_of(self._matter, entry)
        url = correct_url(latest, lambda act: not registry.may(registry.act(act), self._actor, self._matter))
        title = registry.dictionary().kinds[entry.kind].title
        if url:
            return [(f"更正{title}", url)]
        correctable_by_others = bool(correct_url(latest, lambda act: True))
        return [] if correctable_by_others else acts


def _origin(one: Obligation) -> str:
    """The stream of the entry from which an obligation comes."""
    return one.owed.trigger.partition(".")[0]


def _duty(
    one: Obligation,
    rule: Rule | None,
    indexes: Mapping[str, int],
    actor: Actor,
    places: Mapping[str, str],
    names: Mapping[str, Name],
    calendar: law.Calendar,
    now: Offered,
    back: tuple[str, str],
) -> Duty:
    owed, state = one.owed, one.state
    done = state in ("met", "met_late", "excused")
    meeting = acts_meeting(rule)
    return Duty(
        state=state,
        mark=NOT_YET if still_to_come(owed) else VERDICTS[state],
        title=owed.title,
        article=owed.cited,
        url=article_url(owed.article),
        who=one.who,
        when=_done(one) if done else _limit(one, calendar),
        working=(
            *owed.working,
            *owed.show,
            *(f"{other.owed.cited}：{line}" for other in one.beside for line in other.owed.working),
        ),
        provisional=one.verdict.provisional,
        missing=[] if done else [*owed.missing_text, *owed.needs_text],
        excuse=owed.excuse_reason or "",
        met_by=indexes.get(owed.met_by or ""),
        meeting=meeting,
        acts=_forms(owed, now.acts, actor, places, names, back) if state in _TO_DO else [],
        first=now.first,
        beside=[_beside(other) for other in one.beside],
    )


def _beside(one: Obligation) -> Beside:
    owed = one.owed
    return Beside(
        VERDICTS[one.verdict.state], owed.cited, article_url(owed.article), owed.title, one.verdict.text
    )


def _done(one: Obligation) -> When:
    """When it was done; where nothing says by when, how long that took."""
    owed = one.owed
    if owed.met_ms is not None and owed.due_ms is None and owed.no_number:
        return When(one.verdict.text, "", False)
    return met(owed.met_ms, owed.due_ms)


def _limit(one: Obligation, calendar: law.Calendar) -> When:
    owed = one.owed
    if one.verdict.state in ("not_applicable", "option", "unwatched"):
        return When(one.verdict.text, "", False)
    if one.verdict.state == "missing" and owed.due_ms is not None:
        return when_of(one.remaining, one.due, owed.due_ms, late=True)
    return when(
        owed.due_ms,
        one.verdict.now_ms,
        calendar,
        no_number=owed.no_number,
        starts_ms=owed.starts_ms,
        halted=(owed.halted, owed.halted_unit) if owed.halted is not None else None,
    )


def _forms(
    owed: law.Owed,
    meeting: Sequence[str],
    actor: Actor,
    places: Mapping[str, str],
    names: Mapping[str, Name],
    back: tuple[str, str],
) -> list[tuple[str, str]]:
    """Where he answers what must be judged, and where he does what is owed."""
    needed = [names.get(need) for need in owed.needs]
    asks = [(ask, subject_of(ask, owed) or "") for ask in needed if isinstance(ask, Ask)]
    return [
        *answers(asks, actor, places),
        *to_set(owed.needs, actor).items(),
        *links(meeting, actor, places, about_of(owed), back),
    ]


def about_of(owed: law.Owed) -> tuple[str, ...]:
    """Kind and key of the entry from which an obligation comes; empty where it has no key."""
    fact = owed.each or owed.fact
    kind = registry.dictionary().kinds.get(fact.kind)
    value = fact.fields.get(kind.key) if kind else None
    return (fact.kind, str(value)) if value else ()
