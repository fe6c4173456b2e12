"""再次送审改了什么: the draft against the one last reviewed, what was entered since, each remark and its answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from liuhen.acts import registry
from liuhen.acts.act import Matter, fields_of
from liuhen.ledger import Entry
from liuhen.review.redoing import still_to_do
from liuhen.review.remarks import answer_to, remarks_of, standing_opinion

_OF_THE_REVIEW = frozenset(
    {
        "review_submitted",
        "review_received",
        "review_returned",
        "review_extended",
        "review_opined",
        "opinion_withdrawn",
        "review_prechecked",
        "redo_promised",
    }
)
_LONGEST = 20_000
"""Longer texts are shown whole, old and new: telling them apart would take too long."""
Pieces = Sequence[tuple[str, str]]
"""(same|gone|new, text)."""


@dataclass(frozen=True)
class Changed:
    """One field of the draft that is not as it was."""

    name: str
    before: object
    after: object


@dataclass(frozen=True)
class Changes:
    """What is new since an opinion. `answers`: each remark with what the submission says of it."""

    opinion: Entry
    submission: Entry | None
    before: Entry | None
    after: Entry | None
    fields: Sequence[Changed]
    entries: Sequence[Entry]
    answers: Sequence[tuple[str, str]]


def since_last_opinion(matter: Matter) -> Changes | None:
    """What is new since the last opinion; None before there was one."""
    opinion = standing_opinion(matter)
    if opinion is None:
        return None
    later = [entry for entry in matter.entries if entry.index > opinion.index]
    again = [entry for entry in later if entry.kind == "review_submitted"]
    drafts = matter.all("decision_drafted")
    before = next((one for one in drafts if fields_of(one)["draft"] == fields_of(opinion)["draft"]), None)
    after = drafts[-1] if drafts else None
    submission = again[-1] if again else None
    return Changes(
        opinion,
        submission,
        before,
        after,
        _fields(before, after) if before and after and before.id != after.id else (),
        [entry for entry in later if entry.kind not in _OF_THE_REVIEW],
        [
            (one, answer_to(one, submission) + still_to_do(matter, submission, one))
            for one in remarks_of(opinion)
        ],
    )


def _fields(before: Entry, after: Entry) -> list[Changed]:
    kind = registry.dictionary().kinds[after.kind]
    old, new = before.open, after.open
    return [
        Changed(name, old.get(name), new.get(name))
        for name, spec in kind.fields.items()
        if spec.type not in ("key", "draft", "signatures") and old.get(name) != new.get(name)
    ]


def pieces(before: str, after: str) -> Pieces:
    """Two texts as one, told apart: what stayed, what went, what came."""
    if len(before) + len(after) > _LONGEST:
        return [("gone", before), ("new", after)]
    found: list[tuple[str, str]] = []
    for what, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(("same", before[i:j]))
            continue
        found += [("gone", before[i:j])] if j > i else []
        found += [("new", after[k:m])] if m > k else []
    return found
