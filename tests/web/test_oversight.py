"""下级机关: a superior bureau sees how those below stand, nobody else; a case opens with a reason, read only."""

import pytest
from django.db import connection
from django.test import Client

from liuhen.kernel.clock import MS_PER_DAY
from liuhen.kernel.ids import new_id
from tests.web.conftest import SignIn
from tests.web.played import Play


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def reads(agency: str) -> list[tuple[str, str, bool, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT what, how, granted, reason FROM ledger_read WHERE agency = %s", [agency])
        return [(row[0], row[1], bool(row[2]), row[3]) for row in cursor.fetchall()]


def test_counts_lead_to_lists_and_lists_to_the_case(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.act("register_lead", "zhang")
    play.clock.advance(60 * MS_PER_DAY)
    for superior in ("ju.heming", "ju.henan"):
        client = as_person(superior)
        page = text(client, "/oversight/")
        assert "清溪县医疗保障局" in page and "望都县" not in page
        assert "/oversight/qingxi/list/?late=1" in page
    page = text(client, "/oversight/qingxi/")
    assert "?stage=investigation" in page or "?stage=filed" in page
    assert "?article=R09-14" in page
    listed = text(client, "/oversight/qingxi/list/")
    assert "清溪县仁和诊所" in listed and f"/oversight/qingxi/{case}/" in listed
    late = text(client, "/oversight/qingxi/list/?article=R09-14")
    assert "核查线索" in late


def test_a_case_is_opened_with_a_reason_that_is_kept_where_it_was_read(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.act("inspect", "zhang", case)
    client, address = as_person("ju.heming"), f"/oversight/qingxi/{case}/"
    asked = text(client, address)
    assert "查阅理由" in asked and "现场检查" not in asked
    assert client.post(address, {"reason": " "}).status_code == 422
    before = reads(play.who("zhang").agency)
    page = client.post(address, {"reason": "案卷评查"}).content.decode()
    assert "现场检查" in page and "全过程记录" in page
    assert "/do/" not in page.split("<main")[1] and "/files/" not in page
    new = [row for row in reads(play.who("zhang").agency) if row not in before]
    assert new == [(case, "oversight", True, "鹤鸣市医疗保障局（演示）沈正：案卷评查")]


def test_no_guarded_part_is_seen_from_above(play: Play, as_person: SignIn) -> None:
    play.file_case()
    page = as_person("ju.heming").post(f"/oversight/qingxi/{play.lead}/", {"reason": "评查"}).content.decode()
    assert "案源登记" in page and "王大力" not in page and "13800000000" not in page


@pytest.mark.parametrize("other", ["ju.wangdu", "ju.hebei", "ju.qingxi"])
def test_nobody_elses_agency_is_there(play: Play, as_person: SignIn, other: str) -> None:
    case = play.file_case()
    client = as_person(other)
    for address in ("/oversight/qingxi/", "/oversight/qingxi/list/", f"/oversight/qingxi/{case}/"):
        assert client.get(address).status_code == 404, address
    assert client.post(f"/oversight/qingxi/{case}/", {"reason": "评查"}).status_code == 404
    assert "/oversight/qingxi/" not in text(client, "/oversight/")


def test_a_case_of_another_agency_is_not_opened_under_a_subordinates_name(
    play: Play, as_person: SignIn
) -> None:
    case = play.file_case()
    assert as_person("ju.hebei").post(f"/oversight/wangdu/{case}/", {"reason": "评查"}).status_code == 404


def test_it_is_for_those_of_the_table(play: Play, as_person: SignIn) -> None:
    assert as_person("zhang.heming").get("/oversight/").status_code == 403
    assert "/oversight/" not in text(as_person("zhang.heming"), "/")
    assert "/oversight/" in text(as_person("ju.heming"), "/")
    assert "/oversight/" not in text(as_person("ju.qingxi"), "/")
    case = play.file_case()
    assert as_person("ke.heming").post(f"/oversight/qingxi/{case}/", {"reason": "评查"}).status_code == 403


def test_silence_is_shown_as_silence(play: Play, as_person: SignIn) -> None:
    assert "从未登记" in text(as_person("ju.heming"), "/oversight/")
    play.act("register_lead", "zhang")
    assert "三十日内没有登记</span>" not in text(as_person("ju.heming"), "/oversight/")
    play.clock.advance(40 * MS_PER_DAY)
    assert "三十日内没有登记</span>" in text(as_person("ju.heming"), "/oversight/")


@pytest.mark.article("R09-16")
def test_what_the_law_refuses_beside_a_fault_of_the_form_is_noted_too(play: Play, as_person: SignIn) -> None:
    """Counted for the agency above and seen by the audit administrator; a fault of the form alone is no refusal."""
    lead = play.act("register_lead", "zhang").stream
    play.act("verify_lead", "zhang", lead)
    client, form = as_person("zhang.qingxi"), f"/do/propose_filing/{lead}/"
    alone = {"handlers": [play.who("zhang").id], "party_name": "清溪县仁和诊所", "party_kind": "organisation"}
    answer = client.post(form, {**alone, "party_code": "错的代码", "_key": new_id()})
    said = answer.content.decode()
    assert answer.status_code == 422 and "承办人不得少于两人" in said and "统一社会信用代码" in said
    both = {"handlers": [play.who("zhang").id, play.who("li").id]}
    client.post(form, {**alone, **both, "party_code": "错的代码", "_key": new_id()})
    found = [row for row in reads(play.who("zhang").agency) if row[1] == "act"]
    assert [(what, granted) for what, _, granted, _ in found] == [(f"{lead}:propose_filing", False)]
    assert "第16条" in found[0][3]
    assert "日内被拒的办理（1）" in text(as_person("ju.heming"), "/oversight/qingxi/")
    assert "第16条" in text(as_person("shenji.qingxi"), "/audit/?kind=refused")


@pytest.mark.article("HN-J-8")
def test_a_refused_act_is_noted_with_its_article(play: Play, as_person: SignIn) -> None:
    lead = play.act("register_lead", "zhang").stream
    play.act("verify_lead", "zhang", lead)
    play.act("propose_filing", "zhang", lead)
    answer = as_person("fuju.qingxi").post(
        f"/do/file_case/{lead}/", {"opinion_head": "同意", "_key": new_id()}
    )
    assert answer.status_code == 422 and "没有办理，原因如下" in answer.content.decode()
    found = [row for row in reads(play.who("zhang").agency) if row[1] == "act"]
    assert [(what, granted) for what, _, granted, _ in found] == [(f"{lead}:file_case", False)]
    assert "全过程记录办法第8条" in found[0][3]
    page = text(as_person("ju.heming"), "/oversight/qingxi/")
    assert "日内被拒的办理（1）" in page and "全过程记录办法第8条" in page
