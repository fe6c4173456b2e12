"""建议的下一步: the questions that hold an act up stand before it; what was set in motion is gone on with."""

from collections.abc import Mapping
from typing import Any

import pytest

from liuhen.acts import Invalid, registry
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_DAY, MS_PER_HOUR, format_local, local_date
from liuhen.web.me import Me
from liuhen.web.next_step import Next, next_of
from tests.stories.office import Office, case_as_far_as

pytestmark = pytest.mark.usefixtures("stage")


def told(office: Office, slug: str, case: str) -> Next:
    """What is suggested to somebody."""
    now = office.clock.now_ms()
    found = next_of(Me(office.officer(slug), office.who(slug), now), load_matter(case))
    assert found is not None and found.now is not None
    return found


def first(office: Office, slug: str, case: str) -> tuple[str, str]:
    """The title of what is suggested first, and its address."""
    now = told(office, slug, case).now
    assert now is not None
    return now.title, now.url


def titles(seen: Next) -> set[str]:
    """What is suggested to be done now."""
    assert seen.now is not None
    return {seen.now.title, *(one.title for one in seen.also)}


def answer(office: Office, slug: str, case: str, ask: str, value: bool) -> None:
    """A judgement given."""
    office.do(slug, "answer_question", {"ask": ask, "value": value, "reason": "经审查。"}, case)


def discussed(office: Office, case: str, **changed: Any) -> Mapping[str, Any]:
    """A deliberation by a part of the committee, an hour ago."""
    at = format_local(office.clock.now_ms())
    names = ("韩岚", "顾川", "许衡")
    return {
        "draft": load_matter(case).value("decision_drafted", "draft"), "body": "committee_part",
        "started": format_local(office.clock.now_ms() - MS_PER_HOUR), "ended": at, "place": "会议室", "chair": "韩岚",
        "members": 3, "absent": 0, "recorder": "温静", "conclusion": "同意。", "agree": True,
        "views": [{"name": name, "view": "同意。"} for name in names],
        "signatures": [{"who": "committee", "name": name, "at": at} for name in names], **changed,
    }  # fmt: skip


@pytest.mark.article("R09-44")
@pytest.mark.article("HN-S-11")
def test_what_must_be_judged_first_is_answered_first() -> None:
    """The head decides nothing before he has said whether the heads must discuss it, and not if they must."""
    office, streams = case_as_far_as("opinion2")
    case = streams["case"]
    office.clock.advance(2 * MS_PER_HOUR)
    title, url = first(office, "fuju", case)
    assert "是否属于重大行政处罚案件" in title and url.endswith("?ask=HN-S-11.major_penalty")
    assert first(office, "zhang", case) == (title, ""), "others are told who answers what"
    answer(office, "fuju", case, "HN-S-11.major_penalty", False)
    assert first(office, "fuju", case)[0] == "集体讨论（审理）"
    with pytest.raises(Invalid, match="机关负责人全部参加"):
        office.do("fuju", "deliberate", discussed(office, case), case)
    office.do("fuju", "deliberate", discussed(office, case, all_heads=False), case)
    assert first(office, "ju", case)[1].endswith("?ask=R09-44.grave")
    assert first(office, "zhang", case)[1].endswith("?ask=R09-6.time_barred")
    for slug, ask in (("zhang", "R09-6.time_barred"), ("fuju", "R09-44.grave")):
        answer(office, slug, case, ask, False)
    answer(office, "fuju", case, "R09-44.head_wants", True)
    title, url = first(office, "ju", case)
    assert title == "集体讨论（审理）" and url, "the heads want to discuss it, and have not"


@pytest.mark.article("R09-26")
def test_what_was_set_in_motion_is_gone_on_with() -> None:
    """An application to whoever approves it, an approval to whoever carries it out, a notice on its day."""
    office, streams = case_as_far_as("case")
    case = streams["case"]
    asked = {"reason": "账册可能被销毁。", "what": "治疗登记簿"}
    office.do("zhang", "request_preservation", asked, case)
    assert first(office, "fuju", case)[0] == "批准先行登记保存"
    seen = told(office, "zhang", case)
    assert seen.now and seen.now.title == "收集证据"
    assert [one.title for one in seen.also] == ["批准先行登记保存"]
    office.do("fuju", "approve_preservation", {**asked, "agree": True}, case)
    appear = office.clock.now_ms() + MS_PER_DAY
    notice = {
        "asked_name": "王建设", "matters": "治疗登记", "appear_at": format_local(appear), "place": "办公室",
        "officers": office.ids("zhang", "li"), "phone": "13900001111",
    }  # fmt: skip
    office.do("zhang", "notify_inquiry", notice, case)
    assert first(office, "zhang", case)[0] == "送达", "the notice first"
    office.clock.advance(MS_PER_HOUR)
    office.hand_over(case, "询问通知书", "王建设")
    title, url = first(office, "zhang", case)
    measure = load_matter(case).value("preservation_approved", "measure")
    assert title == "先行登记保存" and url.endswith(f"?measure={measure}")
    asked_later = next(one for one in told(office, "zhang", case).also if one.title == "询问（调查）")
    assert f"定于{format_local(appear)}" in asked_later.why
    office.clock.advance(2 * MS_PER_DAY)
    later = told(office, "zhang", case)
    assert later.now and "询问（调查）" in {later.now.title, *(one.title for one in later.also)}


