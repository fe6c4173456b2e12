"""流转: which acts a matter waits for because somebody has handed it on, read out of the entries.

Not what the law asks (that is owed), but whose turn it is: a proposal waits for its endorsement, a question for its
answer. Who may take the turn is the table of acts and roles; a question names its roles itself.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Act, Matter
from liuhen.acts.form import form_of
from liuhen.acts.judgement import is_open, owed, questions
from liuhen.acts.matter import law_of
from liuhen.acts.registry import Row
from liuhen.ledger import Entry

_LEAD = "lead"
ANSWER = "answer_question"
COLUMNS = ("matter", "agency", "act", "who", "since", "since_ms")


def waiting_rows(matter: Matter) -> list[Row]:
    """The rows of `acts_waiting`: acts whose latest input is newer than their performance; questions before acts."""
    if matter.type == _LEAD and matter.adopted:
        return []  # a lead that a case has taken in waits for nothing
    rows = [
        _row(matter, name, since, "")
        for name, act in registry.answering(matter.type)
        if (since := _handed_on(act, matter)) is not None
    ]
    asked = dict.fromkeys(_asked(matter))
    return rows + [_row(matter, ANSWER, matter.entries[-1], role) for role in asked]


def _row(matter: Matter, act: str, since: Entry, who: str) -> Row:
    return {
        "matter": matter.stream,
        "agency": matter.agency,
        "act": act,
        "who": who,
        "since": since.id,
        "since_ms": since.recorded_ms,
    }


def acts_ahead(matter: Matter) -> list[str]:
    """Acts not yet done for which the law may ask a question, and whose inputs are there."""
    asking = law_of(matter.agency).asking
    ahead = []
    for name in asking & registry.acts().keys():
        act = registry.act(name)
        if matter.type in act.on and not matter.last(act.kind) and _inputs_there(act, matter):
            ahead.append(name)
    return sorted(ahead)


def _inputs_there(act: Act, matter: Matter) -> bool:
    """Whether every earlier step that the act takes something from has been taken.

    Of what is only suggested, the fields that must be filled count, by any of their sources but the act itself.
    """
    if act.over(matter):
        return False
    if act.after and not any(matter.last(kind) for kind in act.after):
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


def _asked(matter: Matter) -> Iterator[str]:
    """The roles that have a question to answer: before the acts ahead, and about what is owed."""
    for name in acts_ahead(matter):
        yield from _asked_of(name, matter)
    if matter.adopted:
        return  # judged in the matter that has taken it in
    needs = [need for item in owed(matter) if is_open(item) for need in item.needs]
    if needs:
        asks = {ask.id: ask for ask in law_of(matter.agency).bundle.asks()}
        yield from (role for need in needs if need in asks for role in asks[need].who)


def _asked_of(name: str, matter: Matter) -> list[str]:
    """The roles that have a question to answer before this act."""
    form = form_of(registry.act(name), matter)
    known = {field: source.value for field, source in form.filled.items()}
    return [role for question in questions(registry.act(name), matter, known) for role in question.who]


def _handed_on(act: Act, matter: Matter) -> Entry | None:
    """The entry that waits for this act, if one does."""
    if act.over(matter):
        return None
    found = [given for kinds in act.answers if (given := _all_given(matter, kinds))]
    if not found:
        return None
    latest = max(found, key=_index)
    settled = max(map(matter.last, (act.kind, *act.settled_by)), key=_index)
    return latest if _index(settled) < latest.index else None


def _all_given(matter: Matter, kinds: Mapping[str, Mapping[str, Any]]) -> Entry | None:
    """The latest of the entries when every kind is there and says what is asked of it."""
    given = [_given(matter, kind, values) for kind, values in kinds.items()]
    return None if None in given else max(given, key=_index)


def _given(matter: Matter, kind: str, values: Mapping[str, Any]) -> Entry | None:
    """The latest entry of the kind, if it says what is asked of it."""
    entry = matter.last(kind)
    if entry is None or any(entry.open.get(name) != value for name, value in values.items()):
        return None
    return entry


def _index(entry: Entry | None) -> int:
    return -1 if entry is None else entry.index
