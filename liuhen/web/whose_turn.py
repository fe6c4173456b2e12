"""轮到谁: of what somebody owes, what he can do now, what he signs on a card, and what another signs before him."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from liuhen.accounts.permissions import table
from liuhen.acts import registry
from liuhen.acts.form import is_own_signature
from liuhen.acts.matter import load_matter
from liuhen.acts.waiting import ANSWER
from liuhen.cases.rows import Row, marks, rows
from liuhen.disclosure.texts import BEGUN_BY
from liuhen.kernel.ids import is_id
from liuhen.law.rules import Rule
from liuhen.web import roles
from liuhen.web.articles import acts_meeting
from liuhen.web.asking import asked, open_questions
from liuhen.web.duties import Duties
from liuhen.web.goto import may_perform
from liuhen.web.me import Me
from liuhen.web.offered import main_ways, offered

Thing = tuple[str, str]
"""One thing to do: the stream and the act."""


LOOKED_INTO_MAX = 8
"""So many matters are read for what comes first, the most pressing; of more the matter's own page tells it."""


INSIDE = frozenset({"publication", "recording"})
"""Streams that a matter takes in, and that have acts of their own."""


def place(row: Row, act: str) -> str:
    """On which stream an obligation is met by an act: of what is owed about a publication, on the publication."""
    on = registry.act(act).on if act else frozenset()
    origin = str(row.get("trigger") or "").partition(".")[0]
    return origin if on and on <= INSIDE and is_id(origin) else str(row["matter"])


@dataclass(frozen=True)
class Turns:
    """Which acts each matter waits for, as somebody has handed it on."""

    waiting: Mapping[str, Sequence[str]]
    handled: frozenset[str] = frozenset()
    """The matters that he handles himself, or verified: what another must approve there is never his turn."""
    begun: frozenset[str] = frozenset()
    """The matters of which something was prepared for the public already."""
    _first: dict[Thing, str] = field(default_factory=dict)

    def act_of(self, me: Me, row: Row, rule: Rule | None) -> str:
        """The act by which he meets an obligation, its main one; empty where none is his."""
        acts = [act for act in main_ways(rule, acts_meeting(rule)) if may_perform(act, me.actor)]
        handed = [act for act in acts if act in self.waiting.get(place(row, act), ())]
        return next(iter([*handed, *acts]), "")

    def reachable(self, acts: Sequence[str], matter: str) -> list[str]:
        """The acts, each replaced by the one that makes what it is done on, where the matter still waits for that.

        What only the system enters (已公示) by the one with which people begin it, until somebody has.
        """
        waiting, kinds = self.waiting.get(matter, ()), registry.dictionary().kinds
        found: dict[str, None] = {}
        for name in acts:
            begins = BEGUN_BY.get(registry.act(name).kind) if registry.act(name).by_system else None
            if begins is not None and matter not in self.begun:
                found[begins] = None
                continue
            before = [made for kind in registry.act(name).takes_up if (made := kinds[kind].act) in waiting]
            found.update(dict.fromkeys([one for one in before if one] or [name]))
        return list(found)

    def is_his(self, act: str, matter: str) -> bool:
        """Whether an act that is handed on to whoever does it has been handed on; any other is always his.

        So is one of several instances: of which of them it is his turn, its form says.
        """
        if self._for_another(act, matter):
            return False
        known = registry.act(act) if act else None
        if known is None or not known.answers or known.same:
            return True
        return act in self.waiting.get(matter, ())

    def before(self, act: str, matter: str) -> str:
        """In words, who does what before it is his turn to perform this act."""
        if self._for_another(act, matter):
            return "您办理过这一事项，由其他有权的人员审批"
        first = [
            f"由{roles.named(table().get(act, {}).get('roles', ()), '或者')}办理“{_title(act)}”"
            for act in self.waiting.get(matter, ())
            if act != ANSWER
        ]
        said = "、".join(first) or self._looked_into(act, matter)
        return f"先{said}" if said else "前面的步骤还没有办完，办完转来以后再办"

    def _for_another(self, act: str, matter: str) -> bool:
        return matter in self.handled and table().get(act, {}).get("of") == "not_handler"

    def _looked_into(self, act: str, matter: str) -> str:
        known = self._first.get((matter, act))
        if known is None and len(self._first) < LOOKED_INTO_MAX:
            known = self._first[matter, act] = offered([act], load_matter(matter)).first
        return known or ""


