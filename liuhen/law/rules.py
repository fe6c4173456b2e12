"""What the articles of a measure ask, once read: the closed vocabulary as frozen values. No behaviour here."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from liuhen.law.conditions import Condition
from liuhen.law.counting import Term
from liuhen.law.facts import Fact
from liuhen.law.problems import Place

Pairs = tuple[tuple[str, str], ...]
"""Fields that must agree: (field of the one entry, field of the other)."""


@dataclass(frozen=True)
class Where:
    """A filter on single entries: its text, the test (true, false, or an `Unknown`), the fields that decide.

    `among`: all that it asks is whether its one field has, or lists, any of these values.
    """

    text: str
    test: Callable[[Fact], Any]
    names: tuple[str, ...] = ()
    among: frozenset[Any] | None = None


@dataclass(frozen=True)
class Each:
    """`each`: one obligation for each entry of these kinds that agrees with the trigger."""

    of: tuple[str, ...]
    same: Pairs
    where: Where | None


@dataclass(frozen=True)
class Signed:
    """One required signature: any one of `fields` or of `who` (in the entry's signatures), `least` times."""

    fields: tuple[str, ...]
    who: tuple[str, ...]
    least: int = 1

    @cached_property
    def name(self) -> str:
        """How it is listed when it is missing."""
        return "/".join((*self.fields, *self.who))


@dataclass(frozen=True)
class Stop:
    """Time between two entries that does not count."""

    start: tuple[str, ...]
    end: tuple[str, ...]
    same: Pairs
    start_where: Where | None
    end_where: Where | None


@dataclass(frozen=True)
class Extend:
    """An extension, good only if granted in time: a fixed `add`, or so many `unit` as a field says, up to `most`."""

    since: tuple[str, ...]
    add: Term | None
    take: str | None
    most: Term | None
    unit: str
    times: int
    who: tuple[str, ...]
    where: Where | None
    after: tuple[str, ...]


@dataclass(frozen=True)
class Restart:
    """The clock begins anew with another entry; stands still from the declaration until then."""

    since: tuple[str, ...]
    declared: tuple[str, ...]
    same: Pairs


@dataclass(frozen=True)
class Before:
    """A backward limit: so long (or any time) before a field, or before the trigger (None)."""

    limit: Term | None
    of: str | None
    whole_day: bool


@dataclass(frozen=True)
class Reached:
    """What meets it does so together: the entry with which the sum of a field reaches an amount."""

    field: str
    amount: Condition


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What all rules have. `id` is article.name; `article` the article; `cite` paragraph and item."""

    id: str
    article: str
    prefix: str
    title: str
    cite: str = ""
    say: str = ""
    remedy: str = ""
    show: tuple[str, ...] = ()
    when: Condition | None = None
    who: tuple[str, ...] = ()
    place: Place

    @cached_property
    def cited(self) -> str:
        """The article with its paragraph and item, as shown: `HN-G-14 ¶2`."""
        if not self.cite:
            return self.article
        return f"{self.article}{self.cite}" if self.cite.startswith("(") else f"{self.article} {self.cite}"


@dataclass(frozen=True, kw_only=True)
class Owe(Rule):
    """义务: when this entry exists, that one is owed."""

    since: tuple[str, ...] = ()
    since_due: str | None = None
    every: str | None = None
    where: Where | None = None
    each: Each | None = None
    agency: bool = False
    may: bool = False
    done: tuple[str, ...] = ()
    done_where: Where | None = None
    done_sum: Reached | None = None
    instead: tuple[str, ...] = ()
    same: Pairs = ()
    after: bool = False
    after_start: bool = False
    holds: tuple[tuple[str, ...], ...] = ()
    signed: tuple[Signed, ...] = ()
    within: Term | None = None
    within_take: Condition | None = None
    within_unit: str = "days"
    start_field: str | None = None
    until: str | None = None
    before: Before | None = None
    stop: tuple[Stop, ...] = ()
    extend: tuple[Extend, ...] = ()
    restart: Restart | None = None
    cap: str | None = None
    about: str | None = None
    same_as: tuple[str, ...] = ()

    @cached_property
    def numbered(self) -> bool:
        """Whether there is any limit besides 立即 and 及时."""
        return bool(self.within or self.within_take or self.until or self.before)

    @property
    def allowed(self) -> bool:
        """Whether it is allowed only, never owed."""
        return self.may

    @cached_property
    def contents(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """`holds`, each with the name under which it is listed when missing."""
        return tuple(("/".join(names), names) for names in self.holds)

    @cached_property
    def demands(self) -> bool:
        """Whether what meets it must have contents or signatures."""
        return bool(self.holds or self.signed)

    @cached_property
    def itself(self) -> bool:
        """Whether the entry that begins it is also the one that must be whole."""
        return self.done == self.since and not self.after and not self.since_due

    @cached_property
    def bent(self) -> bool:
        """Whether anything of its own stops, extends, restarts or cuts the count."""
        return bool(self.stop or self.extend or self.restart or self.until)

    @cached_property
    def plain(self) -> bool:
        """Whether its time is a fixed one from the moment at which it arises, as long as no entry bends it."""
        return self.within is not None and not (self.start_field or self.before or self.until)


@dataclass(frozen=True, kw_only=True)
class Record(Rule):
    """音像记录: sound and pictures of an act: may, any, whole. `itself`: when the act's own entry is one already."""

    of: tuple[str, ...]
    must: str
    where: Where | None = None
    medium: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    within: Term | None = None
    until: str = "recording.store"
    itself: Where | None = None
    about: str | None = None
    same: Pairs = ()

    @cached_property
    def allowed(self) -> bool:
        """Whether it is allowed only, never owed."""
        return self.must == "may"


@dataclass(frozen=True)
class Wait:
    """An act must wait until a time after an entry has run out, `unless`."""

    since: tuple[str, ...]
    within: Term
    same: Pairs
    unless: Condition | None


@dataclass(frozen=True)
class Room:
    """A day that an act names must lie at least so long after the act."""

    field: str
    least: Term


@dataclass(frozen=True, kw_only=True)
class Gate(Rule):
    """不得: an act is refused unless `need` holds, the time to wait has run out and a day named leaves room."""

    acts: tuple[str, ...]
    of: tuple[str, ...]
    need: Condition | None
    after: Wait | None = None
    room: Room | None = None


@dataclass(frozen=True, kw_only=True)
class Access(Rule):
    """Who may see, copy, keep or hand on."""

    of: tuple[str, ...]
    parts: tuple[str, ...]
    may: tuple[str, ...]
    need: Condition | None
    deny: bool


@dataclass(frozen=True, kw_only=True)
class Breach(Rule):
    """What counts as a breach: these rules unmet, or such an entry; perhaps with a judgement besides."""

    when_missing: tuple[str, ...]
    since: tuple[str, ...]
    where: Where | None
    asks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Bend(Rule):
    """`clock`: how an article bends the time of another's obligation, by its `about`."""

    about: str
    stop: tuple[Stop, ...]
    extend: tuple[Extend, ...]
    restart: Restart | None
    cap: str | None


@dataclass(frozen=True, kw_only=True)
class Excuse(Rule):
    """`excuse`: an entry that lifts another's obligation; `about` a subject or a rule's id."""

    about: str
    since: tuple[str, ...]
    same: Pairs
    holds: tuple[tuple[str, ...], ...]
    where: Where | None


@dataclass(frozen=True)
class Phase:
    """A stage of the course with the acts that belong to it."""

    phase: str
    title: str
    acts: tuple[str, ...]
    article: str


@dataclass(frozen=True)
class Article:
    """One article: gist, reading, why nothing is asked, and its rules in the order written."""

    id: str
    number: int
    gist: str
    chapter: str
    reading: tuple[str, ...]
    no_duty: str | None
    place: Place
    rules: tuple[Rule, ...] = ()
    names: tuple[str, ...] = ()
    course: tuple[Phase, ...] = ()
