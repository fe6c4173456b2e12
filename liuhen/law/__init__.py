"""Measures as data: what a matter owes and what the law refuses. Pure."""

from liuhen.law.bundle import ENGINE_VERSION, Bundle
from liuhen.law.calendar import Calendar, Year, announced
from liuhen.law.engine import owed
from liuhen.law.facts import Fact, Matter, read_facts
from liuhen.law.gates import GateResult, Question, compared_with, gates, questions, typed_by
from liuhen.law.judged import Judged, judge
from liuhen.law.owed import Owed
from liuhen.law.pack import PACKS, Measure, Pack, load
from liuhen.law.problems import PackError, Problem
from liuhen.law.reach import asking
from liuhen.law.taken import Taken, reading_of, readings
from liuhen.law.verdicts import Verdict, state

__all__ = [
    "ENGINE_VERSION",
    "PACKS",
    "Bundle",
    "Calendar",
    "Fact",
    "GateResult",
    "Judged",
    "Matter",
    "Measure",
    "Owed",
    "Pack",
    "PackError",
    "Problem",
    "Question",
    "Taken",
    "Verdict",
    "Year",
    "announced",
    "asking",
    "compared_with",
    "gates",
    "judge",
    "load",
    "owed",
    "questions",
    "read_facts",
    "reading_of",
    "readings",
    "state",
    "typed_by",
]
