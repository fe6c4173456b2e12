"""轮到谁: questions and duties stand on the list of whoever answers for them, before the act that needs them."""

import pytest

from liuhen.acts import Invalid
from liuhen.acts.matter import load_matter, register_of
from liuhen.acts.waiting import ANSWER
from liuhen.cases import lists
from liuhen.kernel.clock import MS_PER_DAY
from liuhen.web.asking import asked, open_questions
from liuhen.web.duties import Duties
from liuhen.web.me import Me
from liuhen.web.whose_turn import put_to as questions_put_to
from tests.stories.office import Office, case_as_far_as

pytestmark = pytest.mark.usefixtures("stage")


def turns(office: Office, slug: str) -> set[str]:
    return {row["act"] for row in lists.turns(office.who(slug), office.clock.now_ms())}


def owed(office: Office, slug: str) -> set[str]:
    now = office.clock.now_ms()
    return {row["rule"] for row in lists.owed_page(office.who(slug), "mine", now).rows}


def put_to(office: Office, stream: str, slug: str) -> set[str]:
    """The questions that stand open in a matter and are his to answer."""
    matter, now = load_matter(stream), office.clock.now_ms()
    me = Me(office.officer(slug), office.who(slug), now)
    questions = open_questions(matter, Duties(matter, me.actor, now).judgements())
    return {one.ask for one in asked(questions, me, matter).mine}


@pytest.mark.article("HN-S-11")
def test_the_head_is_asked_before_the_deliberation() -> None:
    office, streams = case_as_far_as("opinion2")
    for slug in ("fuju", "ju"):
        assert "HN-S-11.major_penalty" in put_to(office, streams["case"], slug)
        assert ANSWER in turns(office, slug)
    assert "HN-S-11.major_penalty" not in put_to(office, streams["case"], "ke")
    me = Me(office.officer("ju"), office.who("ju"), office.clock.now_ms())
    assert any("重大行政处罚案件" in text for text in questions_put_to(me, streams["case"])), (
        "its line says what"
    )


@pytest.mark.article("R09-41")
def test_the_hearing_stands_on_somebodys_list() -> None:
    office, _ = case_as_far_as("hearing")
    assert "R09-41.hearing" in owed(office, "ke"), "the unit's duty is its head's"
    assert "notify_hearing" in turns(office, "fa")


@pytest.mark.article("R09-20")
def test_the_recording_of_the_scene_stands_on_the_handlers_list() -> None:
    office, _ = case_as_far_as("inspection", "investigation-gates.yaml")
    assert "R09-20.scene" in owed(office, "zhang") and "R09-20.scene" not in owed(office, "ke")


@pytest.mark.article("HN-S-12")
def test_a_question_about_the_agency_is_answered_by_its_head_on_its_register() -> None:
    office = Office()
    register = register_of(office.agency)
    assert register is not None
    given = {"ask": "HN-S-12.has_lower", "value": False, "reason": "县局没有下级"}
    assert "HN-S-12.has_lower" in put_to(office, register, "ju")
    assert "HN-S-12.has_lower" not in put_to(office, register, "fuju")
    assert ANSWER in turns(office, "ju")
    with pytest.raises(Invalid, match="由本机关回答"):
        office.do("fuju", "answer_question", given, register)
    office.do("ju", "answer_question", given, register)
    assert "HN-S-12.has_lower" not in put_to(office, register, "ju")
    assert "HN-S-12.guide" not in owed(office, "ju")


@pytest.mark.article("HN-J-21")
def test_a_question_for_later_is_put_when_its_day_has_come() -> None:
    """Whether the court is needed is asked when the six months to go to law are over, not on the day of delivery."""
    office, streams = case_as_far_as("delivery")
    case, later = streams["case"], "是否需要申请人民法院强制执行"

    def asked_of(slug: str) -> bool:
        found = lists.turns(office.who(slug), office.clock.now_ms())
        return any(row["act"] == ANSWER and row["matter"] == case for row in found)

    assert not asked_of("ke")
    office.clock.advance(190 * MS_PER_DAY)
    now = office.clock.now_ms()
    assert asked_of("ke")
    assert any(
        later in one for one in questions_put_to(Me(office.officer("ke"), office.who("ke"), now), case)
    )
