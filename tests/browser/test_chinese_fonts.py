"""The browser of the suite shows Chinese: every character from a font that has it, none as a box."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

TEXT = "行政处罚决定书：望都县医疗保障局，2026年9月21日，拾万元整"
PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>留痕</title>
<body style="font-family:{family};font-size:28px"><h1 id="text">{text}</h1></body></html>"""


@pytest.mark.parametrize("family", ["sans-serif", "serif", "system-ui"])
def test_characters_differ_from_each_other_and_from_the_box(page: Page, tmp_path: Path, family: str) -> None:
    page.set_content(PAGE.format(family=family, text=TEXT))
    assert page.locator("#text").inner_text() == TEXT
    shapes = [_shape(page, tmp_path, character) for character in "行政处罚\U0010fffd"]
    assert len(set(shapes)) == len(shapes)


def test_a_screenshot_can_be_taken(page: Page, tmp_path: Path) -> None:
    page.set_content(PAGE.format(family="serif", text=TEXT))
    page.screenshot(path=tmp_path / "page.png")
    assert Image.open(tmp_path / "page.png").size == (1366, 768)


def _shape(page: Page, folder: Path, character: str) -> bytes:
    """The picture of one character."""
    page.locator("#text").evaluate("(node, text) => { node.textContent = text }", character)
    page.locator("#text").screenshot(path=folder / "one.png")
    return Image.open(folder / "one.png").convert("L").tobytes()
