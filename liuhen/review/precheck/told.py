"""告知与草案: what the party was last told against what is to be decided. Stands on a head's card too."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from liuhen.acts import registry
from liuhen.kernel.money import format_yuan
from liuhen.ledger import Entry
from liuhen.review.precheck.cited import citations
from liuhen.review.precheck.found import Finding, Looked, Standing, Unchecked

_CHECK = "told"
_BLANK = re.compile(r"\s+")
_SENTENCE = re.compile(r"[^。；\n]+[。；]?")
_LONGEST = 120
_NOTHING = ""
"""What was told of something that was not told at all."""


@dataclass(frozen=True)
class Difference:
    """One thing told otherwise than it is to be decided."""

    what: str
    told: str
    now: str

    @property
    def text(self) -> str:
        """In one sentence."""
        if self.told == _NOTHING:
            return f"{self.what}：草案写的{self.now}，告知时没有写"
        return f"{self.what}：告知的是{self.told}，草案是{self.now}"


def look(standing: Standing, now_ms: int) -> Looked:
    """Each difference."""
    notice, draft = standing.last("notice_served"), standing.last("decision_drafted")
    if notice is None or draft is None:
        yield Unchecked("告知与决定草案", f"还没有{'告知' if notice is None else '决定草案'}，没有对照")
        return
    for one in differences(notice, draft):
        yield Finding(_CHECK, one.text, (notice.id, draft.id))


def differences(notice: Entry, draft: Entry) -> Iterator[Difference]:
    """Kind of decision, money, articles, facts: as told, and as drafted or decided."""
    said, now = notice.open, draft.open
    if now.get("decision_kind") and said.get("proposed_kind") != now["decision_kind"]:
        yield Difference("决定种类", _choice(notice, "proposed_kind"), _choice(draft, "decision_kind"))
    for name, label in (("amount", "罚款"), ("refund", "责令退回基金")):
        if int(said.get(name) or 0) != int(now.get(name) or 0):
            yield Difference(label, _yuan(said.get(name)), _yuan(now.get(name)))
    before, after = ({one.text for one in citations(str(of.get("basis") or ""))} for of in (said, now))
    if fresh := sorted(after - before):
        yield Difference("依据的条款", _NOTHING, "、".join(fresh))
    told = _BLANK.sub("", str(said.get("facts") or ""))
    new = [one for one in _SENTENCE.findall(str(now.get("facts") or "")) if _BLANK.sub("", one) not in told]
    if new:
        yield Difference("事实", _NOTHING, f"“{''.join(new)[:_LONGEST]}”")


def _choice(entry: Entry, name: str) -> str:
    return registry.dictionary().text(entry.kind, name, str(entry.open.get(name) or "")) or "没有写"


def _yuan(fen: int | None) -> str:
    return f"{format_yuan(fen)}元" if fen else "没有"


def told_otherwise(standing: Standing) -> list[Difference]:
    """The differences as things stand, none where nothing was told or drafted."""
    notice = standing.last("notice_served")
    draft = standing.last("decided") or standing.last("decision_drafted")
    return list(differences(notice, draft)) if notice and draft else []
