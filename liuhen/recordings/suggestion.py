"""音像记录 filled in from the act that it records: which act, where, and from when to when."""

from collections.abc import Collection, Mapping
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Matter, fields_of
from liuhen.acts.matter import law_of
from liuhen.acts.registry import Suggested
from liuhen.law.course import course
from liuhen.ledger import Entry

_MADE = ("recording_ended", "recording_linked")


def taken_from(act: Entry) -> Mapping[str, Any]:
    """What a recording of this act says of it; instants in milliseconds UTC. Only what the act itself says."""
    kind = registry.dictionary().kinds[act.kind]
    fields = fields_of(act)
    first, last = kind.span or ("", "")
    found = {
        "of": kind.name,
        "subject": fields.get(kind.key),
        "started": fields.get(first),
        "ended": fields.get(last),
        "place": fields.get("place"),
        "phase": next(
            (phase.phase for phase in course(law_of(act.agency).bundle) if kind.act in phase.acts), None
        ),
    }
    return {name: value for name, value in found.items() if value}


def suggested_recording(matter: Matter) -> Suggested:
    """The latest act with a beginning and an end of which there is no recording yet."""
    return _latest(matter, [name for name, kind in registry.dictionary().kinds.items() if kind.span])


def suggested_of(_agency: str, typed: Mapping[str, Any], matter: Matter | None) -> Suggested:
    """Of the kind of act chosen the latest of which there is no recording yet, in the place of any other."""
    of, subject = str(typed.get("of") or ""), typed.get("subject")
    if matter is None or not of or subject or of not in registry.dictionary().kinds:
        return {}
    title = registry.dictionary().kinds[of].title
    nothing = dict.fromkeys(("subject", "started", "ended", "place"), (None, ""))
    return {**nothing, "of": (of, title), **_latest(matter, [of])}


def _latest(matter: Matter, wanted: Collection[str]) -> Suggested:
    kinds = registry.dictionary().kinds
    recorded = {
        (entry.open.get("of"), entry.open.get("subject")) for entry in matter.entries if entry.kind in _MADE
    }
    for entry in reversed(matter.entries):
        if entry.kind not in wanted or entry.kind in _MADE:
            continue
        kind = kinds[entry.kind]
        if (kind.name, fields_of(entry).get(kind.key)) not in recorded:
            return {name: (value, kind.title) for name, value in taken_from(entry).items()}
    return {}


def recording_of(matter: Matter, kind: str, key: str) -> Suggested:
    """What a recording of this very act says of it; nothing where the matter has no such act."""
    for entry in reversed(matter.all(kind)):
        made = registry.dictionary().kinds[kind]
        if str(fields_of(entry).get(made.key)) == key:
            return {name: (value, made.title) for name, value in taken_from(entry).items()}
    return {}
