"""金额: each sum opens to its rows; the notice's form is filled in from them; what lies outside a tier says why."""

import pytest
from django.test import Client

from liuhen.accounts.actor import actor_of
from liuhen.accounts.models import Officer
from liuhen.acts import Invalid, perform
from liuhen.acts.matter import load_matter
from liuhen.acts.uploads import receive
from liuhen.cases.drafted import against_the_sums
from liuhen.kernel.clock import parse_local
from liuhen.kernel.ids import new_id
from liuhen.oversight.scenarios import FILES, read_scenario
from liuhen.oversight.scenarios.player import Pace, played
from liuhen.registers.queries import begun_catalogue
from tests.web.conftest import SignIn
from tests.web.played import Play

HEAD = "结算流水号,违规原因,违规依据,险种,费用日期,违规基金金额\n"
LINES = (
    "J1,虚构服务,甲规定,职工,2024-02-01,100.00",
    "J2,虚构服务,甲规定,居民,2025-02-01,200.50",
    "J3,虚构服务,乙规定,居民,2025-03-01,99.50",
)
RECKONED = {
    "cause": "虚构服务", "nature": "fraud", "multiple": "2", "tier_reason": "配合调查",
    "basis": "《医疗保障基金使用监督管理条例》第四十条",
}  # fmt: skip


@pytest.fixture
def claims(play: Play) -> str:
    """Three confirmed rows, one of them before the day from which there is penalty."""
    case = play.file_case()
    owner = Officer.objects.get(username="zhang.qingxi").id
    content = (HEAD + "\n".join(LINES)).encode()
    upload = receive([content], owner=owner, name="明细.csv", now_ms=play.clock.ms)
    key = str(play.act("import_claims", "zhang", case, files=[upload.id]).fields["list"])
    play.act("settle_claims", "zhang", case, list=key, selected="全部", outcome="confirmed")
    play.act("cut_claims", "zhang", case, list=key, from_on="2024-03-02", reason="二年")
    return key


@pytest.fixture
def tier(play: Play) -> str:
    """A benchmark of the agency: from two to three times."""
    officer = Officer.objects.get(username="fa.qingxi")
    one = {"cause": "虚构服务", "low": "2", "high": "3"}
    tiers = [
        {**one, "tier": "一般", "applies": "不足一万元"},
        {**one, "tier": "轻微", "loss_to": "300"},
        {**one, "tier": "较轻", "loss_from": "300", "loss_to": "10000"},
        {**one, "tier": "较重", "loss_from": "300.01"},
    ]
    made = perform(
        "enter_benchmark",
        actor_of(officer, play.clock.ms),
        {
            "name": "裁量基准",
            "number": "清医保〔2026〕2号",
            "tiers": tiers,
            "from_on": "2026-01-01",
            "source": "会议",
        },
        new_id(),
        clock=play.clock,
        stream=begun_catalogue(officer.agency_id),
    )
    return f"{made.fields['benchmark']}.1"


@pytest.fixture
def client(as_person: SignIn) -> Client:
    """The case's handler."""
    return as_person("zhang.qingxi")


def test_each_sum_opens_to_its_rows(play: Play, claims: str, client: Client) -> None:
    made = play.act("reckon_fine", "zhang", play.case, list=claims, **RECKONED).fields
    assert (made["loss"], made["refund"], made["base"], made["barred"], made["fine"]) == (
        40_000,
        40_000,
        30_000,
        10_000,
        60_000,
    )
    page = client.get(f"/cases/{play.case}/sums/").content.decode()
    assert "追责期限以外的 100.00 元只退回" in page and "600.00" in page
    rows = f"/cases/{play.case}/claims/{claims}/"
    for asked, count, amount in (
        ({"fund": "居民", "basis": "乙规定", "year": "2025", "late": "0"}, 1, "99.50"),
        ({"fund": "职工", "basis": "甲规定", "year": "2024", "late": "1"}, 1, "100.00"),
    ):
        opened = client.get(rows, {"state": "confirmed", "cause": "虚构服务", **asked}).content.decode()
        assert (
            f'筛选出 <strong class="num">{count}</strong> 行，合计 <strong class="num">{amount}</strong> 元'
            in opened
        )
    assert client.get(f"/cases/{play.case}/sums/sheet/").content.startswith(b"%PDF")


def test_the_notice_is_filled_in_from_the_sums(play: Play, claims: str, client: Client) -> None:
    play.act("reckon_fine", "zhang", play.case, list=claims, **RECKONED)
    page = client.get(f"/do/serve_notice/{play.case}/").content.decode()
    assert 'value="600.00"' in page and 'value="400.00"' in page and "按案由计算的合计" in page


