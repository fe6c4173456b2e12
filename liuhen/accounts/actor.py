"""Who performs an act: an officer as he stands at an instant, or the system itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from liuhen.accounts.models import Certificate, Officer, RoleGrant
from liuhen.acts.errors import Invalid
from liuhen.kernel.clock import local_date

SYSTEM = "system"


@dataclass(frozen=True)
class OfficerActor:
    """办理人, frozen: roles and certificate as they stand."""

    id: str
    name: str
    agency: str
    roles: frozenset[str]
    certificate: str = ""


def actor_of(officer: Officer, at_ms: int) -> OfficerActor:
    """The officer as an actor at an instant (milliseconds UTC). An officer no longer in service has no role."""
    day = local_date(at_ms)
    roles = roles_on(officer, day) if officer.is_active else frozenset()
    certificate = certificate_on(officer, day)
    return OfficerActor(
        officer.id, officer.name, officer.agency_id, roles, certificate.number if certificate else ""
    )


def system_actor(agency: str) -> OfficerActor:
    """The system acting for an agency: confirmations of what it did itself."""
    return OfficerActor(SYSTEM, "系统", agency, frozenset({SYSTEM}))


def roles_on(officer: Officer, day: date) -> frozenset[str]:
    """The roles that an officer holds on a day."""
    current = RoleGrant.objects.filter(officer=officer, from_on__lte=day)
    return frozenset(current.filter(Q(to_on=None) | Q(to_on__gte=day)).values_list("role", flat=True))


def certificate_on(officer: Officer, day: date) -> Certificate | None:
    """The certificate valid on a day, else the one that lapsed last, else None."""
    held = list(officer.certificates.filter(valid_from__lte=day))
    return held[-1] if held else None


def freeze_officers(agency: str, ids: Sequence[str], at_ms: int) -> list[dict[str, Any]]:
    """执法人员 as of an instant: id, name, certificate, its validity, roles. Raises `Invalid` for an unknown one."""
    day = local_date(at_ms)
    found = {
        officer.id: officer
        for officer in Officer.objects.filter(id__in=ids, agency_id=agency).prefetch_related("certificates")
    }
    if len(found) != len(set(ids)):
        raise Invalid({"": "选择的人员不在本机关名单中，请重新选择"})
    return [_frozen(found[officer_id], day) for officer_id in ids]


def _frozen(officer: Officer, day: date) -> dict[str, Any]:
    certificate = certificate_on(officer, day)
    frozen: dict[str, Any] = {"id": officer.id, "name": officer.name, "roles": sorted(roles_on(officer, day))}
    if certificate is not None:
        frozen["certificate"] = certificate.number
        frozen["valid_to"] = certificate.valid_to.isoformat()
    return frozen
