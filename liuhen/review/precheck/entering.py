"""随送审留存: what the machine found when the case was submitted is entered with the submission, as it stood."""

from collections.abc import Sequence
from typing import Any

from liuhen.acts.act import Doing, Matter
from liuhen.ledger import EntryDraft
from liuhen.review.beside import beside
from liuhen.review.precheck.found import Report, called, title_of
from liuhen.review.precheck.looking import look

KIND = "review_prechecked"
_MOST = 500
"""Rows of findings in one entry."""


def kept_with_submission(doing: Doing) -> Sequence[EntryDraft]:
    """The entry beside a submission."""
    if doing.matter is None:
        return ()
    return [beside(doing, KIND, as_fields(look(doing.matter, doing.now_ms), doing.matter))]


def as_fields(report: Report, matter: Matter) -> dict[str, Any]:
    """A report as the fields of its entry."""
    by_id = {entry.id: entry for entry in matter.entries}
    rows = [
        {
            "check": title_of(one.check),
            "text": one.text,
            "where": "、".join(
                f"{called(by_id[id])}第{by_id[id].index}条" for id in one.entries if id in by_id
            ),
        }
        for one in report.findings[:_MOST]
    ]
    fields: dict[str, Any] = {"count": len(report.findings)}
    if rows:
        fields["findings"] = rows
    fields["unchecked"] = [{"check": one.check, "why": one.why} for one in report.unchecked]
    return fields
