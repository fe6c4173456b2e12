"""Pages of the manual beside the journey of one case: inspections, claims, agencies below, administrators, the public.

Each is clean for axe and fits the screen. With SCREENSHOTS=folder they are photographed (`make screenshots`).
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page

from liuhen.accounts import demo
from liuhen.accounts.models import Officer
from liuhen.acts.uploads import receive
from liuhen.kernel.clock import MS_PER_DAY, FixedClock
from liuhen.oversight.scenarios import FILES, read_scenario
from liuhen.oversight.scenarios.player import Playing, played
from liuhen.oversight.scenarios.stage import FOUNDED
from liuhen.portal import papers
from liuhen.web import clock as web_clock
from tests.browser.conftest import Serve, followed, shown, sign_in
from tests.factories.people import PASSWORD
from tests.web.played import Play

pytestmark = pytest.mark.browser
CODE, NUMBER, SEAL = "2T9CARNBB7NYXQWJ", "豫清医保罚〔2026〕3号", "0001020304050607"
HEAD = "结算流水号,医药机构名称,项目名称,违规原因,违规依据,险种,费用发生日期,违规基金金额\n"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, site: Serve) -> FixedClock:
    """The site's own time: after everything that is played."""
    clock = FixedClock.at(FOUNDED)
    demo.load_people(PASSWORD, clock)
    monkeypatch.setattr(web_clock, "_clock", [clock])
    return clock


@contextmanager
def signed_in(page: Page, address: str, username: str) -> Iterator[None]:
    """Somebody at the desk, until he leaves it."""
    sign_in(page, address, username)
    yield
    followed(page, "text=退出")


def drawn() -> Playing:
    """A random draw, done."""
    return played(read_scenario(FILES / "random-draw.yaml"))


def listed(clock: FixedClock) -> str:
    """A case with a list of 60 claims, ten confirmed and five struck: the address of the list."""
    play = Play("qingxi", clock)
    case = play.file_case()
    rows = [
        f"J2026{n:04},清溪县仁和诊所,推拿治疗,{'虚构医药服务项目' if n % 3 else '重复收费'},服务协议第12条,"
        f"{'职工' if n % 4 else '居民'}医保,202{4 + n % 2}-0{1 + n % 9}-15,{n * 3}.50"
        for n in range(1, 61)
    ]
    content = (
        HEAD + "\n".join([*rows, "J20260061,清溪县仁和诊所,推拿治疗,重复收费,,居民医保,某日,1"])
    ).encode()
    owner = Officer.objects.get(username="zhang.qingxi").id
    upload = receive([content], owner=owner, name="仁和诊所疑点明细.csv", now_ms=clock.ms)
    key = play.act(
        "import_claims", "zhang", case, title="仁和诊所2024至2025年疑点明细", method="同一时段重复结算、无就诊登记",
        maker="清溪县医疗保障局基金监管科", files=[upload.id],
    ).fields["list"]  # fmt: skip
    play.act("explain_claims", "zhang", case, list=key, selected="11-15", by="周仁和")
    play.act("settle_claims", "zhang", case, list=key, selected="1-10", outcome="confirmed")
    play.act("settle_claims", "zhang", case, list=key, selected="11-15", outcome="struck")
    play.act("cut_claims", "zhang", case, list=key, from_on="2024-08-03")
    return f"/cases/{case}/claims/{key}/"


def test_inspections_and_claims(site: Serve, page: Page, clock: FixedClock) -> None:
    draw = drawn().streams["draw"]
    clock.ms = FixedClock.at("2026-08-03 09:00").ms
    claims = listed(clock)
    address = site("liuhen.config.urls")
    with signed_in(page, address, "zhang.qingxi"):
        page.goto(f"{address}/inspections/")
        shown(page, "门诊统筹基金使用情况抽查", "inspections")
        page.goto(f"{address}/inspections/{draw}/?tab=record")
        shown(page, "双随机抽取", "draw")
        page.goto(address + claims)
        shown(page, "另列待核", "claims")
        page.goto(f"{address}/do/plan_inspection/")
        shown(page, "启动方式", "plan-inspection")


def test_agencies_below_and_administrators(site: Serve, page: Page, clock: FixedClock) -> None:
    clock.ms = FixedClock.at("2026-08-03 09:00").ms
    Play("qingxi", clock).file_case()
    clock.advance(60 * MS_PER_DAY)
    one = Officer.objects.get(username="zhang.qingxi").id
    address = site("liuhen.config.urls")
    with signed_in(page, address, "ju.henan"):
        page.goto(f"{address}/oversight/")
        shown(page, "清溪县医疗保障局", "oversight")
        page.goto(f"{address}/oversight/qingxi/")
        shown(page, "逾期事项，按条文", "oversight-agency")
    with signed_in(page, address, "xitong.qingxi"):
        page.goto(f"{address}/people/{one}/")
        shown(page, "变更人员信息", "person")
        page.goto(f"{address}/law/texts/")
        shown(page, "读出章节和条文", "law-text")
    with signed_in(page, address, "shenji.qingxi"):
        page.goto(f"{address}/audit/")
        shown(page, "孙工", "audit")


def test_what_the_public_checks(site: Serve, page: Page, clock: FixedClock) -> None:
    draw = drawn().streams["draw"]
    clock.ms = FixedClock.at("2026-08-03 09:00").ms
    papers.put_papers([papers.Issued(CODE, NUMBER, SEAL, clock.ms)])
    address = site("liuhen.config.urls_public")
    page.goto(f"{address}/during/")
    shown(page, "门诊统筹基金使用情况抽查", "public-draws")
    page.goto(f"{address}/p/{draw}/")
    shown(page, "抽取种子", "public-draw")
    page.goto(f"{address}/d/{CODE}/?number={NUMBER}&seal={SEAL}")
    shown(page, "确有这份文书", "public-paper")
