"""README and docs name nothing that is not there: links, commands, targets of make, files."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from liuhen.config.table import commands
from tests.docs.blocks import DOCS, ROOT

PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"(?<![\w./-])(?:\.venv/bin/)?liuhen ([a-z]+(?: [a-z][a-z-]*)?)")
_MAKE = re.compile(r"\bmake ([a-z]+)\b")
_PATH = re.compile(r"^(?:liuhen|tests|tools|docs|bench|requirements)/[\w./*-]*$")


def _pages() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


@_pages()
def test_links_resolve(page: Path) -> None:
    text = _FENCED.sub("", page.read_text(encoding="utf-8"))
    broken = [link for link in _LINK.findall(text) if not _resolves(page, link)]
    assert not broken


def _resolves(page: Path, link: str) -> bool:
    if re.match(r"https?:|mailto:", link):
        return True
    path, _, part = link.partition("#")
    target = page if not path else (page.parent / path).resolve()
    return target.exists() and (not part or part in _anchors(target))


@cache
def _anchors(page: Path) -> frozenset[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return frozenset(re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings)


@_pages()
def test_commands_exist(page: Path) -> None:
    names = {command.name for command in commands()}
    groups = {name.split()[0] for name in names if " " in name}
    found = [words.split() for words in _COMMAND.findall(page.read_text(encoding="utf-8"))]
    unknown = [
        " ".join(words)
        for words in found
        if words[0] not in names
        and " ".join(words) not in names
        and (words[0] not in groups or len(words) > 1)
    ]
    assert not unknown


@_pages()
def test_targets_of_make_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(_MAKE.findall(" ".join(_codes(page)))) - {"sure"}
    assert named <= targets


@_pages()
def test_files_exist(page: Path) -> None:
    made = set(re.findall(r"^```\S+ file=(\S+)", page.read_text(encoding="utf-8"), re.MULTILINE))
    missing = [
        path
        for path in _codes(page)
        if _PATH.match(path) and path not in made and not any(_files(path.rstrip("/")))
    ]
    assert not missing


def _codes(page: Path) -> list[str]:
    """What stands in code type in a page."""
    text = page.read_text(encoding="utf-8")
    fenced = [line for block in _FENCED.findall(text) for line in block.splitlines()[1:-1]]
    return [*_CODE.findall(_FENCED.sub("", text)), *fenced]


def _files(pattern: str) -> list[Path]:
    return sorted(ROOT.glob(pattern)) if "*" in pattern else [ROOT / pattern] * (ROOT / pattern).exists()


def test_pages_speak_of_no_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "README.md", "docs"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    own = [name for name in listed.stdout.split() if name.endswith(".md")]
    found = [
        name
        for name in own
        if re.search(r"/(?:work|root|home)/\w", (ROOT / name).read_text(encoding="utf-8"))
    ]
    assert not found
