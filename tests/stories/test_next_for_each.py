"""建议的下一步 for everybody who has a part in a case: his own step with its last day, else whose turn it is."""

import re
from collections.abc import Iterable

import pytest

from liuhen.acts import registry
from liuhen.acts.form import form_of
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_HOUR, format_local, parse_local
from liuhen.web.me import Me
from liuhen.web.next_step import Next, next_of
from liuhen.web.steps import NextStep
from tests.stories.office import Office, case_as_far_as

pytestmark = pytest.mark.usefixtures("stage")

HEARING = {
    "hearing_at": "2026-04-24 09:00", "place": "听证室", "recorder": "陆清", "open_to_public": True,
    "rights": "可以申请主持人回避，可以委托代理人，可以质证、申辩。",
}  # fmt: skip


def told(office: Office, slug: str, case: str) -> Next:
    """What is suggested to somebody."""
    now = office.clock.now_ms()
    found = next_of(Me(office.officer(slug), office.who(slug), now), load_matter(case))
    assert found is not None
    return found


def first(office: Office, slug: str, case: str) -> NextStep:
    """The step that stands first."""
    now = told(office, slug, case).now
    assert now is not None
    return now


def titles(steps: Iterable[NextStep | None]) -> set[str]:
    """What they are called."""
    return {one.title for one in steps if one is not None}


@pytest.mark.article("HN-G-12")
def test_whoever_looks_over_a_publication_is_told_so_on_its_case() -> None:
    """The secrecy reviewer, then the head who approves: each his own act, by when the decision must be public."""
    office, streams = case_as_far_as("posting")
    case, posting = streams["case"], streams["posting"]
    mine = first(office, "mi", case)
    assert mine.title == "公示保密审查" and f"/do/review_secrecy/{posting}/" in mine.url
    assert "公开处罚（许可）决定（期限为2026-05-26 23:59，还有" in mine.why
    legal = first(office, "fa", case)
    assert legal.title == "公示法制审核" and legal.url and "2026-05-26" in legal.why
    assert {"公示保密审查", "公示法制审核"} <= titles(told(office, "zhang", case).also), (
        "others see whose turn it is"
    )
    office.clock.advance(MS_PER_HOUR)
    accepted = [{"what": "处罚结果", "why": "摘要：数额用文字写出，责令改正从略。"}]
    agreed = {"agree": True, "opinion": "内容与决定书一致，可以公开。"}
    office.do("fa", "review_disclosure", {**agreed, "accepted": accepted}, posting)
    assert first(office, "mi", case).title == "公示保密审查", "still his turn"
    office.do("mi", "review_secrecy", agreed, posting)
    head = first(office, "fuju", case)
    assert head.title == "批准公示" and head.url and "2026-05-26" in head.why


@pytest.mark.article("R09-53")
def test_finance_enters_what_comes_in_until_all_has_then_execution_ends() -> None:
    """Who waits for money is told until when; with the last fen the end of execution is among what can be done."""
    office, streams = case_as_far_as("delivery")
    case = streams["case"]
    mine = first(office, "cai", case)
    assert mine.title == "履行情况" and mine.url
    assert mine.why.count("缴纳罚款") == 1 and "6月3日" in mine.why and mine.cited.startswith("R09-53")
    assert "履行情况" not in titles([first(office, "dang", case)]), "nobody else is sent there"
    office.clock.advance(24 * MS_PER_HOUR)
    for what, amount, account in (("refund", "14200元", "fund"), ("fine", "28400元", "treasury")):
        assert "执行终结" not in titles(told(office, "zhang", case).also)
        office.do("cai", "record_performance", {
            "at": "2026-05-20 15:00", "what": what, "amount": amount, "account": account, "receipt": f"清财{what}",
            "description": "到账。", "files": [office.upload("缴款书.jpg", "cai")],
        }, case)  # fmt: skip
    seen = told(office, "zhang", case)
    assert "执行终结" in titles([seen.now, *seen.also])
    assert first(office, "cai", case).title != "履行情况", "everything has come in"


