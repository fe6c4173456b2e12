"""读法 on the screens: how each reading of the adopted measures stands with the agency's legal officers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from liuhen.accounts import queries as people
from liuhen.acts import Actor
from liuhen.acts.cited import citation
from liuhen.acts.matter import law_of, register_of
from liuhen.kernel.clock import format_local
from liuhen.law import Pack, Taken, readings
from liuhen.ledger import Entry
from liuhen.web.articles import packs_of
from liuhen.web.goto import links, with_query

KIND, ACT = "reading_signed", "sign_reading"
STATES = {
    "unsigned": "未审签",
    "agreed": "同意",
    "objected": "有异议",
    "changed": "读法或者有关规则已改，待重新审签",
}
MARKS = {"unsigned": "due", "agreed": "met", "objected": "missing", "changed": "due"}


@dataclass(frozen=True)
class ReadingView:
    """One reading: what it says, and what was last said of it; `state` is one of STATES."""

    taken: Taken
    entry: Entry | None
    who: str

    @property
    def state(self) -> str:
        """How it stands: a signature under another text, or under other rules of its article, does not hold."""
        if self.entry is None:
            return "unsigned"
        return str(self.entry.open["opinion"]) if self.current else "changed"

    @property
    def current(self) -> bool:
        """Whether it was signed as it stands now, with the rules that it speaks of.

        An older entry tells the digest of its whole measure alone.
        """
        if self.entry is None:
            return False
        if piece := self.entry.open.get("piece"):
            return bool(piece == self.taken.digest)
        return bool(self.entry.open.get("digest") == self.taken.pack.digest)

    @property
    def said(self) -> str:
        """What was last said of it, by whom and when."""
        if self.entry is None:
            return ""
        opinion, words = STATES[str(self.entry.open["opinion"])], str(self.entry.open.get("words") or "")
        on = format_local(self.entry.happened_ms)[:10]
        same = self.entry.open.get("text") == self.taken.text
        older = "对改动以前的规则（这一项的文字没有变）：" if same else "对改动以前的读法："
        before = "" if self.current else older
        return f"{before}{self.who} {on} {opinion}" + (f"：{words}" if words else "")

    @property
    def mark(self) -> str:
        """The state in words."""
        return STATES[self.state]

    @property
    def colour(self) -> str:
        """The state's mark."""
        return MARKS[self.state]

    @property
    def gist(self) -> str:
        """What the article says, in the pack's words."""
        return self.taken.pack.articles[self.taken.article].gist

    @cached_property
    def cited(self) -> str:
        """The article as it is cited."""
        return citation(self.taken.article)


def views(agency: str, packs: Sequence[Pack] | None = None, article: str = "") -> list[ReadingView]:
    """Every reading of the agency's measures (of these only, of this article only), its own lowest measure first."""
    signed = law_of(agency).signed
    names = people.names(entry.actor for entry in signed.values())
    found = []
    for taken in readings(packs_of(agency) if packs is None else packs):
        if article and taken.article != article:
            continue
        entry = signed.get(taken.name)
        found.append(ReadingView(taken, entry, names.get(entry.actor, "") if entry else ""))
    return found


def options(agency: str, name: object = None) -> dict[str, str]:
    """The readings as a form lets one choose among them; the one alone with which the form was opened."""
    one = chosen(agency, name) if name else None
    return {
        one.taken.name: f"{one.cited}：{one.taken.text}（{one.mark}）"
        for one in ([one] if one is not None else views(agency))
    }


def chosen(agency: str, name: object) -> ReadingView | None:
    """The reading that a form is about."""
    return next((one for one in views(agency) if one.taken.name == name), None)


def to_sign(names: Sequence[str], actor: Actor, back: str) -> Mapping[str, str]:
    """Where each reading is signed, for whoever may sign it; `back`: the list to which he then returns."""
    register = register_of(actor.agency)
    forms = links([ACT], actor, {"register": register}) if register else []
    return {
        name: with_query(url, {"reading": name, "next": f"{back}#{name}"})
        for name in names
        for _, url in forms
    }


def objections(agency: str) -> dict[str, list[str]]:
    """By article, what legal officers object to in its readings: said beside every rule of that article."""
    if not any(entry.open["opinion"] == "objected" for entry in law_of(agency).signed.values()):
        return {}
    found: dict[str, list[str]] = {}
    for one in views(agency):
        if one.entry is not None and one.entry.open["opinion"] == "objected":
            said = f"本条的读法有异议：“{one.taken.text}”。{one.said}"
            found.setdefault(one.taken.article, []).append(said)
    return found
