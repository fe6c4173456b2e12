"""Who performs an act: an officer as he stands at an instant, or the system itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from liuhen import ledger
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
    told = _frozen(ledger.answer(people_asked(officer.agency_id, [officer.id], at_ms))[officer.id])
    roles = frozenset(told["roles"] if officer.is_active else ())
    return OfficerActor(officer.id, officer.name, officer.agency_id, roles, told.get("certificate", ""))


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
    if not ids:
        return []
    found = ledger.answer(people_asked(agency, ids, at_ms))
    if len(found) != len(set(ids)):
        raise Invalid({"": "选择的人员不在本机关名单中，请重新选择"})
    return [_frozen(found[officer_id]) for officer_id in ids]


_PEOPLE = """
SELECT o.id, o.name, r.role, CAST(c.valid_to AS varchar(10)), c.number FROM accounts_officer o
LEFT JOIN accounts_certificate c ON c.officer_id = o.id AND c.valid_from <= %s
LEFT JOIN accounts_rolegrant r ON r.officer_id = o.id AND r.from_on <= %s AND (r.to_on IS NULL OR r.to_on >= %s)
WHERE o.agency_id = %s AND o.id IN ({ids})
"""
Told = Sequence[tuple[Any, ...]]
"""Of one officer, each role with each certificate: id, name, role, its last day, its number."""


def people_asked(agency: str, ids: Sequence[str], at_ms: int) -> ledger.Question[dict[str, Told]]:
    """The question what officers of the agency are called, what roles they hold and which certificates had begun."""
    day = local_date(at_ms).isoformat()
    sql = _PEOPLE.format(ids=", ".join(["%s"] * len(ids)))
    return ledger.Question(sql, [day, day, day, agency, *ids], _by_officer)


def _by_officer(rows: Told) -> dict[str, Told]:
    found: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return dict(found)


def _frozen(told: Told) -> dict[str, Any]:
    """The certificate that lapses last of those already begun, as `certificate_on`."""
    officer_id, name = told[0][:2]
    frozen: dict[str, Any] = {"id": officer_id, "name": name}
    frozen["roles"] = sorted({role for _, _, role, _, _ in told if role is not None})
    certificates = [(to, number) for *_, to, number in told if number is not None]
    if certificates:
        frozen["valid_to"], frozen["certificate"] = max(certificates)
    return frozen
