"""What playing a scenario came to: per file, each step that went otherwise than the file expects."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Came:
    """One thing that went otherwise. `expected` and `came` are Chinese lines."""

    step: int
    line: int
    what: str
    expected: str
    came: str


@dataclass
class Outcome:
    """How one file went. `played` counts the steps done; `unplayed` those left after an act failed."""

    file: str
    title: str
    steps: int
    played: int = 0
    checks: int = 0
    failures: list[Came] = field(default_factory=list)
    documents: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether everything went as the file expects and nothing was found afterwards."""
        return not self.failures and self.played == self.steps


def as_json(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """The documented JSON form: a list with one object a file."""
    return [
        {
            "file": outcome.file,
            "scenario": outcome.title,
            "passed": outcome.passed,
            "steps": outcome.steps,
            "played": outcome.played,
            "checks": outcome.checks,
            "failures": [
                {
                    "step": each.step,
                    "line": each.line,
                    "what": each.what,
                    "expected": each.expected,
                    "came": each.came,
                }
                for each in outcome.failures
            ],
        }
        for outcome in outcomes
    ]


def as_text(outcome: Outcome) -> str:
    """One file's result for people."""
    word = "通过" if outcome.passed else "未通过"
    lines = [
        f"{word}  {outcome.file}  {outcome.title}（{outcome.played}/{outcome.steps}步，{outcome.checks}处核对）"
    ]
    for each in outcome.failures:
        where = (
            f"  第{each.step}步（{outcome.file}:{each.line}）{each.what}" if each.step else f"  {each.what}"
        )
        lines += [where, f"    应当：{each.expected}", f"    实际：{each.came}"]
    if outcome.played < outcome.steps:
        lines.append(f"  其后{outcome.steps - outcome.played}步没有再做")
    return "\n".join(lines)
