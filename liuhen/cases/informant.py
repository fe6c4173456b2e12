"""投诉举报人的保护: a named complaint says of whom; no later record that others read gives him away. Checks of acts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from liuhen import ledger
from liuhen.acts import registry
from liuhen.acts.act import Doing, Matter
from liuhen.acts.secrets import OPEN, Secret, is_text, openly_held, secrets, standing_in, texts_in, without
from liuhen.law.dictionary import Field, Kind

PART = "informant"

_NOBODY = frozenset(
    {"匿名", "不详", "无", "群众", "患者", "参保人", "投诉人", "举报人", "投诉举报人", "案源提供人"}
)
"""Words in the place of a name, by which nobody is known."""
_NUMBER = re.compile(r"[0-9Xx](?:[0-9Xx-]{5,})[0-9Xx]")
"""Telephone or identity number within what was typed as the way to reach him."""
_IN_HIS_OWN_NAME = frozenset(
    {
        "party_name",
        "party",
        "party_head",
        "suspect",
        "asked_name",
        "applicant",
        "recipient",
        "attesting_witness",
    }
)
"""Fields whose whole value says who is himself the party, or before whom the record is made."""
_PARTIES = (("filed", "party_name"), ("filing_proposed", "party_name"), ("lead_registered", "suspect"))


def named(doing: Doing) -> Mapping[str, str]:
    """A complaint under a name has a name, or a way to reach whoever made it."""
    fields = doing.payload
    if (
        fields.get("informant_kind") != "named"
        or fields.get("informant_name")
        or fields.get("informant_contact")
    ):
        return {}
    return {
        "informant_name": "投诉举报人姓名：具名的投诉举报，请填写姓名或者联系方式；都不知道的，投诉举报人改选“匿名”"
    }


def not_named(doing: Doing) -> Mapping[str, str]:
    """What others read of an act does not hold the informant's name, telephone or identity number."""
    matter, kind = doing.matter, registry.kind_of(doing.act)
    if matter is None or doing.act.by_system or kind.name in _kinds() or kind.stream == "publication":
        return {}
    hidden = _hidden(matter)
    if not hidden:
        return {}
    holding = [name for name in _read_by_others(doing, kind) if standing_in(doing.payload[name], hidden)]
    if not holding:
        return {}
    himself, parties = _signing(doing.payload), _parties(matter, doing.payload)
    found = {}
    for name in holding:
        value = doing.payload[name]
        among = [one for one in hidden if one.value not in himself and not _own(name, value, one)]
        told = standing_in([without(text, parties) for text in texts_in(value)], among)
        if told:
            found[name] = _message(kind.fields[name], told)
    return found


def _read_by_others(doing: Doing, kind: Kind) -> list[str]:
    """The fields with words typed here that are kept openly."""
    fields, fixed = kind.fields, doing.act.fixed
    return [
        name
        for name in doing.payload
        if name in fields and fields[name].part == OPEN and is_text(fields[name]) and name not in fixed
    ]


def _message(field: Field, told: Iterable[Secret]) -> str:
    what = "、".join(dict.fromkeys(f"{one.label}（{one.masked}）" for one in told))
    return (
        f"{field.label}：含有{what}，这一栏当事人等可能看到，会泄露投诉举报人。"
        "请改用“投诉人”“举报人”，不写姓名、电话和证件号码"
    )


@cache
def _kinds() -> frozenset[str]:
    """The kinds that hold who informed."""
    kinds = registry.dictionary().kinds.values()
    return frozenset(kind.name for kind in kinds if any(_tells(kind, name) for name in kind.fields))


def _tells(kind: Kind, name: str) -> bool:
    return kind.fields[name].part == PART


def _hidden(matter: Matter) -> Sequence[Secret]:
    """Who informed, by name and numbers; nothing that the record itself holds openly, and no mere word for him."""
    told: Sequence[Secret] = matter.carried("informant", _told)
    found = {}
    for one in told:
        if one.value not in _NOBODY:
            numbers = _NUMBER.findall(one.value)
            for value in numbers or [one.value]:
                found[value] = Secret(value, one.part, one.label)
    return list(found.values())


def _told(matter: Matter, before: Sequence[Secret] | None, new: Sequence[ledger.Entry]) -> Sequence[Secret]:
    """What is told of him and not held openly; of entries that tell nothing more of him only that they may hold it."""
    if before is None or any(entry.kind in _kinds() for entry in new):
        told = [entry for entry in matter.among(_kinds()) if entry.parts.get(PART)]
        return [one for one in secrets(told, openly=matter.entries) if one.part == PART] if told else ()
    held = openly_held(new, {one.value for one in before}) if before else ()
    return [one for one in before if one.value not in held] if held else before


def _signing(payload: Mapping[str, Any]) -> frozenset[str]:
    """Whoever signs this very record, or acts in it for the agency."""
    rows = (row for value in payload.values() if isinstance(value, list) for row in value)
    return frozenset(
        str(row["name"])
        for row in rows
        if isinstance(row, Mapping) and row.get("name") and {"at", "who", "id"} & {*row}
    )


def _parties(matter: Matter, payload: Mapping[str, Any]) -> list[Secret]:
    """The names of the party and of who is complained of: what they hold of the informant's name gives nothing away."""
    names = [payload.get("party_name"), *(matter.value(kind, field) for kind, field in _PARTIES)]
    return [Secret(name, OPEN, "") for name in names if isinstance(name, str) and name]


def _own(name: str, value: Any, one: Secret) -> bool:
    return name in _IN_HIS_OWN_NAME and isinstance(value, str) and value.strip() == one.value
