"""Playing a scenario: each act through the door at its own time, each expectation compared with what came."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from liuhen import ledger
from liuhen.accounts.models import Agency
from liuhen.accounts.projections import PEOPLE, people_stream
from liuhen.acts import Actor, Invalid, Receipt, Refused, perform, preview, rebuild, registry
from liuhen.acts.correcting import Correction
from liuhen.acts.matter import load_matter, register_of
from liuhen.disclosure.publishing import publish_due
from liuhen.kernel.clock import FixedClock
from liuhen.kernel.ids import new_id
from liuhen.oversight.scenarios import looks
from liuhen.oversight.scenarios.counting import changed, row_counts
from liuhen.oversight.scenarios.outcome import Came, Outcome
from liuhen.oversight.scenarios.reading import CATALOGUE, REGISTER, SYSTEM, Scenario, Step
from liuhen.oversight.scenarios.shifting import Move
from liuhen.oversight.scenarios.stage import actor, change_people
from liuhen.oversight.scenarios.values import REFUSED, Filling, Names
from liuhen.registers.queries import begun_catalogue

NOTHING = "没有"


@dataclass(frozen=True)
class Pace:
    """How a scenario is played: moved in time, ended after the step named `through`; `acting_only` skips what is
    expected (demonstration data)."""

    move: Move = field(default_factory=Move)
    through: str | None = None
    acting_only: bool = False


def play(scenario: Scenario, pace: Pace | None = None, *, verify: bool = True) -> Outcome:
    """Play one file in the database now connected, which `prepare` has made ready."""
    playing = played(scenario, pace)
    if verify and not playing.pace.acting_only:
        playing.nothing_found()
    return playing.outcome


def played(scenario: Scenario, pace: Pace | None = None) -> "Playing":
    """The same, with the streams and receipts that the steps made, for whoever goes on from there."""
    playing = Playing(scenario, pace or Pace())
    playing.run()
    return playing


@dataclass
class Playing:
    """A scenario being played: its clock, and the receipts and streams of its steps by their names."""

    scenario: Scenario
    pace: Pace
    clock: FixedClock = field(default_factory=lambda: FixedClock(0))
    receipts: dict[str, Receipt] = field(default_factory=dict)
    streams: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.outcome = Outcome(self.scenario.file, self.scenario.title, len(self.scenario.steps))
        self.agency = Agency.objects.get(slug=self.scenario.agency)
        for name, stream in (
            (REGISTER, register_of(self.agency.id)),
            (PEOPLE, people_stream(self.agency.id)),
        ):
            if stream:
                self.streams[name] = stream
        if any(step.on == CATALOGUE for step in self.scenario.steps):
            self.streams[CATALOGUE] = begun_catalogue(self.agency.id)

    def run(self) -> None:
        change_people(self.scenario.agency, self.scenario.people)
        for step in self.scenario.steps:
            self.clock.ms = step.at_ms + self.pace.move.ms
            done = {"do": self._do, "check": self._check, "look": self._look}[step.form](step)
            self.outcome.played += 1
            if not done or (self.pace.through and step.words.get("as") == self.pace.through):
                break

    def _do(self, step: Step) -> bool:
        """An act. True when it went as expected, so that the next step can build on it."""
        expected = _expected(step)
        if self.pace.acting_only and expected:
            return True
        self.outcome.checks += 0 if step.before else 1
        by = actor(step.by, self.scenario.agency, self.clock.ms, SYSTEM)
        stream = self.streams[step.on] if step.on else None
        try:
            payload = self._filling(by).payload(step.act, self.pace.move.value(step.values, step.at_ms))
        except REFUSED as error:
            return self._compare(step, expected, {"invalid": ["files"], "why": str(error)})
        before = row_counts() if expected else {}
        for _ in range(step.times):
            receipt, came = self._perform(step, by, payload, stream)
        if expected and (written := changed(before, row_counts())):
            self._failed(step, "什么也没有写入", f"写入了 {written}")
            return False
        if receipt is not None:
            self._keep(step, receipt)
            publish_due(self.clock)
        return self._compare(step, expected, came)

    def _perform(
        self, step: Step, by: Actor, payload: Mapping[str, Any], stream: str | None
    ) -> tuple[Receipt | None, dict[str, Any]]:
        try:
            done = perform(
                step.act,
                by,
                payload,
                new_id(),
                clock=self.clock,
                stream=stream,
                correction=self._correction(step),
            )
            return done, {}
        except Refused as refused:
            rules = [reason.rule for reason in refused.reasons]
            return None, {"refused": rules, "why": "；".join(reason.sentence() for reason in refused.reasons)}
        except Invalid as invalid:
            return None, {"invalid": list(invalid.errors), "why": "；".join(invalid.errors.values())}

    def _correction(self, step: Step) -> Correction | None:
        corrected = step.words.get("corrects")
        if not corrected:
            return None
        return Correction(self.receipts[str(corrected)].entry, str(step.words.get("reason", "")))

    def _keep(self, step: Step, receipt: Receipt) -> None:
        name = step.words.get("as")
        if name:
            self.receipts[str(name)] = receipt
            self.streams[str(name)] = receipt.stream

    def _compare(self, step: Step, expected: Mapping[str, Any], came: Mapping[str, Any]) -> bool:
        for word in ("refused", "invalid"):
            if sorted(expected.get(word, [])) != sorted(came.get(word, [])):
                self._failed(step, _said(expected), _said(came))
                return False
        return True

    def _check(self, step: Step) -> bool:
        """The questions that the screen asks beforehand: reasons and judgements, from the same rules."""
        if self.pace.acting_only:
            return True
        by = actor(step.by, self.scenario.agency, self.clock.ms, SYSTEM)
        matter = load_matter(self.streams[step.on]) if step.on else None
        seen = preview(step.act, by, matter, self.clock.ms)
        for word, came in (
            ("refused", [r.rule for r in seen.reasons]),
            ("asks", [q.id for q in seen.questions]),
        ):
            if word in step.words:
                self.outcome.checks += 1
                wanted = _listed(step.words[word])
                if sorted(wanted) != sorted(came):
                    self._failed(step, f"{word}：{_joined(wanted)}", f"{word}：{_joined(came)}")
        return True

    def _look(self, step: Step) -> bool:
        if self.pace.acting_only:
            return True
        stream = self.streams[step.on] if step.on else None
        viewer = actor(step.by, self.scenario.agency, self.clock.ms, SYSTEM) if step.by else None
        names = Names(self.receipts, self.streams)
        for came in looks.look(step, stream, self.agency, self.clock.ms, names, viewer):
            self.outcome.checks += 1
            if came is not None:
                self._failed(step, came.expected, came.came, came.what)
        return True

    def _filling(self, by: Actor) -> Filling:
        names = Names(self.receipts, self.streams)
        return Filling(self.scenario.agency, names, self.scenario.folder, by.id, self.clock.ms)

    def _failed(self, step: Step, expected: str, came: str, what: str = "") -> None:
        title = registry.kind_of(registry.act(step.act)).title if step.act else ""
        self.outcome.failures.append(Came(step.number, step.line, what or title, expected, came))

    def nothing_found(self) -> None:
        """The record is whole and the rows say what the entries say."""
        for agency in ledger.agencies():
            ledger.publish_checkpoint(agency, self.clock.ms)
        self.outcome.checks += 2
        while rebuild.judge_stale():
            pass
        for finding in ledger.verify():
            self.outcome.failures.append(Came(0, 0, "核验记录", "没有发现", str(finding)))
        for difference in rebuild.check():
            text = f"{difference.what} {difference.table} {dict(difference.row)}"
            self.outcome.failures.append(Came(0, 0, "列表和期限与条目核对", "没有差异", text))


def _expected(step: Step) -> dict[str, Any]:
    """What the step expects to go otherwise than well; empty: the act is done."""
    return {word: _listed(step.words[word]) for word in ("refused", "invalid") if step.words.get(word)}


def _listed(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _said(what: Mapping[str, Any]) -> str:
    if not what:
        return "办成"
    words = {"refused": "不得办理", "invalid": "填写有误"}
    named = [f"{words[word]}：{_joined(what[word])}" for word in ("refused", "invalid") if what.get(word)]
    return "；".join(named) + (f"（{what['why']}）" if what.get("why") else "")


def _joined(names: list[str]) -> str:
    return "、".join(sorted(names)) or NOTHING
