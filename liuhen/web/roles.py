"""Roles as people name them."""

from collections.abc import Iterable, Mapping
from functools import cache

from liuhen.law.reading import role_titles


@cache
def titles() -> Mapping[str, str]:
    """角色 → 中文名."""
    return role_titles()


def named(wanted: Iterable[str], joint: str = "、") -> str:
    """Several roles in words."""
    return joint.join(titles().get(one, one) for one in wanted)
