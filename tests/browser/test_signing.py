"""预览和手写签名 in a real browser: a keystroke is on the paper at once; a drawn signature holds for what was shown."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from liuhen.acts import registry
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_HOUR, MS_PER_MINUTE, format_local
from liuhen.web import clock as web_clock
from liuhen.web.clock import clock
from tests.browser.conftest import Serve, faults, sign_in
from tests.browser.filling import fill, submit
from tests.web.played import begin

pytestmark = pytest.mark.browser
_PREVIEW_MS = 300
_KEYSTROKE = """async () => {
  const image = document.querySelector("[data-preview-pages] img"), before = image.src;
  const field = document.querySelector("#id_findings");
  const start = performance.now();
  field.value += "看"; field.dispatchEvent(new Event("input", { bubbles: true }));
  const shown = () => document.querySelector("[data-preview-pages] img").src;
  while (shown() === before) await new Promise((next) => setTimeout(next, 5));
  return performance.now() - start;
}"""


def opened(site: Serve, page: Page, monkeypatch: pytest.MonkeyPatch) -> str:
    address = site("liuhen.config.urls")
    play = begin()
    monkeypatch.setattr(web_clock, "_clock", [play.clock])
    case = play.file_case()
    play.clock.advance(MS_PER_HOUR)
    sign_in(page, address, "zhang.qingxi")
    page.goto(f"{address}/do/inspect/{case}/")
    return case


def test_preview_follows_the_typing_and_a_signature_is_drawn(
    site: Serve, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(site, page, monkeypatch)
    page.click("[data-preview] summary")
    page.wait_for_selector("[data-preview-pages] img")
    said_what_to_mend_first(page)
    fill(page, registry.kind_of(registry.act("inspect")), whole())
    for number in range(5):  # the first ones warm the press
        with page.expect_response("**/preview/**") as answered:
            page.type("#id_findings", f"查{number}")
        assert answered.value.ok
    page.wait_for_timeout(500)
    took = min(page.evaluate(_KEYSTROKE) for _ in range(3))  # the machine may be shared
    assert took < _PREVIEW_MS
    assert faults(page) == []
    signed(page)


def whole() -> dict[str, Any]:
    """An inspection that can be recorded, but for the signatures."""
    now = clock().now_ms()
    return {
        "started": format_local(now - 3 * MS_PER_MINUTE),
        "ended": format_local(now - 2 * MS_PER_MINUTE),
        "place": "清溪县和平路12号",
        "party_notified": True,
        "certificates_shown": True,
        "rights_told": True,
        "statements": "没有异议。\n请求从轻处理。",
        "findings": "查看了处方。\n\n查看了收费清单。",
    }


def said_what_to_mend_first(page: Page) -> None:
    """Nobody draws his name under a form that would be refused: the pad names what is wrong, and has no room."""
    page.fill("[name='signatures-0-name']", "周济生")
    for button in ("[data-sign]", "[data-sign-elsewhere]"):
        page.locator(button).first.click()
        page.wait_for_selector(".sign-pad .sign-text li")
        said = page.inner_text(".sign-pad[open]")
        assert "现在还不能请周济生签名" in said and "检查情况：必填" in said and "免得签了还要重签" in said
        assert not page.locator(".sign-pad[open] canvas").is_visible()
        assert not page.locator(".sign-pad[open] [data-done]").is_visible()
        assert faults(page) == []
        page.click(".sign-pad[open] [data-close]")


def signed(page: Page) -> None:
    page.fill("[name='signatures-0-name']", "周济生")
    page.locator("[data-sign]").first.click()
    page.wait_for_selector(".sign-pad .sign-text img")
    assert faults(page) == []
    draw(page)
    page.click(".sign-pad [data-done]")
    strokes = json.loads(page.input_value("[name='signatures-0-drawn']"))
    assert sum(map(len, strokes)) >= 8
    assert [point[2] for point in strokes[0]] == sorted(point[2] for point in strokes[0])
    assert len(page.input_value("[name='signatures-0-shown']")) == 64


def draw(page: Page) -> None:
    canvas = page.locator(".sign-pad canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 40 + 15 * step, box["y"] + 40 + 6 * step)
    page.mouse.up()


def one_signs(page: Page) -> None:
    """Who stands there beforehand and does not sign is taken out."""
    rows = page.locator("#field-signatures tbody tr")
    while rows.count() > 1:
        rows.last.locator("[data-remove-row]").click()


def test_what_was_signed_is_taken_with_all_its_lines(
    site: Serve, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = opened(site, page, monkeypatch)
    typed = whole()
    fill(page, registry.kind_of(registry.act("inspect")), typed)
    one_signs(page)
    page.select_option("[name='signatures-0-who']", "party")
    signed(page)
    assert submit(page) == 200, page.inner_text("main")
    kept = load_matter(case).last("inspected")
    assert kept and kept.open["findings"] == typed["findings"]


@pytest.mark.slow
def test_each_page_is_signed_on_this_device_too(
    site: Serve, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = opened(site, page, monkeypatch)
    typed = {**whole(), "findings": "查看了处方和收费清单，逐份核对。\n" * 90}
    fill(page, registry.kind_of(registry.act("inspect")), typed)
    one_signs(page)
    page.select_option("[name='signatures-0-who']", "party")
    page.fill("[name='signatures-0-name']", "周济生")
    page.locator("[data-sign]").first.click()
    page.wait_for_selector(".sign-pad .sign-text img")
    said = page.inner_text(".sign-pad [data-says]")
    total = int(said.rpartition("共 ")[2].partition(" 页")[0])
    assert total > 1 and "第 1 页" in said
    for _ in range(total):
        assert page.locator(".sign-pad .sign-text img").count() == 1
        draw(page)
        page.click(".sign-pad [data-done]")
    assert not page.locator(".sign-pad").first.is_visible()
    assert len(json.loads(page.input_value("[name='signatures-0-pages']"))) == total
    assert submit(page) == 200, page.inner_text("main")
    kept = load_matter(case).last("inspected")
    assert kept and len(kept.open["signatures"][0]["pages"]) == total


def test_on_a_phone(site: Serve, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(site, page, monkeypatch)
    said_what_to_mend_first(page)
    fill(page, registry.kind_of(registry.act("inspect")), whole())
    signed(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
