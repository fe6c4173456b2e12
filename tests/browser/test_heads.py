"""For heads, reviewers, unit heads: cards on a phone, findings adopted, the board, what a day moves."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from liuhen.accounts.actor import actor_of
from liuhen.accounts.models import Officer
from liuhen.acts import perform
from liuhen.kernel.ids import new_id
from liuhen.oversight.scenarios import FILES, Pace, prepare, read_scenario
from liuhen.oversight.scenarios.player import played
from liuhen.web import clock as web_clock
from tests.browser.conftest import Serve, faults
from tests.web.played import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def shown(page: Page, picture: str, says: str, width: int = 1366) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    page.wait_for_load_state("networkidle")
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{picture}.png", full_page=True)
    assert says in page.inner_text("main"), picture
    assert faults(page) == [], picture
    assert page.evaluate("document.documentElement.scrollWidth") <= width, picture


def sign_in(page: Page, address: str, who: str) -> None:
    page.context.clear_cookies()
    page.goto(address + "/sign-in/")
    page.fill("[name=username]", f"{who}.qingxi")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def test_heads_reviewers_and_units(site: Serve, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    address = site("liuhen.config.urls")
    prepare()
    playing = played(read_scenario(FILES / "review-precheck.yaml"), Pace(acting_only=True))
    case = playing.streams["case"]
    monkeypatch.setattr(web_clock, "_clock", [playing.clock])
    for officer in Officer.objects.filter(agency__slug="qingxi"):
        officer.set_password(PASSWORD)
        officer.save()
    sign_in(page, address, "shen")
    page.goto(f"{address}/do/receive_review/{case}/")
    shown(page, "receive", "机器预检")
    shen = actor_of(Officer.objects.get(username="shen.qingxi"), playing.clock.now_ms())
    received = {"complete": True, "round": playing.receipts["round2"].fields["round"]}
    perform("receive_review", shen, received, new_id(), clock=playing.clock, stream=case)
    page.goto(f"{address}/do/give_opinion/{case}/")
    page.locator("[data-adopt]").first.click()
    assert page.input_value("#id_remarks").startswith("1. ")
    shown(page, "opinion", "这次改了什么")
    sign_in(page, address, "ke")
    page.goto(f"{address}/board/")
    shown(page, "board", "科室一览")
    shown(page, "board-phone", "科室一览", 390)
    page.goto(f"{address}/board/of/{Officer.objects.get(username='zhang.qingxi').id}/hand-over/")
    shown(page, "hand-over", "由谁接手")
    page.goto(f"{address}/ahead/{case}/?act=decide&on=2026-06-30")
    shown(page, "ahead", "还要先办什么")
    shown(page, "ahead-phone", "还要先办什么", 390)
    sign_in(page, address, "ju")
    shown(page, "home-head", "待签批")
    page.goto(f"{address}/to-sign/")
    shown(page, "to-sign", "待签批")
    shown(page, "to-sign-phone", "待签批", 390)
