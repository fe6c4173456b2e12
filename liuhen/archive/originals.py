"""原件: where each lies, who has borrowed it and until when. Read out of a case's entries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import connection

from liuhen.acts import registry
from liuhen.acts.act import Matter, fields_of
from liuhen.acts.registry import Projection, Row
from liuhen.ledger import Entry

SHELVED, LENT, RETURNED = "original_shelved", "original_lent", "original_returned"
STATES = {"lent": "借出未还", "overdue": "逾期未还", "shelved": "在库"}


@dataclass(frozen=True)
class Original:
    """One original. `lent_ms` in milliseconds UTC, `due_back` an ISO date; both empty while it is on its shelf."""

    stream: str
    original: str
    name: str
    quantity: str
    shelf: str
    matter: str
    borrower: str = ""
    unit: str = ""
    lent_ms: int = 0
    due_back: str = ""
    condition: str = ""

    def overdue(self, today: str) -> bool:
        """Whether it should have come back before this day (ISO)."""
        return bool(self.borrower) and self.due_back < today


_COLUMNS = tuple(Original.__dataclass_fields__)


def of_matter(matter: Matter) -> dict[str, Original]:
    """The originals of a case by their keys, as they stand."""
    found: dict[str, Original] = {}
    about = f"{matter.value('filed', 'party_name') or matter.value('on_spot_decided', 'party_name') or ''}"
    for entry in _as_corrected(matter):
        key = str(fields_of(entry)["original"])
        found[key] = _after(found.get(key), entry, matter.stream, about)
    return found


def _as_corrected(matter: Matter) -> Sequence[Entry]:
    """What was entered about originals, each correction in the place of what it corrects."""
    standing: dict[str, Entry] = {}
    places: dict[str, str] = {}
    for entry in matter.entries:
        if entry.kind in (SHELVED, LENT, RETURNED):
            place = places.get(entry.supersedes or "", entry.id)
            places[entry.id] = place
            standing[place] = entry
    return list(standing.values())


def _after(held: Original | None, entry: Entry, stream: str, about: str) -> Original:
    own = fields_of(entry)
    if entry.kind == SHELVED or held is None:
        name, quantity, shelf = (str(own.get(field) or "") for field in ("name", "quantity", "shelf"))
        return Original(stream, own["original"], name, quantity, shelf, about)
    if entry.kind == LENT:
        return replace(
            held,
            borrower=own["borrower"],
            unit=own["unit"],
            lent_ms=entry.happened_ms,
            due_back=own["due_back"],
        )
    state = registry.dictionary().text(RETURNED, "state", own["state"])
    condition = "" if own["state"] == "whole" else f"{state}：{own.get('note', '')}"
    shelf = own.get("shelf") or held.shelf
    return replace(held, borrower="", unit="", lent_ms=0, due_back="", shelf=shelf, condition=condition)


def count(agency: str, state: str, query: str, today: str) -> int:
    """How many originals of an agency are in a state (`STATES`; empty: any) and match the words."""
    where, values = _where(agency, state, query, today)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM archive_original WHERE {where}", values)
        (found,) = cursor.fetchone()
    return int(found)


def listed(
    agency: str, state: str, query: str, today: str, start: int = 0, stop: int = 50
) -> Sequence[Original]:
    """Those of them from `start` to `stop`: what is due back first, then by shelf."""
    where, values = _where(agency, state, query, today)
    sql = (
        f"SELECT {', '.join(_COLUMNS)} FROM archive_original WHERE {where}"
        " ORDER BY CASE WHEN due_back = '' THEN 1 ELSE 0 END, due_back, shelf, stream, original LIMIT %s OFFSET %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, stop - start, start])
        return [Original(*row) for row in cursor.fetchall()]


def _where(agency: str, state: str, query: str, today: str) -> tuple[str, list[str]]:
    clauses, values = ["agency = %s"], [agency]
    if state == "lent":
        clauses.append("due_back <> ''")
    elif state == "overdue":
        clauses.append("due_back <> '' AND due_back < %s")
        values.append(today)
    elif state == "shelved":
        clauses.append("due_back = ''")
    if query:
        clauses.append("(name LIKE %s OR matter LIKE %s OR shelf LIKE %s OR borrower LIKE %s)")
        escaped = query.replace("%", "").replace("_", "")
        values += [f"%{escaped}%"] * 4
    return " AND ".join(clauses), values


def _rows(matter: Matter) -> list[Row]:
    return [
        {"agency": matter.agency, **{name: getattr(one, name) for name in _COLUMNS}}
        for one in of_matter(matter).values()
    ]


def register() -> None:
    """Make the rows known to the door."""
    registry.register_projection(
        Projection(
            "archive_original", "stream", ("stream", "original"), ("agency", *_COLUMNS), _rows, frozenset({"case"}),
            bears=lambda entry: entry.kind in (SHELVED, LENT, RETURNED, "filed", "on_spot_decided"),
        )
    )  # fmt: skip
