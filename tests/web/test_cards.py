"""待签批: one card a matter for who signs it, with what is told, what is new since he looked, and what lapses."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from liuhen.acts import Reason
from liuhen.acts.matter import load_matter
from liuhen.cases import lists
from liuhen.kernel.clock import MS_PER_DAY
from tests.web.conftest import SignIn
from tests.web.played import Play


def until_deliberated(play: Play, amount: str) -> str:
    case = play.file_case()
    play.act("inspect", "zhang", case)
    play.act(
        "report_investigation",
        "zhang",
        case,
        proposed_kind="penalty",
        amount="20000",
        act_ended_on="2026-07-01",
    )
    play.act(
        "draft_decision", "zhang", case, decision_kind="penalty", amount="20000", basis="《甲条例》第三条。"
    )
    told = {"amount": "20000", "basis": "《甲条例》第三条。", "hearing_until": "2026-08-20"}
    play.act("serve_notice", "zhang", case, **told)
    play.act(
        "draft_decision", "zhang", case, decision_kind="penalty", amount=amount, basis="《甲条例》第四条。"
    )
    play.act("request_preservation", "zhang", case)
    return case


def test_a_card_says_whom_what_how_much_and_what_differs(play: Play, as_person: SignIn) -> None:
    lead = play.act("register_lead", "zhang").stream
    for act, who in (("verify_lead", "zhang"), ("propose_filing", "zhang"), ("endorse_filing", "ke")):
        play.act(act, who, lead)
    client = as_person("fuju.qingxi")
    shown = client.get(reverse("to-sign")).content.decode()
    assert "清溪县仁和诊所：立案" in shown and f"/do/file_case/{lead}/" in shown
    assert "您近来没有看过" in shown and "不签会到期的" in shown
    assert f'hx-get="{reverse("to-sign")}?part=1"' in client.get("/").content.decode()
    client.get(f"/leads/{lead}/")
    play.act("tell_informant", "zhang", lead)
    again = client.get(reverse("to-sign"), {"part": "1"}).content.decode()
    assert "此后新增 1 条" in again and "<html" not in again


def test_what_was_told_otherwise_stands_on_it(play: Play, as_person: SignIn) -> None:
    case = until_deliberated(play, "15000")
    shown = as_person("ju.qingxi").get(reverse("to-sign")).content.decode()
    card = shown[shown.index("清溪县仁和诊所") :]
    assert "15,000.00 元" in card
    assert "罚款：告知的是20,000.00元，草案是15,000.00元" in card and "《甲条例》第四条" in card
    assert load_matter(case).last("decided") is None


def test_only_for_who_signs(play: Play, as_person: SignIn) -> None:
    assert as_person("zhang.qingxi").get(reverse("to-sign")).status_code == 403
    assert "待签批" not in as_person("zhang.qingxi").get("/").content.decode()


def test_what_cannot_be_signed_yet_has_no_button_but_says_what_is_missing() -> None:
    card = {
        "title": "立案",
        "url": "/do/x/",
        "matter_url": "/leads/x/",
        "reasons": [Reason("r", "", "还缺核查", "")],
    }
    shown = render_to_string("web/parts/cards.html", {"cards": [card]})
    assert "还缺核查" in shown and "/do/x/" not in shown and 'href="/leads/x/"' in shown
    assert "/do/x/" in render_to_string("web/parts/cards.html", {"cards": [{**card, "reasons": []}]})


def test_the_three_administrators_are_nobody_in_a_case(play: Play, as_person: SignIn) -> None:
    lead = play.act("register_lead", "zhang").stream
    form = as_person("zhang.qingxi").get(f"/do/verify_lead/{lead}/").content.decode()
    assert "李若溪" in form and not any(name in form for name in ("孙工", "周密", "严谨"))


def test_a_filing_stands_once_and_only_when_it_is_his_turn(play: Play, as_person: SignIn) -> None:
    lead = play.act("register_lead", "zhang").stream
    play.act("verify_lead", "zhang", lead)
    play.act("propose_filing", "zhang", lead)
    client = as_person("fuju.qingxi")

    def shown() -> tuple[str, str]:
        return client.get("/").content.decode(), client.get(reverse("to-sign")).content.decode()

    home, signing = shown()
    assert f"/do/file_case/{lead}/" not in home + signing
    later = home.partition("还没有轮到您（")[2].partition("</section>")[0]
    assert "先由承办机构负责人办理“立案呈批（承办机构负责人）”" in later
    play.act("endorse_filing", "ke", lead)
    home, signing = shown()
    assert "待签批（1）" in home and "还没有轮到您" not in home
    assert (home + signing).count(f"/do/file_case/{lead}/") == 1
    assert signing.count("sign-card") == 1


@pytest.mark.article("R09-5")
def test_whoever_verified_a_lead_is_told_that_another_decides_on_it(play: Play, as_person: SignIn) -> None:
    lead = play.act("register_lead", "zhang").stream
    play.act(
        "verify_lead",
        "zhang",
        lead,
        recommendation="decline",
        officers=[play.who(one).id for one in ("zhang", "fuju")],
    )
    barred = "参加了这一案源核查的人，不得自己审批核查的结果"
    form = f"/do/decline_lead/{lead}/"
    own, other = as_person("fuju.qingxi"), as_person("ju.qingxi")
    assert form in other.get(reverse("to-sign")).content.decode()
    assert form not in own.get(reverse("to-sign")).content.decode()
    assert "您办理过这一事项，由其他有权的人员审批" in own.get("/").content.decode()
    shown = own.get(form).content.decode()
    assert barred in shown and "行政处罚程序暂行规定第5条第1款" in shown
    assert barred not in other.get(form).content.decode()


def test_what_is_new_says_each_title_once(play: Play, as_person: SignIn) -> None:
    """Whose sentence begins with the title has it there; another has it before."""
    case = until_deliberated(play, "20000")
    client = as_person("fuju.qingxi")
    client.get(reverse("case", args=[case]))
    play.act("inquire", "zhang", case)
    play.act("request_preservation", "zhang", case)
    shown = client.get(reverse("to-sign")).content.decode()
    assert "呈请先行登记保存" in shown and "呈请先行登记保存：呈请先行登记保存" not in shown
    assert "询问（调查）：" in shown


def test_what_is_owed_and_not_in_the_groups_is_said_to_be_where_it_is(play: Play, as_person: SignIn) -> None:
    """The count of the heading is explained: what the cards carry, and what is not his turn; of what is late, too."""
    lead = play.act("register_lead", "zhang").stream
    for act in ("verify_lead", "propose_filing"):
        play.act(act, "zhang", lead)
    client = as_person("fuju.qingxi")
    page = client.get("/").content.decode()
    owed, later = lists.work(play.who("fuju"), play.clock.now_ms()).mine_total, page.count('class="duty"')
    heading = page.partition("<h1")[2].partition("<h2")[0]
    assert f"{owed} 件" in heading and "还没有轮到您" in heading and later
    play.act("endorse_filing", "ke", lead)
    heading = client.get("/").content.decode().partition("<h1")[2].partition("<h2")[0]
    assert "在待签批的卡片上" in heading
    play.clock.advance(40 * MS_PER_DAY)
    heading = as_person("fuju.qingxi").get("/").content.decode().partition("<h1")[2].partition("<h2")[0]
    assert heading.count("在待签批的卡片上") == 2, "what is late is there, too"
