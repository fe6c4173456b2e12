"""机关和人员名册: a file of agencies and people, checked whole, then entered whole.

The demonstration and a real installation are set up by the same file form (`docs/operations/people.md`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from liuhen import ledger
from liuhen.accounts.actor import actor_of, system_actor
from liuhen.accounts.models import Agency, Officer
from liuhen.accounts.permissions import separation, table
from liuhen.accounts.taking_over import take_over
from liuhen.acts import perform
from liuhen.acts.matter import packs, register_of
from liuhen.kernel.clock import Clock
from liuhen.kernel.ids import new_id
from liuhen.law.reading import role_titles

UNIT_KINDS = {"leaders", "enforcement", "legal", "office"}
LEVELS = {"province", "city", "county"}


class DirectoryError(Exception):
    """名册有误: every fault found, one Chinese sentence each; nothing was entered."""

    def __init__(self, faults: Sequence[str]):
        self.faults = list(faults)
        super().__init__("；".join(self.faults))


@dataclass(frozen=True)
class OfficerSpec:
    """One person of the file."""

    username: str
    name: str
    unit: str
    roles: tuple[str, ...]
    sex: str = ""
    post: str = ""
    certificate: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    area: str = ""


@dataclass(frozen=True)
class AgencySpec:
    """One agency of the file; `adopts` maps a measure's prefix to the day from which it is applied.

    `begun`: from when it works with the system (`from_on`), and where what it did before is recorded (`before`): what
    it owed by then is not judged. Empty: everything since a measure was adopted is.
    """

    slug: str
    name: str
    code: str
    region: str
    level: str
    origin: str
    superior: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    adopts: Mapping[str, date] = field(default_factory=dict)
    amounts: Mapping[str, int] = field(default_factory=dict)
    begun: Mapping[str, Any] = field(default_factory=dict)
    people: tuple[OfficerSpec, ...] = ()


def read(path: Path) -> list[AgencySpec]:
    """The agencies of a file, superiors first. Raises `DirectoryError`."""
    try:
        loaded = YAML(typ="safe").load(path)
    except (YAMLError, UnicodeDecodeError, OSError) as error:
        raise DirectoryError([f"{path} 读不出来：{error}"]) from error
    if not isinstance(loaded, list):
        raise DirectoryError([f"{path} 应是机关的列表"])
    faults: list[str] = []
    agencies = []
    for row in loaded:
        try:
            people = tuple(
                OfficerSpec(**{**person, "roles": tuple(person["roles"])}) for person in row.pop("people", [])
            )
            agencies.append(AgencySpec(**row, people=people))
        except (TypeError, KeyError, AttributeError) as error:
            faults.append(f"有一栏写错或者缺少：{error}")
    if faults:
        raise DirectoryError(faults)
    return agencies


def enter(agencies: Sequence[AgencySpec], password: str | None, clock: Clock) -> None:
    """Enter agencies with their logs, and by the door their people, then measures and figures.

    An agency that exists already takes in those people of the file whose sign-in names are new. Officers get
    `password`; None: nobody can sign in until one is set. Raises `DirectoryError` before anything is entered.
    """
    if faults := [fault for agency in agencies for fault in _faults(agency)]:
        raise DirectoryError(faults)
    hashed = make_password(password)  # once: it is slow on purpose
    with ledger.write_turn(), transaction.atomic():
        for agency in agencies:
            _enter_people(agency, hashed, clock)
    for agency in agencies:
        _enter_register(agency, clock)


def _faults(agency: AgencySpec) -> list[str]:
    titles = role_titles()
    faults = []
    if agency.level not in LEVELS:
        faults.append(f"{agency.name}：层级“{agency.level}”应为 province、city 或者 county")
    faults += [f"{agency.name}：没有“{prefix}”这部办法" for prefix in agency.adopts if prefix not in packs()]
    faults += [
        f"{agency.name}：机构类别“{kind}”不认识" for kind in agency.units.values() if kind not in UNIT_KINDS
    ]
    for person in agency.people:
        if person.unit not in agency.units:
            faults.append(f"{person.name}：{agency.name}没有“{person.unit}”这一机构")
        faults += [f"{person.name}：没有“{role}”这一角色" for role in person.roles if role not in titles]
        faults += [
            f"{person.name}：{rule['why']}"
            for rule in separation()
            if set(rule["roles"]) <= set(person.roles)
        ]
        if person.certificate and not (person.valid_from and person.valid_to):
            faults.append(f"{person.name}：执法证须写有效期起止（valid_from、valid_to）")
    return faults


def _enter_people(spec: AgencySpec, hashed: str, clock: Clock) -> None:
    agency = Agency.objects.filter(slug=spec.slug).first()
    known = set(Officer.objects.values_list("username", flat=True))
    people = [person for person in spec.people if person.username not in known]
    if agency is not None and not people:
        return
    id = agency.id if agency else new_id()
    if agency is None:
        ledger.create_log(id, spec.origin)
    rows = _rows(people)
    take_over(id, {**({} if agency else _agency_fields(spec)), **rows, "source": "人员名册"}, clock)
    entered = [row["id"] for row in rows["people"]]
    Officer.objects.filter(id__in=entered).update(password=hashed)


def _agency_fields(spec: AgencySpec) -> dict[str, Any]:
    superior = Agency.objects.get(slug=spec.superior).id if spec.superior else ""
    units = [{"name": name, "kind": kind} for name, kind in spec.units.items()]
    own = {
        "slug": spec.slug,
        "name": spec.name,
        "code": spec.code,
        "region": spec.region,
        "level": spec.level,
    }
    return {**own, "superior": superior, "units": units}


def _rows(people: Sequence[OfficerSpec]) -> dict[str, list[dict[str, str]]]:
    """The tables of an entry that takes people over."""
    rows: dict[str, list[dict[str, str]]] = {"people": [], "certificates": [], "roles": []}
    for person in people:
        id = new_id()
        rows["people"].append(
            {
                "id": id,
                "username": person.username,
                "name": person.name,
                "sex": person.sex,
                "unit": person.unit,
                "post": person.post,
            }
        )
        if person.certificate and person.valid_from and person.valid_to:
            rows["certificates"].append(
                {
                    "id": new_id(),
                    "officer": id,
                    "number": person.certificate,
                    "from_on": str(person.valid_from),
                    "to_on": str(person.valid_to),
                    "area": person.area,
                }
            )
        since = str(person.valid_from or date(2000, 1, 1))
        rows["roles"] += [
            {"id": new_id(), "officer": id, "role": role, "from_on": since} for role in person.roles
        ]
    return rows


def _enter_register(spec: AgencySpec, clock: Clock) -> None:
    agency = Agency.objects.get(slug=spec.slug)
    if register_of(agency.id) is not None:
        return  # measures and figures of an agency at work are changed on its own pages
    register = ledger.create_stream(agency.id, "register")
    for measure, from_on in spec.adopts.items():
        _act(
            "adopt_measure",
            system_actor(agency.id),
            {"measure": measure, "from_on": str(from_on)},
            register,
            clock,
        )
    if spec.begun:
        begun = {name: str(value) for name, value in spec.begun.items()}
        _act("begin_watch", system_actor(agency.id), begun, register, clock)
    if not spec.amounts:
        return
    may = frozenset(table()["set_amount"]["roles"])
    head = next(person for person in spec.people if may & set(person.roles))
    actor = actor_of(Officer.objects.get(username=head.username), clock.now_ms())
    for name, value in spec.amounts.items():
        figure: dict[str, Any] = {
            "name": name,
            "value": value,
            "effective_on": "2020-12-31",
            "source": "本机关裁量基准",
        }
        _act("set_amount", actor, figure, register, clock)


def _act(name: str, actor: Any, payload: Mapping[str, Any], stream: str, clock: Clock) -> None:
    perform(name, actor, payload, new_id(), clock=clock, stream=stream)
