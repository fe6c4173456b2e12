"""限阅的内容不得公示: no guarded value of the case, no identity number, telephone or address of a person."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Actor, Doing, Matter, fields_of
from liuhen.acts.checks import identity_number
from liuhen.acts.matter import load_matter
from liuhen.acts.secrets import Secret, is_text, masked, secrets, standing_in, texts_in
from liuhen.cases.access import visible_parts
from liuhen.disclosure import addresses
from liuhen.disclosure.places import PUBLICATION
from liuhen.disclosure.texts import DECISION, RESULT, text_of
from liuhen.law.dictionary import Kind
from liuhen.ledger import adopters

_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)")
_LANDLINE = re.compile(
    r"(?<![\dA-Za-z])\(?0(?:10|2\d|[3-9]\d\d)\)?[-—– ]?\d{7,8}(?!\d)"
    r"|(?<=电话|座机|传真)[：:号码是为 ]{0,4}\d{7,8}(?!\d)"
)
"""With its area code however that is set off, or said to be one."""
_BEFORE = "：:号码是为 ("
"""What may stand between the word for a telephone and its number."""
_OF_A_PARTY = frozenset({DECISION, RESULT, "taken_down"})
"""Texts about somebody: no telephone has a place in them; what the agency says of itself gives its own."""


@dataclass(frozen=True)
class Homes:
    """公民住址 around a publication: those that the record has, and whether a natural person is concerned."""

    known: tuple[str, ...] = ()
    of_a_citizen: bool = False

    def standing_in(self, text: str) -> list[str]:
        """Those that a text gives away."""
        return addresses.standing_in(text, self.known, of_a_citizen=self.of_a_citizen)


def homes_of(matter: Matter | None) -> Homes:
    """Of a publication and the matter that took it in; of any other matter alone."""
    around = _around(matter)
    return Homes(addresses.of_citizens(around), addresses.concern_a_citizen(around))


def of_the_case(matter: Matter | None) -> tuple[Secret, ...]:
    """The guarded values around a publication: its own, and those of the matter that took it in."""
    return secrets(entry for one in _around(matter) for entry in one.entries)


def _around(matter: Matter | None) -> list[Matter]:
    """A publication and what took it in; any other matter alone."""
    if matter is None:
        return []
    if matter.type not in PUBLICATION:
        return [matter]
    above = sorted(adopters({matter.stream}) - {matter.stream})
    return [matter, *(load_matter(stream) for stream in above)]


def nothing_restricted(doing: Doing) -> Mapping[str, str]:
    """A text that is prepared for the public gives none of it away; each field says what was found, masked."""
    kind, matter = registry.kind_of(doing.act), doing.matter
    return given_away(kind, doing.payload, of_the_case(matter), homes_of(matter))


def text_unrestricted(doing: Doing) -> Mapping[str, str]:
    """The same of the text that was prepared, when it is approved and when it is put up."""
    found = prepared_gives_away(doing.matter)
    return {"": f"{found}。请先重新拟制公示内容，隐去以后再送审、批准"} if found else {}


def prepared_gives_away(matter: Matter | None) -> str:
    """What the text last prepared gives away, in words; empty when nothing."""
    text = text_of(matter) if matter else None
    if text is None:
        return ""
    kind = registry.dictionary().kinds[text.kind]
    return "；".join(given_away(kind, fields_of(text), of_the_case(matter), homes_of(matter)).values())


def given_away(
    kind: Kind, values: Mapping[str, Any], among: tuple[Secret, ...], homes: Homes | None = None
) -> dict[str, str]:
    """Messages by field about what may not be public."""
    found: dict[str, str] = {}
    for name, field in kind.fields.items():
        if name not in values or not is_text(field):
            continue
        told = [f"{one.label}（{one.masked}）" for one in standing_in(values[name], among)]
        told += [what for what in _patterns(kind, values[name], homes or Homes()) if what not in told]
        if told:
            found[name] = f"{field.label}：含有限阅的内容：{'、'.join(told)}，不得公示，请隐去"
    return found


def private_numbers(text: str) -> list[str]:
    """Identity numbers and telephones as they stand in a text."""
    found = [one for one in _IDENTITY.findall(text) if identity_number(one) is None]
    return found + [one.lstrip(_BEFORE) for phone in (_MOBILE, _LANDLINE) for one in phone.findall(text)]


def _patterns(kind: Kind, value: Any, homes: Homes) -> list[str]:
    text = unicodedata.normalize("NFKC", str(value))
    numbers = [one for one in _IDENTITY.findall(text) if identity_number(one) is None]
    told = [f"公民身份号码（{masked(one)}）" for one in numbers]
    if kind.name in _OF_A_PARTY:
        for label, phone in (("手机号码", _MOBILE), ("固定电话号码", _LANDLINE)):
            told += [f"{label}（{masked(one.lstrip(_BEFORE))}）" for one in phone.findall(text)]
        told += [
            f"公民住址（{masked(one)}）" for typed in texts_in(value) for one in homes.standing_in(typed)
        ]
    return told


def unseen(viewer: Actor, matter: Matter) -> tuple[Secret, ...]:
    """The guarded values around a matter that this reader may not see, wherever they stand."""
    around = _around(matter)
    seen: set[str] = set()
    for one in around:
        parts = visible_parts(viewer, one)
        seen |= {secret.value for secret in secrets(one.entries) if secret.part in parts}
    return tuple(one for one in of_the_case(matter) if one.value not in seen)
