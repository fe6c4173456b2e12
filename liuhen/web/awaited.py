"""等谁、等到什么时候: what a matter waits for from outside, until when, by which article, and who enters it then."""

from collections.abc import Sequence
from dataclasses import dataclass

from liuhen import law
from liuhen.accounts.permissions import table
from liuhen.acts import Matter, judgement, registry
from liuhen.kernel.clock import format_local
from liuhen.law.rules import Owe
from liuhen.web import roles
from liuhen.web.articles import acts_meeting

_NEVER = 2**62


@dataclass(frozen=True)
class Awaited:
    """One thing waited for: until when (empty: no day is set), and the act that enters it when it comes.

    `must`: whoever is waited for owes it, and may not as well leave it. `kinds`: the entries that meet it.
    """

    title: str
    until: str
    cited: str
    act: str
    must: bool
    kinds: frozenset[str]

    @property
    def entered(self) -> str:
        """In words, by whom it is entered, and as what; empty where no act enters it."""
        if not self.act:
            return ""
        return f"有了就由{_roles(self.act)}登记“{registry.kind_of(registry.act(self.act)).title}”"


def awaited(matter: Matter, now_ms: int) -> Sequence[Awaited]:
    """What is waited for, each once: what runs out first stands first."""
    found: dict[str, Awaited] = {}
    for item in sorted(judgement.owed(matter), key=lambda one: one.due_ms or _NEVER):
        rule = item.source
        if not isinstance(rule, Owe) or law.state(item, now_ms).state != "waiting":
            continue
        act = next(iter(acts_meeting(rule)), "")
        until = format_local(item.due_ms) if item.due_ms is not None else ""
        one = Awaited(item.title, until, item.cited, act, not rule.may, frozenset(rule.done))
        found.setdefault(item.title, one)
    return list(found.values())


def by_whom(act: str) -> str:
    """In words, whose turn an act is."""
    return f"由{_roles(act)}办理"


def _roles(act: str) -> str:
    return roles.named(table().get(act, {}).get("roles", ()), "或者")
