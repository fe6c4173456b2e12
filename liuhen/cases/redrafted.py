"""另拟一稿: the opinions of legal review after which another draft is written, and what makes that needless."""

_NOT_AGREED = ("investigate_or_no_decision", "change", "correct")

ASKED_FOR = tuple({"review_opined": {"opinion": opinion}} for opinion in _NOT_AGREED)
"""The entries after which a case waits for another draft."""
SETTLED_BY = (
    "review_submitted", "dispute_raised", "opinion_withdrawn", "decided", "terminated", "transferred",
)  # fmt: skip
"""The kinds after which it waits for none any more."""
