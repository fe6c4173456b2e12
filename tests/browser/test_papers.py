"""写、对照、换一台设备签名、原件 in a real browser, at a desk and on a phone; axe finds nothing."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from liuhen.acts import registry
from liuhen.acts.matter import load_matter, register_of
from liuhen.acts.uploads import receive
from liuhen.kernel.clock import MS_PER_HOUR
from liuhen.oversight.scenarios.samples import sample
from liuhen.web import clock as web_clock
from tests.browser.conftest import Serve, faults, followed, sign_in
from tests.browser.filling import fill
from tests.browser.test_signing import whole
from tests.web.played import Play, begin

AT_A_FIFTH = """async () => {
  const video = document.querySelector("[data-clip] video");
  const once = (what) => new Promise((done) => video.addEventListener(what, done, { once: true }));
  const loaded = once("loadeddata"); video.preload = "auto"; video.load(); await loaded;
  const there = once("seeked"); video.currentTime = 0.2; await there;
}"""
"""The recording is stopped at a fifth of a second."""
pytestmark = [pytest.mark.browser, pytest.mark.slow]


def look(page: Page, name: str, width: int) -> None:
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=width < 500)
    assert faults(page) == [], name
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def ready(monkeypatch: pytest.MonkeyPatch) -> Play:
    play = begin()
    monkeypatch.setattr(web_clock, "_clock", [play.clock])
    first = play.file_case()
    play.act("inspect", "zhang", first, findings="现场有自制收费清单12张。\n收费员不能说明来源。")
    register = register_of(play.agency_id)
    asked = [{"question": "贵单位何时开展该项目？"}, {"question": "收费依据是什么？"}]
    play.act("keep_question_set", "ke", register, name="重复收费询问", cause="重复收费", questions=asked)
    play.act("keep_phrases", "ke", register, name="检查用语", phrases=[{"phrase": "现场调取收费清单。"}])
    play.act("shelve_original", "dang", first, name="收费台账", quantity="1册86页", shelf="2柜3层")
    play.act("lend_original", "dang", first, due_back="2026-08-05", borrower="李若溪")
    play.case = play.file_case_of("清溪县康泰药店")
    play.clock.advance(MS_PER_HOUR)
    return play


def draw(page: Page, number: int) -> None:
    canvas = page.locator("[data-pad] canvas").nth(number)
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 20 + 12 * step, box["y"] + 20 + 5 * step)
    page.mouse.up()


@pytest.mark.parametrize("width", [1366, 390])
def test_writing_and_signing(
    width: int, site: Serve, page: Page, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, play = site("liuhen.config.urls"), ready(monkeypatch)
    page.set_viewport_size({"width": width, "height": 768 if width > 500 else 844})
    sign_in(page, address, "zhang.qingxi")
    page.goto(f"{address}/do/inquire/{play.case}/")
    page.locator("#field-content details.working summary", has_text="问题集").click()
    page.locator("#field-content [data-insert]").first.click()
    written = page.input_value("#id_content")
    assert written.startswith("问：贵单位何时开展该项目？\n答：\n问：收费依据是什么？")
    look(page, f"inquire-{width}", width)
    page.fill("#id_asked_name", "周仁和")
    page.locator("[data-reading=id_content]").click()
    page.locator(".reading-lines li").nth(1).locator("button").click()
    page.fill(".reading-lines textarea", "是2025年6月开展的。")
    page.locator(".reading-lines button", has_text="记下").click()
    look(page, f"reading-{width}", width)
    page.locator(".reading [data-end]").click()
    own = "周仁和阅看后对第2行（“答：”）说：是2025年6月开展的。"
    assert page.input_value("#id_corrections") == own
    assert page.input_value("#id_content") == written
    page.goto(f"{address}/do/inspect/{play.case}/")
    page.locator("#field-findings details.working summary", has_text="以前的同类文书").click()
    page.locator("#field-findings [data-insert-from]").first.click()
    page.wait_for_selector("[data-unconfirmed=id_findings]:not([hidden])")
    assert "12" not in page.input_value("#id_findings")
    look(page, f"earlier-{width}", width)
    page.locator("[data-confirm-next='id_findings']").click()
    for _ in range(2):
        page.locator("[data-confirm-here='id_findings']").click()
    assert "【待核】" not in page.input_value("#id_findings")
    rest = {name: value for name, value in whole().items() if name != "findings"}
    fill(page, registry.kind_of(registry.act("inspect")), rest)
    page.select_option("[name='signatures-0-who']", "party")
    page.fill("[name='signatures-0-name']", "周仁和")
    page.locator("[data-sign-elsewhere]").first.click()
    code = page.locator(".sign-pad [data-code]")
    code.filter(has_text=" ").wait_for()
    look(page, f"code-{width}", width)
    phone = browser.new_page(viewport={"width": 390, "height": 844})
    phone.goto(f"{address}/s/")
    look(phone, f"enter-{width}", 390)
    phone.fill("#code", code.inner_text())
    followed(phone, "main button[type=submit]")
    followed(phone, "main button[type=submit]")
    phone.wait_for_selector("[data-pad]")
    for number in range(phone.locator("[data-pad]").count()):
        draw(phone, number)
    look(phone, f"slip-{width}", 390)
    phone.locator("[data-slip] button").click()
    phone.wait_for_selector("text=已收到您的签名")
    look(phone, f"signed-{width}", 390)
    phone.close()
    page.wait_for_selector("text=已在另一台设备签名")
    assert len(page.input_value("[name='signatures-0-shown']")) == 64


@pytest.mark.parametrize("width", [1366, 390])
def test_texts_side_by_side_originals_and_own_forms(
    width: int, site: Serve, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, play = site("liuhen.config.urls"), ready(monkeypatch)
    play.clock.advance(5 * 86_400_000)
    page.set_viewport_size({"width": width, "height": 768 if width > 500 else 844})
    for who, words in (
        ("zhang.qingxi", "现场有收费清单12张。"),
        ("li.qingxi", "现场有收费清单21张，票据3本。"),
    ):
        sign_in(page, address, who)
        page.goto(f"{address}/")
        token = page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value")
        form: dict[str, str | float | bool] = {
            "findings": words,
            "_draft_version": "0",
            "csrfmiddlewaretoken": token or "",
        }
        page.request.post(f"{address}/drafts/inspect/{play.case}/", form=form, headers={"Referer": address})
    page.goto(f"{address}/drafts/inspect/{play.case}/versions/?with=2")
    assert page.locator("ins", has_text="票据").count() == 1
    look(page, f"beside-{width}", width)
    sign_in(page, address, "dang.qingxi")
    look(page, f"keeper-{width}", width)
    page.goto(f"{address}/originals/")
    look(page, f"originals-{width}", width)
    sign_in(page, address, "ju.qingxi")
    page.goto(f"{address}/do/set_own_form/{register_of(play.agency_id)}/")
    page.select_option("#own-form-from", "filing_approval")
    page.click("[data-own-take]")
    page.wait_for_selector("text=已取来")
    page.click("[data-own-look]")
    page.wait_for_selector("[data-own-changed] img")
    assert "可以启用" in page.locator("[data-own-says]").inner_text()
    look(page, f"own-form-{width}", width)


@pytest.mark.parametrize("width", [1366, 390])
def test_a_still_is_cut_from_a_recording(
    width: int, site: Serve, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, play = site("liuhen.config.urls"), begin()
    monkeypatch.setattr(web_clock, "_clock", [play.clock])
    case = play.file_case()
    taken = play.act("register_recording", "zhang", case, medium="video", shows=["scene"]).stream
    clip = receive(
        [sample("现场检查.webm")],
        owner=play.who("zhang").id,
        name="现场检查.webm",
        now_ms=play.clock.now_ms(),
    )
    play.act("store_recording", "zhang", taken, carrier="system", files=[clip.id])
    page.set_viewport_size({"width": width, "height": 768 if width > 500 else 844})
    sign_in(page, address, "zhang.qingxi")
    page.goto(f"{address}/do/lay_pictures/{case}/")
    page.locator("[data-stills] summary").click()
    page.evaluate(AT_A_FIFTH)
    page.locator("[data-cut]").click()
    page.wait_for_selector("#field-files input[type=hidden]", state="attached")
    cut = {
        name: page.input_value(f"[name='cut_from-0-{name}']")
        for name in ("still", "at", "recording", "digest")
    }
    assert (
        cut["at"].startswith("00:00:00.") and cut["recording"] == "现场检查.webm" and len(cut["digest"]) == 64
    )
    assert page.input_value("[name='captions-0-made_at']").startswith("2026-")
    page.fill("[name='captions-0-proves']", "收费窗口公示的价格")
    page.fill("#id_carrier", "执法信息系统")
    page.locator("#field-compared input[value=no]").check()
    look(page, f"still-{width}", width)
    with page.expect_navigation():
        page.locator("form[data-act-form] button[type=submit]").click()
    laid = load_matter(case).last("pictures_laid")
    assert laid is not None and laid.open["origin"] == "still", page.locator("main").inner_text()
    (still,) = laid.open["stills"]
    assert still["still_digest"] == laid.open["files"][0]["sha256"] and cut["at"] in still["source"]
