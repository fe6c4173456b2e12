"""The shape of the house: sizes, names, one door, and layers that import-linter holds."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guards.source import ROOT, Module, modules, parse

LONGEST_FILE, LONGEST_FUNCTION = 400, 60
REASON = re.compile(r"^# Long because .{15,}", re.MULTILINE)
NO_SUCH_FILES = {"utils.py", "helpers.py", "services.py", "misc.py", "common.py"}
APPENDING = re.compile(r"\bledger\.append\(|from liuhen\.ledger(\.append)? import [^\n]*\bappend\b")


def too_long(module: Module) -> list[str]:
    """Files and functions beyond the bounds, unless the file says why (`# Long because …`)."""
    if REASON.search(module.text):
        return []
    found = [module.name] if module.text.count("\n") > LONGEST_FILE else []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION:
            found.append(f"{module.name}:{node.lineno} {node.name}")
    return found


def test_files_and_functions_stay_small() -> None:
    assert [one for module in modules() for one in too_long(module)] == []


def test_the_size_guard_sees() -> None:
    body = "x = 1\n" * (LONGEST_FILE + 1)
    assert too_long(parse(body))
    assert not too_long(parse("# Long because it is one table that is read as a whole\n" + body))
    assert too_long(parse("def f():\n" + "    x = 1\n" * LONGEST_FUNCTION))


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        module.name for module in modules() if module.text.strip() and not ast.get_docstring(module.tree)
    ]
    assert silent == []


def test_no_file_is_a_drawer_for_everything() -> None:
    assert [module.name for module in modules() if module.path.name in NO_SUCH_FILES] == []


def test_only_the_door_appends() -> None:
    allowed = ("liuhen/acts/", "liuhen/ledger/")
    found = [m.name for m in modules() if APPENDING.search(m.text) and not m.name.startswith(allowed)]
    assert found == []
    assert APPENDING.search("ledger.append(agency, drafts)")
    assert APPENDING.search("from liuhen.ledger import EntryDraft, append")


def test_layers_hold() -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("room", ["law", "kernel"])
def test_pure_rooms_load_without_a_framework(room: str) -> None:
    names = [m.name.removesuffix(".py").replace("/", ".").removesuffix(".__init__") for m in modules()]
    own = [name for name in names if name.startswith(f"liuhen.{room}")]
    code = f"import sys\nfor name in {own!r}: __import__(name)\n"
    code += "print(*{'django', 'sqlite3'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == ""
