"""One realistic case, played through the door with its own clock: what large databases are cloned from."""

from dataclasses import dataclass
from functools import cache

from django.db import connection

from liuhen import ledger
from liuhen.accounts.models import Agency
from liuhen.oversight.scenarios import FILES, Pace, Scenario, play, prepare, read_scenario

WHOLE = "henan-whole.yaml"
PARTY = "清溪县康宁诊所"
"""Whom the whole case is against."""

DECIDED = "decision"
"""The step of the whole case after which its matter has some 40 entries."""

DELIBERATED = "deliberation"
"""The step before it: still investigated, with 39 entries."""


@dataclass(frozen=True)
class Played:
    """A case played by a scenario: its agency, its stream, and every stream of its matter."""

    agency: str
    case: str
    streams: tuple[str, ...]


def make_stage() -> None:
    """Agencies, people without a password, registers: in an empty database."""
    prepare()


def play_case(through: str | None = None, file: str = WHOLE) -> Played:
    """Play a scenario's acts (to the step of that name) and give the case that came of it."""
    scenario = _scenario(file)
    agency = Agency.objects.get(slug=scenario.agency)
    before = set(ledger.streams_of(agency.id, "case"))
    outcome = play(scenario, Pace(acting_only=True, through=through))
    if outcome.failures:
        raise AssertionError(f"{file}: {outcome.failures[0]}")
    (case,) = set(ledger.streams_of(agency.id, "case")) - before
    return Played(agency.id, case, tuple(ledger.matter_streams(case)))


@cache
def _scenario(file: str) -> Scenario:
    return read_scenario(FILES / file)


def entries_of(played: Played) -> int:
    """How many entries the matter has."""
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(played.streams))
        cursor.execute(f"SELECT SUM(length) FROM ledger_stream WHERE id IN ({marks})", played.streams)
        return int(cursor.fetchone()[0])
