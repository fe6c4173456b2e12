"""流转: which acts a matter waits for because somebody has handed it on, read out of the entries.

Not what the law asks (that is owed), but whose turn it is: a proposal waits for its endorsement, a question for its
answer. Who may take the turn is the table of acts and roles; a question names its roles itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from liuhen import law
from liuhen.acts import registry
from liuhen.acts.act import Act, Matter
from liuhen.acts.form import known_values
from liuhen.acts.judgement import needing, questions
from liuhen.acts.matter import GROWN_FROM, AgencyLaw, law_of
from liuhen.acts.registry import Values
from liuhen.kernel.clock import local_date
from liuhen.ledger import Entry

_LEAD = "lead"
ANSWER = "answer_question"
COLUMNS = ("matter", "agency", "act", "who", "since", "since_ms")


def waiting_rows(matter: Matter) -> list[Values]:
    """The rows of `acts_waiting`: acts whose latest input is newer than their performance; questions before acts."""
    if matter.type == _LEAD and matter.adopted:
        return []  # a lead that a case has taken in waits for nothing
    known = _known(matter)
    rows = [_row(matter, name, since, "") for name, since in known.turns.items() if since is not None]
    last = matter.entries[-1]
    asked: dict[str, int] = {}
    for role, from_ms in _asked(matter, known):
        since_ms = max(from_ms, last.recorded_ms)
        asked[role] = min(since_ms, asked.get(role, since_ms))
    return rows + [_row(matter, ANSWER, last, role, since_ms) for role, since_ms in asked.items()]


def _row(matter: Matter, act: str, since: Entry, who: str, since_ms: int | None = None) -> Values:
    """In the order of `COLUMNS`. `since_ms`: where it waits only from a moment still to come."""
    return matter.stream, matter.agency, act, who, since.id, since_ms or since.recorded_ms


_KNOWN = "waiting"


@dataclass(frozen=True)
class _Known:
    """Whose turn it is and what is asked, by act; on a day, under a law."""

    agency_law: AgencyLaw
    day: object
    turns: Mapping[str, Entry | None]
    asked: Mapping[str, tuple[str, ...]]


def _known(matter: Matter) -> _Known:
    """Worked out for those acts on which the entries since bear; the others wait as they did before."""
    agency_law = law_of(matter.agency)
    day = local_date(matter.carried("recorded", _latest))
    earlier: Matter | None = matter.memo.get(GROWN_FROM)
    before: _Known | None = earlier.memo.get(_KNOWN) if earlier is not None else None
    turns: Mapping[str, Entry | None]
    asked: Mapping[str, tuple[str, ...]]
    if earlier is None or before is None or before.agency_law is not agency_law:
        turns = {name: handed_on(act, matter) for name, act in registry.answering(matter.type)}
        asked = {name: _asked_of(name, matter) for name in _asking(agency_law, matter)}
    else:
        new = {entry.kind for entry in matter.entries[len(earlier.entries) :]}
        turned = {name for kind in new for name in _turned(matter.type, kind)}
        turns = before.turns
        if turned:
            turns = {**turns, **{name: handed_on(registry.act(name), matter) for name in turned}}
        same = before.day == day and not matter.adopted and not earlier.adopted
        anew = _asked_anew(agency_law, matter.type, frozenset(new)) if same else before.asked.keys()
        asked = {**before.asked, **{name: _asked_of(name, matter) for name in anew}} if anew else before.asked
    found = matter.memo[_KNOWN] = _Known(agency_law, day, turns, asked)
    return found


def _latest(_: Matter, before: int | None, new: Sequence[Entry]) -> int:
    """When the last of the entries was recorded."""
    return max([before or 0, *(entry.recorded_ms for entry in new)])


@cache
def _turned(type: str, kind: str) -> tuple[str, ...]:
    """The acts on such a stream of which it hangs on entries of this kind whether it waits for them."""
    return tuple(name for name, _ in registry.answering(type) if kind in _turned_by(name))


def _asked_anew(agency_law: AgencyLaw, type: str, new: frozenset[str]) -> tuple[str, ...]:
    """The acts on such a stream before which entries of these kinds may change what is asked."""
    known = agency_law.asked_anew.get((type, new))
    if known is None:
        asking = [name for name in agency_law.asks if type in registry.act(name).on]
        known = tuple(name for name in asking if not _not_asked_by(agency_law, name, new))
        agency_law.asked_anew[type, new] = known
    return known


@cache
def _turned_by(name: str) -> frozenset[str]:
    """The kinds of entries on which it hangs whether a matter waits for an act."""
    act = registry.act(name)
    return frozenset(
        {
            act.kind,
            *act.settled_by,
            *_ending(act),
            *(kind for kinds in (*act.answers, *act.sent_back_by) for kind in kinds),
        }
    )


def _ending(act: Act) -> Iterator[str]:
    """Those on which it hangs whether an act still has its place."""
    yield from act.until
    yield from (kind for kinds in act.reopened.values() for kind in kinds)


def _not_asked_by(agency_law: AgencyLaw, name: str, new: frozenset[str]) -> bool:
    """Whether entries of these kinds leave what is asked before an act as it is, on the same day."""
    if name not in agency_law.asked_by:
        act = registry.act(name)
        read = law.asking(agency_law.bundle, name)
        paths = (*act.fixed.values(), *act.suggested.values())
        own = {
            act.kind,
            *act.after,
            *act.same,
            *act.ended_by,
            *_ending(act),
            *(kind for path in paths for kind in _sources(path)),
        }
        agency_law.asked_by[name] = None if read is None else read | own
    kinds = agency_law.asked_by[name]
    return kinds is not None and new.isdisjoint(kinds)


def _asking(agency_law: AgencyLaw, matter: Matter) -> list[str]:
    """The acts on such a stream before which the law may ask a question."""
    return [name for name in agency_law.asks if matter.type in registry.act(name).on]


def acts_ahead(matter: Matter) -> list[str]:
    """Acts not yet done for which the law may ask a question, and whose inputs are there."""
    asking = _asking(law_of(matter.agency), matter)
    return [name for name in asking if _is_ahead(registry.act(name), matter)]


def _is_ahead(act: Act, matter: Matter) -> bool:
    """Whether an act is not yet done, and its inputs are there."""
    return not matter.last(act.kind) and _inputs_there(act, matter)


def _inputs_there(act: Act, matter: Matter) -> bool:
    """Whether every earlier step that the act takes something from has been taken.

    Of what is only suggested, the fields that must be filled count, by any of their sources but the act itself.
    """
    if act.over(matter) or not act.preceded(matter):
        return False
    if act.fixed:
        return all(matter.last(kind) for path in act.fixed.values() for kind in _sources(path))
    fields = registry.kind_of(act).fields
    needed = [
        kinds
        for name, path in act.suggested.items()
        if fields[name].required and (kinds := _sources(path) - {act.kind})
    ]
    return bool(needed) and all(any(map(matter.last, kinds)) for kinds in needed)


@cache
def _sources(path: str) -> frozenset[str]:
    return frozenset(source.split(".")[0] for source in path.split("|"))


def _asked(matter: Matter, known: _Known) -> Iterator[tuple[str, int]]:
    """The roles that have a question to answer, before acts ahead and about what is owed; from when (0: at once)."""
    for roles in known.asked.values():
        yield from ((role, 0) for role in roles)
    if matter.adopted:
        return  # judged in the matter that has taken it in
    needs = [(need, item.arises_ms) for item in needing(matter) for need in item.needs]
    if needs:
        asks = {ask.id: ask for ask in law_of(matter.agency).bundle.asks()}
        yield from ((role, from_ms) for need, from_ms in needs if need in asks for role in asks[need].who)


def _asked_of(name: str, matter: Matter) -> tuple[str, ...]:
    """The roles that have a question to answer before this act, if it is ahead."""
    act = registry.act(name)
    if not _is_ahead(act, matter):
        return ()
    known = {field: source.value for field, source in known_values(act, matter).items()}
    return tuple(role for question in questions(act, matter, known) for role in question.who)


def handed_on(act: Act, matter: Matter) -> Entry | None:
    """The entry that waits for this act, if one does."""
    ways = (*act.answers, *act.sent_back_by)
    found = [given for kinds in ways if (given := _all_given(matter, kinds))]
    if not found or act.over(matter):
        return None
    latest = max(found, key=_index)
    settled = max(map(matter.last, (act.kind, *act.settled_by)), key=_index)
    return latest if _index(settled) < latest.index else None


def sent_back(act: Act, matter: Matter) -> Entry | None:
    """The entry by which what was done is sent back, to be done once more; None where nothing is."""
    waits = handed_on(act, matter) if act.sent_back_by else None
    kinds = {kind for way in act.sent_back_by for kind in way}
    return waits if waits is not None and waits.kind in kinds else None


def still_lacking(act: Act, matter: Matter) -> list[str]:
    """The kinds that an act waits for, as its first alternative has them: not entered, not so, or settled since."""
    settled = max([_index(matter.last(kind)) for kind in act.settled_by], default=-1)
    wanted = act.answers[0] if act.answers else {}
    return [kind for kind, values in wanted.items() if _index(_given(matter, kind, values)) <= settled]


def _all_given(matter: Matter, kinds: Mapping[str, Mapping[str, Any]]) -> Entry | None:
    """The latest of the entries when every kind is there and says what is asked of it."""
    latest = None
    for kind, values in kinds.items():
        given = _given(matter, kind, values)
        if given is None:
            return None
        if latest is None or given.index > latest.index:
            latest = given
    return latest


def _given(matter: Matter, kind: str, values: Mapping[str, Any]) -> Entry | None:
    """The latest entry of the kind, if it says what is asked of it."""
    entry = matter.last(kind)
    if entry is None or (values and any(entry.open.get(name) != value for name, value in values.items())):
        return None
    return entry


def _index(entry: Entry | None) -> int:
    return -1 if entry is None else entry.index