@pytest.mark.article("R09-13")
def test_when_the_partys_time_to_correct_is_over_it_is_ours_to_look() -> None:
    office, streams = case_as_far_as("case")
    case = streams["case"]
    demand = {
        "party_name": "清溪县康宁诊所", "facts": "虚记治疗项目。", "basis": "《医疗保障基金使用监督管理条例》第四十条",
        "demand_text": "停止虚记。", "until": "2026-03-20", "consequences": "依条例处理。", "method": "direct",
        "recipient": "贺志远", "servers": office.ids("zhang", "li"), "at": format_local(office.clock.now_ms()),
    }  # fmt: skip
    fields = form_of(registry.act("demand_correction"), load_matter(case)).asked
    texts = {
        name: "写明" for name, spec in fields.items() if spec.type in ("text", "longtext") and spec.required
    }
    office.do(
        "zhang", "demand_correction", {**texts, **{k: v for k, v in demand.items() if k in fields}}, case
    )
    waited = next(one for one in told(office, "zhang", case).also if one.title == "责令改正核查")
    assert waited.why.startswith("等当事人")
    office.clock.advance(30 * 24 * MS_PER_HOUR)
    seen = told(office, "zhang", case)
    ours = next(one for one in (seen.now, *seen.also) if one and one.title == "责令改正核查")
    assert ours.url and not ours.why.startswith("等当事人")


@pytest.mark.article("R09-41")
def test_a_hearing_is_next_once_its_notice_is_delivered_and_its_day_has_come() -> None:
    """The notice must be with the party 7 working days before; until then nobody is led to the hearing."""
    office, streams = case_as_far_as("hearing")
    case = streams["case"]
    office.clock.ms = parse_local("2026-04-10 09:30")
    office.do("fa", "notify_hearing", {**HEARING, "presider": office.ids("fa")}, case)
    handler = first(office, "zhang", case)
    assert (
        handler.title == "送达" and "送达听证通知书（期限为2026-04-15 23:59，还有 3 个工作日）" in handler.why
    )
    host = told(office, "fa", case)
    assert host.now is not None and host.now.title == "送达" and not host.now.url, "it is the handler's turn"
    assert "听证" not in titles(host.also)
    office.clock.ms = parse_local("2026-04-16 09:00")
    late = first(office, "zhang", case)
    assert late.why.startswith("已经逾期：送达听证通知书") and "改定日期，重新通知" in late.why


@pytest.mark.article("R09-41")
def test_a_hearing_that_was_told_is_waited_for_until_its_day() -> None:
    office, streams = case_as_far_as("hearing")
    case = streams["case"]
    office.clock.ms = parse_local("2026-04-10 09:30")
    office.do("fa", "notify_hearing", {**HEARING, "presider": office.ids("fa")}, case)
    office.clock.ms = parse_local("2026-04-10 16:00")
    office.hand_over(case, "行政处罚听证通知书")
    office.clock.ms = parse_local("2026-04-13 09:00")
    host = first(office, "fa", case)
    assert host.title == "听证" and "定于2026-04-24 09:00" in host.why
    office.do("zhang", "answer_statement", {
        "review": "已核实。", "adoption": "partly", "reasons": "采纳从轻的意见。",
        "officers": office.ids("zhang", "li"),
    }, case)  # fmt: skip
    handler = told(office, "zhang", case)
    assert handler.now is not None and handler.now.title == "听证" and not handler.now.url and handler.held
    assert "由听证主持人" in handler.now.who, "the handler is told whose turn it is, and when"


@pytest.mark.article("R09-41")
def test_the_head_sees_which_period_runs_whose_and_until_when() -> None:
    office, streams = case_as_far_as("notice")
    seen = told(office, "fuju", streams["case"])
    assert seen.now is not None and not seen.now.url, "it is the turn of somebody else"
    period = next(one for one in seen.waiting if "陈述、申辩" in one.title)
    assert period.who == "当事人" and "4月10日" in period.when.text and period.cited.startswith("R09-41")


