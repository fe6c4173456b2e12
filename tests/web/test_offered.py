"""先办什么: a row offers what can be done now and says what comes first; what ends it otherwise is no reminder."""

import pytest

from liuhen.acts import preview, registry
from liuhen.acts.form import form_of
from liuhen.acts.matter import load_matter
from liuhen.cases.way import first_before, places
from liuhen.kernel.clock import MS_PER_HOUR
from liuhen.web.afterwards import warnings
from liuhen.web.articles import packs_of, rules_of
from liuhen.web.offered import main_ways, offered
from liuhen.web.whose_turn import Turns
from tests.factories.matters import play_case
from tests.web.conftest import SignIn
from tests.web.played import Play

WAYS = ["file_case", "decline_lead", "transfer_case", "decide_on_spot"]


@pytest.mark.article("R09-14")
@pytest.mark.article("R09-41")
def test_what_comes_first_stands_in_the_row(play: Play, as_person: SignIn) -> None:
    lead = play.act("register_lead", "zhang").stream
    rule = rules_of(packs_of(play.agency_id))["R09-14.decide"]
    ways = main_ways(rule, WAYS)
    assert ways == ["file_case", "decline_lead"]
    assert offered(["file_case"], load_matter(lead)).acts == ["verify_lead"]
    page = as_person("zhang.qingxi").get(f"/leads/{lead}/").content.decode()
    duties = page[page.index('id="duties"') : page.index("最近的记录")]
    assert "当场作出处罚决定" not in duties and ">移送" not in duties
    play.act("verify_lead", "zhang", lead)
    assert offered(["file_case"], load_matter(lead)).acts == ["propose_filing"]
    play.act("propose_filing", "zhang", lead)
    waits = offered(["file_case"], load_matter(lead))
    assert waits.acts == ["endorse_filing"] and "由承办机构负责人" in waits.first
    play.act("endorse_filing", "ke", lead)
    assert offered(["file_case"], load_matter(lead)).acts == ["file_case"]