def test_nothing_is_reported_as_over_before_the_day_that_was_appointed() -> None:
    office, streams = case_as_far_as("preserved")
    case = streams["case"]
    assert first(office, "zhang", case)[0] == "调查终结报告"
    notice = {
        "asked_name": "王建设", "matters": "治疗登记", "appear_at": format_local(office.clock.now_ms() + MS_PER_DAY),
        "place": "办公室", "officers": office.ids("zhang", "li"), "phone": "13900001111",
    }  # fmt: skip
    office.do("zhang", "notify_inquiry", notice, case)
    office.clock.advance(MS_PER_HOUR)
    office.hand_over(case, "询问通知书", "王建设")
    assert first(office, "zhang", case)[0] == "询问（调查）"


@pytest.mark.article("HN-J-11")
def test_a_notice_written_afterwards_leads_nobody_back() -> None:
    """What was asked for is there, or the investigation is over: it is not collected a second time."""
    office, streams = case_as_far_as("report")
    case = streams["case"]
    assert load_matter(case).last("evidence_collected") is not None
    notice = {
        "holder": "清溪县康宁诊所", "material": "治疗登记簿",
        "officers": office.ids("zhang", "li"),
    }  # fmt: skip
    office.do("zhang", "notify_evidence", notice, case)
    seen = told(office, "zhang", case)
    assert "收集证据" not in {seen.now.title if seen.now else "", *(one.title for one in seen.also)}


def test_what_an_expert_works_on_is_waited_for_before_the_investigation_is_reported_on() -> None:
    """Of whom, until when, and who enters it; once his time is over nobody is held up by him."""
    office, streams = case_as_far_as("evidence")
    case = streams["case"]
    assert "调查终结报告" in titles(told(office, "zhang", case))
    at = office.clock.now_ms()
    until = local_date(at + 7 * MS_PER_DAY).isoformat()
    office.do("zhang", "commission_appraisal", {
        "at": at, "appraisal_kind": "audit", "body": "鹤鸣市某会计师事务所", "statutory": True,
        "matters": "核对收费票据。", "material": "票据复印件", "until": until,
    }, case)  # fmt: skip
    seen = told(office, "zhang", case)
    receive = registry.kind_of(registry.act("receive_appraisal")).title
    assert receive in titles(seen) and "调查终结报告" not in titles(seen)
    waited = next(one for one in seen.waiting if one.act == "receive_appraisal")
    assert waited.who == "鹤鸣市某会计师事务所" and "还有" in waited.when.text and not waited.when.late
    office.clock.ms = at + 9 * MS_PER_DAY
    late = told(office, "zhang", case)
    assert "调查终结报告" in titles(late)
    assert next(one for one in late.waiting if one.act == "receive_appraisal").when.late


@pytest.mark.article("R09-41")
def test_a_notice_that_tells_of_no_hearing_where_there_is_one_is_mended_first() -> None:
    """It can go out anew: nobody is led on to a draft behind it."""
    office, streams = case_as_far_as("report")
    case = streams["case"]
    until = local_date(office.clock.now_ms() + 10 * MS_PER_DAY).isoformat()
    at = format_local(office.clock.now_ms())
    office.do("zhang", "serve_notice", {
        "at": at, "proposed_kind": "penalty", "amount": "42600元", "refund": "14200元", "facts": "虚记项目二十九笔。",
        "basis": "条例的有关规定。", "ways": "可以到本机关口头陈述。", "statement_until": until, "hearing_right": False,
        "recipient": "贺志远", "method": "direct", "servers": office.ids("zhang", "li"),
        "signatures": [{"who": "party", "name": "贺志远", "at": at}], "files": [office.upload("送达回证.jpg")],
    }, case)  # fmt: skip
    answer(office, "ke", case, "R09-41.hearing_scope", True)
    title, url = first(office, "zhang", case)
    assert title == "更正行政处罚事先告知" and url
