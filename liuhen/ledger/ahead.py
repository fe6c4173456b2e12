"""Questions asked ahead: what an act will ask in a moment goes in the round trip that takes its locks.

Only a guess from what was typed. Whoever needs an answer puts the whole question, and it is asked there and then unless
the very same was asked ahead, after the locks were taken.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from liuhen.ledger.pipeline import Rows
from liuhen.ledger.together import Question, ask, here

Answer = TypeVar("Answer")
_known = threading.local()


@contextmanager
def asked_ahead() -> Iterator[None]:
    """Answers put by in the block are for the block alone."""
    before = getattr(_known, "answers", None)
    _known.answers = {}
    try:
        yield
    finally:
        _known.answers = before


def worth_asking() -> bool:
    """Whether a round trip takes time: the database is another process."""
    return here().vendor == "postgresql"


def put_by(questions: Sequence[Question[Any]], answers: Sequence[Rows]) -> None:
    """Keep the rows that came back, for `answer`."""
    for question, rows in zip(questions, answers, strict=True):
        _known.answers[question.sql, tuple(question.values)] = rows


def answer(question: Question[Answer]) -> Answer:
    """What was answered ahead, else what is answered now."""
    answers = getattr(_known, "answers", None)
    rows = answers.get((question.sql, tuple(question.values))) if answers else None
    if rows is not None:
        return question.read(rows)
    found: Answer
    (found,) = ask([question])
    return found


def unread(question: Question[Any]) -> Question[Rows]:
    """The same question, of which the rows are kept as they come."""
    return Question(question.sql, question.values, _as_they_come)


def _as_they_come(rows: Rows) -> Rows:
    return rows
