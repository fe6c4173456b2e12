"""填写之前: of a choice the values after which the law refuses what is to follow; of a sum what it is reckoned by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from liuhen.acts import Matter, registry
from liuhen.cases import ahead
from liuhen.cases.way import known_of
from liuhen.law.ahead import Lacking
from liuhen.web.forms import Control


@dataclass(frozen=True)
class Weighed:
    """Of which form which choice and which number decide whether what follows is lawful, and what follows."""

    choice: str
    wanting: str
    later: str


WEIGHED: Mapping[str, Weighed] = {"deliberate": Weighed("body", "absent", "decide")}
_RECKONED = "fine_reckoned"
_SUMS: Mapping[str, tuple[str, str]] = {
    "report_investigation": ("amount", "按损失或者骗取金额的倍数处罚的，先办理“{}”，合计带到这里")
}
"""Which form asks for a sum that is reckoned before, and what is said beside it until it is."""


def hinted(made: Sequence[Control], name: str, matter: Matter | None, now_ms: int) -> list[Control]:
    """The fields, those that weigh with what they would hinder."""
    if matter is not None and name in _SUMS and matter.last(_RECKONED) is None:
        sum_of, text = _SUMS[name]
        told = text.format(registry.dictionary().kinds[_RECKONED].title)
        return [replace(one, hint=told) if one.name == sum_of else one for one in made]
    weighed = WEIGHED.get(name)
    if matter is None or weighed is None:
        return list(made)
    said = {
        weighed.choice: "；".join(hindering(name, matter, now_ms).values()),
        weighed.wanting: _wanting(name, matter, now_ms),
    }
    return [replace(one, hint=said.get(one.name) or one.hint) for one in made]


def hindering(name: str, matter: Matter, now_ms: int) -> Mapping[str, str]:
    """For each value of the choice that hinders what follows, that it does, and why; none for other forms."""
    weighed = WEIGHED.get(name)
    if weighed is None:
        return {}
    titles, follows = _titles(name), _title(weighed.later)
    return {
        value: f"只有“{titles[value]}”的，还不能“{follows}”：{why}"
        for value, why in ahead.hindering(matter, name, weighed.choice, weighed.later, now_ms).items()
    }


def fitting(name: str, matter: Matter, now_ms: int) -> list[Mapping[str, str]]:
    """The choices that do not hinder what follows; of a form without such a choice that nothing is chosen."""
    weighed = WEIGHED.get(name)
    if weighed is None:
        return [{}]
    wrong = hindering(name, matter, now_ms)
    return [{weighed.choice: value} for value in _titles(name) if value not in wrong]


def asked_of(name: str, matter: Matter, now_ms: int) -> str:
    """What it must be, for what follows to be lawful; empty where that is open, or nothing is drafted."""
    weighed = WEIGHED.get(name)
    if weighed is None or "draft" not in known_of(registry.act(name), matter):
        return ""
    wrong, titles = hindering(name, matter, now_ms), _titles(name)
    left = [title for value, title in titles.items() if value not in wrong]
    said = [f"须由{'或者'.join(left)}进行"] if wrong and left else []
    return "；".join([*said, *filter(None, [_wanting(name, matter, now_ms)])])


def hindered(name: str, matter: Matter, now_ms: int) -> str:
    """What was entered last, if it hinders what follows."""
    weighed = WEIGHED.get(name)
    last = matter.last(registry.act(name).kind) if weighed else None
    if weighed is None or last is None:
        return ""
    said = ahead.refused_later(matter, name, last.open, weighed.later, now_ms)
    return _cannot(weighed.later, said)


def _wanting(name: str, matter: Matter, now_ms: int) -> str:
    """Whose absence hinders what follows, and why; empty where nobody's does."""
    weighed = WEIGHED[name]
    for value, title in _titles(name).items():
        made = {weighed.choice: value, "agree": True}
        without = {
            one.rule
            for one in ahead.refused_later(matter, name, {**made, weighed.wanting: 0}, weighed.later, now_ms)
        }
        more = ahead.refused_later(matter, name, {**made, weighed.wanting: 1}, weighed.later, now_ms)
        said = [one for one in more if one.rule not in without]
        if said and not without:
            return f"{title}有人缺席的，{_cannot(weighed.later, said)}"
    return ""


def _cannot(later: str, refused: Sequence[Lacking]) -> str:
    why = "；".join(f"{one.say}（{one.remedy}）" for one in refused)
    return f"还不能“{_title(later)}”：{why}" if why else ""


def _titles(name: str) -> Mapping[str, str]:
    return registry.kind_of(registry.act(name)).fields[WEIGHED[name].choice].choices


def _title(name: str) -> str:
    return registry.kind_of(registry.act(name)).title
