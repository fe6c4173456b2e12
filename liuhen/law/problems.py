"""What is wrong with a pack, said so that a legal officer can mend it: file, line, article, what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Place:
    """Where something is written: file as shown to the reader, and line (from 1)."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Problem:
    """One mistake: `place`, `article` (or none), `text` what is wrong, `remedy` what to do, all Chinese."""

    place: Place
    article: str | None
    text: str
    remedy: str

    def __str__(self) -> str:
        article = f"【{self.article}】" if self.article else ""
        return f"{self.place} {article}{self.text}。怎样改：{self.remedy}"


class PackError(Exception):
    """A measure that cannot be used; `problems` lists every mistake that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Problems:
    """Collects mistakes while a measure is read, so that all are told at once."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, place: Place, article: str | None, text: str, remedy: str) -> None:
        """Note one mistake; the same mistake is noted once."""
        problem = Problem(place, article, text, remedy)
        if problem not in self.found:
            self.found.append(problem)

    def raise_any(self) -> None:
        """Raise `PackError` if anything was found, in the order of files and lines."""
        if self.found:
            raise PackError(sorted(self.found, key=lambda p: (p.place.file, p.place.line)))


def suggestion(wrong: str, right: Iterable[str], otherwise: str) -> str:
    """`是不是“procedure”？` when something close exists, else `otherwise`."""
    close = get_close_matches(wrong, list(right), n=2, cutoff=0.6)
    if not close:
        return otherwise
    return "是不是" + "或者".join(f"“{name}”" for name in close) + "？"
