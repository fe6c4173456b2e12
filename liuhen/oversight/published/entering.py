"""The acts of published cases through the door, in the order of their days; what came of each is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from liuhen import ledger
from liuhen.acts import Actor, Invalid, Refused, judgement, perform, rebuild, registry
from liuhen.acts.matter import load_matter
from liuhen.acts.preview import preview
from liuhen.kernel.clock import FixedClock, day_start_ms, format_local
from liuhen.kernel.ids import new_id
from liuhen.kernel.money import parse_yuan
from liuhen.oversight.published.mapping import plans
from liuhen.oversight.published.notes import answer
from liuhen.oversight.published.plan import Attempt, Plan
from liuhen.oversight.published.reading import Source
from liuhen.oversight.published.report import CaseReport, Done, NotDone
from liuhen.oversight.published.sums import sums
from liuhen.oversight.scenarios.reading import SYSTEM
from liuhen.oversight.scenarios.stage import actor
from liuhen.oversight.scenarios.values import Filling, Names

AGENCY = "hebei"
"""The agency of the stage that has adopted the national procedure alone: published cases come from everywhere."""
_MORNING_MS = int(timedelta(hours=9).total_seconds()) * 1000
_MINUTE_MS = 60_000
_HERE = Path(__file__).parent


@dataclass
class _Matter:
    """One party of one case as it is entered."""

    plan: Plan
    report: CaseReport
    streams: dict[str, str] = field(default_factory=dict)
    tried: int = 0


def enter(source: Source, clock: FixedClock) -> list[CaseReport]:
    """Enter every case of the source in the database now connected, which `prepare` has made ready.

    The clock is set to the time of each act, and stands at the last one afterwards.
    """
    reports = [CaseReport(case) for case in source.cases]
    matters = [_Matter(plan, report) for report in reports for plan in plans(report.case, source.as_of)]
    for matter in matters:
        matter.report.not_done += [
            NotDone(matter.plan.party, what, "", (why,)) for what, why in matter.plan.outside
        ]
    acts = [
        (attempt.day, place, attempt) for place, each in enumerate(matters) for attempt in each.plan.attempts
    ]
    for day, place, attempt in sorted(acts, key=lambda act: act[:2]):
        clock.ms = max(day_start_ms(day) + _MORNING_MS, clock.ms + _MINUTE_MS)
        _try(matters[place], attempt, clock)
    for report in reports:
        report.sums = tuple(sums(report.case))
        report.notes = tuple(answer(report))
    return reports


def whole(clock: FixedClock) -> list[str]:
    """What the verification of the entered record finds: nothing, if all is well."""
    for agency in ledger.agencies():
        ledger.publish_checkpoint(agency, clock.ms)
    while rebuild.judge_stale():
        pass
    differences = [f"{each.what} {each.table} {dict(each.row)}" for each in rebuild.check()]
    return [*map(str, ledger.verify()), *differences]


def _try(matter: _Matter, attempt: Attempt, clock: FixedClock) -> None:
    """One act through the door: done, or the reasons of the door itself."""
    title, party, at = (
        registry.kind_of(registry.act(attempt.act)).title,
        matter.plan.party,
        format_local(clock.ms),
    )
    stream = matter.streams.get(attempt.on)
    if attempt.on and stream is None:
        why = (f"前面没有办成{_OPENS[attempt.on]}",)
        matter.report.not_done.append(NotDone(party, title, at, why, after=True))
        return
    by = actor(attempt.by, AGENCY, clock.ms, SYSTEM)
    filling = Filling(AGENCY, Names({}, {}), _HERE, by.id, clock.ms)
    payload = filling.payload(attempt.act, attempt.values)
    try:
        receipt = perform(attempt.act, by, payload, new_id(), clock=clock, stream=stream)
    except Refused as refused:
        reasons = tuple(reason.sentence() for reason in refused.reasons)
        rules = tuple(reason.rule for reason in refused.reasons)
        matter.report.not_done.append(NotDone(party, title, at, reasons, rules=rules))
    except Invalid as invalid:
        fields = tuple(invalid.errors)
        law, rules = _gates(attempt, payload, stream, clock)
        matter.report.not_done.append(
            NotDone(party, title, at, (*invalid.errors.values(), *law), rules=rules, fields=fields)
        )
    else:
        if attempt.opens:
            matter.streams[attempt.opens] = receipt.stream
        done = Done(party, attempt.act, title, at, attempt.dated, attempt.stood_in, receipt.fields)
        matter.report.done.append(done)


def _gates(
    attempt: Attempt, payload: Mapping[str, Any], stream: str | None, clock: FixedClock
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the law besides would refuse, where the form is not even complete: on what is known and who acts."""
    if stream is None:
        return (), ()
    matter, by = load_matter(stream), actor(attempt.by, AGENCY, clock.ms, SYSTEM)
    seen = preview(attempt.act, by, matter, clock.ms)
    known = {name: source.value for name, source in seen.form.filled.items()}
    typed = {name: _as_judged(seen.form.kind.fields[name].type, payload[name], by, clock) for name in payload}
    reasons = [*seen.barred, *judgement.before(seen.act, matter, clock.ms, {**known, **typed})]
    return tuple(each.sentence() for each in reasons), tuple(each.rule for each in reasons)


def _as_judged(kind: str, value: Any, by: Actor, clock: FixedClock) -> Any:
    """A typed value as the law sees it: officers with their certificates, sums in 分."""
    if kind == "officers":
        return registry.freeze_officers(by.agency, value, clock.ms)
    return parse_yuan(str(value).removesuffix("元")) if kind == "money" else value


_OPENS = {"lead": "案源登记", "case": "立案"}
