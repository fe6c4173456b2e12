"""What the forms of the people's register can name: people, certificates, roles granted, leave, units, roles."""

from collections.abc import Mapping
from datetime import date

from liuhen.accounts.folding import Standing, standing
from liuhen.accounts.permissions import table
from liuhen.acts import Form, Matter
from liuhen.law.reading import role_titles

Options = dict[str, str]


def choices(form: Form, matter: Matter) -> dict[str, Options]:
    """For each field to be chosen, the values that can be chosen and how they are named."""
    made = standing(matter.entries)
    own = form.kind.key if form.act.new_key else ""
    found = {name: _of(name, made) for name in form.asked if name != own}
    if form.kind.name == "person_returned":
        found["officer"] = _people(made, active=False)
    return {name: options for name, options in found.items() if options}


def _of(name: str, made: Standing) -> Options:
    if name in ("officer", "substitute"):
        return _people(made, active=True)
    if name == "certificate":
        return {
            key: f"{_name(made, held.officer)}　{held.number}（{held.from_on} 至 {held.to_on}）"
            for key, held in made.certificates.items()
        }
    if name == "grant":
        return {
            key: f"{_name(made, grant.officer)}　{_title(grant.role)}（{_days(grant.from_on, grant.to_on)}）"
            for key, grant in made.grants.items()
        }
    if name == "leave":
        return {
            key: f"{_name(made, leave.officer)}（{leave.from_on} 至 {leave.to_on}）"
            for key, leave in made.leaves.items()
        }
    if name == "unit":
        return {unit: unit for unit in made.units}
    return dict(_roles_held()) if name in ("role", "roles") else {}


def _people(made: Standing, *, active: bool) -> Options:
    return {
        key: f"{person.name}（{person.unit}{'　' + person.post if person.post else ''}）"
        for key, person in made.people.items()
        if person.active is active
    }


def _roles_held() -> Mapping[str, str]:
    """The roles that people hold: those of the table of acts, and of nobody outside."""
    titles = role_titles()
    used = {role for row in table().values() for role in row.get("roles", ())} | set(_BESIDES)
    return {role: title for role, title in titles.items() if role in used}


_BESIDES = ("supervisor", "audit_administrator")
"""Roles that look and perform no act."""


def _name(made: Standing, officer: str) -> str:
    person = made.people.get(officer)
    return person.name if person else "—"


def _title(role: str) -> str:
    return role_titles().get(role, role)


def _days(first: date, last: date | None) -> str:
    return f"{first} 起" if last is None else f"{first} 至 {last}"
