"""到那一步的办法: the acts that lead to an act, each after those that it needs, as form and law know them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from liuhen import law
from liuhen.acts import judgement, registry
from liuhen.acts.act import Act, Matter
from liuhen.acts.form import form_of, known_key
from liuhen.acts.matter import law_of
from liuhen.cases.courses.places import OVER
from liuhen.law.ahead import Lacking, lacking
from liuhen.law.course import course
from liuhen.law.dictionary import Field

LONGEST = 15
"""Steps of a way, at most: no course is longer."""
_PARTY = frozenset(
    {
        "record_waiver",
        "withdraw_hearing",
        "record_statement",
        "request_hearing",
        "request_deferral",
        "record_remedy",
    }
)
"""What is done only if the party wishes it."""
_CONTESTING = frozenset({"raise_dispute", "dispute_jurisdiction"})
"""What is done only if somebody of ours disagrees."""
_UNDOING = ("withdraw_", "lift_", "void_", "decline_")
_FIRST: Mapping[str, Sequence[tuple[frozenset[str], frozenset[str], str]]] = {
    "report_investigation": (
        (frozenset(), frozenset({"inspected", "inquired", "evidence_collected"}), "evidence_collected"),
        (frozenset({"claims_settled"}), frozenset({"fine_reckoned"}), "fine_reckoned"),
    ),
}
"""What is reported on: where the first kinds are there and none of the second, what is proposed before."""
_CHANGED = {"review_opined": "decision_drafted"}
"""What is changed before somebody judges it anew."""
ANEW = {
    "apply_court_enforcement": (
        "performance_refused", "decision_drafted", "review_submitted", "review_received", "review_opined",
    )
}  # fmt: skip
"""What is drafted and reviewed for itself once a case is decided: the entries before it, in their order."""
_LIKELY: Mapping[str, Mapping[str, Any]] = {"decided": {"amount": 1}}
"""What an entry planned holds besides, as long as nothing is known of it: a penalty is some fine."""
_WANTING = frozenset({"absent"})
"""Numbers that are best nothing."""


def _otherwise(had: Mapping[str, Any], spec: Mapping[str, Field]) -> Iterator[Mapping[str, Any]]:
    """The same entry with another choice, or with nobody absent and all there: what was agreed on stays."""
    counted = {name: 0 for name, field in spec.items() if field.type == "int" and name in _WANTING}
    for one in (had, {**had, **counted}):
        for name, field in spec.items():
            if field.required:
                yield from ({**one, name: value} for value in field.choices)


@dataclass(frozen=True)
class Step:
    """一步: an act still to be done, and why."""

    act: str
    title: str
    why: str
    cited: str


@cache
def undoing() -> frozenset[str]:
    """The acts that undo others: no step towards anything."""
    return frozenset(name for name in registry.acts() if name.startswith(_UNDOING))


@cache
def unlikely() -> frozenset[str]:
    """The acts that are somebody's choice, and those that undo: no step of the shortest way."""
    return _PARTY | _CONTESTING | undoing()


def first_before(name: str, there: Callable[[str], bool]) -> Iterator[str]:
    """The kinds that an act is to report on and that are not there."""
    for given, any_of, brings in _FIRST.get(name, ()):
        if all(map(there, given)) and not any(map(there, any_of)):
            yield brings


def places(matter: Matter) -> Mapping[str, int]:
    """Where each act stands in the matter's course."""
    return _places(law_of(matter.agency).bundle)


@lru_cache(maxsize=16)
def _places(bundle: law.Bundle) -> Mapping[str, int]:
    return {act: place for place, act in enumerate(act for phase in course(bundle) for act in phase.acts)}


def in_order(matter: Matter, steps: Sequence[Step]) -> list[Step]:
    """Each step once, in the order of the course; what has no place in it comes just before what needs it."""
    order = places(matter)
    placed: dict[str, tuple[int, int]] = {}
    needed_at = len(order)
    for back, step in enumerate(reversed(steps)):
        needed_at = order.get(step.act, needed_at)
        placed[step.act] = (needed_at, -back)
    once = {step.act: step for step in steps}
    return sorted(once.values(), key=lambda step: placed[step.act])


