"""Rows of leads, cases, handlers and the search, read out of a matter."""

from collections.abc import Sequence
from typing import Any

from liuhen.accounts.permissions import handling
from liuhen.acts import judgement, registry, waiting
from liuhen.acts.act import Matter, fields_of
from liuhen.acts.matter import added
from liuhen.acts.registry import Projection, Row, Since, Values
from liuhen.cases import presence
from liuhen.cases.search import ROWS, row_of, rows_of, tokens
from liuhen.cases.stages import case_stage, lead_stage
from liuhen.ledger import Entry

_OPEN_TEXT_MAX = 2_000
_NAMES_HANDLERS = {
    "filed": "handlers",
    "on_spot_decided": "officers",
    "filing_proposed": "handlers",
    "verified": "officers",
}
_HANDED = "handed_over"
_NAMED = ("filed", "decided", "on_spot_decided", _HANDED)
_SEARCHED = ("facts", "content", "findings", "summary", "name", "suspect")


def lead_rows(matter: Matter) -> list[Row]:
    """The row of `cases_lead`."""
    first = matter.entries[0]
    fields = fields_of(first)
    return [
        {
            "stream": matter.stream,
            "agency": matter.agency,
            "suspect": fields["suspect"],
            "source": fields["source"],
            "stage": lead_stage(matter, filed=matter.adopted),
            "received_ms": first.happened_ms,
            "registered_ms": first.recorded_ms,
            "last_ms": matter.entries[-1].recorded_ms,
        }
    ]


def _begun(matter: Matter) -> Entry | None:
    """The entry by which a case begins: its filing, or a decision on the spot."""
    return matter.last("filed") or matter.last("on_spot_decided")


def case_rows(matter: Matter) -> list[Row]:
    """The row of `cases_case`."""
    begun = _begun(matter)
    if begun is None:
        return []
    fields = fields_of(begun)
    decided, closed = matter.last("decided") or matter.last("on_spot_decided"), matter.last("closed")
    said = fields_of(decided) if decided else {}
    return [
        {
            "stream": matter.stream,
            "row": row_of(matter.stream),
            "agency": matter.agency,
            "number": fields.get("number", ""),
            "party_name": fields["party_name"],
            "party_kind": fields["party_kind"],
            "cause": fields["cause"],
            "stage": case_stage(matter),
            "handlers": "、".join(officer["name"] for officer in handling(matter)),
            "decision_number": said.get("number") or "",
            "amount": said.get("amount"),
            "filed_ms": begun.recorded_ms,
            "decided_ms": decided.recorded_ms if decided else None,
            "closed_ms": closed.recorded_ms if closed else None,
            "last_ms": matter.entries[-1].recorded_ms,
        }
    ]


def handler_rows(matter: Matter) -> list[Row]:
    """The rows of `cases_handler`."""
    handed = matter.last(_HANDED)
    for kind in _NAMES_HANDLERS:
        entry = matter.last(kind)
        if entry is not None and (handed is None or handed.index < entry.index):
            fields = fields_of(entry)
            ids = {officer["id"] for officer in fields.get(_NAMES_HANDLERS[kind], [])}
            return [_handler(matter.stream, officer) for officer in sorted(ids)]
        if entry is not None:
            break
    if handed is not None:
        return [_handler(matter.stream, one["id"]) for one in fields_of(handed)["handlers"]]
    return [_handler(matter.stream, matter.entries[0].actor)] if matter.entries else []


def handover_rows(matter: Matter) -> list[Row]:
    """The rows of `cases_handover`: who gave and who took, of this very stream."""
    return [
        {
            "id": f"{entry.id}.{side[0]['id']}",
            "matter": matter.stream,
            "officer": side[0]["id"],
            "gives": side[1],
            "at_ms": entry.recorded_ms,
            "ground": str(entry.open["ground"]),
            "others": "、".join(one["name"] for one in entry.open[side[2]])[:200],
        }
        for entry in matter.all(_HANDED)
        if entry.stream == matter.stream
        for side in _sides(entry)
    ]


def _sides(entry: Entry) -> list[tuple[dict[str, Any], bool, str]]:
    leaving, after = entry.open["leaving"], entry.open["handlers"]
    return [(one, True, "handlers") for one in leaving] + [(one, False, "leaving") for one in after]


def search_rows(matter: Matter) -> list[Values]:
    """The rows of `cases_search`: by what the case is known, then the texts of its entries."""
    begun = _begun(matter)
    return [] if begun is None else [_search_row(matter, 0, _known_by(matter, begun)), *_text_rows(matter, 0)]


def search_since(matter: Matter) -> Since | None:
    """The rows of the texts that came; when it may be known by something else, all are compared."""
    new = added(matter)
    if new is None or any(entry.kind in _NAMED for entry in new):
        return None
    return Since([], _text_rows(matter, len(matter.entries) - len(new)) if _begun(matter) else [])


