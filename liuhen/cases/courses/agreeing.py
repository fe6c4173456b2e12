"""What an act says must agree with what its own instance said before; time left out of a limit needs its proof."""

from collections.abc import Mapping
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Check, Doing, fields_of
from liuhen.ledger import Entry


def earlier(doing: Doing, kind: str) -> Entry | None:
    """The latest entry of a kind about the instance that the act deals with."""
    if doing.matter is None:
        return None
    key = registry.kind_of(doing.act).key
    wanted = doing.payload.get(key)
    found = [entry for entry in doing.matter.all(kind) if fields_of(entry).get(key) == wanted]
    return found[-1] if found else None


def as_said(kind: str, *names: str) -> Check:
    """These values are those that the instance was given before (what was approved is what is done)."""

    def check(doing: Doing) -> Mapping[str, str]:
        entry = earlier(doing, kind)
        if entry is None:
            return {}
        said, spec = fields_of(entry), registry.dictionary().kinds[kind]
        own = registry.kind_of(doing.act).fields
        return {
            name: f"{own[name].label}：与“{spec.title}”所写的（{_shown(kind, name, said[name])}）不一致，请核对"
            for name in names
            if name in said and _plain(said[name]) != _plain(doing.payload.get(name))
        }

    return check


def _plain(value: Any) -> Any:
    """What is compared: people by who they are, everything else as it is."""
    if isinstance(value, list):
        return {one["id"] if isinstance(one, Mapping) and "id" in one else str(one) for one in value}
    return value


def _shown(kind: str, name: str, value: Any) -> str:
    if isinstance(value, list):
        return "、".join(str(one.get("name", "")) if isinstance(one, Mapping) else str(one) for one in value)
    return registry.dictionary().text(kind, name, value)


def not_yet(*kinds: str) -> Check:
    """The instance has not been settled by one of these kinds already."""

    def check(doing: Doing) -> Mapping[str, str]:
        if doing.corrected is not None:
            return {}
        key = registry.kind_of(doing.act).key
        for kind in kinds:
            if earlier(doing, kind) is not None:
                title = registry.dictionary().kinds[kind].title
                label = registry.kind_of(doing.act).fields[key].label
                return {key: f"{label}：已经“{title}”，不能再办理“{registry.kind_of(doing.act).title}”"}
        return {}

    return check


def proven(name: str, *, when: Mapping[str, tuple[str, ...]] | None = None) -> Check:
    """Time that is left out of the case's limit is shown by a paper."""

    def check(doing: Doing) -> Mapping[str, str]:
        asked = all(doing.payload.get(field) in values for field, values in (when or {}).items())
        if not asked or doing.payload.get(name):
            return {}
        label = registry.kind_of(doing.act).fields[name].label
        return {name: f"{label}：这段时间不计入办案期限，须附上证明材料"}

    return check


def required_when(name: str, field: str, *values: Any) -> Check:
    """One value is needed where another says so."""

    def check(doing: Doing) -> Mapping[str, str]:
        value = doing.payload.get(name)
        if doing.payload.get(field) not in values or value not in (None, "", []):
            return {}
        fields = registry.kind_of(doing.act).fields
        said = registry.dictionary().text(doing.act.kind, field, doing.payload[field])
        asked = said if said == fields[field].label else f"{fields[field].label}：{said}"
        return {name: f"{fields[name].label}：选“{asked}”的，须填写"}

    return check


def not_filed(doing: Doing) -> Mapping[str, str]:
    """A lead or an inspection that has become part of a case is dealt with there."""
    matter = doing.matter
    if matter is not None and matter.type != "case" and matter.adopted and doing.corrected is None:
        return {"": "这一案源（检查）已经立案或者并入案件，请在案件中办理"}
    return {}
