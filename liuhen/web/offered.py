"""先办什么: of what would meet an obligation, what can be done now; and what comes first where it cannot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from liuhen.accounts.permissions import table
from liuhen.acts import Matter, registry
from liuhen.acts.act import Act
from liuhen.acts.form import instances
from liuhen.acts.waiting import handed_on, sent_back, still_lacking
from liuhen.cases import ahead
from liuhen.cases.courses.places import OVER
from liuhen.disclosure.texts import BEGUN_BY, TAKEN_DOWN
from liuhen.law.rules import Owe, Rule
from liuhen.web import roles

_DEEPEST = 4
_ENDS = frozenset({*OVER, "performance_refused", "execution_ended"})
"""What ends a case or an execution: offered by the way that leads there, once it has come so far."""


@dataclass(frozen=True)
class Offered:
    """The acts to offer, and in words what must be done first and by whom (empty: nothing)."""

    acts: Sequence[str]
    first: str = ""


def main_ways(rule: Rule | None, meeting: Sequence[str]) -> list[str]:
    """The act that an article names first, and those about the same instance: what ends it otherwise is no reminder.

    Of what can be made up for, only what does so: to do the same once more mends nothing.
    """
    if isinstance(rule, Owe) and rule.instead:
        return [name for name in meeting if registry.act(name).kind in rule.instead]
    meeting = [
        name for place, name in enumerate(meeting) if place == 0 or registry.act(name).kind not in _ENDS
    ]
    if not isinstance(rule, Owe) or not rule.same or len(meeting) < 2:
        return list(meeting)
    kept = {field for pair in rule.same for field in pair}
    return [
        name
        for place, name in enumerate(meeting)
        if place == 0 or registry.kind_of(registry.act(name)).key in kept
    ]


def offered(names: Sequence[str], matter: Matter, now_ms: int | None = None) -> Offered:
    """What of these acts can be done on the matter as it stands; the first that cannot, by what must come before it.

    At a moment the law is asked too: what it still refuses is replaced by what leads there.
    """
    asked, names = names, _begun_by_people(names, matter)
    found = {name: _ready(name, matter, frozenset()) for name in names if not registry.act(name).over(matter)}
    leading = next((name for name, ways in found.items() if ways), "")
    if leading and now_ms is not None and matter.type in registry.act(leading).on:
        found[leading] = _by_law(leading, found[leading], matter, now_ms)
    found = {name: ways for name, ways in found.items() if name in (leading, *ways)}
    acts = dict.fromkeys(one for ways in found.values() for one in ways)
    before = [one for one in acts if one not in asked]
    return Offered(list(acts), "、".join(f"{_title(one)}（{_who(one)}）" for one in before))


def _by_law(name: str, ways: list[str], matter: Matter, now_ms: int) -> list[str]:
    """The ways that the form knows; where the law refuses the act, what opens it, or what comes before them."""
    done_next = ahead.opening(matter, name, now_ms, () if ways == [name] else ways)
    opening = next((one for one in done_next if _ready(one, matter, frozenset()) == [one]), "")
    return [opening] if opening else ways


def _begun_by_people(names: Sequence[str], matter: Matter) -> list[str]:
    """For what only the system enters (已公示), the act by which people begin it: until begun, or once taken down."""
    found = []
    for name in names:
        begins = BEGUN_BY.get(registry.act(name).kind) if registry.act(name).by_system else None
        if begins is None:
            found.append(name)
        elif _to_begin(registry.act(begins).kind, matter):
            found.append(begins)
    return list(dict.fromkeys(found))


def _to_begin(prepared: str, matter: Matter) -> bool:
    """Whether nothing of this kind was prepared, or what was prepared has been taken down since."""
    text, gone = matter.last(prepared), matter.last(TAKEN_DOWN)
    return text is None or gone is not None and gone.index > text.index


def _title(name: str) -> str:
    return registry.kind_of(registry.act(name)).title


def _who(name: str) -> str:
    return f"由{roles.named(table().get(name, {}).get('roles', ()), '或者')}办理"


def _ready(name: str, matter: Matter, seen: frozenset[str]) -> list[str]:
    """The act itself where it has something to be done on and it is its turn; else the acts that lead there."""
    if name in seen or len(seen) > _DEEPEST:
        return []
    act = registry.act(name)
    needed = _lacking(act, matter)
    if not needed:
        return [name]
    ways = [registry.dictionary().kinds[kind].act for kind in needed]
    known = [way for way in ways if way in registry.acts() and matter.type in registry.act(str(way)).on]
    return [one for way in known for one in _ready(str(way), matter, seen | {name})]


def _lacking(act: Act, matter: Matter) -> Iterable[str]:
    """Kinds of which one must be entered first; none where the act can be done."""
    kind = registry.kind_of(act)
    if matter.type not in act.on:
        return ()
    if act.same and not act.new_key and not instances(act, kind, matter):
        return act.same
    if not act.preceded(matter):
        return act.after
    if again := [kind for kind in act.takes_up if _sent_back(kind, matter)]:
        return again
    if act.answers and matter.last(act.kind) is None and handed_on(act, matter) is None:
        return still_lacking(act, matter)
    return ()


def _sent_back(kind: str, matter: Matter) -> bool:
    """Whether somebody who was to judge it wants it done once more."""
    name = registry.dictionary().kinds[kind].act
    return name in registry.acts() and sent_back(registry.act(str(name)), matter) is not None
