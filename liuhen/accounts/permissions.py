"""The one table of acts and roles (`permissions.yaml`), and the rule who may read what."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from liuhen.accounts.actor import SYSTEM
from liuhen.acts import registry
from liuhen.acts.act import Act, Actor, Matter, fields_of
from liuhen.acts.errors import Reason
from liuhen.law.reading import role_titles

HERE = Path(__file__).parent


@cache
def table() -> Mapping[str, Mapping[str, Any]]:
    """事项 → 角色, as `permissions.yaml` has it."""
    loaded: Mapping[str, Mapping[str, Any]] = YAML(typ="safe").load(HERE / "permissions.yaml")
    return loaded


@cache
def separation() -> Sequence[Mapping[str, Any]]:
    """Pairs of roles that one person may not hold together."""
    loaded: Sequence[Mapping[str, Any]] = YAML(typ="safe").load(HERE / "separation.yaml")
    return loaded


@cache
def guarded() -> Mapping[str, Mapping[str, Any]]:
    """受保护的部分 → who may read it, as `guarded.yaml` has it."""
    loaded: Mapping[str, Mapping[str, Any]] = YAML(typ="safe").load(HERE / "guarded.yaml")
    return loaded


@cache
def limited() -> Mapping[str, Mapping[str, Any]]:
    """角色 → what of a matter it reads where it does not read the whole, as `limited.yaml` has it."""
    loaded: Mapping[str, Mapping[str, Any]] = YAML(typ="safe").load(HERE / "limited.yaml")
    return loaded


def may(act: Act, actor: Actor, matter: Matter | None) -> list[Reason]:
    """Why this person may not perform this act; empty when he may. An act that the table lacks is nobody's."""
    name = registry.name_of(act)
    row = table().get(name)
    if row is None:
        return [_reason(name, "此事项尚未列入办理权限表", "请联系系统管理员")]
    if actor.id == SYSTEM:
        return [] if row.get("system") else [_reason(name, "此事项须由工作人员办理", "")]
    if matter is not None and matter.agency != actor.agency:
        return [_reason(name, "不是本机关的事项", "请由承办机关办理")]
    roles = row.get("roles", [])
    if not actor.roles & set(roles):
        return [_reason(name, f"您没有办理“{registry.kind_of(act).title}”的权限", f"由{_titles(roles)}办理")]
    return _relation(name, row.get("of"), actor, matter)


def acts_of(actor: Actor, of: str | None) -> list[str]:
    """The acts that his roles let him perform, by the relation to the case that the table asks (`of`)."""
    return [
        name
        for name, row in table().items()
        if row.get("of") == of and actor.roles & set(row.get("roles", []))
    ]


def acting_role(act: Act, actor: Actor) -> str:
    """The role in which he performs it: the first of the table's that he holds."""
    roles = table()[registry.name_of(act)].get("roles", [])
    return next((role for role in roles if role in actor.roles), SYSTEM)


_NAMED_BY = (
    ("filed", "handlers"),
    ("on_spot_decided", "officers"),
    ("filing_proposed", "handlers"),
    ("inspection_planned", "officers"),
)


def handlers_of(matter: Matter) -> frozenset[str]:
    """The ids of the officers who handle this matter (承办人)."""
    return frozenset(officer["id"] for officer in handling(matter))


def handling(matter: Matter) -> Sequence[Mapping[str, Any]]:
    """承办人 as named: by the filing, a decision on the spot, a proposal, or the hand-over that came after it."""
    named = next(
        ((entry, field) for kind, field in _NAMED_BY if (entry := matter.last(kind)) is not None), None
    )
    handed = matter.last("handed_over")
    if handed is not None and (named is None or handed.index > named[0].index):
        return fields_of(handed).get("handlers") or ()
    return () if named is None else fields_of(named[0]).get(named[1]) or ()


def _relation(name: str, of: str | None, actor: Actor, matter: Matter | None) -> list[Reason]:
    handlers = handlers_of(matter) if matter is not None else frozenset()
    if of == "handler" and handlers and actor.id not in handlers:
        return [_reason(name, "您不是本案承办人", "由本案承办人办理")]
    if of == "not_handler" and actor.id in handlers:
        return [_reason(name, "您是本案承办人，不得审批、审核自己承办的案件", "由其他有权的人员办理")]
    return []


def _reason(name: str, text: str, remedy: str) -> Reason:
    return Reason(f"permission.{name}", "", text, remedy)


def _titles(roles: Sequence[str]) -> str:
    names = role_titles()
    return "或者".join(names.get(role, role) for role in roles)