def test_what_the_head_of_the_unit_is_to_agree_to_stands_before_what_follows() -> None:
    """Nobody is led past him; whoever has good reason still finds the next step beside it."""
    office, streams = case_as_far_as("report")
    case = streams["case"]
    handler = told(office, "zhang", case)
    assert handler.now is not None and handler.now.title == "调查终结报告审签" and not handler.now.url
    assert [one for one in handler.also if one.title == "草拟决定" and one.url]
    unit = first(office, "ke", case)
    assert unit.title == "调查终结报告审签" and unit.url
    office.do("ke", "endorse_report", {
        "report": load_matter(case).value("investigation_reported", "report"), "opinion": "同意。", "agree": True,
    }, case)  # fmt: skip
    draft = first(office, "zhang", case)
    assert draft.title == "草拟决定" and draft.url
    assert re.search(r"其后要“作出决定”，.*期限为2026-06-08 23:59", draft.why), (
        "by when it all must be decided"
    )


@pytest.mark.article("HN-G-6")
def test_a_notice_to_be_asked_is_delivered_before_its_hour() -> None:
    """What it announces is proposed once it is with the person; whoever came and was asked needs no delivery more."""
    office, streams = case_as_far_as("preserved")
    case = streams["case"]
    office.clock.ms = parse_local("2026-03-13 09:00")
    notice = {
        "asked_name": "王建设", "matters": "治疗登记", "appear_at": "2026-03-16 14:30", "place": "询问室",
        "officers": office.ids("zhang", "li"), "phone": "13900001111",
    }  # fmt: skip
    office.do("zhang", "notify_inquiry", notice, case)
    step = first(office, "zhang", case)
    assert step.title == "送达" and "送达询问通知书（期限为2026-03-16 14:30" in step.why and step.url
    assert step.cited.startswith("HN-G-6") and "询问（调查）" not in titles(told(office, "zhang", case).also)
    office.clock.ms = parse_local("2026-03-13 11:00")
    office.hand_over(case, "询问通知书", "王建设")
    later = told(office, "zhang", case)
    asked = next(one for one in (later.now, *later.also) if one is not None and one.title == "询问（调查）")
    assert "定于2026-03-16 14:30" in asked.why


@pytest.mark.article("R09-59")
def test_the_disposal_of_what_was_preserved_is_delivered() -> None:
    office, streams = case_as_far_as("preserved")
    case = streams["case"]
    office.clock.ms = parse_local("2026-03-20 10:00")
    office.do("fuju", "dispose_preservation", {
        "measure": load_matter(case).value("preserved", "measure"), "disposal": "released", "reason": "不再需要保存。",
    }, case)  # fmt: skip
    step = first(office, "zhang", case)
    assert step.title == "送达" and "送达先行登记保存证据处理决定书" in step.why and step.url


@pytest.mark.article("R09-14")
def test_whoever_endorses_a_filing_is_told_by_when_it_must_be_decided() -> None:
    office, streams = case_as_far_as("proposal")
    now = office.clock.now_ms()
    unit = next_of(Me(office.officer("ke"), office.who("ke"), now), load_matter(streams["lead"]))
    assert unit is not None and unit.now is not None and unit.now.url
    assert "决定是否立案（期限为2026-03-23 23:59" in unit.now.why and unit.now.cited.startswith("R09-14")


@pytest.mark.article("R09-59")
def test_of_what_is_late_to_the_same_day_that_which_comes_first_in_the_course_is_first() -> None:
    office, streams = case_as_far_as("decision")
    office.clock.ms = parse_local("2026-06-30 09:00")
    late = told(office, "zhang", streams["case"])
    assert late.now is not None and late.now.title == "送达" and late.now.why.startswith("已经逾期")


@pytest.mark.article("R09-59")
@pytest.mark.parametrize("file", ["henan-whole.yaml", "wangdu-whole.yaml"])
def test_what_is_to_come_has_the_draft_before_the_notice_and_the_delivery_after_the_decision(
    file: str,
) -> None:
    office, streams = case_as_far_as("case", file)
    to_come = [one.title for one in told(office, "zhang", streams["case"]).later]
    placed = [
        to_come.index(title)
        for title in ("草拟决定", "行政处罚事先告知", "作出决定", "送达决定书", "执行终结")
    ]
    assert placed == sorted(placed)
