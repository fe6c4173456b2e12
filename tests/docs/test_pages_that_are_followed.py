"""The writer's guide and the tutorials: every file is written, every change made, every command run, as they say."""

from pathlib import Path

import pytest

from tests.docs.blocks import DOCS, blocks
from tests.docs.checkout import Checkout

PAGES = [DOCS / "law" / "writers-guide.md", *sorted((DOCS / "tutorials").glob("*.md"))]
_USED = ("file", "append", "change")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_can_be_followed(page: Path, tmp_path: Path) -> None:
    found = blocks(page)
    assert [block for block in found if block.language == "console"], "nothing is run"
    wrong = Checkout.made(tmp_path).follow(found)
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_block_of_rules_or_code_is_used(page: Path) -> None:
    unused = [
        block.name
        for block in blocks(page)
        if block.language != "console" and not any(word in block.words for word in _USED)
    ]
    assert not unused
