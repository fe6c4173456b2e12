"""One obligation of one matter: what is owed, since when, by when, and what met it. No clock inside."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from liuhen.law.counting import Count
from liuhen.law.facts import Fact
from liuhen.law.pack import Pack
from liuhen.law.reading import roles
from liuhen.law.rules import Owe, Record
from liuhen.law.values import Context

OWED, OPTION, NOT_APPLICABLE, CANNOT_TELL = "owed", "option", "not_applicable", "cannot_tell"


@dataclass(frozen=True)
class RuleInfo:
    """What every obligation under one rule has in common."""

    rule: str
    article: str
    cited: str
    prefix: str
    measure: str
    title: str
    kind: str
    who: tuple[str, ...]
    ours: bool
    about: str | None
    say: str
    remedy: str
    show: tuple[str, ...]
    done: tuple[str, ...]
    numbered: bool

    @classmethod
    def of(cls, pack: Pack, rule: Owe | Record) -> "RuleInfo":
        """The common part of a rule's obligations."""
        owe = rule if isinstance(rule, Owe) else None
        outside = bool(rule.who) and all(roles()[name].outside for name in rule.who)
        return cls(
            rule=rule.id, article=rule.article, cited=rule.cited, prefix=pack.prefix, measure=pack.measure.title,
            title=rule.title, kind="owe" if owe else "record", who=rule.who, ours=not outside, about=rule.about,
            say=rule.say, remedy=rule.remedy, show=rule.show, done=owe.done if owe else ("recording_ended",),
            numbered=owe.numbered if owe else True,
        )  # fmt: skip


class Owed(NamedTuple):
    """义务的一行. Instants in milliseconds UTC; `due_ms` None: no number, standing, or not known.

    `standing` is owed, option, not_applicable or cannot_tell; `needs` what is missing for the last.
    It exists from `arises_ms`; `starts_ms` is from when it is counted. `halted` is what is left of a clock that
    stands, in `halted_unit`. `met_by` is the entry that met it; `candidate` one that would, but for
    `missing_fields`. `span` are the days looked at when counting. `explain` renders the working.
    """

    info: RuleInfo
    standing: str
    trigger: str
    trigger_kind: str
    subject: str
    starts_ms: int
    arises_ms: int
    due_ms: int | None
    no_number: bool
    provisional: bool
    met_by: str | None
    met_ms: int | None
    met_kind: str | None
    candidate: str | None
    missing_fields: tuple[str, ...]
    excused_by: str | None
    excused_ms: int | None
    excuse_reason: str | None
    halted: int | None
    halted_unit: str
    span: tuple[str, str] | None
    needs: tuple[str, ...]
    yielded_to: str | None
    beside: str | None
    explain: Callable[[], tuple[str, ...]]

    @property
    def working(self) -> tuple[str, ...]:
        """依据、起因、条件、期间的计算、完成或者免除: one line each, in Chinese."""
        return self.explain()

    @property
    def rule(self) -> str:
        """The rule's id, such as `HN-S-9.review`."""
        return self.info.rule

    @property
    def article(self) -> str:
        """The article, such as `HN-S-9`."""
        return self.info.article

    @property
    def cited(self) -> str:
        """The article with paragraph and item."""
        return self.info.cited

    @property
    def measure(self) -> str:
        """The measure's title."""
        return self.info.measure

    @property
    def title(self) -> str:
        """What is owed, in one sentence."""
        return self.info.title

    @property
    def kind(self) -> str:
        """`owe`, or `record` for sound and pictures."""
        return self.info.kind

    @property
    def who(self) -> tuple[str, ...]:
        """The roles that owe it."""
        return self.info.who

    @property
    def ours(self) -> bool:
        """Whether it is the agency's own to do; otherwise it is waited for."""
        return self.info.ours

    @property
    def about(self) -> str | None:
        """The subject by which other articles bend it."""
        return self.info.about

    @property
    def show(self) -> tuple[str, ...]:
        """Readings shown beside it, not owed."""
        return self.info.show

    @property
    def candidate_kinds(self) -> tuple[str, ...]:
        """The entry kinds that would meet it."""
        return self.info.done


@dataclass(slots=True)
class Row:
    """An obligation while it is being worked out."""

    pack: Pack
    rule: Owe | Record
    trigger: Fact
    each: Fact | None
    context: Context
    starts_ms: int
    arises_ms: int
    standing: str = OWED
    needs: tuple[str, ...] = ()
    count: Count | None = None
    met: Fact | None = None
    met_ms: int | None = None
    candidate: Fact | None = None
    missing: tuple[str, ...] = ()
    excused: Fact | None = None
    excuse_reason: str | None = None
    yielded_to: str | None = None
    beside: str | None = None
    unknown_term: str | None = None
    lines: list[str] = field(default_factory=list)

    @property
    def source(self) -> Fact:
        """The entry whose keys identify the obligation: the `each` entry, else the trigger."""
        return self.each or self.trigger

    def value(self, name: str) -> Any:
        """A field of the `each` entry, else of the trigger."""
        if self.each is not None and name in self.each.fields:
            return self.each.fields[name]
        return self.trigger.fields.get(name)
