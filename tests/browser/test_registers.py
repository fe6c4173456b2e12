"""名录 in a browser: a form chooses from them by keyboard and says so; lists, items, sums at a desk and on a phone."""

import pytest
from playwright.sync_api import Page, expect

from liuhen.accounts import demo
from liuhen.accounts.models import Officer
from liuhen.kernel.clock import FixedClock
from liuhen.oversight.scenarios import FILES, read_scenario
from liuhen.oversight.scenarios.player import played
from liuhen.oversight.scenarios.stage import FOUNDED
from liuhen.registers.models import RegisterRow
from liuhen.web import clock as web_clock
from tests.browser.conftest import Serve, followed, sign_in
from tests.browser.test_administrators import looked_at
from tests.factories.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def address(site: Serve, monkeypatch: pytest.MonkeyPatch) -> str:
    """A county with its registers, and a case whose fine is reckoned."""
    demo.load_people(PASSWORD, FixedClock.at(FOUNDED))
    played(read_scenario(FILES / "registers.yaml"))
    played(read_scenario(FILES / "fines.yaml"))
    monkeypatch.setattr(web_clock, "_clock", [FixedClock.at("2026-06-01 09:00")])
    return site("liuhen.config.urls")


def test_a_form_chooses_from_the_registers(address: str, page: Page) -> None:
    sign_in(page, address, "zhang.qingxi")
    page.goto(f"{address}/do/plan_inspection/")
    page.locator("#id_party_name").press_sequentially("qxxkn")
    first = page.locator("#field-party_name [role=option]").first
    expect(first).to_contain_text("清溪县康宁综合门诊部")
    looked_at(page, "choosing")
    page.locator("#id_party_name").press("ArrowDown")
    page.locator("#id_party_name").press("Enter")
    assert page.input_value("#id_party_name") == "清溪县康宁综合门诊部"
    assert page.input_value("#id_party_code") == "52419121MJF0000019"
    assert page.input_value("#id_place") == "清溪县城关镇东街1号"
    expect(page.locator("#field-party_name .from")).to_contain_text("取自 定点医药机构名录")
    expect(page.locator("[data-visits]")).to_contain_text("2026 年已检查")
    assert page.input_value("#id_frequency").startswith("本年度已检查")
    page.locator("#field-legal_basis [role=combobox]").press_sequentially("检查管理")
    page.locator("#field-legal_basis [role=option]").first.click()
    assert (
        page.input_value("#id_legal_basis") == "《清溪县医疗保障检查管理规定》（清政〔2026〕1号）第三条第一款"
    )
    looked_at(page, "chosen")
    page.fill("#id_party_name", "")
    page.locator("#id_party_name").press_sequentially("某某诊所")
    expect(page.locator("#field-party_name .hint")).to_contain_text("不在定点医药机构名录中")


def test_lists_items_and_sums(address: str, page: Page) -> None:
    sign_in(page, address, "zhang.qingxi")
    page.goto(f"{address}/registers/")
    looked_at(page, "registers")
    for slug in ("institutions", "causes", "bases", "benchmarks", "rooms", "devices"):
        page.goto(f"{address}/registers/{slug}/")
        looked_at(page, f"register-{slug}")
    agency = Officer.objects.get(username="zhang.qingxi").agency_id
    key = RegisterRow.objects.get(agency=agency, name="清溪县康宁综合门诊部").key
    page.goto(f"{address}/registers/institutions/{key}/")
    looked_at(page, "institution")
    followed(page, "text=变更定点医药机构")
    assert page.input_value("#id_name") == "清溪县康宁综合门诊部"
    looked_at(page, "change-institution")
    page.goto(f"{address}/cases/")
    followed(page, "tbody a >> nth=0")
    followed(page, "nav.tabs >> text=金额")
    looked_at(page, "sums")
    followed(page, "tbody a >> nth=0")
    assert "筛选出" in page.inner_text("main")
    page.go_back()
    followed(page, "text=计算损失、退回和罚款")
    looked_at(page, "reckon")
