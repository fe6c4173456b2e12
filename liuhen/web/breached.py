"""列为违反: what the measures call a breach of this matter, by what it shows, and who sees to it that it is mended."""

from collections.abc import Sequence
from dataclasses import dataclass

from liuhen.acts import Actor, Matter, judgement
from liuhen.acts.cited import citation
from liuhen.acts.matter import law_of
from liuhen.law.breaches import BreachResult, breaches
from liuhen.law.reading import answers_for
from liuhen.web.articles import packs_of
from liuhen.web.roles import named

_MARKS = {"found": ("missing", "! 列为违反"), "cannot_tell": ("cannot_tell", "? 需要判断")}


@dataclass(frozen=True)
class Breached:
    """One breach as shown: its mark, the article, the rules or entries that show it, and what is to be done."""

    state: str
    mark: str
    title: str
    article: str
    because: Sequence[str]
    remedy: str


def breached(matter: Matter, now_ms: int) -> Sequence[Breached]:
    """What is found, or cannot be told before somebody judges it."""
    return [_shown(one) for one in _found(matter, now_ms)]


def breached_before(actor: Actor, matter: Matter, now_ms: int) -> Sequence[Breached]:
    """The same for one of those who are to see to it; nothing is worked out for anybody else."""
    own = actor.roles | answers_for(actor.roles)
    if not any(own & set(rule.who) for pack in packs_of(matter.agency) for rule in pack.breaches):
        return []
    return [_shown(one) for one in _found(matter, now_ms) if own & set(one.who)]


def _found(matter: Matter, now_ms: int) -> list[BreachResult]:
    agency_law = law_of(matter.agency)
    facts = judgement.facts_of(matter, agency_law)
    found = breaches(agency_law.bundle, judgement.owed(matter), facts, now_ms)
    return [one for one in found if one.status in _MARKS]


def _shown(one: BreachResult) -> Breached:
    state, mark = _MARKS[one.status]
    because = [f"{citation(cited)} {text}" if cited else text for cited, text in one.because]
    return Breached(state, mark, one.title, one.article, because, one.remedy or f"由{named(one.who)}督促")
