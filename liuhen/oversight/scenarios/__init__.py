"""场景: files of dated acts by named people, played through the door with their own clock."""

from liuhen.oversight.scenarios.outcome import Came, Outcome, as_json, as_text
from liuhen.oversight.scenarios.player import Pace, play
from liuhen.oversight.scenarios.reading import FILES, Scenario, ScenarioError, Step, read_scenario
from liuhen.oversight.scenarios.shifting import Move
from liuhen.oversight.scenarios.stage import FOUNDED, prepare

__all__ = [
    "FILES",
    "FOUNDED",
    "Came",
    "Move",
    "Outcome",
    "Pace",
    "Scenario",
    "ScenarioError",
    "Step",
    "as_json",
    "as_text",
    "play",
    "prepare",
    "read_scenario",
]
