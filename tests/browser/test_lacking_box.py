"""登记以后会缺什么, in a real browser: what comes late on a page does not move the button under the finger."""

import pytest
from playwright.sync_api import Page, Route

from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_DAY, MS_PER_HOUR
from liuhen.web import clock as web_clock
from tests.browser.conftest import Serve, faults, sign_in
from tests.factories.matters import play_case
from tests.web.played import begin

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1366, 390])
def test_the_button_stays_where_it_is_while_the_articles_answer(
    width: int, site: Serve, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = begin()
    case = play_case("inspection").case
    play.clock.ms = load_matter(case).entries[-1].recorded_ms + MS_PER_HOUR
    recording = play.act("register_recording", "zhang", case).stream
    play.clock.ms += 9 * MS_PER_DAY
    monkeypatch.setattr(web_clock, "_clock", [play.clock])
    address = site("liuhen.config.urls")
    page.set_viewport_size({"width": width, "height": 768})
    sign_in(page, address, "zhang.qingxi")
    page.goto(f"{address}/do/register_lead/")
    page.locator("form[data-act-form] > p").last.evaluate("end => end.scrollIntoView()")
    assert page.locator("form[data-act-form] > p").last.evaluate(
        "end => end.getBoundingClientRect().top < innerHeight"
    )
    held: list[Route] = []
    page.route("**/lacking/**", lambda route: held.append(route))
    page.goto(f"{address}/do/store_recording/{recording}/")
    page.check('input[name=carrier][value="system"]')
    while len(held) < 2:  # once for the page, once for what was chosen
        page.wait_for_timeout(100)
    button, box = page.locator("form[data-act-form] button[type=submit]"), page.locator("[data-lacking]")
    button.scroll_into_view_if_needed()
    before = button.bounding_box()
    assert held and before and not box.is_visible()
    page.mouse.move(before["x"] + 5, before["y"] + 5)
    page.mouse.down()
    held.pop().continue_()
    box.wait_for(state="visible")
    assert "没有按时储存的原因" in box.inner_text()
    page.locator("[data-saved]").evaluate(
        "note => note.textContent = '已保存 10:20；另一台设备也在填写这一份'"
    )
    assert button.bounding_box() == before
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.unroute("**/lacking/**")
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.mouse.up()
