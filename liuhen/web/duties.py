"""义务 as the case page shows them: state, due date, working, article, and the act that meets each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from liuhen import law
from liuhen.acts import Actor, Matter, registry
from liuhen.cases.obligations import Obligation, obligations
from liuhen.kernel.clock import format_local
from liuhen.law.rules import Rule
from liuhen.law.values import Ask, Name
from liuhen.ledger import Entry
from liuhen.recordings.suggestion import taken_from
from liuhen.web import roles
from liuhen.web.articles import ANSWER, acts_meeting, article_url, names_of, packs_of, rules_of
from liuhen.web.asking import subject_of
from liuhen.web.correcting import latest_of
from liuhen.web.entries import correct_url, instance_title
from liuhen.web.goto import links
from liuhen.web.words import VERDICTS, When, met, when_of

GROUPS = ("pressing", "open", "judge", "options", "waiting", "done", "other")
_GROUP_OF = {
    "overdue": "pressing",
    "missing": "pressing",
    "due": "open",
    "cannot_tell": "judge",
    "option": "options",
    "waiting": "waiting",
    "met": "done",
    "met_late": "done",
    "excused": "done",
}
_LAST = ("propose_closing", "close_case", "archive_case")
"""The acts that end a case, in their order."""
_TO_DO = frozenset({"overdue", "missing", "due", "cannot_tell", "option"})
_HALTED_UNITS = {"hours": "小时", "working_days": "个工作日"}


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
        self._matter, self._actor = matter, actor
        self._groups: dict[str, list[Obligation]] = {name: [] for name in GROUPS}
        for one in obligations(matter, now_ms):
            if not about or about in (_origin(one), one.owed.subject):
                self._groups[_GROUP_OF.get(one.verdict.state, "other")].append(one)
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

    def judgements(self) -> list[tuple[Ask, law.Owed]]:
        """The judgements without which something owed cannot be told."""
        owed = [one.owed for one in self._groups["judge"]]
        found = [(self._names.get(need), item) for item in owed for need in item.needs]
        return [(ask, item) for ask, item in found if isinstance(ask, Ask)]

    def _duty(self, one: Obligation) -> Duty:
        places = {self._types.get(stream, ""): stream for stream in (_origin(one), self._matter.stream)}
        duty = _duty(one, self._rules.get(one.owed.rule), self._indexes, self._actor, places, self._names)
        about = self._entries.get((one.owed.each or one.owed.fact).id)
        if about is None:
            return duty
        if self._alike[one.owed.rule] > 1:
            duty = replace(duty, subject=instance_title(about))
        if one.owed.kind == "record":
            return replace(duty, acts=_recording(duty.acts, about))
        return replace(duty, acts=self._instead(one, duty.acts))

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
) -> Duty:
    owed, state = one.owed, one.verdict.state
    done = state in ("met", "met_late", "excused")
    meeting = acts_meeting(rule)
    return Duty(
        state=state,
        mark=VERDICTS[state],
        title=owed.title,
        article=owed.cited,
        url=article_url(owed.article),
        who=one.who,
        when=_done(one) if done else _limit(one),
        working=(*owed.working, *owed.show),
        provisional=one.verdict.provisional,
        missing=[] if done else [*owed.missing_text, *owed.needs_text],
        excuse=owed.excuse_reason or "",
        met_by=indexes.get(owed.met_by or ""),
        meeting=meeting,
        acts=[*_answers(owed, actor, places, names), *links(meeting, actor, places)]
        if state in _TO_DO
        else [],
    )


def _done(one: Obligation) -> When:
    """When it was done; where nothing says by when, how long that took."""
    owed = one.owed
    if owed.met_ms is not None and owed.due_ms is None and owed.no_number:
        return When(one.verdict.text, "", False)
    return met(owed.met_ms, owed.due_ms)


def _limit(one: Obligation) -> When:
    owed = one.owed
    if owed.halted is not None:
        unit = _HALTED_UNITS.get(owed.halted_unit, "天")
        return When(f"期间中止，恢复后还有 {owed.halted} {unit}", "", False)
    if one.verdict.state in ("not_applicable", "option"):
        return When(one.verdict.text, "", False)
    if owed.due_ms is None and owed.no_number:
        return When("没有具体天数，及时办理", "", False)
    return when_of(one.remaining, one.due, owed.due_ms, late=one.verdict.state in ("overdue", "missing"))


def _answers(
    owed: law.Owed, actor: Actor, places: Mapping[str, str], names: Mapping[str, Name]
) -> list[tuple[str, str]]:
    """Where the judgements that are missing are given."""
    needed = [names.get(need) for need in owed.needs]
    asks = [ask for ask in needed if isinstance(ask, Ask) and roles.put_to(ask.who, actor.roles)]
    found = links([ANSWER], actor, places) if asks else []
    query = [urlencode({"ask": ask.id, "subject": subject_of(ask, owed) or ""}) for ask in asks]
    return [("回答", f"{url}?{one}") for _, url in found for one in query]


def _recording(acts: Sequence[tuple[str, str]], act: Entry) -> list[tuple[str, str]]:
    """The way to registering a recording of an act, with what the act says of place and times."""
    known = {name: _typed(value) for name, value in taken_from(act).items()}
    return [(title, f"{url}?{urlencode(known)}") for title, url in acts]


def _typed(value: object) -> str:
    return format_local(value).replace(" ", "T") if isinstance(value, int) else str(value)
