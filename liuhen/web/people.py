"""Officers as they can be chosen on a form and shown in the list: certificate and how long it is still valid."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from liuhen.accounts.models import Certificate, Officer
from liuhen.web.forms import Person

SOON_DAYS = 60


def choosable(officers: QuerySet[Officer], day: date) -> list[Person]:
    """Officers with the certificate as it stands on a day."""
    return [_person(officer, day) for officer in officers.prefetch_related("certificates")]


def certificate_of(certificates: Iterable[Certificate], day: date) -> Certificate | None:
    """The certificate that has begun last, or None."""
    begun = [one for one in certificates if one.valid_from <= day]
    return max(begun, key=lambda one: one.valid_to) if begun else None


def standing(certificate: Certificate | None, day: date) -> tuple[str, bool]:
    """What to say of a certificate, and whether it is valid."""
    if certificate is None:
        return "没有执法证", False
    if certificate.valid_to < day:
        return f"执法证已于 {certificate.valid_to} 到期", False
    left = (certificate.valid_to - day).days
    if left <= SOON_DAYS:
        return f"执法证还有 {left} 日到期（{certificate.valid_to}）", True
    return f"有效至 {certificate.valid_to}", True


def _person(officer: Officer, day: date) -> Person:
    certificate = certificate_of(officer.certificates.all(), day)
    note, valid = standing(certificate, day)
    return Person(officer.id, officer.name, certificate.number if certificate else "", note, valid)
