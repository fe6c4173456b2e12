"""制发文书的登记: the codes of documents that leave the house go to the public site as digests, in the log's order.

How far this went is kept per agency, so a process that dies half way begins again where it was; both steps may be
repeated.
"""

from collections.abc import Sequence

from django.db import connection

from liuhen import ledger
from liuhen.acts.matter import load_matter
from liuhen.documents.codes import code_of
from liuhen.documents.context import Issuer, Scope, seal_of
from liuhen.documents.voids import VOIDED, named_entry
from liuhen.documents.witness import issuer
from liuhen.ledger import Entry
from liuhen.portal import papers

BATCH = 200


def publish_papers() -> int:
    """Make every newly issued document known; how many entries were looked at."""
    seen = 0
    for agency in ledger.agencies():
        state = ledger.log_state(agency)
        begun = done(agency)
        if state is None or begun >= state.size:
            continue
        stop = min(state.size, begun + BATCH)
        entries = ledger.read_log(agency, begun, stop)
        _publish(agency, entries)
        _mark(agency, stop)
        seen += len(entries)
    return seen


def issued(entry: Entry, matter: Sequence[Entry], agency: Issuer) -> list[papers.Issued]:
    """The documents made of an entry that leave the house."""
    found = []
    for form in agency.forms().made_of(entry):
        scope = Scope(entry, form, matter, agency)
        if form.reach == "outer" and scope.wanted():
            code = code_of(entry.leaf_hash, form.id, form.version)
            found.append(papers.Issued(code, scope.word(form.number), seal_of(entry), entry.recorded_ms))
    return found


def _publish(agency: str, entries: Sequence[Entry]) -> None:
    own = issuer(agency)
    for entry in entries:
        if entry.kind == VOIDED:
            _end(own, _voided(entry), papers.VOID, entry.recorded_ms)
            continue
        if entry.supersedes:
            _end(own, _in(entry.stream, entry.supersedes), papers.REPLACED, entry.recorded_ms)
        if any(form.reach == "outer" for form in own.forms().made_of(entry)):
            papers.put_papers(issued(entry, load_matter(entry.stream).entries, own))


def _in(stream: str, entry_id: str) -> Entry | None:
    return next((one for one in ledger.read([stream]) if one.id == entry_id), None)


def _voided(entry: Entry) -> Entry | None:
    entries = load_matter(entry.stream).entries
    named = named_entry(str(entry.open["document"]), entries)
    return next((one for one in entries if one.id == named), None)


def _end(agency: Issuer, entry: Entry | None, why: str, at_ms: int) -> None:
    if entry is None:
        return
    forms = agency.forms().made_of(entry)
    papers.end_papers([code_of(entry.leaf_hash, form.id, form.version) for form in forms], why, at_ms)


def done(agency: str) -> int:
    """How many entries of the agency's log were looked at."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT upto FROM document_published WHERE agency = %s", [agency])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _mark(agency: str, upto: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO document_published (agency, upto) VALUES (%s, %s)"
            " ON CONFLICT (agency) DO UPDATE SET upto = excluded.upto",
            [agency, upto],
        )
