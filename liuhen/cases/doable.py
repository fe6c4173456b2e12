"""Which acts a matter has, in the order of the law's own `course`, and what stands in the way of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from liuhen.acts import Actor, Matter, Reason, preview, registry
from liuhen.acts.waiting import ANSWER
from liuhen.law.rules import Phase


@dataclass(frozen=True)
class Doable:
    """An act on this matter, and what stands in its way."""

    name: str
    title: str
    reasons: Sequence[Reason]
    mine: bool
    phase: str
    done: bool


def doable(matter: Matter, actor: Actor, now_ms: int, phases: Sequence[Phase]) -> list[Doable]:
    """The acts of this matter in the order of the course: his own with what refuses them, then other people's."""
    order = {act: (number, phase.title) for number, phase in enumerate(phases) for act in phase.acts}
    held = {entry.kind for entry in matter.entries}
    found = []
    for name, act in registry.acts().items():
        if matter.type not in act.on or act.by_system or name == ANSWER:
            continue
        seen = preview(name, actor, matter, now_ms, listing=True)
        if seen.fits:
            _, phase = order.get(name, (len(phases), "其他"))
            again = act.kind in held and not act.new_key and not act.same
            found.append(Doable(name, seen.title, seen.refused or seen.barred, not seen.barred, phase, again))
    return sorted(found, key=lambda one: order.get(one.name, (len(phases), ""))[0])
