"""草稿: kept as typed, found again, shared by the officers of a matter, gone once the act is done."""

import json

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
