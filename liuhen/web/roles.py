"""Roles as people name them."""

from collections.abc import Iterable, Mapping
from functools import cache

from liuhen.law.reading import role_titles, roles


@cache
def titles() -> Mapping[str, str]:
    """角色 → 中文名."""
    return role_titles()


@cache
def signers() -> Mapping[str, str]:
    """Identities under which somebody signs on paper: people from outside first, officers sign by themselves."""
    return {name: role.title for name, role in sorted(roles().items(), key=lambda pair: not pair[1].outside)}


def named(wanted: Iterable[str], joint: str = "、") -> str:
    """Several roles in words."""
    return joint.join(titles().get(one, one) for one in wanted)
