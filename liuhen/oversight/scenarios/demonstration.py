"""演示数据: played from the scenarios so that leads, open cases and finished ones exist relative to today."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from liuhen.accounts.demo import load_people
from liuhen.kernel.clock import MS_PER_DAY, FixedClock, local_date
from liuhen.oversight.scenarios.outcome import Outcome
from liuhen.oversight.scenarios.player import Pace, play
from liuhen.oversight.scenarios.reading import FILES, Scenario, read_scenario
from liuhen.oversight.scenarios.shifting import Move
from liuhen.oversight.scenarios.stage import FOUNDED

PLAN = Path(__file__).with_suffix(".yaml")
WEEK = 7
_LAST_OF_ANY_MONTH = 28


@dataclass(frozen=True)
class _Row:
    """One matter of the demonstration: a scenario, up to which step, ended at least how many days ago.

    `year`: in which calendar year from this one (-1: the last), on about the days of the year that it names.
    """

    file: str
    ended: int = 0
    year: int | None = None
    through: str | None = None
    words: dict[str, str] | None = None


def load(password: str, now_ms: int) -> Iterator[Outcome]:
    """Agencies and people with this password, then one matter after the other."""
    load_people(password, FixedClock.at(FOUNDED))
    rows: list[dict[str, Any]] = YAML(typ="safe").load(PLAN)
    for row in (_Row(**each) for each in rows):
        scenario = read_scenario(FILES / row.file)
        move = Move(_days(scenario, row, now_ms), row.words or {})
        yield play(scenario, Pace(move=move, through=row.through, acting_only=True))


def _days(scenario: Scenario, row: _Row, now_ms: int) -> int:
    """Whole weeks, so that a working day stays one, ending no later than so many days ago."""
    named = [step for step in scenario.steps if row.through and step.words.get("as") == row.through]
    last = (named or scenario.steps[-1:])[0]
    days = (now_ms - row.ended * MS_PER_DAY - last.at_ms) // MS_PER_DAY
    if row.year is not None:
        told = local_date(last.at_ms)
        wanted = told.replace(year=local_date(now_ms).year + row.year, day=min(told.day, _LAST_OF_ANY_MONTH))
        days = min(days, (wanted - told).days + WEEK - 1)
    return int(days // WEEK * WEEK)