def _search_row(matter: Matter, number: int, text: str) -> Values:
    return rows_of(matter.stream)[0] + number, matter.agency, tokens(text)


def _known_by(matter: Matter, begun: Entry) -> str:
    """Its number, its party, who handles it, the number of its decision."""
    text = [
        str(begun.open.get(name, ""))
        for name in ("number", "party_name", "party_code", "cause", "party_head")
    ]
    text += [officer["name"] for officer in begun.open.get(_NAMES_HANDLERS[begun.kind], [])]
    text += [officer["name"] for officer in handling(matter)]
    text.append(str(matter.value("decided", "number") or ""))
    return "\n".join(text)


def _text_rows(matter: Matter, since: int) -> list[Values]:
    """Those of the entries from this place on; the last of very many texts are not searched."""
    places: Sequence[int] = matter.carried("searched", _searched)
    return [
        _search_row(matter, number, _text_of(matter.entries[place]))
        for number, place in enumerate(places[: ROWS - 1], 1)
        if place >= since
    ]


def _searched(matter: Matter, before: tuple[int, ...] | None, new: Sequence[Entry]) -> tuple[int, ...]:
    """The places of the entries with texts by which a case is found."""
    first = len(matter.entries) - len(new)
    return (*(before or ()), *(place for place, entry in enumerate(new, first) if _has_text(entry)))


def _has_text(entry: Entry) -> bool:
    return any(map(entry.open.get, _SEARCHED))


def _text_of(entry: Entry) -> str:
    fields = entry.open
    return "\n".join(str(fields[name])[:_OPEN_TEXT_MAX] for name in _SEARCHED if fields.get(name))


def _is_searched(entry: Entry) -> bool:
    return entry.kind in _NAMED or _has_text(entry)


def _handler(matter: str, officer: str) -> Row:
    return {"id": f"{matter}.{officer}", "matter": matter, "officer": officer}


_EVERY_STREAM = frozenset({"lead", "case", "inspection", "recording", "publication", "register"})

PROJECTIONS = (
    Projection(
        "acts_waiting",
        "matter",
        ("matter", "act", "who"),
        waiting.COLUMNS,
        waiting.waiting_rows,
        _EVERY_STREAM,
        judged=True,
    ),
    Projection(
        "acts_owed",
        "matter",
        ("matter", "rule", "trigger", "subject", "who"),
        judgement.OWED_COLUMNS,
        judgement.owed_rows,
        _EVERY_STREAM,
        booleans=("ours", "no_number", "provisional", "is_open"),
        judged=True,
        since=judgement.owed_since,
    ),
    Projection(
        "acts_judged",
        "matter",
        ("matter",),
        ("matter", "agency", "type", "digest", "entries", "last_index", "keeps"),
        judgement.judged_row,
        _EVERY_STREAM,
        booleans=("keeps",),
        placed=True,
    ),
    Projection(
        "cases_lead",
        "stream",
        ("stream",),
        ("stream", "agency", "suspect", "source", "stage", "received_ms", "registered_ms", "last_ms"),
        lead_rows,
        frozenset({"lead"}),
    ),
    Projection(
        "cases_case",
        "stream",
        ("stream",),
        (
            "stream",
            "row",
            "agency",
            "number",
            "party_name",
            "party_kind",
            "cause",
            "stage",
            "handlers",
            "decision_number",
            "amount",
            "filed_ms",
            "decided_ms",
            "closed_ms",
            "last_ms",
        ),
        case_rows,
        frozenset({"case"}),
    ),
    Projection(
        "cases_handler",
        "matter",
        ("id",),
        ("id", "matter", "officer"),
        handler_rows,
        frozenset({"lead", "case"}),
        bears=lambda entry: entry.number == 1 or entry.kind in _NAMES_HANDLERS or entry.kind == _HANDED,
    ),
    Projection(
        "cases_presence",
        "matter",
        ("id",),
        presence.COLUMNS,
        presence.presence_rows,
        frozenset({"lead", "case", "inspection"}),
        bears=presence.tells,
        since=presence.presence_since,
    ),
    Projection(
        "cases_handover",
        "matter",
        ("id",),
        ("id", "matter", "officer", "gives", "at_ms", "ground", "others"),
        handover_rows,
        frozenset({"lead", "case", "inspection"}),
        booleans=("gives",),
        bears=lambda entry: entry.kind == _HANDED,
    ),
    Projection(
        "cases_search",
        "rowid",
        ("rowid",),
        ("rowid", "agency", "tokens"),
        search_rows,
        frozenset({"case"}),
        spans=rows_of,
        bears=_is_searched,
        virtual=True,
        belongs=f"t.rowid / {ROWS} IN (SELECT c.row FROM cases_case c)",
        since=search_since,
    ),
)
"""The rows of this room, and those of the door itself."""


def register() -> None:
    """Make the projections known."""
    for projection in PROJECTIONS:
        registry.register_projection(projection)
