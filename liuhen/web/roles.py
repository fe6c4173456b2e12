"""Roles as people name them, and the identities under which somebody signs on paper."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from liuhen.law import Pack
from liuhen.law.reading import answers_for, role_titles
from liuhen.law.rules import Owe

SIGNERS_MAX = 12
_ANY = "any"


@cache
def titles() -> Mapping[str, str]:
    """角色 → 中文名."""
    return role_titles()


@cache
def _table() -> Mapping[str, list[str]]:
    loaded: Mapping[str, list[str]] = YAML(typ="safe").load(Path(__file__).parent / "signers.yaml")
    return loaded


def signers(kind: str, packs: Iterable[Pack] = ()) -> dict[str, str]:
    """Identities under which an entry of this kind is signed, the likely one first; those its measures ask for too."""
    asked = [
        role
        for pack in packs
        for rule in pack.rules
        if isinstance(rule, Owe) and kind in rule.done
        for signed in rule.signed
        for role in signed.who
    ]
    found: dict[str, str] = {}
    for role in (*_table().get(kind, _table()[_ANY]), *asked):
        if titles()[role] not in found.values():
            found[role] = titles()[role]
    return dict(list(found.items())[:SIGNERS_MAX])


def put_to(who: Iterable[str], held: Iterable[str]) -> bool:
    """Whether a question is put to one of these roles, or to a body for which one answers; to nobody: to all."""
    asked, own = set(who), frozenset(held)
    return not asked or bool(asked & (own | answers_for(own)))


def named(wanted: Iterable[str], joint: str = "、") -> str:
    """Several roles in words."""
    return joint.join(dict.fromkeys(titles().get(one, one) for one in wanted))
