"""历次审核: the earlier opinions of legal review, and how each was dealt with when the case was submitted again."""

from collections.abc import Sequence
from dataclasses import dataclass

from liuhen.acts import Matter, registry
from liuhen.ledger import Entry
from liuhen.web.entries import EntryView, views
from liuhen.web.forms.show import Shown, show_value

_OPINION, _SUBMITTED = "review_opined", "review_submitted"
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
    found = [_round(number, view, _next(view.entry, matter)) for number, view in enumerate(shown, 1)]
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


def _next(opinion: Entry, matter: Matter) -> Entry | None:
    """The submission that followed an opinion."""
    later: Sequence[Entry] = [one for one in matter.all(_SUBMITTED) if one.index > opinion.index]
    return later[0] if later else None