@pytest.mark.article("R09-45")
def test_a_decision_is_led_to_step_by_step_and_not_ended_instead(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    rule = rules_of(packs_of(play.agency_id))["R09-45.decide"]
    assert main_ways(rule, ["decide", "terminate_case"]) == ["decide"]
    assert offered(["decide"], load_matter(case), play.clock.ms).acts == ["collect_evidence"]
    for person, url in (("zhang", f"/do/collect_evidence/{case}/"), ("fuju", ""), ("ju", "")):
        page = as_person(f"{person}.qingxi").get(f"/cases/{case}/").content.decode()
        duties = page[page.index('id="duties"') : page.index("最近的记录")]
        row = duties[duties.index("作出处理决定") :]
        assert "先" in row and "收集证据" in row and "终止调查" not in row and "草拟决定" not in row
        assert url in row


@pytest.mark.article("R10-40")
def test_sums_are_reckoned_before_they_are_reported(play: Play, as_person: SignIn) -> None:
    order = places(load_matter(play.file_case()))
    assert order["reckon_fine"] < order["report_investigation"]
    form = as_person("zhang.qingxi").get(f"/do/report_investigation/{play.case}/").content.decode()
    assert "先办理“计算损失、退回和罚款”" in form
    there = {"evidence_collected", "claims_settled"}
    assert list(first_before("report_investigation", there.__contains__)) == ["fine_reckoned"]
    assert not list(first_before("report_investigation", {"inspected", "fine_reckoned"}.__contains__))


def test_a_hearing_is_first_notified(play: Play) -> None:
    case = play_case("hearing").case
    play.clock.ms = load_matter(case).entries[-1].recorded_ms + MS_PER_HOUR
    found = offered(["hold_hearing", "withdraw_hearing", "decline_hearing"], load_matter(case))
    assert found.acts[0] == "notify_hearing" and "听证通知（由" in found.first


def test_of_a_hearing_that_was_held_nothing_is_offered_any_more(play: Play) -> None:
    matter = load_matter(play_case("held").case)
    at_ms = matter.entries[-1].recorded_ms + MS_PER_HOUR
    for act in ("request_hearing", "notify_hearing", "withdraw_hearing", "decline_hearing"):
        assert not preview(act, play.who("zhang"), matter, at_ms, listing=True).fits, act


def test_only_what_leads_to_the_first_way_comes_first(play: Play) -> None:
    told = offered(["serve_notice", "decide", "terminate_case"], load_matter(play_case("report").case))
    assert told.first == "" and told.acts[0] == "serve_notice" and "decide" not in told.acts


@pytest.mark.parametrize(("through", "first"), [("opinion1", "草拟决定"), ("draft", "送法制审核")])
def test_another_draft_is_written_and_reviewed_before_it_is_discussed(
    play: Play, through: str, first: str
) -> None:
    assert first in offered(["decide"], load_matter(play_case(through).case)).first


@pytest.mark.article("HN-S-11")
def test_a_deliberation_by_another_body_leads_on_to_the_one_that_the_law_asks_for(
    play: Play, as_person: SignIn
) -> None:
    case = play_case("opinion2").case
    play.clock.ms = load_matter(case).entries[-1].recorded_ms + MS_PER_HOUR
    head, said = as_person("fuju.qingxi"), "须先由案件审理委员会审理这份草案并同意"
    form = head.get(f"/do/deliberate/{case}/").content.decode()
    assert "只有“机关负责人集体讨论”的，还不能“作出决定”" in form and said in form, "before it is submitted"
    member = {"name": "韩岚", "view": "同意", "dissent": "无"}
    signed = [{"who": "agency_head", "name": "韩岚"}]
    play.act(
        "deliberate",
        "fuju",
        case,
        body="heads",
        members=1,
        absent=0,
        views=[member],
        agree=True,
        signatures=signed,
    )
    now = play.clock.ms + MS_PER_HOUR
    assert offered(["decide", "terminate_case"], load_matter(case), now).acts[0] == "deliberate"
    told = head.get(f"/ahead/{case}/?next=1").content.decode()
    assert "?ask=HN-S-11.major_penalty" in told.split("其后还有")[0], "which committee is judged first"
    play.act("answer_question", "fuju", case, ask="HN-S-11.major_penalty", value=True, reason="数额较大")
    told = head.get(f"/ahead/{case}/?next=1").content.decode()
    assert f"/do/deliberate/{case}/" in told.split("其后还有")[0] and said in told
    page = head.get(f"/cases/{case}/").content.decode()
    duties = page[page.index('id="duties"') : page.index("最近的记录")]
    assert ">作出决定</a>" not in duties and f"/do/deliberate/{case}/" in duties


def test_what_was_handed_over_is_received_before_it_is_reviewed(play: Play) -> None:
    turns = Turns({"m": ["receive_review"], "n": []})
    assert turns.reachable(["give_opinion", "deliver"], "m") == ["receive_review", "deliver"]
    assert turns.reachable(["give_opinion"], "n") == ["give_opinion"]


def test_after_the_filing_the_course_says_what_comes(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    handler = as_person("zhang.qingxi")
    assert f'hx-get="/ahead/{case}/?next=1"' in handler.get(f"/cases/{case}/").content.decode()
    said = handler.get(f"/ahead/{case}/?next=1").content.decode()
    first, later = said.split("其后还有")
    assert f"/do/collect_evidence/{case}/" in first and "收集证据" in first, "nothing is there to report on"
    assert (
        later.index("调查终结报告")
        < later.index("集体讨论")
        < later.index("作出决定")
        < later.index("执行终结")
        < later.index("结案呈批")
    )
    assert "放弃陈述申辩" not in later


@pytest.mark.parametrize(
    ("through", "title"),
    [
        ("report", "草拟决定"),
        ("notice", "送法制审核"),
        ("hearing", "陈述申辩复核"),
        ("delivery", "当事人在决定书写明的期限内缴纳罚款"),
    ],
)
def test_what_is_proposed_can_be_done_and_is_ours(
    play: Play, as_person: SignIn, through: str, title: str
) -> None:
    case = play_case(through).case
    play.clock.ms = load_matter(case).entries[-1].recorded_ms + MS_PER_HOUR
    said = as_person("zhang.qingxi").get(f"/ahead/{case}/?next=1").content.decode()
    first, _ = said.split("其后还有")
    assert title in first, first
    assert "撤" not in said and "要求听证" not in said and "放弃" not in said


@pytest.mark.article("HN-S-11")
def test_two_absent_where_all_must_sit_is_said_before_and_after_and_all_sit_again(
    play: Play, as_person: SignIn
) -> None:
    case = play_case("opinion2").case
    play.clock.ms = load_matter(case).entries[-1].recorded_ms + MS_PER_HOUR
    major = {"ask": "HN-S-11.major_penalty", "value": True, "reason": "数额巨大"}
    play.act("answer_question", "fuju", case, **major)
    head, must = as_person("fuju.qingxi"), "案件审理委员会全体成员有人缺席的，还不能“作出决定”：重大行政处罚"
    first = head.get(f"/ahead/{case}/?next=1").content.decode().split("其后还有")[0]
    assert "须由案件审理委员会全体成员进行" in first and must in first, "which body, before it sits"
    form = head.get(f"/do/deliberate/{case}/").content.decode()
    assert must in form and "只有“案件审理委员会部分成员”的，还不能“作出决定”" in form
    views = [{"name": name, "view": "同意", "dissent": "无"} for name in ("韩岚", "沈正", "顾川")]
    receipt = play.act(
        "deliberate", "fuju", case, body="committee_whole", members=5, absent=2, views=views, agree=True,
        all_heads=False,
        signatures=[{"who": "committee", "name": one["name"]} for one in views],
    )  # fmt: skip
    now = play.clock.ms + MS_PER_HOUR
    told = warnings("deliberate", receipt, now)
    assert told and told[0].startswith("还不能“作出决定”：") and "召集全体成员重新审理" in told[0]
    for person in ("fuju.qingxi", "zhang.qingxi"):
        after = as_person(person).get(f"/ahead/{case}/?next=1").content.decode().split("其后还有")[0]
        assert "集体讨论（审理）" in after and must in after and "等期限届满" not in after


@pytest.mark.article("HN-G-11")
def test_who_begins_a_publication_is_told_to_those_who_wait_for_it(play: Play) -> None:
    posts = str(registry.dictionary().kinds["posted"].act)
    waits = offered([posts], load_matter(play_case("decision").case))
    assert waits.acts == ["prepare_disclosure"] and "拟制公示（由公示" in waits.first


def test_what_is_discussed_is_the_latest_draft_even_where_an_earlier_one_was_reviewed(play: Play) -> None:
    case = play_case("opinion2").case
    play.clock.ms = load_matter(case).entries[-1].recorded_ms + MS_PER_HOUR
    reviewed = load_matter(case).value("review_opined", "draft")
    play.act("draft_decision", "zhang", case, facts="听取陈述申辩以后另拟的一稿")
    matter = load_matter(case)
    offered_draft = form_of(registry.act("deliberate"), matter).filled["draft"].value
    assert offered_draft == matter.value("decision_drafted", "draft") != reviewed


def test_what_only_the_cases_own_handlers_do_is_no_button_for_another_officer(
    play: Play, as_person: SignIn
) -> None:
    case = play_case("decision").case
    play.clock.ms = load_matter(case).entries[-1].recorded_ms + MS_PER_HOUR
    for person, has in (("zhang.qingxi", True), ("zhao.qingxi", False)):
        page = as_person(person).get(f"/cases/{case}/").content.decode()
        duties = page[page.index('id="duties"') : page.index("最近的记录")]
        assert (f"/do/deliver/{case}/" in duties) is has, person


@pytest.mark.article("R09-13")
@pytest.mark.article("HN-J-20")
def test_after_a_decision_that_orders_no_correction_it_is_ordered_apart_and_nothing_is_ended(
    play: Play, as_person: SignIn
) -> None:
    """Another decision would not mend it; nobody has refused to perform what was decided an hour ago."""
    case = play_case("deliberation").case
    play.clock.ms = load_matter(case).entries[-1].recorded_ms + MS_PER_HOUR
    play.act("decide", "ju", case, correction_ordered=False, perform_until="2026-06-03")
    play.clock.advance(MS_PER_HOUR)
    handler, head = as_person("zhang.qingxi"), as_person("ju.qingxi")
    page = handler.get(f"/cases/{case}/").content.decode()
    duties = page[page.index('id="duties"') : page.index("最近的记录")]
    row = duties[duties.index("责令改正或者限期改正") :].split('class="duty')[0]
    assert f"/do/demand_correction/{case}/" in row
    home = handler.get("/").content.decode()
    assert f"/do/demand_correction/{case}/" in home and f"/do/record_performance/{case}/" in home
    for seen in (duties, home):
        assert "record_refusal_to_perform" not in seen and "end_execution" not in seen
    assert f"/do/decide/{case}/" not in head.get("/").content.decode()
    told = handler.get(f"/ahead/{case}/?next=1").content.decode()
    assert f"/do/demand_correction/{case}/" in told.split("其后还有")[0]
