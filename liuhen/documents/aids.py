"""写文书时取用的: an agency's question sets (问题集) and phrases (常用语), as its register has them. Pure.

The later of two of the same name stands in place of the earlier; one that is stopped is no longer offered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from liuhen.ledger import Entry

QUESTIONS, PHRASES = "question_set_kept", "phrases_kept"


@dataclass(frozen=True)
class QuestionSet:
    """问题集: questions in the order in which they are asked; `fits`: meant for this cause, or for any."""

    name: str
    cause: str
    questions: Sequence[str]
    fits: bool

    @property
    def text(self) -> str:
        """The questions as a record of an inquiry begins with them, each with room for its answer."""
        return "\n".join(f"问：{one}\n答：" for one in self.questions)


def question_sets(entries: Iterable[Entry], cause: str = "") -> list[QuestionSet]:
    """The sets in use: those for this cause first, then those for any, then the others."""
    found = []
    for entry in _standing(entries, QUESTIONS):
        of = str(entry.open.get("cause") or "").strip()
        asked = [str(row["question"]) for row in entry.open["questions"] if row.get("question")]
        found.append(QuestionSet(str(entry.open["name"]), of, asked, not of or of in cause))
    return sorted(found, key=lambda one: (not one.fits, not one.cause, one.name))


def phrases(entries: Iterable[Entry], label: str) -> list[str]:
    """The phrases in use for a column of that label: its own first, then those for any column."""
    own: list[str] = []
    general: list[str] = []
    for entry in _standing(entries, PHRASES):
        of = str(entry.open.get("column") or "").strip()
        said = [str(row["phrase"]) for row in entry.open["phrases"] if row.get("phrase")]
        if not of:
            general += said
        elif of in label:
            own += said
    return list(dict.fromkeys([*own, *general]))


def _standing(entries: Iterable[Entry], kind: str) -> list[Entry]:
    """The latest entry of each name, unless it is stopped."""
    latest = {str(entry.open["name"]).strip(): entry for entry in entries if entry.kind == kind}
    return [entry for entry in latest.values() if not entry.open.get("stopped")]
