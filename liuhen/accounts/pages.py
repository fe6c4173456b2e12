"""Who may use the pages that are neither acts nor everybody's (`pages.yaml`)."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from liuhen.acts.act import Actor
from liuhen.law.reading import role_titles


@cache
def table() -> Mapping[str, Mapping[str, Any]]:
    """页面 → 角色, as `pages.yaml` has it."""
    loaded: Mapping[str, Mapping[str, Any]] = YAML(typ="safe").load(Path(__file__).parent / "pages.yaml")
    return loaded


def may_use(page: str, actor: Actor) -> bool:
    """Whether one of his roles is in the page's row."""
    return bool(actor.roles & set(table()[page]["roles"]))


def asks_reason(page: str) -> bool:
    """Whether a reason is written down before it opens."""
    return bool(table()[page].get("reason"))


def used_by(page: str) -> str:
    """The roles that may use it, in words."""
    titles = role_titles()
    return "、".join(titles[role] for role in table()[page]["roles"])
