"""The course of a matter (办理流程): the phases of all adopted measures laid together."""

from liuhen.law.bundle import Bundle
from liuhen.law.rules import Phase


def course(bundle: Bundle) -> list[Phase]:
    """Phases in the order of the measure that names them first, from the nation down.

    A phase that several measures name keeps the title of the lowest (the agency's own), and its acts stand where the
    first measure put them; acts that only a lower one names follow.
    """
    phases: dict[str, Phase] = {}
    placed: set[str] = set()
    for pack in bundle.packs:
        for phase in pack.course:
            before = phases.get(phase.phase)
            fresh = tuple(act for act in phase.acts if act not in placed)
            placed.update(fresh)
            acts = (*before.acts, *fresh) if before else fresh
            phases[phase.phase] = Phase(phase.phase, phase.title, acts, phase.article)
    return list(phases.values())
