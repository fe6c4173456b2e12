"""The guide, tutorials and operations: every file is written, every change made, every command run, as they say."""

import re
from pathlib import Path

import pytest

from tests.docs.blocks import DOCS, Block, blocks
from tests.docs.checkout import Checkout

WRITTEN = [DOCS / "law" / "writers-guide.md", *sorted((DOCS / "tutorials").glob("*.md"))]
PAGES = [*WRITTEN, DOCS / "operations" / "install.md", DOCS / "operations" / "running.md"]
_USED = ("file", "append", "change")
_FOLLOWS = re.compile(r"\A<!-- follows: (\S+) -->")


def _in_order(page: Path) -> list[Block]:
    """The page's blocks, after those of the page that it goes on from."""
    follows = _FOLLOWS.match(page.read_text(encoding="utf-8"))
    return [*(_in_order(page.parent / follows[1]) if follows else []), *blocks(page)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_can_be_followed(page: Path, tmp_path: Path) -> None:
    found = _in_order(page)
    assert [block for block in found if block.language == "console"], "nothing is run"
    wrong = Checkout.made(tmp_path).follow(found)
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.stem)
def test_every_block_of_rules_or_code_is_used(page: Path) -> None:
    unused = [
        block.name
        for block in blocks(page)
        if block.language != "console" and not any(word in block.words for word in _USED)
    ]
    assert not unused
