"""The manual quotes the screens: every 「…」 stands in a template, on a button, on a list or in the dictionary."""

import re
from functools import cache
from pathlib import Path

import pytest

from liuhen.law.dictionary import standard
from tests.docs.blocks import DOCS, ROOT

PAGES = sorted((DOCS / "manual").glob("*.md"))
_QUOTED = re.compile("「([^」]+)」")
_SCREENS = (
    "liuhen/web", "liuhen/portal", "liuhen/cases", "liuhen/claims", "liuhen/inspections", "liuhen/disclosure",
    "liuhen/documents/forms",
)  # fmt: skip


@cache
def _said() -> str:
    """Everything that the screens can say of themselves."""
    kinds = standard().kinds.values()
    words = [kind.title for kind in kinds]
    for field in (field for kind in kinds for field in kind.fields.values()):
        words += [field.label, *field.choices.values()]
    files = [
        file
        for room in _SCREENS
        for file in (ROOT / room).rglob("*")
        if file.suffix in (".html", ".py", ".yaml")
    ]
    return "\n".join([*words, *(file.read_text(encoding="utf-8") for file in files)])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_is_quoted_is_on_the_screens(page: Path) -> None:
    quoted = _QUOTED.findall(page.read_text(encoding="utf-8"))
    assert quoted
    assert [words for words in quoted if words not in _said()] == []


def test_an_act_is_called_by_its_whole_name() -> None:
    """A quoted part of a title would send people looking: acts in tables and steps are whole titles."""
    titles = {kind.title for kind in standard().kinds.values() if kind.act}
    found = {words for page in PAGES for words in _QUOTED.findall(page.read_text(encoding="utf-8"))}
    assert len(found & titles) > 40
