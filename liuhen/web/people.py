"""Officers as they can be chosen on a form and shown in the list: who fits a field, and why the others do not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from liuhen.accounts import queries
from liuhen.accounts.permissions import handlers_of, separation
from liuhen.acts import Form, Matter
from liuhen.kernel.clock import format_date, local_date
from liuhen.law.dictionary import Kind
from liuhen.law.reading import role_titles
from liuhen.web.forms import Person, Prefill

_APART = frozenset({"system_administrator", "security_administrator", "audit_administrator"})
"""Who keeps the machine and its people, and is nobody in a case."""
_LISTED, _NAMED = frozenset({"officers"}), frozenset({"text"})
Rule = Mapping[str, Any]


@cache
def _table() -> Sequence[Rule]:
    """`people_fields.yaml`."""
    loaded: Sequence[Rule] = YAML(typ="safe").load(Path(__file__).with_name("people_fields.yaml"))
    return loaded


def choosable(agency: str, day: date) -> list[Person]:
    """Officers in service who may be somebody in a case, with the certificate as it stands on a day."""
    found = [_person(person, day) for person in _serving(agency, day)]
    return sorted(found, key=lambda person: not person.valid)


def for_fields(
    kind: Kind, names: Iterable[str], agency: str, matter: Matter | None, day: date
) -> dict[str, list[Person]]:
    """For each field in which people are named, everybody in service; `why` says of whom it does not fit, why not."""
    rules = {name: _rule(kind, name) for name in names if kind.fields[name].type in _LISTED | _NAMED}
    wanted = {
        name: rule for name, rule in rules.items() if rule is not None or kind.fields[name].type in _LISTED
    }
    if not wanted:
        return {}
    serving = _serving(agency, day)
    since = _since(kind, matter, day)
    handlers = handlers_of(matter) if matter is not None else frozenset[str]()
    found = {}
    for name, rule in wanted.items():
        people = [
            replace(_person(one, day), why=_why(rule or {}, one, day, since, handlers)) for one in serving
        ]
        found[name] = sorted(people, key=lambda one: (bool(one.why), not one.valid))
    return found


def only_one(
    people: Mapping[str, Sequence[Person]], form: Form, known: Mapping[str, Prefill]
) -> dict[str, Prefill]:
    """The name of the only person who fits a field, where nothing else is known."""
    found = {}
    for name, among in people.items():
        fitting = [one.name for one in among if not one.why]
        if form.kind.fields[name].type in _NAMED and name not in known and len(fitting) == 1:
            found[name] = Prefill(fitting[0], "人员名册")
    return found


def _rule(kind: Kind, name: str) -> Rule | None:
    """What a field of a kind asks of the people in it, as the table has it."""
    text = kind.fields[name].type in _NAMED
    for rule in _table():
        fits = name in rule["fields"] and kind.name in rule.get("records", [kind.name])
        if fits and bool(rule.get("text")) is text:
            return rule
    return None


def _since(kind: Kind, matter: Matter | None, day: date) -> date:
    """From which day on a certificate may have been used for what is entered: what is reported lies back."""
    if kind.time == "live" or matter is None or not matter.entries:
        return day
    return min(day, local_date(matter.entries[0].happened_ms))


def _why(rule: Rule, one: queries.Person, day: date, since: date, handlers: frozenset[str]) -> str:
    """Why somebody is not offered; empty when he is."""
    titles = role_titles()
    if roles := rule.get("roles"):
        wanted = [titles.get(role, role) for role in roles]
        if not set(wanted) & set(one.roles):
            return f"不是{'、'.join(wanted)}"
    if rule.get("apart"):
        for pair in separation():
            other = next((role for role in pair["roles"] if role != rule["apart"]), "")
            if rule["apart"] in pair["roles"] and titles.get(other, other) in one.roles:
                return str(pair["why"])
    if rule.get("not_handler") and one.officer.id in handlers:
        return "是本案承办人"
    if rule.get("handler") and handlers and one.officer.id not in handlers:
        return "不是本案承办人"
    return _certificate_lacking(one, since) if rule.get("certificate") else ""


def _certificate_lacking(one: queries.Person, since: date) -> str:
    held = one.certificate
    if held is None:
        return "没有执法证"
    return f"执法证已于{format_date(held.valid_to)}到期" if held.valid_to < since else ""


def _serving(agency: str, day: date) -> list[queries.Person]:
    apart = {role_titles()[role] for role in _APART}
    return [
        person
        for person in queries.officers_to_choose(agency, day)
        if not person.roles or set(person.roles) - apart
    ]


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
