"""For heads, reviewers, unit heads: cards on a phone, findings adopted, the board, what a day moves.

With SCREENSHOTS=folder they are photographed (`make screenshots`).
"""

import pytest
from playwright.sync_api import Page

from liuhen.accounts.actor import actor_of
from liuhen.accounts.models import Officer
from liuhen.acts import perform
from liuhen.kernel.ids import new_id
from liuhen.oversight.scenarios import FILES, Pace, prepare, read_scenario
from liuhen.oversight.scenarios.player import played
from liuhen.web import clock as web_clock
from tests.browser.conftest import Serve, shown, sign_in
from tests.factories.people import PASSWORD
from tests.web.played import Play

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_heads_reviewers_and_units(site: Serve, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    address = site("liuhen.config.urls")
    prepare()
    playing = played(read_scenario(FILES / "review-precheck.yaml"), Pace(acting_only=True))
    case = playing.streams["case"]
    monkeypatch.setattr(web_clock, "_clock", [playing.clock])
    for officer in Officer.objects.filter(agency__slug="qingxi"):
        officer.set_password(PASSWORD)
        officer.save()
    sign_in(page, address, "shen.qingxi")
    page.goto(f"{address}/do/receive_review/{case}/")
    shown(page, "机器预检", "precheck")
    shen = actor_of(Officer.objects.get(username="shen.qingxi"), playing.clock.now_ms())
    received = {"complete": True, "round": playing.receipts["round2"].fields["round"]}
    perform("receive_review", shen, received, new_id(), clock=playing.clock, stream=case)
    page.goto(f"{address}/do/give_opinion/{case}/")
    page.locator("[data-adopt]").first.click()
    assert page.input_value("#id_remarks").startswith("1. ")
    shown(page, "这次改了什么", "opinion")
    sign_in(page, address, "ke.qingxi")
    page.goto(f"{address}/board/")
    shown(page, "科室一览", "board")
    shown(page, "科室一览", width=390)
    page.goto(f"{address}/settings/")
    shown(page, "数额标准", width=390)
    page.emulate_media(media="print")
    assert "打印" in page.inner_text(".foot"), "who printed it, and when"
    assert not page.locator(".bar, .duty .do .btn").first.is_visible()
    page.emulate_media(media="screen")
    page.goto(f"{address}/board/of/{Officer.objects.get(username='zhang.qingxi').id}/hand-over/")
    shown(page, "由谁接手", "hand-over")
    page.goto(f"{address}/ahead/{case}/?act=decide&on=2026-06-30")
    shown(page, "还要先办什么", "ahead")
    shown(page, "还要先办什么", width=390)
    Play("qingxi", playing.clock).act("request_preservation", "zhang", case)
    sign_in(page, address, "ju.qingxi")
    shown(page, "待签批")
    page.goto(f"{address}/to-sign/")
    shown(page, "通读全文，批准先行登记保存", "to-sign")
    shown(page, "批准先行登记保存", "to-sign-phone", width=390)
