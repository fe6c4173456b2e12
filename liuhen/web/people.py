"""Officers as they can be chosen on a form and shown in the list: certificate and how long it is still valid."""

from collections.abc import Iterable
from datetime import date

from liuhen.accounts import queries
from liuhen.law.reading import role_titles
from liuhen.web.forms import Person

_APART = frozenset({"system_administrator", "security_administrator", "audit_administrator"})
"""Who keeps the machine and its people, and is nobody in a case."""


def choosable(agency: str, day: date) -> list[Person]:
    """Officers in service who may be somebody in a case, with the certificate as it stands on a day."""
    apart = {role_titles()[role] for role in _APART}
    found = [
        _person(person, day)
        for person in queries.officers_to_choose(agency, day)
        if not person.roles or set(person.roles) - apart
    ]
    return sorted(found, key=lambda person: not person.valid)


def standing(person: queries.Person, day: date) -> str:
    """What to say of an officer's certificate."""
    certificate = person.certificate
    if certificate is None:
        return "没有执法证"
    if person.lapsed:
        return f"执法证有效期止于 {certificate.valid_to}，现已失效"
    if person.lapses_soon:
        return f"还有 {(certificate.valid_to - day).days} 日到期（{certificate.valid_to}）"
    return f"有效至 {certificate.valid_to}"


def by_unit(people: Iterable[queries.Person]) -> list[tuple[str, list[queries.Person]]]:
    """People under the names of their units, in the order in which they come."""
    units: dict[str, list[queries.Person]] = {}
    for person in people:
        units.setdefault(person.officer.unit.name, []).append(person)
    return list(units.items())


def _person(person: queries.Person, day: date) -> Person:
    officer, certificate = person.officer, person.certificate
    valid = certificate is not None and not person.lapsed
    return Person(
        officer.id, officer.name, certificate.number if certificate else "", standing(person, day), valid
    )
