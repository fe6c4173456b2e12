"""录入名册: an agency's people enter the record, from a file or, once, as an older installation's tables hold them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from liuhen import ledger
from liuhen.accounts.actor import system_actor
from liuhen.accounts.models import Agency, Certificate, Officer, RoleGrant, Unit
from liuhen.accounts.projections import PEOPLE, people_stream
from liuhen.acts import perform
from liuhen.kernel.clock import Clock
from liuhen.kernel.ids import new_id

_ROWS_AN_ENTRY = 1000
"""So many rows of a table at most in one entry."""
_ACT = "take_over_people"

Rows = list[dict[str, str]]


def take_over(agency: str, fields: Mapping[str, Any], clock: Clock) -> None:
    """Enter what the fields of `people_taken_over` hold in the agency's people stream, which is begun when need be."""
    stream = people_stream(agency) or ledger.create_stream(agency, PEOPLE)
    for part in _parts(fields):
        perform(_ACT, system_actor(agency), part, new_id(), clock=clock, stream=stream)


def take_over_as_it_stands(clock: Clock) -> int:
    """Let every agency whose people are not yet in the record enter them as its tables hold them; how many."""
    done = 0
    for agency in Agency.objects.order_by("id"):
        if people_stream(agency.id) is None:
            with ledger.write_turn(), transaction.atomic():
                take_over(agency.id, _as_it_stands(agency), clock)
            done += 1
    return done


def _parts(fields: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """The same in as many entries as its longest table asks; everything that is no table in the first."""
    tables = {name: rows for name, rows in fields.items() if isinstance(rows, list)}
    longest = max((len(rows) for rows in tables.values()), default=0)
    single = {name: value for name, value in fields.items() if name not in tables}
    for start in range(0, max(1, longest), _ROWS_AN_ENTRY):
        part = {name: rows[start : start + _ROWS_AN_ENTRY] for name, rows in tables.items()}
        head = single if start == 0 else {"source": single["source"]}
        yield {name: value for name, value in {**head, **part}.items() if value not in ("", [])}


def _as_it_stands(agency: Agency) -> dict[str, Any]:
    names = ("slug", "name", "code", "region", "level", "address", "phone")
    units = Unit.objects.filter(agency=agency)
    officers = Officer.objects.filter(agency=agency).select_related("unit").order_by("id")
    return {
        **{name: getattr(agency, name) for name in names},
        "superior": agency.superior_id or "",
        "units": [{"name": unit.name, "kind": unit.kind} for unit in units],
        "people": [_person(officer) for officer in officers],
        "certificates": _certificates(Certificate.objects.filter(agency=agency).order_by("id")),
        "roles": _roles(RoleGrant.objects.filter(agency=agency).order_by("id")),
        "source": "原有名册（升级时录入）",
    }


def _person(officer: Officer) -> dict[str, str]:
    left = {} if officer.is_active else {"left": "是"}
    return {
        "id": officer.id,
        "username": officer.username,
        "name": officer.name,
        "sex": officer.sex,
        "unit": officer.unit.name,
        "post": officer.post,
        **left,
    }


def _certificates(held: Iterable[Certificate]) -> Rows:
    return [
        {
            "id": one.key,
            "officer": one.officer_id,
            "number": one.number,
            "from_on": str(one.valid_from),
            "to_on": str(one.valid_to),
            "area": one.area,
        }
        for one in held
    ]


def _roles(grants: Iterable[RoleGrant]) -> Rows:
    return [
        {"id": one.key, "officer": one.officer_id, "role": one.role, "from_on": str(one.from_on)}
        | ({"to_on": str(one.to_on)} if one.to_on else {})
        for one in grants
    ]
