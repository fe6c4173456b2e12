"""名册 as it stands after a people stream's entries: agency, units, officers, certificates, roles, leave. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from liuhen.ledger import Entry

Fields = Mapping[str, Any]
AGENCY_FIELDS = ("slug", "name", "code", "region", "level", "superior", "address", "phone")
_DAY = timedelta(days=1)
SUSPENDED = "suspended"
"""暂扣: how a certificate is taken for a time."""


@dataclass
class Person:
    """人员. `unit` is the name of his unit."""

    username: str
    name: str
    sex: str
    unit: str
    post: str
    active: bool = True


@dataclass
class Held:
    """执法证: its validity as printed, and from which day to which it was taken from its holder (None: it still is).

    `gone`: revoked or handed in for cancellation (吊销、收回注销), not kept for a time (暂扣): nobody gets it back.
    """

    officer: str
    number: str
    from_on: date
    to_on: date
    area: str
    halts: list[tuple[date, date | None]] = field(default_factory=list)
    gone: bool = False

    @property
    def is_taken(self) -> bool:
        """Whether it was taken and not given back."""
        return bool(self.halts) and self.halts[-1][1] is None

    def spans(self) -> list[tuple[date, date]]:
        """The days on which it is valid: its validity without those on which it was taken."""
        found, start = [], self.from_on
        for first, until in sorted(self.halts, key=lambda halt: halt[0]):
            if first > start:
                found.append((start, min(self.to_on, first - _DAY)))
            if until is None:
                return found
            start = max(start, until)
        return [*found, (start, self.to_on)] if start <= self.to_on else found


@dataclass
class Grant:
    """角色: held by an officer from a day to a day (None: until withdrawn)."""

    officer: str
    role: str
    from_on: date
    to_on: date | None


@dataclass
class Leave:
    """请假: who takes over which of his roles meanwhile."""

    officer: str
    substitute: str
    roles: list[str]
    from_on: date
    to_on: date
    reason: str


@dataclass
class Standing:
    """名册: everything by its key."""

    agency: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    certificates: dict[str, Held] = field(default_factory=dict)
    grants: dict[str, Grant] = field(default_factory=dict)
    leaves: dict[str, Leave] = field(default_factory=dict)


def standing(entries: Iterable[Entry]) -> Standing:
    """The register after these entries, in their order; kinds that do not change it are passed over."""
    made = Standing()
    for entry in entries:
        change = _CHANGES.get(entry.kind)
        if change is not None:
            change(made, entry.open)
    return made


def _taken_over(made: Standing, fields: Fields) -> None:
    if "name" in fields:
        made.agency |= {name: str(fields.get(name, "")) for name in AGENCY_FIELDS}
    made.units |= {row["name"]: row["kind"] for row in fields.get("units", ())}
    for row in fields.get("people", ()):
        made.people[row["id"]] = Person(
            row["username"],
            row["name"],
            row.get("sex", ""),
            row["unit"],
            row.get("post", ""),
            "left" not in row,
        )
    for row in fields.get("certificates", ()):
        made.certificates[row["id"]] = Held(
            row["officer"], row["number"], _day(row["from_on"]), _day(row["to_on"]), row.get("area", "")
        )
    for row in fields.get("roles", ()):
        to_on = _day(row["to_on"]) if "to_on" in row else None
        made.grants[row["id"]] = Grant(row["officer"], row["role"], _day(row["from_on"]), to_on)


def _agency_changed(made: Standing, fields: Fields) -> None:
    made.agency |= {name: str(fields.get(name, "")) for name in ("name", "code", "address", "phone")}


def _unit_entered(made: Standing, fields: Fields) -> None:
    made.units[fields["name"]] = fields["kind"]


def _person_added(made: Standing, fields: Fields) -> None:
    made.people[fields["officer"]] = Person(
        fields["username"], fields["name"], fields.get("sex", ""), fields["unit"], fields.get("post", "")
    )


def _person_changed(made: Standing, fields: Fields) -> None:
    person = made.people[fields["officer"]]
    person.name, person.sex = fields["name"], fields.get("sex", "")
    person.unit, person.post = fields["unit"], fields.get("post", "")


def _person_left(made: Standing, fields: Fields) -> None:
    made.people[fields["officer"]].active = False


def _person_returned(made: Standing, fields: Fields) -> None:
    made.people[fields["officer"]].active = True


def _certificate_entered(made: Standing, fields: Fields) -> None:
    made.certificates[fields["certificate"]] = Held(
        fields["officer"], fields["number"], _day(fields["from_on"]), _day(fields["to_on"]), fields["area"]
    )


def _certificate_halted(made: Standing, fields: Fields) -> None:
    held = made.certificates[fields["certificate"]]
    held.halts.append((_day(fields["from_on"]), None))
    held.gone = fields["state"] != SUSPENDED


def _certificate_restored(made: Standing, fields: Fields) -> None:
    held = made.certificates[fields["certificate"]]
    held.halts[-1] = (held.halts[-1][0], _day(fields["from_on"]))
    held.gone = False  # of one that was given back before this was refused, too


def _role_granted(made: Standing, fields: Fields) -> None:
    to_on = _day(fields["to_on"]) if fields.get("to_on") else None
    made.grants[fields["grant"]] = Grant(fields["officer"], fields["role"], _day(fields["from_on"]), to_on)


def _role_withdrawn(made: Standing, fields: Fields) -> None:
    made.grants[fields["grant"]].to_on = _day(fields["to_on"])


def _leave_recorded(made: Standing, fields: Fields) -> None:
    made.leaves[fields["leave"]] = Leave(
        fields["officer"],
        fields.get("substitute", ""),
        list(fields.get("roles", ())),
        _day(fields["from_on"]),
        _day(fields["to_on"]),
        fields["reason"],
    )


def _leave_ended(made: Standing, fields: Fields) -> None:
    made.leaves[fields["leave"]].to_on = _day(fields["to_on"])


def _day(text: str) -> date:
    return date.fromisoformat(text)


_CHANGES: Mapping[str, Callable[[Standing, Fields], None]] = {
    "people_taken_over": _taken_over,
    "agency_changed": _agency_changed,
    "unit_entered": _unit_entered,
    "person_added": _person_added,
    "person_changed": _person_changed,
    "person_left": _person_left,
    "person_returned": _person_returned,
    "certificate_entered": _certificate_entered,
    "certificate_halted": _certificate_halted,
    "certificate_restored": _certificate_restored,
    "role_granted": _role_granted,
    "role_withdrawn": _role_withdrawn,
    "leave_recorded": _leave_recorded,
    "leave_ended": _leave_ended,
}
