"""每栏最多写多少字: a line of a form is as long as what belongs there, not as what a database can hold."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from liuhen.law.dictionary import Field

TEXT_MAX = 500
LONGTEXT_MAX = 100_000


def longest(field: Field) -> int:
    """How many characters a field of type text or longtext takes."""
    return LONGTEXT_MAX if field.type == "longtext" else _by_name().get(field.name, TEXT_MAX)


@cache
def _by_name() -> Mapping[str, int]:
    table = YAML(typ="safe").load(Path(__file__).with_name("limits.yaml"))
    return {name: most for most, names in table.items() for name in _names(names)}


def _names(names: list[Any]) -> Iterator[str]:
    for one in names:
        yield from [one] if isinstance(one, str) else one
