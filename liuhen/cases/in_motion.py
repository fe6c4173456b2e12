"""已经开始的: what somebody has set in motion and is not carried out yet, and the act that goes on with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from liuhen.acts import registry
from liuhen.acts.act import Matter, field_of
from liuhen.acts.waiting import handed_on, sent_back
from liuhen.ledger import Entry

CARRIED_OUT: Mapping[str, str] = {
    "inquiry_notified": "inquired",
    "evidence_notified": "evidence_collected",
    "preservation_approved": "preserved",
    "seal_approved": "sealed",
    "hearing_notified": "hearing_held",
}
"""What was notified or agreed to, and the kind that carries it out."""
REPORTED = "investigation_reported"
"""With the report the investigation is over: nobody is led back to what it had set in motion."""
_LATER = frozenset({"hearing_notified"})
"""What is set in motion after the report, and is not over with another one."""
_ASKED_ONCE = frozenset({"evidence_notified"})
"""Notices that may be written after what they ask for was handed over: they ask for nothing more then."""
APPOINTED: Mapping[str, str] = {"inquiry_notified": "appear_at", "hearing_notified": "hearing_at"}
"""Of what was notified for a moment, the field that names it."""

GIVEN_OUT: Mapping[str, str] = {
    "appraisal_commissioned": "appraisal_received",
    "announced": "announcement_ended",
}
"""What somebody outside was asked for without a limit of law, and the kind with which it comes back."""


@dataclass(frozen=True)
class Given:
    """委托出去的: what has not come back: the kind that ends it, to whom it was given, by when it is asked for."""

    entry: Entry
    ends: str
    to: str
    until: date | None


def given_out(matter: Matter) -> Iterator[Given]:
    """What was asked of somebody outside and has not come back."""
    for kind, ends in GIVEN_OUT.items():
        key = registry.dictionary().kinds[kind].key
        back = {field_of(entry, key) for entry in matter.all(ends)}
        for entry in matter.all(kind):
            if field_of(entry, key) not in back:
                until = field_of(entry, "until")
                yield Given(
                    entry,
                    ends,
                    str(field_of(entry, "body") or ""),
                    date.fromisoformat(until) if until else None,
                )


def in_motion(matter: Matter) -> Iterator[tuple[str, Entry]]:
    """The acts that go on with something, each with the entry on which it goes on; what was sent back apart."""
    for name, act in registry.answering(matter.type):
        waits = handed_on(act, matter)
        if waits is not None and sent_back(act, matter) is None:
            yield name, waits
    by_kind = {act.kind: name for name, act in registry.acts().items() if matter.type in act.on}
    for kind, carried_out in CARRIED_OUT.items():
        begun = matter.last(kind)
        if begun is not None and carried_out in by_kind and _to_do(matter, begun, carried_out):
            yield by_kind[carried_out], begun


def appointed(begun: Entry) -> int | None:
    """The instant for which it was notified; None where it was for none."""
    at = field_of(begun, APPOINTED.get(begun.kind, ""))
    return None if at is None else int(at)


def _to_do(matter: Matter, begun: Entry, carried_out: str) -> bool:
    """Whether it was agreed to, if it needed that, and nothing was done about it since."""
    key = registry.dictionary().kinds[begun.kind].key
    same = registry.dictionary().kinds[carried_out].key == key
    since = -1 if begun.kind in _ASKED_ONCE else begun.index
    done = any(
        field_of(entry, key) == field_of(begun, key) if same else entry.index > since
        for entry in matter.all(carried_out)
    )
    reported = matter.last(REPORTED)
    over = begun.kind not in _LATER and reported is not None and reported.index > begun.index
    return not done and not over and begun.open.get("agree") is not False
