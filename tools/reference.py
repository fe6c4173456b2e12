"""The generated pages of docs/reference: written by `make reference`, held up to date by `make check`.

A page is a function that returns its whole text; a room that has something to show adds a row to PAGES.
"""

import contextlib
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

from liuhen.config.cli import call, help_page
from liuhen.config.table import SECTIONS, Command
from tools import house_pages

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
_HEAD = "<!-- 由 make reference 生成，请勿手改 -->\n\n"


def commands_page() -> str:
    """Every sub-command with its arguments."""
    parts = ["# 命令\n", f"```\n{help_page()}\n```\n"]
    for section in SECTIONS:
        parts.append(f"## {section.title}\n")
        parts += [f"### liuhen {row.name}\n\n```\n{_help(row)}\n```\n" for row in section.commands]
    return "\n".join(parts)


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "acts.md": house_pages.acts_page,
    "acts.json": house_pages.acts_json,
    "permissions.md": house_pages.permissions_page,
    "entries.md": house_pages.entries_page,
    "obligations.md": house_pages.obligations_page,
}


def findings() -> list[str]:
    """Pages that are not as they would be generated now."""
    _settle()
    return [f"docs/reference/{name} 不是最新" for name in PAGES if _stored(name) != _text(name)]


def write() -> None:
    """Write every page."""
    _settle()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in PAGES:
        (FOLDER / name).write_text(_text(name))


def _text(name: str) -> str:
    return (_HEAD if name.endswith(".md") else "") + PAGES[name]()


def _stored(name: str) -> str | None:
    file = FOLDER / name
    return file.read_text() if file.exists() else None


def _settle() -> None:
    """The same text whoever generates it, wherever."""
    os.environ["COLUMNS"] = "100"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liuhen.config.settings_test")


def _help(row: Command) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
        call(row, ["--help"])
    return said.getvalue().strip()


if __name__ == "__main__":
    write()
    sys.exit(0)
