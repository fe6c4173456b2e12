"""扫描件归位 in a real browser: chosen, read with progress, filed, shown; at a desk and on a phone."""

import os
import random
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from liuhen.web import clock as web_clock
from tests.browser.conftest import Serve, faults, followed, sign_in
from tests.scans.printing import papers
from tests.web.played import begin

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)], ids=["desk", "phone"])
def test_scans_find_their_documents(
    site: Serve, page: Page, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, size: tuple[int, int]
) -> None:
    play = begin()
    monkeypatch.setattr(web_clock, "_clock", [play.clock])
    case = play.file_case()
    chance = random.Random(8)
    scan, other = tmp_path / "扫描.jpg", tmp_path / "另一页.jpg"
    scan.write_bytes(next(papers(case)).scan(chance))
    other.write_bytes(next(papers(play.act("register_lead", "zhang").stream)).scan(chance, 90))
    address = site("liuhen.config.urls")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    sign_in(page, address, "zhang.qingxi")
    page.goto(f"{address}/cases/{case}/?tab=documents")
    followed(page, "text=扫描件归位")
    page.wait_for_url(f"{address}/cases/{case}/scans/")
    assert faults(page) == []
    page.set_input_files("#id_files", [scan, other])
    expect(page.locator("text=1 页读到核验码")).to_have_count(2, timeout=60_000)
    page.click("main form[data-act-form] button[type=submit]")
    expect(page.locator("text=已登记，记录已保存到磁盘")).to_be_visible(timeout=60_000)
    assert page.url == f"{address}/cases/{case}/scans/"
    expect(page.locator("text=不是本案的文书")).to_be_visible()
    expect(page.locator("text=✓ 齐")).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"scans-{size[0]}.png", full_page=True)
