"""逐页签名 in a real browser: who signs on his own phone is shown the pages that are archived, and signs each."""

import io

import pikepdf
import pytest
from playwright.sync_api import Browser, Page

from liuhen.acts import registry
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_MINUTE, format_local
from liuhen.web.clock import clock
from tests.browser.conftest import Serve, faults, followed
from tests.browser.filling import fill, submit
from tests.browser.test_papers import draw
from tests.browser.test_signing import draw as draw_here
from tests.browser.test_signing import opened

pytestmark = [pytest.mark.browser, pytest.mark.slow]
_ANSWERS = "\n".join(
    f"问：第{number}笔结算的患者到诊了吗？\n答：没有到诊，是前台用以前留下的信息记的账。"
    for number in range(1, 21)
)


def test_the_phone_shows_the_pages_that_are_archived(
    site: Serve, page: Page, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = opened(site, page, monkeypatch)
    address = page.url.split("/do/")[0]
    page.goto(f"{address}/do/inquire/{case}/")
    now = clock().now_ms()
    typed = {
        "started": format_local(now - 30 * MS_PER_MINUTE),
        "ended": format_local(now - 2 * MS_PER_MINUTE),
        "place": "清溪县医疗保障局询问室",
        "asked_kind": "party",
        "asked_name": "周仁和",
        "certificates_shown": True,
        "rights_told": True,
        "content": _ANSWERS,
        "read_back": True,
        "apart": True,
    }
    fill(page, registry.kind_of(registry.act("inquire")), typed)
    rows = page.locator("#field-signatures tbody tr")
    names = [rows.nth(number).locator("[name$='-name']").input_value() for number in range(rows.count())]
    rows.nth(asked := names.index("")).locator("[name$='-name']").fill("周仁和")
    pages = signed_on_a_phone(page, browser, address, asked)
    assert pages > 1
    for number in set(range(len(names))) - {asked}:
        rows.nth(number).locator("[data-sign]").click()
        page.wait_for_selector(".sign-pad[open] .sign-text img")
        for _ in range(pages):
            draw_here(page)
            page.click(".sign-pad[open] [data-done]")
    assert submit(page) == 200, page.inner_text("main")
    entry = load_matter(case).last("inquired")
    assert entry is not None
    assert {len(row["pages"]) for row in entry.open["signatures"]} == {pages}
    page.goto(f"{address}/cases/{case}/?tab=documents")
    paper = page.locator("a[href^='/documents/']", has_text="询问（调查）笔录").first.get_attribute("href")
    answer = page.request.get(f"{address}{paper}pdf/")
    with pikepdf.open(io.BytesIO(answer.body())) as pdf:
        assert len(pdf.pages) == pages


def signed_on_a_phone(page: Page, browser: Browser, address: str, row: int) -> int:
    """The pages that he was shown, each of which he has signed."""
    page.locator("[data-sign-elsewhere]").nth(row).click()
    code = page.locator(".sign-pad [data-code]")
    code.filter(has_text=" ").wait_for()
    phone = browser.new_page(viewport={"width": 390, "height": 844})
    phone.goto(f"{address}/s/")
    phone.fill("#code", code.inner_text())
    followed(phone, "main button[type=submit]")
    followed(phone, "main button[type=submit]")
    phone.wait_for_selector("[data-pad]")
    count = phone.locator("[data-pad]").count()
    for number in range(count):
        draw(phone, number)
    assert faults(phone) == []
    phone.locator("[data-slip] button").click()
    phone.wait_for_selector("text=已收到您的签名")
    phone.close()
    page.wait_for_selector("text=已在另一台设备签名")
    return count
