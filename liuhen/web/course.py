"""The course of a matter in stages, drawn from the law's own `course`; where it stands, what each stage still owes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from liuhen.acts import Matter, registry
from liuhen.cases.stages import PHASES, case_stage
from liuhen.law.rules import Phase
from liuhen.ledger import Entry
from liuhen.web.duties import Duty

_TAKEN_IN = "adopted"
_LATE = frozenset({"overdue", "missing"})
_OPEN = frozenset({"due", "cannot_tell", *_LATE})


@dataclass(frozen=True)
class Stage:
    """One stage: how much was done in it, what is open, what is late; whether the matter stands here or is past it."""

    name: str
    title: str
    entries: int
    open: int
    late: int
    here: bool
    past: bool


def stages(matter: Matter, phases: Sequence[Phase], duties: Sequence[Duty]) -> list[Stage]:
    """The stages with their counts."""
    done = Counter(_phase_of(entry, phases) for entry in matter.entries)
    reached = [phase.phase for phase in phases if done[phase.phase]]
    names = [phase.phase for phase in phases]
    here = _here(matter, names) or next(reversed(reached), "")
    past = names[: names.index(here)] if here else []
    return [
        Stage(
            phase.phase,
            phase.title,
            done[phase.phase],
            sum(_of(duty, phase, phases, _OPEN) for duty in duties),
            sum(_of(duty, phase, phases, _LATE) for duty in duties),
            here == phase.phase,
            phase.phase in past and phase.phase in reached,
        )
        for phase in phases
    ]


def _phase_of(entry: Entry, phases: Sequence[Phase]) -> str:
    """The phase that an entry names itself (执法环节 of a recording), else that of its act; empty where it has none.

    That something was taken in counts in none: what was taken in does.
    """
    kind = registry.dictionary().kinds.get(entry.kind)
    if kind is None or entry.kind == _TAKEN_IN:
        return ""
    return str(entry.open.get("phase") or next((one.phase for one in phases if kind.act in one.acts), ""))


def _here(matter: Matter, phases: Sequence[str]) -> str:
    """The phase in which its stage stands; empty where the course has none such, or the matter is no case."""
    phase = PHASES.get(case_stage(matter), "") if matter.type == "case" else ""
    return phase if phase in phases else ""


def _of(duty: Duty, phase: Phase, phases: Sequence[Phase], states: frozenset[str]) -> bool:
    """Whether a duty is counted in a stage: in that of the act that its article names first, and in no other."""
    if duty.state not in states:
        return False
    staged = (one for name in duty.meeting for one in phases if name in one.acts)
    return next(staged, None) is phase


def behind(stages: Sequence[Stage]) -> frozenset[str]:
    """The titles of the stages before the one where the matter stands."""
    here = next((place for place, stage in enumerate(stages) if stage.here), 0)
    return frozenset(stage.title for stage in stages[:here])
