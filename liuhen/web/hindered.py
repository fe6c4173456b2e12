"""选了以后: of a choice on a form the values after which the law will refuse what is to follow, said beforehand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from liuhen.acts import Matter, registry
from liuhen.cases import ahead
from liuhen.web.forms import Control

WEIGHED: Mapping[str, tuple[str, str]] = {"deliberate": ("body", "decide")}
"""Of which form which choice decides whether what follows is lawful, and what follows."""


def hinted(made: Sequence[Control], name: str, matter: Matter | None, now_ms: int) -> list[Control]:
    """The fields, the choice among them with what it would hinder."""
    choice, _ = WEIGHED.get(name, ("", ""))
    if matter is None or not choice:
        return list(made)
    said = "；".join(hindering(name, matter, now_ms).values())
    return [replace(one, hint=said or one.hint) if one.name == choice else one for one in made]


def hindering(name: str, matter: Matter, now_ms: int) -> Mapping[str, str]:
    """For each value of the choice that hinders what follows, that it does, and why; none for other forms."""
    choice, later = WEIGHED.get(name, ("", ""))
    if not choice:
        return {}
    values = registry.kind_of(registry.act(name)).fields[choice].choices
    follows = registry.kind_of(registry.act(later)).title
    return {
        value: f"只有“{values[value]}”的，还不能“{follows}”：{why}"
        for value, why in ahead.hindering(matter, name, choice, later, now_ms).items()
    }


def hindered(name: str, matter: Matter, now_ms: int) -> str:
    """What was chosen last, if it hinders what follows."""
    choice, _ = WEIGHED.get(name, ("", ""))
    last = matter.last(registry.act(name).kind) if choice else None
    return hindering(name, matter, now_ms).get(str(last.open.get(choice)), "") if last else ""
