"""推算: the way to an act, its first and last lawful day, what a chosen day moves; nothing is entered."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from liuhen.acts.matter import load_matter
from liuhen.cases.ahead import effects, outlook
from liuhen.kernel.clock import local_date
from tests.factories.matters import play_case
from tests.web.conftest import SignIn
from tests.web.played import Play


def steps(case: str, act: str, now_ms: int) -> list[str]:
    return [step.act for step in outlook(load_matter(case), act, now_ms).steps]


@pytest.mark.article("R09-45", "R09-37")
def test_the_way_to_a_decision_and_its_days(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.act("inspect", "zhang", case)
    now = play.clock.now_ms()
    way = steps(case, "decide", now)
    wanted = ["draft_decision", "submit_review", "receive_review", "give_opinion", "deliberate"]
    assert [act for act in way if act in wanted] == wanted
    assert way.index("draft_decision") < way.index("serve_notice") < way.index("submit_review"), "in course"
    assert "decide" not in way and len(way) == len(set(way))
    assert steps(case, "close_case", now)[-2:] == ["end_execution", "propose_closing"]
    told = outlook(load_matter(case), "decide", now)
    assert any("陈述、申辩的期限（从“行政处罚事先告知”起算）" in one for one in told.unknown)
    assert any(bound.at_ms > now and bound.rule == "R09-41.hearing_period" for bound in told.earliest)
    assert [local_date(bound.at_ms) for bound in told.latest] == [date(2026, 11, 1)]
    assert all(bound.working for bound in told.latest)

    before = len(load_matter(case).entries)
    shown = page(as_person("zhang.qingxi"), case, act="decide", on="2026-11-02")
    assert "这一天已经逾期" in shown and "法制审核意见" in shown
    assert "按时办结" not in shown and "办结，但已逾期" in shown
    assert "按时办结" in page(as_person("zhang.qingxi"), case, act="decide", on="2026-10-30")
    assert len(load_matter(case).entries) == before


def page(client: Client, case: str, **query: str) -> str:
    return client.get(reverse("ahead", args=[case]), query).content.decode()


def test_a_day_moves_what_is_counted_from_it(play: Play) -> None:
    case = play.file_case()
    matter, now = load_matter(case), play.clock.now_ms()
    moved = {one.rule: one for one in effects(matter, "suspend_case", now)}
    assert moved["R09-45.decide"].what == "改期" and moved["R09-45.decide"].after_ms is None
    assert not [one for one in effects(matter, "notify_inquiry", now) if one.what == "改期"]


@pytest.mark.article("HN-S-4", "R09-55")
def test_the_way_to_the_court_is_a_draft_reviewed_for_itself_and_undoes_nothing(
    fresh_database: object,
) -> None:
    played = play_case("decision")
    matter = load_matter(played.case)
    now = matter.entries[-1].recorded_ms
    told = outlook(matter, "apply_court_enforcement", now)
    reviewed = [
        "urge_performance",
        "record_refusal_to_perform",
        "draft_decision",
        "submit_review",
        "receive_review",
        "give_opinion",
    ]
    assert [step.act for step in told.steps] == reviewed
    assert not told.remaining
    assert steps(played.case, "order_surcharge", now) == [], (
        "a fine decided and not paid: nothing comes before"
    )


def test_what_nothing_leads_to_is_said_and_no_steps_are_made_up(fresh_database: object) -> None:
    matter = load_matter(play_case().case)
    told = outlook(matter, "order_surcharge", matter.entries[-1].recorded_ms)
    assert not told.steps and "没有还没缴清的罚款" in "".join(one.say for one in told.remaining)


def test_a_fine_to_come_needs_no_payment_before_it_is_added_to(play: Play) -> None:
    case = play.file_case()
    way = steps(case, "order_surcharge", play.clock.now_ms())
    assert way[-1] == "decide" and not {"collect_fine", "record_performance", "record_outcome"} & set(way)
