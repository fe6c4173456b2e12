"""What every obligation under one rule has in common, laid out once for a bundle."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from liuhen.law.conditions import Evaluate
from liuhen.law.counting import Term
from liuhen.law.facts import Fact
from liuhen.law.pack import Pack
from liuhen.law.reading import roles
from liuhen.law.rules import Each, Excuse, Owe, Record, Where
from liuhen.law.whole import Lacks, lacks_of

OWED, OPTION, NOT_APPLICABLE, CANNOT_TELL = "owed", "option", "not_applicable", "cannot_tell"

WATCH_BEGUN = "watch_begun"
"""The entry that tells from when an agency works with the system."""

Test = Callable[[Fact], Any]
"""What a `Where` tests an entry by: true, false, or an `Unknown`."""


@dataclass(frozen=True, slots=True)
class Around:
    """What the other rules of a bundle say about one: its place in their order, and who lifts, bends or caps it.

    `roll`: how its last day moves. `bending`: kinds of entries that stop, extend or restart its time. `contested`:
    another measure speaks of the same subject. `followed`: others begin when its time has run out. `line`: the
    rules with which it is one thing to do, where an article says so.
    """

    order: int
    roll: str
    lifting: tuple[tuple[Pack, Excuse], ...]
    bending: frozenset[str]
    caps: tuple[str, ...]
    contested: bool
    followed: bool
    line: "Line | None" = None


@dataclass(frozen=True, slots=True)
class Line:
    """Rules by which one and the same thing is done, shown as one line: `number` tells it from the others.

    `whole`: their obligations begin with different entries, and are one in a matter; else one for each entry.
    """

    number: int
    whole: bool


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """One rule under which obligations arise, with what a bundle says about it.

    `alone`: every entry of its kinds begins one obligation. `itself`: all there is to ask is whether the entry that
    begins it is whole. `lacks`: what an entry lacks to meet it. `deferred`: it is only allowed, and nothing else hangs
    on it, so that it is worked out when somebody looks. `tied`: others contest, cap or wait for it. `within`: its whole
    time, unless there is an entry of the kinds `bending`.
    """

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
    no_number: bool
    keys: tuple[str, ...]
    pack: Pack
    source: Owe | Record
    owe: Owe | None
    record: Record | None
    standing: str
    alone: bool
    each: Each | None
    where: Test | None
    where_names: tuple[str, ...]
    where_among: frozenset[Any] | None
    when: Evaluate | None
    done_where: Test | None
    done_names: tuple[str, ...]
    done_among: frozenset[Any] | None
    itself: bool
    lacks: Lacks | None
    deferred: bool
    within: Term | None
    bending: frozenset[str]
    roll: str
    order: int
    lifting: tuple[tuple[Pack, Excuse], ...]
    caps: tuple[str, ...]
    contested: bool
    followed: bool
    tied: bool
    line: Line | None

    @classmethod
    def of(cls, pack: Pack, rule: Owe | Record, around: Around) -> "RuleInfo":
        """The common part of a rule's obligations."""
        owe = rule if isinstance(rule, Owe) else None
        outside = bool(rule.who) and all(roles()[name].outside for name in rule.who)
        return cls(
            rule=rule.id, article=rule.article, cited=rule.cited, prefix=pack.prefix, measure=pack.measure.title,
            title=rule.title, kind="owe" if owe else "record", who=rule.who, ours=not outside, about=rule.about,
            say=rule.say, remedy=rule.remedy, show=rule.show, done=owe.done if owe else ("recording_ended",),
            no_number=not owe.numbered if owe else True, keys=tuple(mine for mine, _theirs in rule.same),
            pack=pack, source=rule, owe=owe, record=rule if isinstance(rule, Record) else None,
            standing=OPTION if rule.allowed else OWED, alone=rule.where is None and not (owe and owe.each),
            each=owe.each if owe else None,
            where=_test(rule.where), where_names=rule.where.names if rule.where else (),
            where_among=rule.where.among if rule.where else None,
            when=rule.when.evaluate if rule.when is not None else None,
            done_where=_test(owe.done_where) if owe else None,
            done_names=owe.done_where.names if owe and owe.done_where else (),
            done_among=owe.done_where.among if owe and owe.done_where else None,
            itself=owe is not None and _itself(owe, around), lacks=lacks_of(owe, pack.dictionary) if owe else None,
            deferred=rule.allowed and not (around.caps or around.contested or around.followed),
            within=owe.within if owe and owe.plain else None, bending=around.bending, roll=around.roll,
            order=around.order, lifting=around.lifting, caps=around.caps, contested=around.contested,
            followed=around.followed, tied=bool(around.caps or around.contested or around.followed), line=around.line,
        )  # fmt: skip


def _itself(owe: Owe, around: Around) -> bool:
    return owe.itself and not (owe.numbered or owe.allowed or around.lifting or around.contested)


def _test(where: Where | None) -> Test | None:
    return where.test if where is not None else None
