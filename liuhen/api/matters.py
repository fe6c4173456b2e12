"""一件事项: where it stands, what is owed in it, and its entries, as far as this reader may see them."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from liuhen import ledger
from liuhen.accounts import queries as people
from liuhen.accounts.permissions import guarded
from liuhen.acts import Matter, registry
from liuhen.acts.cited import citation
from liuhen.acts.correcting import PART as CORRECTION
from liuhen.acts.matter import load_matter
from liuhen.acts.secrets import Secret, without
from liuhen.api.answers import answer
from liuhen.api.person import Caller, endpoint, own
from liuhen.cases.access import MATTER_TYPES, parts_of, visible_parts
from liuhen.cases.models import CaseRow, LeadRow
from liuhen.cases.obligations import Obligation, obligations
from liuhen.cases.stages import CASE_STAGES, LEAD_STAGES
from liuhen.disclosure.restricted import unseen


@endpoint("own_agency")
def matter(request: HttpRequest, caller: Caller, stream: str) -> HttpResponse:
    """The matter as it stands. The reading is noted first."""
    found = read_matter(caller, stream)
    above = _above(found)
    return answer(
        {
            "id": found.stream,
            "type": found.type,
            **_stage(found),
            "adopted_by": above,
            "adopts": sorted({entry.stream for entry in found.entries} - {found.stream}),
            "seen": found.entries[-1].index if found.entries else None,
            "obligations": [_obligation(one) for one in _owed(found, above, caller.now_ms)],
            "entries": _entries(caller, found),
        }
    )


def read_matter(caller: Caller, stream: str) -> Matter:
    """A matter of his own agency, with the reading noted as that of its page is."""
    own(caller, stream, *MATTER_TYPES)
    caller.noted(stream, "page")
    return load_matter(stream)


def _stage(found: Matter) -> dict[str, str]:
    """Where a case or a lead stands, as the lists say it."""
    row: CaseRow | LeadRow | None = None
    titles: dict[str, str] = {}
    if found.type == "case":
        row, titles = CaseRow.objects.filter(stream=found.stream).first(), CASE_STAGES
    elif found.type == "lead":
        row, titles = LeadRow.objects.filter(stream=found.stream).first(), LEAD_STAGES
    return {} if row is None else {"stage": row.stage, "stage_title": titles.get(row.stage, "")}


def _above(found: Matter) -> str | None:
    """The stream that has taken this one in, and in which it is judged."""
    return (
        next(iter(sorted(ledger.adopters({found.stream}) - {found.stream})), None) if found.adopted else None
    )


def _owed(found: Matter, above: str | None, now_ms: int) -> list[Obligation]:
    """The obligations; of a stream that another has taken in, those of the other that are about it."""
    if above is None:
        return obligations(found, now_ms)
    about = found.stream
    judged = obligations(load_matter(above), now_ms)
    return [one for one in judged if about in (one.owed.trigger.partition(".")[0], one.owed.subject)]


def _obligation(one: Obligation) -> dict[str, Any]:
    owed = one.owed
    return {
        "rule": owed.rule,
        "article": owed.cited,
        "cited": citation(owed.cited),
        "title": owed.title,
        "who": list(owed.who),
        "ours": owed.ours,
        "subject": owed.subject,
        "verdict": one.verdict.state,
        "word": one.verdict.word,
        "text": one.verdict.text,
        "provisional": one.verdict.provisional,
        "starts_ms": owed.starts_ms,
        "due_ms": owed.due_ms,
        "due": one.due,
        "working": [*owed.working, *owed.show],
        "missing": [] if one.done else [*owed.missing_text, *owed.needs_text],
        "met_by": owed.met_by,
        "met_ms": owed.met_ms,
        "led_by": owed.led_by.rule if owed.led_by else None,
        "excuse": owed.excuse_reason,
        "acts": [{"act": name, "title": title} for name, title in one.acts],
    }


def _entries(caller: Caller, found: Matter) -> list[dict[str, Any]]:
    """The entries in the order of the log, with the open part and the guarded parts that he may read."""
    parts = visible_parts(caller.actor, found)
    allowed = parts | {ledger.OPEN}
    hidden = unseen(caller.actor, found)
    kinds = registry.dictionary().kinds
    names = people.names(entry.actor for entry in found.entries)
    gone = {entry.supersedes for entry in found.entries if entry.supersedes}
    return [
        {
            "id": entry.id,
            "index": entry.index,
            "stream": entry.stream,
            "number": entry.number,
            "kind": entry.kind,
            "title": kinds[entry.kind].title if entry.kind in kinds else entry.kind,
            "act": entry.act,
            "actor": {"id": entry.actor, "name": names.get(entry.actor, "不在名单中的人员")},
            "happened_ms": entry.happened_ms,
            "recorded_ms": entry.recorded_ms,
            "leaf": entry.leaf_hash.hex(),
            "supersedes": entry.supersedes,
            "superseded": entry.id in gone,
            "correction": (entry.parts.get(CORRECTION) or {}).get("reason", ""),
            "fields": _fields(entry, parts_of(caller.actor, entry, parts), hidden),
            "withheld": sorted((set(entry.parts) & set(guarded())) - allowed),
        }
        for entry in found.entries
    ]


def _fields(entry: ledger.Entry, allowed: frozenset[str], hidden: Sequence[Secret]) -> dict[str, Any]:
    """The fields of these parts; a text for the public without what this reader may not see of it."""
    fields = {
        name: value
        for part, body in entry.parts.items()
        if part in allowed
        for name, value in (body or {}).items()
    }
    return _masked(fields, hidden) if hidden and entry.stream_type == "publication" else fields


def _masked(value: Any, hidden: Sequence[Secret]) -> Any:
    if isinstance(value, str):
        return without(value, hidden)
    if isinstance(value, dict):
        return {name: _masked(one, hidden) for name, one in value.items()}
    return [_masked(one, hidden) for one in value] if isinstance(value, list) else value
