"""投诉举报人的保护: his name and telephone stand in no open field of another record; his words are no facts."""

import pytest

from liuhen.acts import Invalid, form_of, registry
from liuhen.acts.matter import load_matter
from tests.web.played import Play

NAME, PHONE = "王大力", "13800000000"


def test_a_record_does_not_give_him_away(play: Play) -> None:
    case = play.file_case()
    with pytest.raises(Invalid) as refused:
        play.act("collect_evidence", "zhang", case, proves=f"{NAME}（{PHONE}）反映的重复收费", signatures=[])
    told = refused.value.errors["proves"]
    assert "投诉举报人姓名（王*力）" in told and "改用“投诉人”" in told
    assert NAME not in told and PHONE not in told
    play.act("collect_evidence", "zhang", case, proves="投诉人反映的重复收费", signatures=[])


def test_he_may_be_asked_himself(play: Play) -> None:
    case = play.file_case()
    play.act("notify_inquiry", "zhang", case, asked_name=NAME)
    with pytest.raises(Invalid) as refused:
        play.act("notify_evidence", "zhang", case, holder=f"{PHONE}机主")
    assert list(refused.value.errors) == ["holder"]


def test_the_complaint_is_not_taken_for_the_facts(play: Play) -> None:
    """Nor is the verification, which has a field of its own: the sheet would bear one text twice."""
    lead = play.act("register_lead", "zhang", content="听说多收了钱").stream
    play.act("verify_lead", "zhang", lead, verification="查明重复收费三次")
    filled = form_of(registry.act("propose_filing"), load_matter(lead)).filled
    assert filled["verification"].value == "查明重复收费三次" and "facts" not in filled
    play.act("propose_filing", "zhang", lead, facts="该诊所重复收费")
    assert (
        form_of(registry.act("propose_filing"), load_matter(lead)).filled["facts"].value == "该诊所重复收费"
    )


def test_a_complaint_under_a_name_has_one(play: Play) -> None:
    with pytest.raises(Invalid) as refused:
        play.act("register_lead", "zhang", informant_name="", informant_contact="")
    assert "姓名或者联系方式" in refused.value.errors["informant_name"]


def test_no_filing_without_the_opinion_of_the_head(play: Play) -> None:
    lead = play.act("register_lead", "zhang").stream
    for name, person in (("verify_lead", "zhang"), ("propose_filing", "zhang"), ("endorse_filing", "ke")):
        play.act(name, person, lead)
    with pytest.raises(Invalid) as refused:
        play.act("file_case", "fuju", lead, opinion_head="")
    assert list(refused.value.errors) == ["opinion_head"]
