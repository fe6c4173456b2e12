"""填写之前: of a choice the values after which the law refuses what is to follow; of a sum what it is reckoned by."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from liuhen.acts import Matter, registry
from liuhen.cases import ahead
from liuhen.web.forms import Control

WEIGHED: Mapping[str, tuple[str, str]] = {"deliberate": ("body", "decide")}
"""Of which form which choice decides whether what follows is lawful, and what follows."""
_RECKONED = "fine_reckoned"
_SUMS: Mapping[str, tuple[str, str]] = {
    "report_investigation": ("amount", "按损失或者骗取金额的倍数处罚的，先办理“{}”，合计带到这里")
}
"""Which form asks for a sum that is reckoned before, and what is said beside it until it is."""


def hinted(made: Sequence[Control], name: str, matter: Matter | None, now_ms: int) -> list[Control]:
    """The fields, the choice among them with what it would hinder."""
    choice, _ = WEIGHED.get(name, ("", ""))
    if matter is not None and name in _SUMS and matter.last(_RECKONED) is None:
        sum_of, text = _SUMS[name]
        told = text.format(registry.dictionary().kinds[_RECKONED].title)
        return [replace(one, hint=told) if one.name == sum_of else one for one in made]
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
