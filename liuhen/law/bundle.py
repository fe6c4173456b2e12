"""The layers an agency has adopted: measures by kind of entry, by act and by subject, and which is in force when."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from liuhen.kernel.clock import day_end_ms, day_start_ms, local_date
from liuhen.law.calendar import Calendar, announced
from liuhen.law.conditions import Evaluate
from liuhen.law.dictionary import Dictionary, standard
from liuhen.law.pack import Pack
from liuhen.law.ruleinfo import Around, Line, RuleInfo
from liuhen.law.rules import Bend, Breach, Excuse, Gate, Owe, Record, Rule
from liuhen.law.values import Amount, Ask

ENGINE_VERSION = "2"
"""Version of the engine's judgement: raised whenever the same pack and facts would give another answer."""

NEVER, FOR_GOOD = -(2**63), 2**63
"""Before and after all instants."""

Begun = tuple[Mapping[str, Sequence[RuleInfo]], int, dict[str, Any]]
R = TypeVar("R", bound=Rule)


class Stirred(NamedTuple):
    """The rules, by their order, whose obligations may come out otherwise, and the kinds of entries that begin them.

    `needed`: the rules without whose obligations that cannot be told.
    """

    rules: frozenset[int]
    kinds: frozenset[str]
    needed: frozenset[int] = frozenset()