def turns_of(me: Me, owed: Sequence[Mapping[str, Any]]) -> Turns:
    """What the matters of these obligations wait for, and which of them are his own."""
    origins = {str(row.get("trigger") or "").partition(".")[0] for row in owed}
    matters = sorted({str(row["matter"]) for row in owed} | set(filter(is_id, origins)))
    waiting: dict[str, list[str]] = {}
    if matters:
        found = rows(
            f"SELECT matter, act FROM acts_waiting WHERE agency = %s AND matter IN ({marks(matters)})"
            " ORDER BY matter, since_ms, act",
            [me.agency, *matters],
        )
        for row in found:
            waiting.setdefault(row["matter"], []).append(row["act"])
    published = [str(row["matter"]) for row in owed if str(row.get("about") or "").startswith(_PUBLISHING)]
    return Turns(waiting, _handled(me, matters), _begun(sorted(set(published))))


_PUBLISHING = "publish."
_PREPARED = (
    "SELECT DISTINCT a.stream AS matter FROM ledger_adoption a JOIN ledger_stream s ON s.id = a.adopted"
    " WHERE s.type = %s AND a.stream IN ({})"
)


def _begun(matters: Sequence[str]) -> frozenset[str]:
    """Those that have taken in a publication."""
    found = rows(_PREPARED.format(marks(matters)), ["publication", *matters]) if matters else []
    return frozenset(str(row["matter"]) for row in found)


def _handled(me: Me, matters: Sequence[str]) -> frozenset[str]:
    if not matters:
        return frozenset()
    keys = [f"{matter}.{me.actor.id}" for matter in matters]
    found = rows(f"SELECT matter FROM cases_handler WHERE id IN ({marks(keys)})", keys)
    return frozenset(str(row["matter"]) for row in found)


def signing(act: str) -> bool:
    """Whether whoever performs an act signs it with his own signature."""
    known = registry.acts().get(act)
    if known is None or act == ANSWER:
        return False
    return any(is_own_signature(name, field) for name, field in registry.kind_of(known).fields.items())


def to_sign(
    me: Me, turns: Iterable[Row], owed: Sequence[Row], rules: Mapping[str, Rule], known: Turns
) -> list[Thing]:
    """What waits for his signature now, one thing once: what runs out first stands first, then what waits longest."""
    found: dict[Thing, None] = {}
    for row in owed:
        act = known.act_of(me, row, rules.get(str(row["rule"])))
        stream = place(row, act)
        if signing(act) and known.is_his(act, stream):
            found.setdefault((stream, act))
    for row in turns:
        if signing(str(row["act"])):
            found.setdefault((str(row["matter"]), str(row["act"])))
    return list(found)


def _title(act: str) -> str:
    return registry.kind_of(registry.act(act)).title


def sorted_out(
    me: Me, owed: Sequence[Row], rules: Mapping[str, Rule], known: Turns, carded: Collection[Thing]
) -> tuple[list[Row], list[tuple[Row, str]]]:
    """What he owes and no card carries; and what is not his turn yet, each with who comes before him."""
    own, later = [], []
    for row in owed:
        act = known.act_of(me, row, rules.get(str(row["rule"])))
        stream = place(row, act)
        if (stream, act) in carded:
            continue
        if known.is_his(act, stream):
            own.append(row)
        else:
            later.append((row, known.before(act, stream)))
    return own, later


def put_to(me: Me, stream: str) -> list[str]:
    """In words, what a matter asks of him now."""
    matter = load_matter(stream)
    needed = Duties(matter, me.actor, me.now_ms).judgements()
    return list(dict.fromkeys(one.text for one in asked(open_questions(matter, needed), me, matter).mine))
