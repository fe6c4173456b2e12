"""The course of a matter in stages, drawn from the law's own `course`; where it stands, what each stage still owes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from liuhen.acts import Actor, Matter, Reason, preview, registry
from liuhen.law import Pack
from liuhen.law.rules import Phase
from liuhen.web.duties import Duty

_LATE = frozenset({"overdue", "missing"})
_OPEN = frozenset({"due", "cannot_tell", *_LATE})


@dataclass(frozen=True)
class Stage:
    """One stage: how much was done in it, what is open, whether something is late, whether the matter stands here."""

    name: str
    title: str
    entries: int
    open: int
    late: int
    here: bool


@dataclass(frozen=True)
class Doable:
    """An act on this matter, and what stands in its way."""

    name: str
    title: str
    reasons: Sequence[Reason]
    mine: bool


def phases_of(packs: Iterable[Pack]) -> list[Phase]:
    """The stages of the measures adopted: of the lowest measure that has a course, acts it lacks from those above."""
    merged: dict[str, tuple[Phase, list[str]]] = {}
    for pack in packs:
        for phase in pack.course:
            kept = merged.setdefault(phase.phase, (phase, []))
            kept[1].extend(act for act in phase.acts if act not in kept[1])
    return [Phase(phase.phase, phase.title, tuple(acts), phase.article) for phase, acts in merged.values()]


def stages(matter: Matter, phases: Sequence[Phase], duties: Sequence[Duty]) -> list[Stage]:
    """The stages with their counts."""
    kinds = registry.dictionary().kinds
    done = [kinds[entry.kind].act or "" for entry in matter.entries if entry.kind in kinds]
    where = [phase.phase for act in done for phase in phases if act in phase.acts]
    return [
        Stage(
            phase.phase,
            phase.title,
            sum(act in phase.acts for act in done),
            sum(_of(duty, phase, _OPEN) for duty in duties),
            sum(_of(duty, phase, _LATE) for duty in duties),
            bool(where) and where[-1] == phase.phase,
        )
        for phase in phases
    ]


def _of(duty: Duty, phase: Phase, states: frozenset[str]) -> bool:
    return duty.state in states and any(link.name in phase.acts for link in duty.acts)


def doable(matter: Matter, actor: Actor, now_ms: int, phases: Sequence[Phase]) -> list[Doable]:
    """The acts of this matter in the order of the course: his own with what refuses them, then other people's."""
    order = {act: number for number, phase in enumerate(phases) for act in phase.acts}
    found = []
    for name, act in registry.acts().items():
        if matter.type not in act.on or act.by_system:
            continue
        seen = preview(name, actor, matter, now_ms)
        if seen.fits:
            found.append(Doable(name, seen.title, seen.refused or seen.barred, not seen.barred))
    return sorted(found, key=lambda one: (not one.mine, bool(one.reasons), order.get(one.name, len(phases))))
