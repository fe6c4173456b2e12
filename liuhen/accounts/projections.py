"""The tables of agencies and people, read out of each agency's people stream. Passwords and sessions are not in it."""

from collections.abc import Callable
from typing import Any

from liuhen import ledger
from liuhen.accounts.folding import Standing, standing
from liuhen.accounts.models import Unit
from liuhen.acts import registry
from liuhen.acts.act import Matter
from liuhen.acts.registry import Projection, Row

PEOPLE = "people"
"""The type of stream that holds an agency's people."""

_DATES = frozenset({"valid_from", "valid_to", "from_on", "to_on"})
Rows = Callable[[Standing, str], list[Row]]


def people_stream(agency: str) -> str | None:
    """The stream of an agency's people, or None before it was begun."""
    return next(iter(ledger.streams_of(agency, PEOPLE)), None)


def agency_rows(made: Standing, agency: str) -> list[Row]:
    """The row of `accounts_agency`."""
    if not made.agency:
        return []
    fields: dict[str, Any] = dict(made.agency)
    fields["superior_id"] = fields.pop("superior") or None
    return [{"id": agency, **fields}]


def unit_rows(made: Standing, agency: str) -> list[Row]:
    """The rows of `accounts_unit`."""
    return [{"agency_id": agency, "name": name, "kind": kind} for name, kind in made.units.items()]


def officer_rows(made: Standing, agency: str) -> list[Row]:
    """The rows of `accounts_officer` but for password and sign-in; units by the numbers that their rows have."""
    units = dict(Unit.objects.filter(agency_id=agency).values_list("name", "id"))
    return [
        {
            "id": officer,
            "username": person.username,
            "name": person.name,
            "sex": person.sex,
            "agency_id": agency,
            "unit_id": units.get(person.unit),
            "post": person.post,
            "is_active": person.active,
        }
        for officer, person in made.people.items()
    ]


def certificate_rows(made: Standing, agency: str) -> list[Row]:
    """The rows of `accounts_certificate`: one for each span of days on which a certificate is valid."""
    return [
        {
            "key": f"{key}.{number}",
            "officer_id": held.officer,
            "agency_id": agency,
            "number": held.number,
            "valid_from": str(first),
            "valid_to": str(last),
            "area": held.area,
        }
        for key, held in made.certificates.items()
        for number, (first, last) in enumerate(held.spans(), 1)
    ]


def grant_rows(made: Standing, agency: str) -> list[Row]:
    """The rows of `accounts_rolegrant`: roles granted, and those that a substitute has while another is away."""
    own = [
        (key, one.officer, one.role, str(one.from_on), str(one.to_on) if one.to_on else None)
        for key, one in made.grants.items()
    ]
    taken = [
        (f"{key}.{role}", leave.substitute, role, str(leave.from_on), str(leave.to_on))
        for key, leave in made.leaves.items()
        if leave.substitute
        for role in leave.roles
    ]
    return [
        {
            "key": key,
            "officer_id": officer,
            "agency_id": agency,
            "role": role,
            "from_on": first,
            "to_on": last,
        }
        for key, officer, role, first, last in [*own, *taken]
    ]


def leave_rows(made: Standing, agency: str) -> list[Row]:
    """The rows of `accounts_leave`."""
    return [
        {
            "key": key,
            "officer_id": leave.officer,
            "substitute_id": leave.substitute or None,
            "agency_id": agency,
            "from_on": str(leave.from_on),
            "to_on": str(leave.to_on),
            "reason": leave.reason,
        }
        for key, leave in made.leaves.items()
    ]


def _projection(
    table: str, keys: tuple[str, ...], columns: str, rows: Rows, kept: tuple[tuple[str, Any], ...] = ()
) -> Projection:
    matter_column = "id" if table == "accounts_agency" else "agency_id"
    return Projection(
        table,
        matter_column,
        keys,
        tuple(columns.split()),
        lambda matter: _of_first(matter, rows),
        frozenset({PEOPLE}),
        matter_key=_agency_of,
        kept=kept,
        dates=tuple(column for column in columns.split() if column in _DATES),
        belongs="EXISTS (SELECT 1 FROM ledger_stream s"
        f" WHERE s.agency = t.{matter_column} AND s.type = '{PEOPLE}' AND s.length > 0)",
    )


def _of_first(matter: Matter, rows: Rows) -> list[Row]:
    return rows(standing(matter.entries), matter.agency)


def _agency_of(stream: str) -> str:
    return ledger.heads([stream])[stream].agency


PROJECTIONS = (
    _projection(
        "accounts_agency",
        ("id",),
        "id slug name code region level superior_id address phone",
        agency_rows,
    ),
    _projection("accounts_unit", ("agency_id", "name"), "agency_id name kind", unit_rows),
    _projection(
        "accounts_officer",
        ("id",),
        "id username name sex agency_id unit_id post is_active",
        officer_rows,
        (("password", "!"), ("must_change", False)),
    ),
    _projection(
        "accounts_certificate",
        ("key",),
        "key officer_id agency_id number valid_from valid_to area",
        certificate_rows,
    ),
    _projection("accounts_rolegrant", ("key",), "key officer_id agency_id role from_on to_on", grant_rows),
    _projection(
        "accounts_leave",
        ("key",),
        "key officer_id substitute_id agency_id from_on to_on reason",
        leave_rows,
    ),
)
"""In the order in which their rows refer to one another."""


def register() -> None:
    """Make the projections known."""
    for projection in PROJECTIONS:
        registry.register_projection(projection)
