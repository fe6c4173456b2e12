"""入卷: what a permitted act records, and the rows of every matter that it bears on."""

from collections.abc import Sequence

from django.db import transaction

from liuhen import ledger
from liuhen.acts import kept, projections, registry
from liuhen.acts.act import Doing, Matter
from liuhen.acts.found import Found
from liuhen.acts.matter import REGISTER, grown, law_changed, law_of, load_matter, placed


def enter(doing: Doing, drafts: Sequence[ledger.EntryDraft], key: str, found: Found) -> list[ledger.Entry]:
    """Record the entries of an act and bring the rows of their matters up to date, in the caller's transaction."""
    agency = doing.actor.agency
    act = ledger.Act(
        agency, registry.name_of(doing.act), key, doing.actor.id, doing.now_ms, law_of(agency).packs
    )
    appending = ledger.Appending(act, drafts, heads=found.held)
    if doing.matter is not None and _stays_within(doing.matter, drafts):
        return _within(doing.matter, appending, found)
    entries = appending.write()
    _project(entries)
    return entries


def _stays_within(matter: Matter, drafts: Sequence[ledger.EntryDraft]) -> bool:
    """Whether all that is recorded is more of this very matter, and changes neither its streams nor the law."""
    return (
        matter.type != REGISTER
        and projections.foreseeable(matter.type)
        and all(draft.stream == matter.stream and not draft.adopts and not draft.destroys for draft in drafts)
    )


def _within(matter: Matter, appending: ledger.Appending, found: Found) -> list[ledger.Entry]:
    """The matter is judged with the entries as foreseen: the agency's log is locked only while they are written.

    Rows that tell where in the log entries lie wait for that.
    """
    since = appending.foreseen()
    foreseen = grown(matter, since)
    judged = projections.changes(foreseen, since, found.rows, stand=found.stand, placed=False)
    after: list[tuple[Matter, projections.Changes]] = []

    def told_by_places(entries: Sequence[ledger.Entry]) -> list[ledger.Statement]:
        now = placed(foreseen, entries)
        after.append((now, projections.changes(now, entries, found.rows, placed=True)))
        return after[0][1].statements

    above = sorted(found.held.keys() - {matter.stream})
    ends = found.alone and not above
    entries = appending.write(before=judged.statements, beside=told_by_places, ends=ends)
    ((now, told),) = after
    transaction.on_commit(lambda: kept.keep(now, {**judged.rows, **told.rows}, found.known))
    for stream in above:
        projections.write(load_matter(stream), entries)
    return entries


def _project(entries: Sequence[ledger.Entry]) -> None:
    """Write the rows of every matter that these entries belong to, and of those that they take in."""
    if any(entry.stream_type == REGISTER for entry in entries):
        law_changed()
    streams = {entry.stream for entry in entries} | {each for entry in entries for each in entry.adopts}
    for stream in sorted(ledger.adopters(streams)):
        projections.write(load_matter(stream))
