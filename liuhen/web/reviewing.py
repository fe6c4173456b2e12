"""审核页面上方: what the machine found, with a way to each place; on resubmission, what changed and each answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liuhen.acts import Matter, registry
from liuhen.ledger import Entry
from liuhen.review.changes import Changed, pieces, since_last_opinion
from liuhen.review.precheck import Finding, Unchecked, look
from liuhen.review.precheck.entering import KIND
from liuhen.review.precheck.found import called, title_of
from liuhen.web.entries import matter_url
from liuhen.web.forms.show import show_value
from liuhen.web.points import OPINION_ACT

_LOOKED_AT = frozenset({"submit_review", "receive_review", OPINION_ACT})
_AGAIN = frozenset({"receive_review", OPINION_ACT, "deliberate"})


@dataclass(frozen=True)
class Place:
    """Where a finding leads."""

    title: str
    url: str


@dataclass(frozen=True)
class Found:
    """One finding as shown. `fresh`: not found when the case was submitted."""

    title: str
    text: str
    places: Sequence[Place]
    fresh: bool


@dataclass(frozen=True)
class Prechecked:
    """预检 as shown. `mended`: found when it was submitted, and no more."""

    found: Sequence[Found]
    unchecked: Sequence[Unchecked]
    mended: Sequence[str]
    kept: bool
    adopting: bool


def prechecked(act: str, matter: Matter, now_ms: int) -> Prechecked | None:
    """For the forms of a review: the case looked at now, beside what was kept with the submission."""
    if act not in _LOOKED_AT:
        return None
    report, by_id = look(matter, now_ms), {entry.id: entry for entry in matter.entries}
    kept = matter.last(KIND) if act != "submit_review" else None
    before = {str(row["text"]) for row in (kept.open.get("findings") or ())} if kept else set()
    found = [
        _found(one, matter, by_id, fresh=kept is not None and one.text not in before)
        for one in report.findings
    ]
    now = {one.text for one in report.findings}
    mended = [text for text in before if text not in now]
    return Prechecked(found, report.unchecked, mended, kept is not None, act == OPINION_ACT)


def _found(one: Finding, matter: Matter, by_id: Mapping[str, Entry], *, fresh: bool) -> Found:
    places = [place_of(by_id[id], matter) for id in one.entries if id in by_id]
    return Found(title_of(one.check), one.text, places, fresh)


def place_of(entry: Entry, matter: Matter) -> Place:
    """An entry on the page of its matter."""
    return Place(called(entry), f"{matter_url(matter.type, matter.stream)}?tab=record#e{entry.index}")


@dataclass(frozen=True)
class ChangedView:
    """One changed field: its label and the text told apart."""

    label: str
    pieces: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class ChangesView:
    """再次送审 as shown."""

    fields: Sequence[ChangedView]
    entries: Sequence[Place]
    answers: Sequence[tuple[str, str]]
    same_draft: bool
    opinion: Place


def changed(act: str, matter: Matter) -> ChangesView | None:
    """What is new since the last opinion, for whoever looks at the case again."""
    told = since_last_opinion(matter) if act in _AGAIN else None
    if told is None or told.submission is None:
        return None
    return ChangesView(
        [_changed(one) for one in told.fields],
        [place_of(entry, matter) for entry in told.entries],
        told.answers,
        told.before is not None and told.after is not None and told.before.id == told.after.id,
        place_of(told.opinion, matter),
    )


def _changed(one: Changed) -> ChangedView:
    kind = registry.dictionary().kinds["decision_drafted"]
    spec = kind.fields[one.name]
    before, after = _text(spec, one.before), _text(spec, one.after)
    if spec.type == "longtext":
        return ChangedView(spec.label, pieces(before, after))
    return ChangedView(
        spec.label, [("gone", before or "没有填"), ("same", "　改为　"), ("new", after or "没有填")]
    )


def _text(spec: Any, value: object) -> str:
    return show_value(spec, value).text if value not in (None, "") else ""