@pytest.mark.article("R10-40")
def test_a_draft_is_held_against_what_was_reckoned(play: Play, claims: str, client: Client) -> None:
    """A fine that is not the reckoned sum is said on the form, and of the draft once it is there; also a lower one."""
    play.act("reckon_fine", "zhang", play.case, list=claims, **RECKONED)
    play.act("report_investigation", "zhang", play.case)
    said = client.post(
        f"/lacking/draft_decision/{play.case}/",
        {"decision_kind": "penalty", "amount": "700.00", "basis": "条例"},
    ).content.decode()
    assert "按这一稿不能作出决定" in said and "与按案由计算的合计不一致" in said
    for amount, wrong in (("500.00", True), ("600.00", False)):
        play.act("draft_decision", "zhang", play.case, decision_kind="penalty", amount=amount)
        found = [one.text for one in against_the_sums(load_matter(play.case), play.clock.now_ms())]
        assert any("与按案由计算的合计不一致" in one for one in found) is wrong


@pytest.mark.article("R09-55")
def test_the_late_fee_is_told_in_the_demand(play: Play, client: Client) -> None:
    """28,400 元 due on 3 June: ten days later 3 % a day of it, on top of it."""
    case = played(read_scenario(FILES / "henan-whole.yaml"), Pace(through="delivery")).streams["case"]
    play.clock.ms = parse_local("2026-06-13 09:00")
    demand = client.get(f"/do/urge_performance/{case}/").content.decode()
    assert 'value="36920.00"' in demand and "未缴罚款28,400.00元；截至2026-06-13加处罚款8,520.00元" in demand
    order = as_head().get(f"/do/order_surcharge/{case}/").content.decode()
    assert 'value="8520.00"' in order and "28,400.00元×3%×10日" in order
    assert "8,520.00 元" in client.get(f"/cases/{case}/sums/").content.decode()


def as_head() -> Client:
    head = Client()
    head.force_login(Officer.objects.get(username="ju.qingxi"), "django.contrib.auth.backends.ModelBackend")
    return head


def test_outside_its_tier_it_says_why(play: Play, claims: str, tier: str) -> None:
    with pytest.raises(Invalid) as refused:
        play.act("reckon_fine", "zhang", play.case, list=claims, **{**RECKONED, "multiple": "4"}, tier=tier)
    assert "不在“一般”阶次的2至3之内" in refused.value.errors["multiple"]
    said = {"multiple": "4", "departure": "阻挠调查，从重"}
    made = play.act("reckon_fine", "zhang", play.case, list=claims, **{**RECKONED, **said}, tier=tier).fields
    assert made["tier_said"].startswith("《裁量基准》（清医保〔2026〕2号）虚构服务·一般：2至3倍")


def test_a_loss_outside_the_amounts_of_its_tier_is_refused(play: Play, claims: str, tier: str) -> None:
    """300.00 元 is fined: a tier from there has it, one up to there and one just above have not."""
    benchmark = tier.removesuffix(".1")
    for line, name in ((2, "不足300元"), (4, "300.01元以上")):
        with pytest.raises(Invalid) as refused:
            play.act("reckon_fine", "zhang", play.case, list=claims, **RECKONED, tier=f"{benchmark}.{line}")
        assert (
            "计罚的金额300.00元不在" in refused.value.errors["tier"] and name in refused.value.errors["tier"]
        )
    made = play.act("reckon_fine", "zhang", play.case, list=claims, **RECKONED, tier=f"{benchmark}.3").fields
    assert "适用金额300元以上、不足10000元" in made["tier_said"]


def test_the_amounts_of_a_tier_are_figures_in_order(play: Play, tier: str) -> None:
    officer = Officer.objects.get(username="fa.qingxi")
    row = {"cause": "虚构服务", "tier": "一般", "low": "2", "high": "3"}
    for wrong in ({"loss_from": "一万"}, {"loss_from": "300", "loss_to": "300"}):
        with pytest.raises(Invalid) as refused:
            play.act(
                "enter_benchmark", "fa", begun_catalogue(officer.agency_id), name="又一基准", number="二号",
                tiers=[{**row, **wrong}], from_on="2026-01-01", source="会议",
            )  # fmt: skip
        assert "适用金额" in refused.value.errors["tiers"]


def test_tiers_and_lists_are_there_to_choose(play: Play, claims: str, tier: str, client: Client) -> None:
    page = client.get(f"/do/reckon_fine/{play.case}/").content.decode()
    assert "虚构服务·一般：2至3" in page and claims in page
    assert 'value="虚构服务"' in page and "认定违规、还没有计算的" in page


@pytest.mark.article("R10-40")
def test_a_multiple_beyond_the_law_is_refused_by_the_law_and_not_by_the_tier_alone(
    play: Play, claims: str, tier: str, client: Client
) -> None:
    """With the tier alone one would write a reason for leaving it, and be refused then."""
    form = {**RECKONED, "list": claims, "tier": tier}
    address = f"/do/reckon_fine/{play.case}/"
    wrong = client.post(address, {**form, "multiple": "6", "_key": new_id()})
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert page.index("罚款不在骗取金额的法定倍数之内") < page.index("不在“一般”阶次的2至3之内")
    within = client.post(address, {**form, "multiple": "4", "_key": new_id()}).content.decode()
    assert "不在“一般”阶次的2至3之内" in within and "法定倍数之内" not in within
