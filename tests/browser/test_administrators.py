"""The pages of the three administrators in a browser: clean for axe, on an office screen and on a phone."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from liuhen.accounts.models import Officer
from tests.browser.conftest import Serve, faults, followed, sign_in
from tests.web.played import begin

pytestmark = pytest.mark.browser
SIZES = {"office": (1366, 768), "phone": (390, 844)}
PICTURES = os.environ.get("PICTURES", "")


def looked_at(page: Page, name: str) -> None:
    """Nothing wrong for axe, nothing wider than the screen, on either size."""
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        assert faults(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, size)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{size}.png", full_page=True)


def test_administrators_at_work(site: Serve, page: Page) -> None:
    begin()
    address = site("liuhen.config.urls")
    one = Officer.objects.get(username="zhang.qingxi")
    sign_in(page, address, "xitong.qingxi")
    page.goto(f"{address}/people/")
    looked_at(page, "people")
    followed(page, "text=新增人员")
    looked_at(page, "add-person")
    page.goto(f"{address}/people/{one.id}/")
    followed(page, "text=变更人员信息")
    assert page.input_value("[name=name]") == "张明远"
    looked_at(page, "change-person")
    page.fill("[name=post]", "主任科员")
    page.fill("[name=reason]", "职务调整")
    followed(page, "main button[type=submit] >> nth=-1")
    page.wait_for_url(f"**/people/{one.id}/")
    assert "主任科员" in page.inner_text("main")
    followed(page, "text=退出")
    sign_in(page, address, "anquan.qingxi")
    page.goto(f"{address}/people/{one.id}/")
    looked_at(page, "person")
    page.fill("#reset-reason", "本人遗忘")
    followed(page, "text=重置密码 >> nth=-1")
    made = page.inner_text(".note .mono")
    looked_at(page, "one-time-password")
    followed(page, "text=退出")
    sign_in(page, address, "zhang.qingxi", made)
    page.wait_for_url("**/password/")
    looked_at(page, "password")
    page.fill("#id_old_password", made)
    page.fill("#id_new_password1", "my own long word")
    page.fill("#id_new_password2", "my own long word")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")
    followed(page, "text=退出")
    sign_in(page, address, "shenji.qingxi")
    page.goto(f"{address}/audit/")
    assert "张明远" in page.inner_text("table")
    looked_at(page, "audit")
