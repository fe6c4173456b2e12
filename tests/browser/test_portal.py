"""The public site in a browser: clean for axe, on an office screen and on a phone; nothing from elsewhere."""

import json
import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from liuhen.portal import store
from tests.browser.conftest import Serve, faults
from tests.portal.test_store import NOON, snapshot

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [(1366, 768), (360, 740)])
def test_every_public_page_is_clean(site: Serve, page: Page, size: tuple[int, int]) -> None:
    address = site("liuhen.config.urls_public")
    for number in range(25):
        store.put(snapshot(posting=f"p{number:02}", remedy="可以申请行政复议"), NOON + number)
    store.withdraw("p00", "决定被撤销", NOON + 100)
    people = {
        "执法人员": {
            "head": ["姓名", "证件编号"],
            "rows": [["张明远", "41912100004"], ["李若溪", "41912100005"]],
        }
    }
    told = {"fields": (("执法人员", "张明远"),), "extra": {"tables": json.dumps(people, ensure_ascii=False)}}
    store.put(snapshot(posting="b01", category="before", kind="执法人员", title="执法人员", **told), NOON)
    store.put(snapshot(posting="a01", category="annual", title="2025年度行政执法总体情况"), NOON)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/?q=没有", "/p/p03/", "/p/p00/", "/about/", "/p/b01/", "/annual/", "/nothing/"):
        page.goto(address + path)
        assert faults(page) == [], path
        if path == "/" and size[0] == 1366 and (folder := os.environ.get("SCREENSHOTS")):
            page.screenshot(path=Path(folder) / "public.png")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size[0], path
    assert all(url.startswith(address) for url in asked)
