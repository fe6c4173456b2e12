"""Given a case that is decided or about to be: decided once, delivered after it, judged by whom the law asks."""

import pytest

from liuhen.acts import Invalid, preview
from liuhen.acts.matter import load_matter
from liuhen.kernel.ids import new_id
from tests.stories.office import case_as_far_as

DECIDE = {"opinion_head": "同意。", "correction_ordered": True, "party_present": False}


def test_a_case_is_decided_once(stage: object) -> None:
    office, streams = case_as_far_as("decision")
    office.clock.set("2026-05-18 09:00")
    with pytest.raises(Invalid, match=r"已经作出决定.*不能再作一次"):
        office.do("ju", "decide", DECIDE, streams["case"])


def test_nothing_is_delivered_before_it_is_decided(stage: object) -> None:
    office, streams = case_as_far_as("decision")
    office.clock.set("2026-05-18 09:00")
    served = {
        "document_name": "行政处罚决定书",
        "document_number": load_matter(streams["case"]).value("decided", "number"),
        "method": "direct",
        "ended": "2026-05-14 10:00",
        "place": "诊所",
        "servers": office.ids("zhang", "li"),
        "recipient": "贺志远",
    }
    with pytest.raises(Invalid, match="早于作出决定"):
        office.do("zhang", "deliver", served, streams["case"])
    with pytest.raises(Invalid, match=r"本案没有文号为“〔2026〕77号”的文书.*行政处罚决定书（"):
        office.do("zhang", "deliver", {**served, "document_number": "〔2026〕77号"}, streams["case"])
    served |= {"document_number": load_matter(streams["case"]).value("notice_served", "number")}
    assert "decision" not in office.do("zhang", "deliver", served, streams["case"]).fields


def test_the_last_day_to_perform_lies_not_before_the_decision(stage: object) -> None:
    office, streams = case_as_far_as("opinion2")
    office.clock.set("2026-05-12 14:00")
    with pytest.raises(Invalid, match="履行期限届满日：2026年5月11日 已经过去"):
        office.do("ju", "decide", {**DECIDE, "perform_until": "2026-05-11"}, streams["case"])


def test_a_judgement_of_the_head_is_not_the_handlers(stage: object) -> None:
    office, streams = case_as_far_as("opinion2")
    answer = {"ask": "R09-44.head_wants", "value": False, "reason": "不需要。"}
    with pytest.raises(Invalid, match="这一问题由机关负责人回答"):
        office.do("zhang", "answer_question", answer, streams["case"])
    with pytest.raises(Invalid, match="没有这一问题"):
        office.do("zhang", "answer_question", {**answer, "ask": new_id()}, streams["case"])


def test_deciding_is_open_where_the_law_asks_no_deliberation(stage: object) -> None:
    """What hands the turn on is not what the law asks: its gates say what is missing, and nothing else bars the way."""
    office, streams = case_as_far_as("opinion2")
    matter = load_matter(streams["case"])
    assert not matter.last("deliberated")
    assert preview("decide", office.who("ju"), matter, office.clock.now_ms()).fits


def test_a_notice_is_delivered_while_there_is_no_decision(stage: object) -> None:
    office, streams = case_as_far_as("inspection")
    seen = preview("deliver", office.who("zhang"), load_matter(streams["case"]), office.clock.now_ms())
    assert seen.fits and not seen.refused
    assert not preview(
        "record_performance", office.who("zhang"), load_matter(streams["case"]), office.clock.now_ms()
    ).fits
