"""Every sub-command has a row, a page of help and a Chinese line; the law's start without Django."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from liuhen.config.cli import FINE, USAGE, call, help_page, main
from liuhen.config.table import Command, commands
from tests.guards.source import PROGRAM, ROOT

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("command", commands(), ids=lambda command: command.name)
def test_help(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        call(command, ["--help"])
    said = capsys.readouterr().out
    assert left.value.code == FINE
    assert command.title in said
    assert CHINESE.search(command.title)
    undescribed = [line for line in said.splitlines() if re.fullmatch(r"  -{0,2}[a-z-]+( [A-Z]+)?", line)]
    lines = said.splitlines()
    assert all(lines[lines.index(line) + 1].startswith(" " * 12) for line in undescribed)


def test_names_are_unique_and_on_the_help_page() -> None:
    names = [command.name for command in commands()]
    assert len(set(names)) == len(names)
    assert all(f"  {name} " in help_page() for name in names)


def test_every_command_module_is_in_the_table() -> None:
    modules = {file.stem for file in (PROGRAM / "config" / "commands").glob("*.py")} - {"__init__"}
    assert modules == {command.target.split(":")[0] for command in commands()}


def test_law_starts_without_django() -> None:
    targets = {row.target.split(":")[0] for row in commands() if row.name.startswith("law ")}
    code = "import sys, importlib\nimport liuhen.config.cli\n" + "".join(
        f"importlib.import_module('liuhen.config.commands.{target}')\n" for target in sorted(targets)
    )
    code += "assert 'django' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    assert not any(row.django for row in commands() if row.name.startswith("law "))


@pytest.mark.parametrize("given", [["rnu"], ["run", "--port", "x"], []])
def test_wrong_usage_is_two_and_says_where_to_look(
    given: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code: object = main(given)
    except SystemExit as left:
        code = left.code
    said = capsys.readouterr()
    assert code == USAGE
    assert "--help" in said.err + said.out


def test_a_slip_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    main(["rnu"])
    assert "liuhen run" in capsys.readouterr().err


def test_the_program_is_a_program(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "liuhen.config", "--help"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == FINE
    assert done.stdout.strip() == help_page()
