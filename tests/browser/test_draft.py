"""草稿 in a real browser: what was typed and refused, or typed and left, is there after coming back."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from liuhen.accounts import demo
from liuhen.kernel.clock import FixedClock
from liuhen.oversight.scenarios.stage import FOUNDED
from liuhen.web import clock as web_clock
from tests.browser.conftest import Serve, faults, followed, shown, sign_in
from tests.browser.filling import submit
from tests.factories.people import PASSWORD
from tests.web.played import begin
from tests.web.test_files import PNG

pytestmark = pytest.mark.browser
_OUT_AT_ONCE = """async () => {
  const button = () => document.querySelector("[data-upload-list] [data-remove-row]");
  while (!button()) await new Promise((next) => setTimeout(next, 5));
  await new Promise((next) => setTimeout(next, 100));
  button().click();
}"""


def signed_in(site: Serve, page: Page, monkeypatch: pytest.MonkeyPatch) -> str:
    clock = FixedClock.at(FOUNDED)
    demo.load_people(PASSWORD, clock)
    monkeypatch.setattr(web_clock, "_clock", [clock])
    address = site("liuhen.config.urls")
    sign_in(page, address, "zhang.qingxi")
    return address


def test_a_refused_form_is_found_again(site: Serve, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    address = signed_in(site, page, monkeypatch)
    page.goto(f"{address}/do/register_lead/")
    page.fill("#id_suspect", "清溪县仁和诊所")
    page.fill("#id_content", "写了很久的内容")
    assert submit(page) == 422
    assert faults(page) == []
    page.goto(f"{address}/do/register_lead/")
    assert page.input_value("#id_suspect") == "", "a new form"
    assert faults(page) == []
    followed(page, "text=继续填写")
    assert page.input_value("#id_suspect") == "清溪县仁和诊所"
    assert page.input_value("#id_content") == "写了很久的内容"
    assert page.locator("text=自动保存的草稿").count() == 1
    page.fill("#id_content", "改好的内容")
    assert submit(page) == 422
    page.goto(f"{address}/")
    assert faults(page) == []
    followed(page, ".begun a")
    assert page.input_value("#id_content") == "改好的内容"
    followed(page, "text=丢弃，重新填写")
    page.wait_for_selector("text=草稿已丢弃")
    assert page.input_value("#id_content") == ""
    page.on("dialog", lambda dialog: dialog.accept())
    page.fill("#id_content", "刚写下的一句")
    page.goto("about:blank")  # at once: no time for the save that follows a pause
    page.wait_for_timeout(300)
    page.goto(f"{address}/do/register_lead/")
    followed(page, "text=继续填写")
    assert page.input_value("#id_content") == "刚写下的一句"
    other = page.context.new_page()
    other.goto(f"{address}/do/register_lead/")
    other.fill("#id_content", "关掉之前写下的")
    other.close()  # the window itself is closed: nobody is asked, and nothing is lost
    page.wait_for_timeout(600)
    page.goto(f"{address}/do/register_lead/")
    assert page.locator(".begun", has_text="关掉之前写下的").count() == 1


def test_a_wrong_file_is_taken_out_at_once_and_is_not_offered_again(
    site: Serve, page: Page, monkeypatch: pytest.MonkeyPatch, settings, tmp_path: Path
) -> None:
    """Before the pause after which typing is kept: the file is kept in the draft as soon as it has come."""
    settings.LEDGER_FILES = tmp_path / "files"
    address = signed_in(site, page, monkeypatch)
    page.goto(f"{address}/do/register_lead/")
    page.set_input_files("#id_files", {"name": "错的.png", "mimeType": "image/png", "buffer": PNG + b"IEND"})
    page.evaluate(_OUT_AT_ONCE)
    page.wait_for_selector("text=已保存")
    page.wait_for_timeout(1500)
    page.goto(f"{address}/do/register_lead/")
    assert "错的.png" not in page.inner_text("main")


def test_what_the_record_holds_since_is_offered_and_taken_in(
    site: Serve, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = site("liuhen.config.urls")
    play = begin()
    monkeypatch.setattr(web_clock, "_clock", [play.clock])
    case = play.file_case()
    play.act("collect_evidence", "zhang", case, name="结算明细", quantity="12页", original=True)
    sign_in(page, address, "zhang.qingxi")
    form = f"{address}/do/list_evidence/{case}/"
    page.goto(form)
    page.locator("[data-add-row=rows-items]").click()
    page.locator("[name^=items-][name$=-name]").last.fill("自己加的一件")
    page.wait_for_selector("text=已保存")
    play.act("collect_evidence", "zhang", case, name="收费票据", quantity="3张", original=True)
    for width in (1366, 390):
        page.set_viewport_size({"width": width, "height": 768})
        page.goto(form)
        shown(page, "草稿保存以后，记录有了变化", f"newer-{width}", width)
    rows = page.locator("[name^=items-][name$=-name]")
    written = "els => els.map((one) => one.value)"
    rows.last.press("Enter")
    assert rows.evaluate_all(written) == ["结算明细", "自己加的一件"], "Enter takes nothing in"
    rows.last.fill("自己改过的一件")
    with page.expect_navigation():
        page.click("button[name=_take]")
    assert rows.evaluate_all(written) == ["结算明细", "自己改过的一件", "收费票据"]
    assert page.locator("[aria-label=草稿以后的记录]").count() == 0
    assert faults(page) == []
