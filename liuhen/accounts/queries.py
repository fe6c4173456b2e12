"""Reading agencies and people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from liuhen.accounts.actor import SYSTEM, certificate_on, roles_on
from liuhen.accounts.models import Agency, Certificate, Officer
from liuhen.law.reading import role_titles

LAPSE_WARNING = timedelta(days=30)
"""执法证到期前这么久提醒."""


@dataclass(frozen=True)
class Person:
    """人员: an officer with unit, roles and certificate as of a day."""

    officer: Officer
    roles: Sequence[str]
    certificate: Certificate | None
    lapsed: bool
    lapses_soon: bool


def people(agency_id: str, day: date) -> list[Person]:
    """The agency's people in the order of their units."""
    officers = (
        Officer.objects.filter(agency_id=agency_id).select_related("unit").prefetch_related("certificates")
    )
    return [_person(officer, day) for officer in officers.order_by("unit", "id")]


def officers_to_choose(agency_id: str, day: date) -> list[Person]:
    """Who can be named in a form: people in service."""
    return [person for person in people(agency_id, day) if person.officer.is_active]


def names(ids: Iterable[str]) -> dict[str, str]:
    """Names by id, the system's own included."""
    asked = set(ids)
    found = dict(Officer.objects.filter(id__in=asked).values_list("id", "name")) if asked else {}
    return {**found, SYSTEM: "系统"}


def has_below(agency: str) -> bool:
    """Whether any agency is below one."""
    return Agency.objects.filter(superior_id=agency).exists()


def subordinates(agency: Agency) -> list[Agency]:
    """All agencies below one, in the order of their regions."""
    below, frontier = [], [agency.id]
    while frontier:
        children = list(Agency.objects.filter(superior_id__in=frontier))
        below += children
        frontier = [child.id for child in children]
    return below


def _person(officer: Officer, day: date) -> Person:
    certificate = certificate_on(officer, day)
    titles = role_titles()
    lapsed = certificate is not None and certificate.valid_to < day
    soon = certificate is not None and not lapsed and certificate.valid_to <= day + LAPSE_WARNING
    roles = [titles.get(role, role) for role in sorted(roles_on(officer, day))]
    return Person(officer, roles, certificate, lapsed, soon)


def superior_name(agency: str) -> str:
    """The name of the agency above; empty where none is registered."""
    return Agency.objects.filter(id=agency).values_list("superior__name", flat=True).get() or ""
