"""The program's own source, read once for the guards."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = ROOT / "liuhen"


@dataclass(frozen=True)
class Module:
    """One Python file of the program."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Its path from the top of the repository."""
        return self.path.relative_to(ROOT).as_posix()

    def strings(self) -> Iterator[tuple[int, str]]:
        """Line and value of each text that the program uses; what only explains (docstrings) is left out."""
        explaining = {
            id(node.value)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explaining:
                yield node.lineno, node.value


def parse(text: str, path: Path = PROGRAM / "example.py") -> Module:
    """A module from its text: for the guards' own examples."""
    return Module(path, text, ast.parse(text))


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of the program."""
    files = sorted(PROGRAM.rglob("*.py"))
    return tuple(parse(file.read_text(), file) for file in files if "migrations" not in file.parts)
