"""隐去身份: names, codes and every free text of a case replaced; what the law looks at is kept."""

from pathlib import PurePath
from typing import Any

from liuhen.accounts import demo
from liuhen.accounts.models import Officer, RoleGrant
from liuhen.law.dictionary import Field

_CODES = {
    "credit_code": "52419121MJF000012D",
    "identity_number": "410101199107084515",
    "insurance_code": "H41912100000",
    "licence_number": "PDY000000000",
    "telephone": "13800000000",
    "pages": "1",
    "quantity": "若干",
}
"""What passes each check of a single value and belongs to nobody of the case."""
_FREE = frozenset({"text", "longtext"})


class Cast:
    """Who of the demonstration stands for which officer: of the same name, else one who holds his roles."""

    def __init__(self, agency: str) -> None:
        self._people = {person.slug: person for person in demo.PEOPLE}
        self._slugs: dict[str, str] = {}
        self._named: dict[str, str] = {}
        for officer in Officer.objects.filter(agency_id=agency).order_by("id"):
            self._slugs[officer.id] = self._stand_in(officer)
            self._named[officer.name] = officer.id

    def slug(self, officer: str) -> str:
        """The slug of who stands for an officer."""
        return self._slugs[officer]

    def name(self, officer: str) -> str:
        """The name of who stands for an officer."""
        return self._people[self._slugs[officer]].name

    def signing_as(self, row: dict[str, Any]) -> str:
        """The name under which a signature of the record stands: an officer's is that of who stands for him."""
        officer = row.get("id") or self._named.get(row["name"])
        return self.name(officer) if officer else f"〔{row['who']}〕"

    def _stand_in(self, officer: Officer) -> str:
        slug = officer.username.partition(".")[0]
        if slug in self._people and self._people[slug].name == officer.name:
            return slug
        roles = set(RoleGrant.objects.filter(officer=officer).values_list("role", flat=True))
        taken = set(self._slugs.values())
        fits = sorted(
            self._people.values(), key=lambda person: (person.slug in taken, -len(roles & set(person.roles)))
        )
        return fits[0].slug


def hidden(field: Field, value: Any, cast: Cast) -> Any:
    """The value with nobody to be recognised in it."""
    if field.check:
        return _CODES[field.check]
    if field.type in _FREE and not field.choices_from:
        return _words(field.label, value)
    if field.type == "items":
        return [
            {column: _words(field.columns[column], text) for column, text in row.items()} for row in value
        ]
    if field.type == "signatures":
        return [_signature(row, cast) for row in value]
    if field.type == "files":
        return [
            {**file, "name": f"{field.label}{number}{PurePath(file['name']).suffix}"}
            for number, file in enumerate(value, 1)
        ]
    if field.type in ("person", "party"):
        return {name: _words(name, text) for name, text in value.items()}
    return value


def _words(label: str, text: str) -> str:
    return f"〔{label}，{len(str(text))}字〕"


def _signature(row: dict[str, Any], cast: Cast) -> dict[str, Any]:
    kept: dict[str, Any] = {word: row[word] for word in ("who", "at", "refused") if word in row}
    if "note" in row:
        kept["note"] = _words("注明", row["note"])
    return {**kept, "name": cast.signing_as(row)}
