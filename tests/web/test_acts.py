"""办理: the form, the refusal with its article, typing kept, one act for one form, and what moved on meanwhile."""

import re

import pytest
from django.test import Client

from liuhen import ledger
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import format_local
from liuhen.kernel.ids import new_id
from tests.web.conftest import SignIn
from tests.web.played import Play

FORM = "application/x-www-form-urlencoded"
LEAD = {
    "source": "complaint", "informant_kind": "named", "informant_name": "王大力", "suspect": "清溪县仁和诊所",
    "content": "重复收费", "accepted": "yes",
}  # fmt: skip


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def register(client: Client, **changes: str):
    key = hidden(client.get("/do/register_lead/").content.decode(), "_key")
    return client.post("/do/register_lead/", {**LEAD, "_key": key, "_seen": "", **changes})


def test_registering_a_lead_leads_to_its_page(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    answer = register(client)
    assert answer.status_code == 302
    page = client.get(answer.headers["Location"]).content.decode()
    assert "清溪县仁和诊所" in page
    assert "已登记" in page


def test_the_same_form_sent_twice_is_one_act(play: Play, as_person: SignIn) -> None:
    client, key = as_person("zhang.qingxi"), new_id()
    first = client.post("/do/register_lead/", {**LEAD, "_key": key})
    again = client.post("/do/register_lead/", {**LEAD, "_key": key})
    assert first.headers["Location"] == again.headers["Location"]
    assert len(ledger.streams_of(play.who("zhang").agency, "lead")) == 1


def test_a_form_without_its_number_is_not_taken(play: Play, as_person: SignIn) -> None:
    answer = as_person("zhang.qingxi").post("/do/register_lead/", LEAD)
    assert answer.status_code == 400
    assert "清溪县仁和诊所" in answer.content.decode()


def test_errors_stand_beside_their_fields_and_typing_is_kept(play: Play, as_person: SignIn) -> None:
    answer = register(as_person("zhang.qingxi"), suspect="", source="nonsense", content="写了很久的内容")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="suspect-wrong"' in page
    assert 'id="source-wrong"' in page
    assert "写了很久的内容" in page
    assert 'value="王大力"' in page


def test_yes_or_no_has_no_default(play: Play, as_person: SignIn) -> None:
    page = as_person("zhang.qingxi").get("/do/register_lead/").content.decode()
    assert re.search(r'name="accepted" value="yes">', page)
    answer = register(as_person("zhang.qingxi"), accepted="")
    assert 'id="accepted-wrong"' in answer.content.decode()


def test_a_time_ahead_of_now_is_refused(play: Play, as_person: SignIn) -> None:
    answer = register(as_person("zhang.qingxi"), at="2027-01-01T10:00")
    assert answer.status_code == 422
    assert "晚于现在" in answer.content.decode()


def test_what_the_law_refuses_is_said_before_and_after_with_article(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    client = as_person("zhang.qingxi")
    before = client.get(f"/do/serve_notice/{case}/").content.decode()
    assert "现在还不能办理" in before
    assert "R09-36" in before
    typed = {
        "_key": new_id(), "proposed_kind": "penalty", "amount": "12000", "refund": "0", "facts": "写了很久的事实",
        "basis": "依据", "statement_way": "书面", "statement_until": "2026-08-20", "hearing_right": "no",
        "received_by": "周仁和", "method": "direct", "officers": [play.who("zhang").id, play.who("li").id],
    }  # fmt: skip
    entries = len(load_matter(case).entries)
    answer = client.post(f"/do/serve_notice/{case}/", typed)
    assert answer.status_code == 422
    assert "写了很久的事实" in answer.content.decode()
    assert len(load_matter(case).entries) == entries


@pytest.mark.article("R09-16")
def test_what_is_wrong_and_what_is_refused_is_said_at_once(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    typed = {"_key": new_id(), "asked_kind": "witness", "officers": [play.who("zhang").id], "place": "办公室"}
    page = as_person("zhang.qingxi").post(f"/do/inquire/{case}/", typed).content.decode()
    assert "询问内容（问答）：必填" in page, "a field that is empty"
    assert "执法人员不得少于两人" in page, "and what the law refuses of those that are filled in"
    bare = as_person("zhang.qingxi").post(f"/do/inquire/{case}/", {"_key": new_id()}).content.decode()
    assert "执法人员不得少于两人" not in bare.split("相关条文")[0], "what is empty is said to be empty"


def test_whoever_may_not_sees_who_may(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    page = as_person("zhang.qingxi").get(f"/do/decide/{case}/").content.decode()
    assert "没有办理" in page
    assert "机关负责人" in page
    assert "data-act-form" not in page


def test_moved_on_meanwhile_is_409_with_typing_kept(play: Play, as_person: SignIn) -> None:
    lead = play.act("register_lead", "zhang").stream
    client = as_person("zhang.qingxi")
    seen = hidden(client.get(f"/do/verify_lead/{lead}/").content.decode(), "_seen")
    play.act("verify_lead", "li", lead)
    typed = {
        "_key": new_id(), "_seen": seen, "verification": "我的核查情况", "recommendation": "file", "reasons": "理由",
        "officers": [play.who("zhang").id],
    }  # fmt: skip
    answer = client.post(f"/do/verify_lead/{lead}/", typed)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "已有人" in page
    assert "我的核查情况" in page
    again = client.post(f"/do/verify_lead/{lead}/", {**typed, "_seen": hidden(page, "_seen")})
    assert again.status_code == 302


def test_values_from_the_record_say_where_from(play: Play, as_person: SignIn) -> None:
    lead = play.act("register_lead", "zhang").stream
    play.act("verify_lead", "zhang", lead)
    page = as_person("zhang.qingxi").get(f"/do/propose_filing/{lead}/").content.decode()
    assert "取自 案源登记（2026-" in page
    assert "取自 核查（2026-" in page


def test_an_act_on_the_wrong_kind_of_matter_is_no_page(play: Play, as_person: SignIn) -> None:
    lead = play.act("register_lead", "zhang").stream
    client = as_person("zhang.qingxi")
    assert client.get(f"/do/deliver/{lead}/").status_code == 404
    assert client.get("/do/deliver/").status_code == 404


def test_going_on_elsewhere_is_not_followed_outside(play: Play, as_person: SignIn) -> None:
    answer = register(as_person("zhang.qingxi"), _next="https://elsewhere.example/")
    assert answer.headers["Location"].startswith("/leads/")


def test_more_than_a_form_may_hold_is_413_in_chinese(play: Play, as_person: SignIn) -> None:
    answer = as_person("zhang.qingxi").post("/do/register_lead/", f"content={'a' * (11 * 1024**2)}", FORM)
    assert answer.status_code == 413
    assert "填写的内容太长" in answer.content.decode()


def test_a_list_of_a_thousand_rows_is_one_form(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.act("inspect", "zhang", case)
    rows = {
        f"items-{n}-{column}": f"第{n}项"
        for n in range(1_000)
        for column in ("name", "quantity", "from_holder")
    }
    typed = {**rows, "_key": new_id(), "officers": [play.who("zhang").id, play.who("li").id]}
    signed = format_local(play.clock.now_ms()).replace(" ", "T")
    typed |= {"signatures-0-who": "party", "signatures-0-name": "周仁和", "signatures-0-at": signed}
    answer = as_person("zhang.qingxi").post(f"/do/list_evidence/{case}/", typed)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    listed = load_matter(case).value("evidence_listed", "items")
    assert len(listed) == 1_000
