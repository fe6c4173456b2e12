"""草稿: kept as typed, found again, shared by the officers of a matter, gone once the act is done."""

import json

from liuhen.acts.matter import load_matter
from liuhen.kernel.ids import new_id
from tests.web.conftest import SignIn
from tests.web.played import Play
from tests.web.test_acts import LEAD

ADDRESS = "/drafts/register_lead/"
TYPED = {"suspect": "半个名字", "accepted": "no", "_draft_version": "0", "_key": "x"}


def test_kept_and_found_again(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    answer = json.loads(client.post(ADDRESS, TYPED).content)
    assert answer == {"at": "09:00", "version": 1}
    page = client.get("/do/register_lead/").content.decode()
    assert "半个名字" in page
    assert 'name="accepted" value="no" checked' in page
    assert 'name="_draft_version" value="1"' in page
    assert "案源登记" in client.get("/").content.decode()


def test_a_draft_without_a_matter_is_his_own(play: Play, as_person: SignIn) -> None:
    as_person("zhang.qingxi").post(ADDRESS, TYPED)
    assert "半个名字" not in as_person("li.qingxi").get("/do/register_lead/").content.decode()


def test_two_officers_keep_both_texts(play: Play, as_person: SignIn) -> None:
    lead = play.act("register_lead", "zhang").stream
    address = f"/drafts/verify_lead/{lead}/"
    one, two = as_person("zhang.qingxi"), as_person("li.qingxi")
    assert one.post(address, {"verification": "张的文字", "_draft_version": "0"}).status_code == 200
    conflict = two.post(address, {"verification": "李的文字", "_draft_version": "0"})
    assert conflict.status_code == 409
    assert "另存为第2版" in json.loads(conflict.content)["message"]
    assert "张的文字" in two.get(f"/do/verify_lead/{lead}/").content.decode()
    page = two.get(json.loads(conflict.content)["url"])
    assert "张的文字" in page.content.decode()
    assert "李的文字" in page.content.decode()
    assert (
        two.post(page.wsgi_request.path, {"version": "2", "seen": "1"}).headers["Location"]
        == f"/do/verify_lead/{lead}/"
    )
    assert "李的文字" in one.get(f"/do/verify_lead/{lead}/").content.decode()
    late = one.post(page.wsgi_request.path, {"version": "1", "seen": "1"}, follow=True)
    assert "您打开之后" in late.content.decode()
    assert as_person("zhang.wangdu").get(page.wsgi_request.path).status_code == 404


def test_gone_once_the_act_is_done(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    client.post(ADDRESS, TYPED)
    client.post("/do/register_lead/", {**LEAD, "_key": new_id()})
    assert "半个名字" not in client.get("/do/register_lead/").content.decode()


def test_what_was_not_let_in_is_the_draft(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    client.post(ADDRESS, TYPED)
    typed = {**LEAD, "suspect": "", "content": "提交时的文字", "_draft_version": "1", "_key": new_id()}
    assert client.post("/do/register_lead/", typed).status_code == 422
    assert "提交时的文字" in client.get("/do/register_lead/").content.decode()


def test_another_text_saved_meanwhile_is_not_lost(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    client.post(ADDRESS, TYPED)
    client.post("/do/register_lead/", {**LEAD, "suspect": "", "content": "旧页的文字", "_key": new_id()})
    versions = client.get(f"{ADDRESS}versions/").content.decode()
    assert "半个名字" in versions
    assert "旧页的文字" in versions


def test_a_correction_keeps_what_is_typed_apart_from_the_act_itself(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.act("inspect", "zhang", case)
    entry = load_matter(case).all("inspected")[0]
    client = as_person("zhang.qingxi")
    form, address = f"/do/inspect/{case}/{entry.number}/", f"/drafts/inspect/{case}/{entry.number}/"
    assert f'data-draft-url="{address}"' in client.get(form).content.decode()
    typed = {"findings": "改了一半的检查情况", "correction": "写错了床位数", "_draft_version": "0"}
    assert client.post(address, typed).status_code == 200
    page = client.get(form).content.decode()
    assert "改了一半的检查情况" in page and "写错了床位数" in page
    assert "改了一半的检查情况" not in client.get(f"/do/inspect/{case}/").content.decode()
    assert f'<a href="{form}">更正：现场检查</a>' in client.get("/").content.decode()
    assert "改了一半的检查情况" in client.get(f"{address}versions/").content.decode()
    refused = client.post(form, {"findings": "没有写理由", "_draft_version": "1", "_key": new_id()})
    assert refused.status_code == 422
    assert "没有写理由" in client.get(form).content.decode()


def test_a_finished_correction_leaves_the_draft_of_the_act_alone(play: Play, as_person: SignIn) -> None:
    lead = play.act("register_lead", "zhang").stream
    client = as_person("zhang.qingxi")
    client.post(ADDRESS, TYPED)
    client.post(f"/drafts/register_lead/{lead}/1/", {**TYPED, "suspect": "更正的名字"})
    done = client.post(f"/do/register_lead/{lead}/1/", {**LEAD, "correction": "对照执照", "_key": new_id()})
    assert done.status_code == 302, done.content.decode()
    assert "半个名字" in client.get("/do/register_lead/").content.decode()
    assert "更正：案源登记" not in client.get("/").content.decode()


def test_a_text_too_long_is_kept_and_said_to_be(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    answer = json.loads(client.post(ADDRESS, {**TYPED, "suspect": "长" * 501}).content)
    assert answer["version"] == 1
    assert "现有 501 字，超过 500 字" in answer["long"]
    assert "长" * 501 in client.get("/do/register_lead/").content.decode()