class Bundle:
    """Measures adopted from a date each (`adopted`: prefix → local day; not named: from its first day in force)."""

    def __init__(
        self,
        packs: Iterable[Pack],
        adopted: Mapping[str, date] | None = None,
        calendar: Calendar | None = None,
    ) -> None:
        self.packs = tuple(
            sorted(packs, key=lambda pack: (pack.measure.height, pack.prefix, pack.measure.start))
        )
        self.adopted = dict(adopted or {})
        self.calendar = calendar or announced()
        self.dictionary: Dictionary = self.packs[0].dictionary if self.packs else standard()
        self.infos: list[RuleInfo] = []
        """Every rule under which something is owed, by its order."""
        self._started: dict[str, list[RuleInfo]] = {}
        self.after_due: dict[str, list[RuleInfo]] = {}
        self.yearly: list[RuleInfo] = []
        self.gates: dict[str, list[tuple[Pack, Gate]]] = {}
        self.bends: dict[str, list[tuple[Pack, Bend]]] = {}
        self.breaches: list[tuple[Pack, Breach]] = []
        self.asked: dict[tuple[int, str, str], tuple[Evaluate | None, Evaluate]] = {}
        """By measure, question and kind of entry: when it is asked and what was answered; compiled when first asked."""
        self.rolls = {id(pack): self._roll(pack) for pack in self.packs}
        self._times = {id(pack): self._time(pack) for pack in self.packs}
        times = self._times.values()
        self._borders = sorted(
            {*(day_start_ms(first) for first, _ in times), *(day_end_ms(last) + 1 for _, last in times)}
        )
        """The instants at which a measure begins or ceases to bind."""
        self._begun: dict[int, Begun] = {}
        self.reach: dict[int, frozenset[str] | None] = {}
        """By rule: what `reach.reach` found out, once asked."""
        self.stirred: dict[frozenset[str], Stirred] = {}
        """By kinds of new entries: the rules of which `reach.stirred` said that they are judged again."""
        self.answered: tuple[frozenset[int], frozenset[int]] | None = None
        """What `reach.answered` found out, once asked."""
        self._beginning: dict[frozenset[int], frozenset[str]] = {}
        self._asks: dict[str, list[tuple[Pack, Ask, str]]] = {}
        self._about: dict[tuple[str, int], tuple[tuple[Pack, Owe], ...]] = {}
        for pack in self.packs:
            for gate in pack.gates:
                _under(self.gates, gate.acts, pack, gate)
            for bend in pack.bends:
                _under(self.bends, (bend.about,), pack, bend)
            self.breaches += [(pack, breach) for breach in pack.breaches]
        self._lay_out()

    def _lay_out(self) -> None:
        """Everything that arises, by what it arises from, with what the other rules say about it."""
        excuses: dict[str, list[tuple[Pack, Excuse]]] = {}
        speaking: dict[str, set[str]] = {}
        rules: list[tuple[Pack, Owe | Record]] = []
        for pack in self.packs:
            for excuse in pack.excuses:
                _under(excuses, (excuse.about,), pack, excuse)
            for rule in pack.rules:
                if isinstance(rule, Owe | Record):
                    rules.append((pack, rule))
                    speaking.setdefault(rule.about or "", set()).add(pack.prefix)
        followed = {rule.since_due for _pack, rule in rules if isinstance(rule, Owe) and rule.since_due}
        lines = _lines([rule for _pack, rule in rules if isinstance(rule, Owe)])
        for order, (pack, rule) in enumerate(rules):
            about = rule.about or ""
            lifting = (*excuses.get(about, ()), *excuses.get(rule.id, ()))
            contested = bool(about) and len(speaking[about]) > 1
            around = Around(
                order=order, roll=self.rolls[id(pack)], lifting=lifting, bending=self._bending(rule),
                caps=self._caps(rule), contested=contested, followed=rule.id in followed,
                line=lines.get(rule.id),
            )  # fmt: skip
            self._index(rule, RuleInfo.of(pack, rule, around))

    def _index(self, rule: Owe | Record, info: RuleInfo) -> None:
        self.infos.append(info)
        if isinstance(rule, Owe) and rule.every:
            self.yearly.append(info)
        elif isinstance(rule, Owe) and rule.since_due:
            self.after_due.setdefault(rule.since_due, []).append(info)
        else:
            for kind in rule.since if isinstance(rule, Owe) else rule.of:
                self._started.setdefault(kind, []).append(info)

    def _bending(self, rule: Owe | Record) -> frozenset[str]:
        """The kinds of entries that stop, extend or restart its time, by its own words or by another article's."""
        if not isinstance(rule, Owe):
            return frozenset()
        kinds: set[str] = set()
        bends: list[Owe | Bend] = [rule, *(bend for _pack, bend in self.bends.get(rule.about or "", ()))]
        for bend in bends:
            kinds.update(kind for stop in bend.stop for kind in stop.start)
            kinds.update(kind for extend in bend.extend for kind in extend.since)
            if bend.restart is not None:
                kinds.update(bend.restart.since, bend.restart.declared)
        return frozenset(kinds)

    def _caps(self, rule: Owe | Record) -> tuple[str, ...]:
        """The subjects that cap its date: those that it names, and those that others name for its own subject."""
        if not isinstance(rule, Owe):
            return ()
        bends = self.bends.get(rule.about or "", ())
        return tuple(filter(None, (rule.cap, *(bend.cap for _pack, bend in bends))))

    def _roll(self, pack: Pack) -> str:
        """How a last day moves: as the measure says, else as one above it that binds those below says."""
        if pack.measure.roll is not None:
            return pack.measure.roll
        above = [
            other.measure.roll
            for other in self.packs
            if other.measure.binds_below and other.measure.roll and other.measure.height < pack.measure.height
        ]
        return above[0] if above else "none"

    def in_force(self, pack: Pack, day: date) -> bool:
        """Whether a measure binds this agency on a local day."""
        first, last = self._times[id(pack)]
        return first <= day <= last

    def _time(self, pack: Pack) -> tuple[date, date]:
        start = max(pack.measure.start, self.adopted.get(pack.prefix, date.min))
        return start, pack.measure.end or date.max

    def started_by(self, kind: str) -> Sequence[RuleInfo]:
        """The obligations and recordings that entries of a kind begin."""
        return self._started.get(kind, ())

    def begun_by(self, kind: str, at_ms: int) -> Sequence[RuleInfo]:
        """Those of them whose measure binds this agency at an instant in milliseconds UTC."""
        return self.begun_at(at_ms)[0].get(kind, ())

    def begun_at(self, at_ms: int) -> "Begun":
        """By kind of entry, what is begun at an instant; and the first instant from which it is something else.

        And room to keep by kind how that is written out, or how often it was asked for.
        """
        period = bisect_right(self._borders, at_ms)
        found = self._begun.get(period)
        if found is None:
            day = local_date(at_ms)
            binding = {id(pack) for pack in self.packs if self.in_force(pack, day)}
            begun = {
                kind: tuple([info for info in infos if id(info.pack) in binding])
                for kind, infos in self._started.items()
            }
            until = self._borders[period] if period < len(self._borders) else FOR_GOOD
            found = self._begun[period] = begun, until, {}
        return found

    def about(self, subject: str, own: Pack) -> Sequence[tuple[Pack, Owe]]:
        """The obligations on a subject: those of one's own measure first, then from the highest down."""
        key = (subject, id(own))
        found = self._about.get(key)
        if found is None:
            ordered = (own, *(pack for pack in self.packs if pack is not own))
            found = tuple((pack, owe) for pack in ordered for owe in pack.owes if owe.about == subject)
            self._about[key] = found
        return found

    @cached_property
    def begun(self) -> Sequence[RuleInfo]:
        """Every rule whose obligations entries begin, in order."""
        found = {info.order: info for infos in self._started.values() for info in infos}
        return [found[order] for order in sorted(found)]

    def beginning(self, rules: frozenset[int]) -> frozenset[str]:
        """The kinds of entries that begin obligations under any of these rules."""
        found = self._beginning.get(rules)
        if found is None:
            found = self._beginning[rules] = frozenset(
                kind for kind, infos in self._started.items() if any(info.order in rules for info in infos)
            )
        return found

    def asked_before(self, act: str) -> Sequence[tuple[Pack, Ask, str]]:
        """What is asked before an act (or about a kind of entry), in the order of the layers, and of which kind."""
        found = self._asks.get(act)
        if found is None:
            every = (
                (pack, spec) for pack in self.packs for spec in pack.names.values() if isinstance(spec, Ask)
            )
            found = [(pack, spec, kind) for pack, spec in every if (kind := self._kind_asked(spec, act))]
            self._asks[act] = found
        return found

    def _kind_asked(self, spec: Ask, act: str) -> str | None:
        if act in spec.of:
            return act
        if act in spec.acts:
            return next(kind for kind in self.dictionary.acts[act] if kind in spec.of)
        return None

    def asks(self) -> list[Ask]:
        """Everything that is left to judgement, in the order of the layers."""
        return [spec for pack in self.packs for spec in pack.names.values() if isinstance(spec, Ask)]

    def figures(self) -> list[Amount]:
        """Every figure that the measures leave to the agency (机关自己定的数额标准), in the order of the layers."""
        return [
            spec
            for pack in self.packs
            for spec in pack.names.values()
            if isinstance(spec, Amount) and spec.value is None
        ]

    @cached_property
    def digest(self) -> str:
        """SHA-256 over packs, adoption, calendar and engine: what a judgement relied on."""
        lines = [ENGINE_VERSION, self.calendar.digest]
        lines += [f"{pack.prefix} {pack.digest} {self.adopted.get(pack.prefix)}" for pack in self.packs]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _lines(rules: Iterable[Owe]) -> dict[str, Line]:
    """By rule: the line on which it stands with others, as `same_as` says of the measures that are adopted."""
    known = {rule.id: rule for rule in rules}
    groups: list[set[str]] = []
    for rule in known.values():
        named = {rule.id, *(other for other in rule.same_as if other in known)}
        if len(named) > 1:
            touching = [group for group in groups if group & named]
            groups = [group for group in groups if not group & named] + [named.union(*touching)]
    found = {}
    for number, group in enumerate(groups):
        kinds = [set(known[name].since) for name in group]
        line = Line(number, whole=not set.intersection(*kinds))
        found.update(dict.fromkeys(group, line))
    return found


def _under(index: dict[str, list[tuple[Pack, R]]], keys: Iterable[str], pack: Pack, rule: R) -> None:
    for key in keys:
        index.setdefault(key, []).append((pack, rule))