def known_of(act: Act, matter: Matter) -> dict[str, Any]:
    """What the form would hold before anybody types."""
    form = form_of(act, matter)
    known = {name: source.value for name, source in form.filled.items()}
    return {**known, **act.constants, **known_key(form, matter)}


class Way:
    """The acts that lead to an act, each after those that it needs: by its form, then by the law.

    What is planned counts as done, with the likely choices: otherwise the law could not say what is needed next.
    """

    def __init__(self, matter: Matter, now_ms: int, avoided: Collection[str] = ()) -> None:
        self._matter, self._now, self._avoided = matter, now_ms, avoided
        self._agency_law = law_of(matter.agency)
        self._facts = judgement.facts_of(matter, self._agency_law)
        self._by_kind = {act.kind: name for name, act in registry.acts().items() if matter.type in act.on}
        self._order = places(matter)
        self._planned: dict[str, Mapping[str, Any]] = {}
        self._on_the_way: set[str] = set()
        self.steps: list[Step] = []
        self.otherwise: set[str] = set()
        """The rules that refuse what is planned, as it would likely be, and not another outcome of it."""
        self._aside: int | None = None

    def to(self, name: str, why: str = "", cited: str = "") -> None:
        """Append the act after everything that it needs and is not there."""
        if name in self._on_the_way or len(self._on_the_way) > LONGEST:
            return
        self._on_the_way.add(name)
        for kinds, reason in self._by_form(name):
            self._first(kinds, name, reason, "")
        anew = {one.rule for one in self.lacking(name) if not one.kinds.isdisjoint(ANEW.get(name, ()))}
        known = -1
        while known < len(self._on_the_way) <= LONGEST:
            known = len(self._on_the_way)
            for one in self.lacking(name):
                if one.rule in anew or all(still.rule != one.rule for still in self.lacking(name)):
                    continue
                self._first(self._bringing(name, one), name, one.say, one.cited)
        if anew:
            self._anew(name)
        act = registry.act(name)
        self._planned[act.kind] = self._fields(act)
        self.steps.append(Step(name, registry.kind_of(act).title, why, cited))

    def _anew(self, name: str) -> None:
        """The entries that the act needs for itself and that were not made since the decision."""
        self._aside = len(self.steps)
        decided = None if "decided" in self._planned else self._matter.last("decided")
        for kind in ANEW[name]:
            last = self._matter.last(kind)
            if decided is None or last is None or last.index < decided.index:
                act = registry.act(self._by_kind[kind])
                title = registry.kind_of(registry.act(name)).title
                self.steps.append(
                    Step(self._by_kind[kind], registry.kind_of(act).title, f"“{title}”在它之后办理", "")
                )

    @property
    def in_course(self) -> list[Step]:
        """The steps before the act in the order of the course; those that it needs for itself stay behind them."""
        before = self.steps[:-1]
        course = before[: self._aside]
        return [*in_order(self._matter, course), *before[len(course) :]]

    def _first(self, kinds: Iterable[str], name: str, reason: str, cited: str) -> None:
        nearest = self._nearest(kinds, name, cited)
        if nearest:
            self.to(nearest, reason, cited)

    def _bringing(self, name: str, refused: Lacking) -> list[str]:
        """Of the kinds on which a refusal hangs those that end it: what helps, is under way, missing, made anew."""
        ways = ((kind, self._by_kind.get(kind)) for kind in sorted(refused.kinds))
        known = [kind for kind, way in ways if way is not None and self._likely(way, frozenset())]
        renewed = [kind for kind in known if self._there(kind) and self._under_way(kind)]
        missing = [kind for kind in known if not self._there(kind)]
        helping = [kind for kind in (*missing, *renewed) if self._helps(name, refused.rule, kind)]
        return helping or renewed or missing or self._again(name, refused.rule, known)

    def missing(self, refused: Lacking) -> list[str]:
        """The acts of ours whose entries it hangs on and of which there is none."""
        ways = [self._by_kind[kind] for kind in sorted(refused.kinds) if kind in self._by_kind]
        return [
            way for way in ways if not self._there(registry.act(way).kind) and self._likely(way, frozenset())
        ]

    def _again(self, name: str, rule: str, known: Iterable[str]) -> list[str]:
        """What is there and would be lawful had it another outcome; what is judged anew is first changed."""
        for kind in known:
            last, act = self._matter.last(kind), registry.act(self._by_kind[kind])
            if last is None or kind in self._planned or act.over(self._matter):
                continue
            others = _otherwise({**last.open, **self._fields(act)}, registry.kind_of(act).fields)
            if any(self._ends(name, rule, {kind: other}) for other in others):
                self.otherwise.add(rule)
                return [_CHANGED.get(kind, kind)]
        return []

    def _likely(self, name: str, seen: frozenset[str]) -> bool:
        """Whether neither the act nor what it deals with is somebody's choice still to be made."""
        if name in self._avoided or name in seen:
            return False
        needed = [kind for kind in registry.act(name).same if kind in self._by_kind]
        return not needed or any(
            self._there(kind) or self._likely(self._by_kind[kind], seen | {name}) for kind in needed
        )

    def _by_form(self, name: str) -> Iterable[tuple[Iterable[str], str]]:
        """Sets of kinds, one of each of which must be there: what the act takes fixed, comes after, or deals with."""
        act = registry.act(name)
        title = registry.kind_of(act).title
        paths = [[source.split(".")[0] for source in path.split("|")] for path in act.fixed.values()]
        dealt_with = act.same and not act.new_key and not form_of(act, self._matter).instances
        if dealt_with and not any(kind in self._planned for kind in act.same):
            yield act.same, f"“{title}”在它之后办理"
        for brings in first_before(name, self._there):
            yield [brings], f"“{title}”在它之后办理"
        for kinds in (*paths, list(act.after)):
            if kinds and not any(self._there(kind) for kind in kinds):
                yield kinds, f"“{title}”在它之后办理"

    def _helps(self, name: str, rule: str, kind: str) -> bool:
        """Whether such an entry, as it would likely be, is all that the rule still asks."""
        return self._ends(name, rule, {kind: self._fields(registry.act(self._by_kind[kind]))})

    def _ends(self, name: str, rule: str, made: Mapping[str, Mapping[str, Any]]) -> bool:
        """Whether with these entries the rule does not refuse the act any more."""
        return all(one.rule != rule for one in self.lacking(name, made))

    def done(self, kinds: Collection[str]) -> law.Matter:
        """The matter with the steps before the act done now: nothing that they begin runs out earlier."""
        number = max((fact.number for fact in self._facts), default=0)
        done = [
            law.Fact(f"planned.{kind}", kind, self._now, self._now, self._planned[kind], number + place)
            for place, kind in enumerate((kind for kind in self._planned if kind in kinds), 1)
        ]
        bundle = self._agency_law.bundle
        return law.Matter([*self._facts, *done], bundle.dictionary, bundle.calendar)

    def lacking(self, name: str, besides: Mapping[str, Mapping[str, Any]] | None = None) -> Sequence[Lacking]:
        """What the law still refuses the act for, with all that is planned done (and `besides`)."""
        done = {**self._planned, **(besides or {})}
        bundle, matter = self._agency_law.bundle, self._with(done) if done else self._as_it_stands
        return lacking(bundle, name, matter, self._fields(registry.act(name)), self._now)

    @cached_property
    def _as_it_stands(self) -> law.Matter:
        return self._with({})

    def _with(self, made: Mapping[str, Mapping[str, Any]]) -> law.Matter:
        """The matter as the law sees it once these entries are made, now."""
        number = max((fact.number for fact in self._facts), default=0)
        done = [
            law.Fact(f"planned.{kind}", kind, self._now, self._now, fields, number + place)
            for place, (kind, fields) in enumerate(made.items(), 1)
        ]
        bundle = self._agency_law.bundle
        return law.Matter([*self._facts, *done], bundle.dictionary, bundle.calendar)

    def likely(self, name: str) -> dict[str, Any]:
        """What the form would hold if it were filled in now, with the likely answer to a choice."""
        return self._fields(registry.act(name))

    def _fields(self, act: Act) -> dict[str, Any]:
        """What the entry would hold: what is known, what is planned before it, and the likely answer to a choice."""
        kind = registry.kind_of(act)
        made = {**_LIKELY.get(act.kind, {}), **self._sums(act), **known_of(act, self._matter)}
        for name, path in (*act.suggested.items(), *act.fixed.items()):
            for source in path.split("|"):
                of, _, field = source.partition(".")
                if self._planned.get(of, {}).get(field) is not None:
                    made[name] = self._planned[of][field]
                    break
        for name, spec in kind.fields.items():
            if name in made or not spec.required and name != kind.key:
                continue
            if spec.type == "choice" and spec.choices:
                made[name] = next(iter(spec.choices))
            elif spec.type == "key":
                made[name] = self._key(act) if name == kind.key else self._named(name)
        return made

    def _sums(self, act: Act) -> dict[str, Any]:
        """The sums that its form suggests: what was reckoned is what will be told and decided."""
        fields = registry.kind_of(act).fields
        found = registry.suggest(registry.name_of(act), self._matter)
        return {
            name: found[name][0] for name, spec in fields.items() if spec.type == "money" and name in found
        }

    def _key(self, act: Act) -> str:
        """The instance that was planned before, or its own."""
        key = registry.kind_of(act).key
        planned = (self._planned[kind].get(key) for kind in act.same if kind in self._planned)
        return str(next((value for value in planned if value), f"planned.{act.kind}"))

    def _named(self, name: str) -> str:
        """An instance of another kind: the one planned, else the last that the record names so."""
        planned = [fields[name] for fields in self._planned.values() if fields.get(name)]
        held = [entry.open[name] for entry in self._matter.entries if entry.open.get(name)]
        return str((planned or held or [f"planned.{name}"])[-1])

    def _under_way(self, kind: str) -> bool:
        """Whether it is there and is to be once more: what it deals with has come anew since, or is to come."""
        last = self._matter.last(kind)
        return last is not None and kind not in self._planned and self._renewed(kind, last.index, frozenset())

    def _renewed(self, kind: str, since: int, seen: frozenset[str]) -> bool:
        """Whether any of what such an entry is made of is planned, or newer than `since`."""
        name = self._by_kind.get(kind)
        if name is None or kind in seen:
            return False
        act = registry.act(name)
        before = {source.split(".")[0] for path in act.fixed.values() for source in path.split("|")}
        for each in {*before, *act.same} - {kind}:
            entry = self._matter.last(each)
            if each in self._planned or entry is not None and entry.index > since:
                return True
            if entry is not None and self._renewed(each, since, seen | {kind}):
                return True
        return False

    def _there(self, kind: str) -> bool:
        return kind in self._planned or self._matter.last(kind) is not None

    def _nearest(self, kinds: Iterable[str], before: str, cited: str) -> str:
        """Of several that would do: for the law (`cited`) the shortest way, for the form the last stage."""
        names = {self._by_kind[kind] for kind in kinds if kind in self._by_kind} - {before}
        known = [name for name in names if not registry.act(name).by_system and name not in self._avoided]
        if any(name in self._on_the_way for name in known):
            return ""
        placed = [name for name in known if name in self._order]
        fitting = [name for name in placed if self._order[name] <= self._order.get(before, len(self._order))]
        if cited:
            return min(fitting or placed or known, key=self._cost, default="")
        return max(fitting or placed or known, key=lambda name: (self._order.get(name, -1), name), default="")

    def _cost(self, name: str) -> tuple[bool, int, str]:
        """What ends a case otherwise is no way to its end, unless there is no other."""
        return registry.act(name).kind in OVER, self._length(name, frozenset()), name

    def _length(self, name: str, seen: frozenset[str]) -> int:
        if name in seen or len(seen) > LONGEST:
            return LONGEST
        own = seen | {name}
        needed = [
            min(
                (self._length(self._by_kind[kind], own) for kind in kinds if kind in self._by_kind), default=0
            )
            for kinds, _ in self._by_form(name)
        ]
        return 1 + sum(needed)
