"""Fenced blocks of a page as material for a test: files to write, changes to make, commands to run.

The words after the language say what a block is for:
`file=PATH` the block is that file; `append=PATH` it goes to the end of it; `change=PATH` it is a diff without
line numbers; `console` each `$ ` line is run, what follows is what it says (`…` stands for anything, a line of
it for any lines, `（退出码 N）` for a code other than 0). Other blocks are only read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"

_FENCE = re.compile(r"^```(\S+)?(.*)$")
_EXIT = re.compile(r"^（退出码 (\d)）$")


@dataclass(frozen=True)
class Block:
    """One fenced block: where it begins, its language, its words, its text."""

    page: str
    line: int
    language: str
    words: Mapping[str, str]
    text: str

    @property
    def name(self) -> str:
        """Where it is, for messages."""
        return f"{self.page}:{self.line}"


@dataclass
class Command:
    """A command of a console block and what it should say."""

    text: str
    lines: list[str] = field(default_factory=list)
    code: int = 0

    @property
    def pattern(self) -> re.Pattern[str]:
        """What it should say as an expression over its whole output."""
        parts = [r"(?:.*\n)*?" if line == "…" else _line(line) + r"\n" for line in self.lines]
        return re.compile("".join(parts))


def _line(text: str) -> str:
    return ".*".join(re.escape(part) for part in text.split("…"))


def blocks(page: Path) -> list[Block]:
    """The blocks of a page in their order."""
    return list(_blocks(page))


def _blocks(page: Path) -> Iterator[Block]:
    opened: tuple[int, str, dict[str, str]] | None = None
    held: list[str] = []
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        fence = _FENCE.match(line)
        if fence and opened is None:
            words = dict(word.split("=", 1) for word in fence[2].split() if "=" in word)
            opened, held = (number, fence[1] or "", words), []
        elif line == "```" and opened is not None:
            begun, language, words = opened
            text = "".join(f"{each}\n" for each in held)
            yield Block(str(page.relative_to(ROOT)), begun, language, words, text)
            opened = None
        elif opened is not None:
            held.append(line)


def commands(block: Block) -> list[Command]:
    """The commands of a console block."""
    found: list[Command] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            found.append(Command(line[2:]))
        elif ended := _EXIT.match(line):
            found[-1].code = int(ended[1])
        else:
            found[-1].lines.append(line)
    return found
