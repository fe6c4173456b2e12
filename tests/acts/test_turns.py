"""流转: what is handed on shows up with whoever may take it up, and with nobody else; it goes when it is done."""

import pytest

from liuhen.accounts.actor import OfficerActor, actor_of
from liuhen.accounts.models import Officer
from liuhen.acts.matter import load_matter
from liuhen.cases import lists
from tests.databases import People
from tests.factories.matters import play_case
from tests.factories.people import AT_WORK
from tests.web.played import Play, begin

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def people() -> People:
    return AT_WORK


@pytest.fixture
def play() -> Play:
    return begin()


def person(play: Play, slug: str) -> OfficerActor:
    return actor_of(Officer.objects.get(username=f"{slug}.qingxi"), play.clock.now_ms())


def turns(play: Play, slug: str) -> list[str]:
    return [row["act"] for row in lists.turns(person(play, slug), play.clock.now_ms())]


def test_a_proposal_waits_for_the_unit_then_for_the_head(play: Play):
    lead = play.act("register_lead", "zhang").stream
    play.act("verify_lead", "zhang", lead)
    assert "propose_filing" in turns(play, "zhang")
    play.act("propose_filing", "zhang", lead)
    assert turns(play, "ke") == ["endorse_filing"]
    assert turns(play, "fuju") == [] and turns(play, "zhang") == []
    play.act("endorse_filing", "ke", lead)
    assert turns(play, "ke") == []
    assert turns(play, "fuju") == ["file_case"]
    play.act("file_case", "fuju", lead)
    assert turns(play, "fuju") == []


def test_what_the_unit_does_not_agree_to_goes_back_to_the_handler(play: Play):
    lead = play.act("register_lead", "zhang").stream
    play.act("verify_lead", "zhang", lead, recommendation="file")
    play.act("propose_filing", "zhang", lead)
    play.act("endorse_filing", "ke", lead, agree=False)
    assert turns(play, "fuju") == []
    assert turns(play, "zhang") == ["propose_filing"]


def test_a_question_of_the_law_is_put_to_whoever_must_answer_it(play: Play):
    case = play.file_case()
    play.act("report_investigation", "zhang", case)
    play.act("draft_decision", "zhang", case)
    assert "answer_question" in turns(play, "zhang"), "whether the time to punish has run out"
    assert "answer_question" not in turns(play, "dang")


@pytest.mark.article("R09-41")
def test_whether_a_hearing_must_be_offered_is_asked_before_the_notice(play: Play):
    case = play.file_case()
    assert "answer_question" not in turns(play, "ke")
    play.act("report_investigation", "zhang", case)
    assert "answer_question" in turns(play, "ke")
    for question in ("several_relations", "hard", "public_interest", "social_risk", "other_major"):
        play.act("answer_question", "ke", case, ask=f"HN-S-3.{question}", value=False)
    play.act("answer_question", "ke", case, ask="R09-41.hearing_scope", value=False)
    assert "answer_question" not in turns(play, "ke")


@pytest.mark.article("HN-S-11")
def test_whether_a_penalty_is_major_is_asked_before_the_committee_sits(play: Play):
    case = play.file_case()
    play.act("report_investigation", "zhang", case)
    assert "answer_question" not in turns(play, "fuju")
    play.act("draft_decision", "zhang", case)
    assert "answer_question" in turns(play, "fuju")


@pytest.mark.article("HN-J-15")
def test_what_is_owed_only_once_it_is_judged_is_asked_of_whoever_judges(play: Play):
    told = play_case("held")
    held = load_matter(told.case).last("hearing_held")
    assert held is not None
    assert turns(play, "fa") == ["answer_question"]
    asked = {"ask": "HN-J-15.av_needed", "subject": held.open["hearing"]}
    play.act("answer_question", "fa", told.case, **asked, value=True, reason="有争议，应当录像")
    assert turns(play, "fa") == []
