"""演示数据: played from the scenarios so that leads, open cases and finished ones exist relative to today."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from liuhen.accounts.demo import load_people
from liuhen.kernel.clock import MS_PER_DAY, FixedClock, local_date
from liuhen.law.calendar import Calendar, announced
from liuhen.oversight.scenarios.outcome import Outcome
from liuhen.oversight.scenarios.player import Pace, play
from liuhen.oversight.scenarios.reading import FILES, Scenario, Step, read_scenario
from liuhen.oversight.scenarios.shifting import DAY, Move
from liuhen.oversight.scenarios.stage import FOUNDED

PLAN = Path(__file__).with_suffix(".yaml")
WEEK = 7
_WEEKS_BACK = 26
"""So far back a scenario is moved to find weeks without holidays that its dates have no room for."""
_LAST_OF_ANY_MONTH = 28


@dataclass(frozen=True)
class _Row:
    """One matter of the demonstration: a scenario, up to which step, ended at least how many days ago.

    `agency`: another than the scenario names.
    `year`: in which calendar year from this one (-1: the last), on about the days of the year that it names.
    """

    file: str
    ended: int = 0
    year: int | None = None
    through: str | None = None
    words: dict[str, str] | None = None
    agency: str | None = None


_BEFORE = "启用以前的公示和年报，在本机关原门户网站和档案室。"
"""Where what the agencies of the demonstration did before its stories begin is recorded; it is not judged."""


def load(password: str, now_ms: int) -> Iterator[Outcome]:
    """Agencies and people with this password, then one matter after the other."""
    begun = {"from_on": f"{local_date(now_ms).year - 1}-02-01", "before": _BEFORE}
    load_people(password, FixedClock.at(FOUNDED), begun)
    rows: list[dict[str, Any]] = YAML(typ="safe").load(PLAN)
    taken: set[tuple[str, str, int]] = set()
    for row in (_Row(**each) for each in rows):
        scenario = read_scenario(FILES / row.file)
        scenario = replace(scenario, agency=row.agency or scenario.agency)
        days = next(
            days for days in _days(scenario, row, now_ms) if (row.file, scenario.agency, days) not in taken
        )
        taken.add((row.file, scenario.agency, days))  # the same people are not in two places on the same day
        yield play(scenario, Pace(move=Move(days, row.words or {}), through=row.through, acting_only=True))


def _days(scenario: Scenario, row: _Row, now_ms: int) -> Iterator[int]:
    """Whole weeks, so that a working day stays one, ending no later than so many days ago; with room for its dates."""
    last = _last(scenario, row)
    days = (now_ms - row.ended * MS_PER_DAY - last.at_ms) // MS_PER_DAY
    if row.year is not None:
        told = local_date(last.at_ms)
        wanted = told.replace(year=local_date(now_ms).year + row.year, day=min(told.day, _LAST_OF_ANY_MONTH))
        days = min(days, (wanted - told).days + WEEK - 1)
    latest = int(days // WEEK * WEEK)
    played = scenario.steps[: scenario.steps.index(last) + 1]
    calendar = announced()
    wanted_room = _room(played, 0, calendar)
    tried = range(latest, latest - _WEEKS_BACK * WEEK, -WEEK)
    yield from (days for days in tried if _enough(_room(played, days, calendar), wanted_room))
    yield from tried


def _last(scenario: Scenario, row: _Row) -> Step:
    named = [step for step in scenario.steps if row.through and step.words.get("as") == row.through]
    return (named or scenario.steps[-1:])[0]


def _room(steps: Sequence[Step], days: int, calendar: Calendar) -> list[int]:
    """How many working days lie between each step and each later day that it names, when moved by so many days."""
    shift = timedelta(days=days)
    found = []
    for step in steps:
        begin = local_date(step.at_ms)
        for day in sorted(_days_named(step.values)):
            between = ((begin + timedelta(days=n)) for n in range(1, (day - begin).days + 1))
            found.append(sum(calendar.is_working(each + shift) for each in between))
    return found


def _days_named(value: Any) -> set[date]:
    if isinstance(value, Mapping):
        return {day for each in value.values() for day in _days_named(each)}
    if isinstance(value, list):
        return {day for each in value for day in _days_named(each)}
    return {date.fromisoformat(value[:10])} if isinstance(value, str) and DAY.match(value) else set()


def _enough(room: Sequence[int], wanted: Sequence[int]) -> bool:
    return all(has >= needs for has, needs in zip(room, wanted, strict=True))
