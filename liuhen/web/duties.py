"""义务 as the case page shows them: state, due date, working, article, and the act that meets each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from liuhen import law
from liuhen.acts import Matter, judgement, registry
from liuhen.acts.matter import law_of
from liuhen.law.calendar import Calendar
from liuhen.law.rules import Owe, Rule
from liuhen.web import roles
from liuhen.web.articles import acts_meeting, article_url, packs_of, rules_of
from liuhen.web.words import VERDICTS, When, met, when

_ORDER = (
    "overdue",
    "missing",
    "due",
    "cannot_tell",
    "option",
    "waiting",
    "met_late",
    "met",
    "excused",
    "not_applicable",
)
_RANK = {name: rank for rank, name in enumerate(_ORDER)}
_FAR = 2**62
_GROUPS = {
    "overdue": "pressing", "missing": "pressing", "due": "open", "cannot_tell": "judge", "option": "options",
    "waiting": "waiting", "met": "done", "met_late": "done", "excused": "done",
}  # fmt: skip


@dataclass(frozen=True)
class Link:
    """An act that can be gone to."""

    name: str
    title: str


@dataclass(frozen=True)
class Duty:
    """One obligation as shown."""

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
    text: str
    excuse: str
    met_by: int | None
    acts: Sequence[Link] = field(default_factory=list)


def duties(matter: Matter, now_ms: int) -> list[Duty]:
    """Every obligation of a matter at an instant, the most pressing first."""
    rules = rules_of(packs_of(matter.agency))
    calendar = law_of(matter.agency).bundle.calendar
    indexes = {entry.id: entry.index for entry in matter.entries}
    found = [(item, law.state(item, now_ms)) for item in judgement.owed(matter)]
    found.sort(
        key=lambda pair: (_RANK.get(pair[1].state, len(_RANK)), pair[0].due_ms or _FAR, pair[0].starts_ms)
    )
    return [_duty(item, verdict, now_ms, rules.get(item.rule), calendar, indexes) for item, verdict in found]


def _duty(
    item: law.Owed,
    verdict: law.Verdict,
    now_ms: int,
    rule: Rule | None,
    calendar: Calendar,
    indexes: Mapping[str, int],
) -> Duty:
    state = verdict.state
    done = state in ("met", "met_late", "excused")
    limit = when(item.due_ms, now_ms, calendar, no_number=item.no_number, starts_ms=item.starts_ms)
    if item.halted is not None and not done:
        unit = {"hours": "小时", "working_days": "个工作日"}.get(item.halted_unit, "天")
        limit = When(f"期间中止，恢复后还有 {item.halted} {unit}", "", False)
    return Duty(
        state=state,
        mark=VERDICTS[state],
        title=item.title,
        article=item.cited,
        url=article_url(item.article),
        who=roles.named(item.who),
        text=verdict.text,
        when=When(met(item.met_ms, item.due_ms), limit.full, False) if done else limit,
        working=(*item.working, *item.show),
        provisional=item.provisional and not done,
        missing=[_label(rule, name) for name in (*item.missing_fields, *item.needs)],
        excuse=item.excuse_reason or "",
        met_by=indexes.get(item.met_by or ""),
        acts=[Link(name, registry.kind_of(registry.act(name)).title) for name in acts_meeting(rule)],
    )


def _label(rule: Rule | None, name: str) -> str:
    """What is missing in words: a field of the entry that would meet the rule, a signer, or as the law names it."""
    kinds = registry.dictionary().kinds
    for kind in rule.done if isinstance(rule, Owe) else ():
        if name in kinds[kind].fields:
            return kinds[kind].fields[name].label
    return roles.named(name.split("/"), "或者")


def grouped(found: Sequence[Duty]) -> dict[str, list[Duty]]:
    """Duties in the groups of the page."""
    groups: dict[str, list[Duty]] = {
        name: [] for name in ("pressing", "open", "judge", "options", "waiting", "done", "other")
    }
    for duty in found:
        groups[_GROUPS.get(duty.state, "other")].append(duty)
    return groups
