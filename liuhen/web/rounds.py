"""历次审核: the earlier opinions of legal review, and how each was dealt with when the case was submitted again."""

from collections.abc import Sequence
from dataclasses import dataclass

from liuhen.acts import Matter, registry
from liuhen.ledger import Entry
from liuhen.web.entries import EntryView, views
from liuhen.web.forms.show import Shown, show_value

_OPINION, _SUBMITTED, _WITHDRAWN = "review_opined", "review_submitted", "opinion_withdrawn"
_AGREES, _REPLIES = "agree", "replies"
_ABOUT_REVIEW = frozenset({"round", "draft"})
"""Keys of what an opinion is about: a form that names one is filled in with the opinions in sight."""


@dataclass(frozen=True)
class Round:
    """One opinion: which round, its text, and what the next submission says of it (empty: not submitted again).

    `agreed`: it lets the case go on, so that nothing has to be submitted again. `replies`: remark by remark.
    """

    number: int
    opinion: EntryView
    handled: str
    handled_at: str
    agreed: bool
    replies: Sequence[Shown] = ()


def rounds(act: str, matter: Matter, parts: frozenset[str]) -> list[Round]:
    """The opinions given so far, the latest first; none for acts that have nothing to do with the review."""
    if not _ABOUT_REVIEW & set(registry.kind_of(registry.act(act)).fields):
        return []
    opinions = matter.all(_OPINION)
    shown = views(opinions, parts)
    found = [
        _withdrawn(number, view, gone)
        if (gone := _next(view.entry, matter, _WITHDRAWN, _OPINION)) is not None
        else _round(number, view, _next(view.entry, matter, _SUBMITTED))
        for number, view in enumerate(shown, 1)
    ]
    return found[::-1]


def _round(number: int, view: EntryView, again: Entry | None) -> Round:
    agreed = view.entry.open.get("opinion") == _AGREES or view.entry.open.get("passes") is True
    if again is None:
        return Round(number, view, "", "", agreed)
    (submitted,) = views([again], frozenset())
    replies = [
        show_value(registry.dictionary().kinds[_SUBMITTED].fields[_REPLIES], rows)
        for rows in (again.open.get(_REPLIES),)
        if rows
    ]
    return Round(number, view, str(again.open.get("answers", "")), submitted.recorded, agreed, replies)


def _withdrawn(number: int, view: EntryView, gone: Entry) -> Round:
    (said,) = views([gone], frozenset())
    return Round(number, view, f"审核人已经撤回：{gone.open.get('reason', '')}", said.recorded, False)


def _next(opinion: Entry, matter: Matter, kind: str, before: str = "") -> Entry | None:
    """The entry of a kind that followed an opinion; none where one of the kind `before` came in between."""
    later = [one for one in matter.all(kind) if one.index > opinion.index]
    between = [one for one in matter.all(before) if one.index > opinion.index] if before else []
    return later[0] if later and not (between and between[0].index < later[0].index) else None
