"""常去的地方: what somebody does here and where, when nothing waits for him."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import reverse
from ruamel.yaml import YAML


@dataclass(frozen=True)
class Place:
    """One page with what it is for."""

    title: str
    url: str
    said: str


def places(roles: frozenset[str]) -> list[Place]:
    """Those of his roles, each page once."""
    found = {
        url: Place(one["title"], url, one["said"])
        for role, listed in _table().items()
        if role in roles
        for one in listed
        if (url := f"{reverse(one['to'])}?{one.get('query', '')}".rstrip("?"))
    }
    return [*found.values()]


@cache
def _table() -> Mapping[str, Sequence[Mapping[str, str]]]:
    loaded: Mapping[str, Sequence[Mapping[str, str]]] = YAML(typ="safe").load(
        Path(__file__).with_suffix(".yaml")
    )
    return loaded
