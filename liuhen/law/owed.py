"""One obligation of one matter: what is owed, since when, by when, and what met it. No clock inside."""

from dataclasses import dataclass, field
from typing import Any

from liuhen.law.counting import Count
from liuhen.law.facts import Fact
from liuhen.law.names import Context
from liuhen.law.pack import Pack
from liuhen.law.rules import Owe, Record

OWED, OPTION, NOT_APPLICABLE, CANNOT_TELL = "owed", "option", "not_applicable", "cannot_tell"


@dataclass(frozen=True, kw_only=True)
class Owed:
    """义务的一行. Instants in milliseconds UTC; `due_ms` None: no number, standing, or not known.

    `standing` is owed, option, not_applicable or cannot_tell; `needs` what is missing for the last.
    `halted` is what is left of a clock that stands, in `halted_unit`. `met_by` is the entry that met it;
    `candidate` one that would, but for `missing_fields`. `span` the days looked at when counting.
    """

    rule: str
    article: str
    cited: str
    measure: str
    title: str
    kind: str
    standing: str
    trigger: str
    trigger_kind: str
    subject: str
    who: tuple[str, ...]
    ours: bool
    starts_ms: int
    due_ms: int | None = None
    no_number: bool = False
    provisional: bool = False
    met_by: str | None = None
    met_ms: int | None = None
    met_kind: str | None = None
    candidate: str | None = None
    candidate_kinds: tuple[str, ...] = ()
    missing_fields: tuple[str, ...] = ()
    excused_by: str | None = None
    excused_ms: int | None = None
    excuse_reason: str | None = None
    halted: int | None = None
    halted_unit: str = "days"
    span: tuple[str, str] | None = None
    working: tuple[str, ...] = ()
    about: str | None = None
    needs: tuple[str, ...] = ()
    yielded_to: str | None = None
    beside: str | None = None
    say: str = ""
    remedy: str = ""
    show: tuple[str, ...] = ()


@dataclass
class Row:
    """An obligation while it is being worked out."""

    pack: Pack
    rule: Owe | Record
    trigger: Fact
    each: Fact | None
    context: Context
    standing: str = OWED
    needs: tuple[str, ...] = ()
    starts_ms: int = 0
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

    @property
    def about(self) -> str | None:
        """The subject by which other articles bend it."""
        return self.rule.about if isinstance(self.rule, Owe) else None

    def value(self, name: str) -> Any:
        """A field of the `each` entry, else of the trigger."""
        if self.each is not None and name in self.each.fields:
            return self.each.fields[name]
        return self.trigger.fields.get(name)
