"""草稿: kept as typed, found again, shared by the officers of a matter, gone once the act is done."""

import json
import re
from types import SimpleNamespace
from typing import cast

from liuhen.accounts.models import Officer
from liuhen.accounts.projections import people_stream
from liuhen.acts.matter import load_matter
from liuhen.documents import drafts as kept
from liuhen.kernel.ids import new_id
from liuhen.web import drafts
from liuhen.web.me import Me
from tests.factories.matters import play_case
from tests.web.conftest import SignIn
from tests.web.played import Play
from tests.web.test_acts import LEAD

ADDRESS = "/drafts/register_lead/"
CONTINUED = "/do/register_lead/?_draft=0"
TYPED = {"suspect": "半个名字", "accepted": "no", "_draft_version": "0", "_key": "x"}


def test_kept_and_found_again(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    answer = json.loads(client.post(ADDRESS, TYPED).content)
    assert answer == {"at": "09:00", "version": 1}
    page = client.get(CONTINUED).content.decode()
    assert "半个名字" in page
    assert 'name="accepted" value="no" checked' in page
    assert 'name="_draft_version" value="1"' in page
    home = client.get("/").content.decode()
    assert f'<a href="{CONTINUED}">案源登记</a>' in home and "半个名字" in home


def test_a_new_form_is_not_filled_with_the_last_ones_text(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    client.post(ADDRESS, TYPED)
    page = client.get("/do/register_lead/").content.decode()
    assert "继续上次没有提交的草稿？" in page and f'href="{CONTINUED}"' in page
    assert 'value="半个名字"' not in page and 'name="_draft_version" value="0"' in page
    (about,) = re.findall(r'name="_about" value="(n\w+)"', page)
    assert f'data-draft-url="{ADDRESS}?_about={about}"' in page
    client.post(f"{ADDRESS}?_about={about}", {**TYPED, "suspect": "另一个名字"})
    assert 'value="半个名字"' in client.get(CONTINUED).content.decode()
    assert 'value="另一个名字"' in client.get(f"/do/register_lead/?_draft={about}").content.decode()


def test_a_refused_form_about_one_person_does_not_fill_the_form_about_another(
    play: Play, as_person: SignIn
) -> None:
    client = as_person("xitong.qingxi")
    li, zhang = (Officer.objects.get(username=f"{one}.qingxi").id for one in ("li", "zhang"))
    stream = people_stream(Officer.objects.get(id=li).agency_id)
    form = f"/do/record_leave/{stream}/"
    page = client.get(f"{form}?officer={li}").content.decode()
    (about,) = re.findall(r'name="_about" value="(\w+)"', page)
    typed = {"officer": li, "from_on": "2026-08-09", "to_on": "2026-08-01", "reason": "病假单"}
    sent = {**typed, "_about": about, "_draft_version": "0", "_key": new_id()}
    assert client.post(f"{form}?officer={li}", sent).status_code == 422
    other = client.get(f"{form}?officer={zhang}").content.decode()
    assert 'value="病假单"' not in other and f'value="{zhang}" selected' in other
    assert "李若溪，事由和批准“病假单”" in other, "offered, and said whose it is"
    assert 'value="病假单"' in client.get(f"{form}?officer={li}").content.decode()


def test_a_draft_is_thrown_away_and_taken_back(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    client.post(ADDRESS, TYPED)
    (discard,) = re.findall(r'action="(/begun/\w+/)"', client.get("/do/register_lead/").content.decode())
    assert as_person("li.qingxi").post(discard).status_code == 404, "another's own draft"
    assert client.post(discard, {"next": "/do/register_lead/"}).headers["Location"] == "/do/register_lead/"
    assert "半个名字" not in client.get("/do/register_lead/").content.decode()
    assert "刚丢弃的草稿（1）" in client.get("/").content.decode()
    back = client.post(discard, {"undo": "1"})
    assert back.headers["Location"] == CONTINUED
    assert 'value="半个名字"' in client.get(CONTINUED).content.decode()


def test_a_draft_without_a_matter_is_his_own(play: Play, as_person: SignIn) -> None:
    as_person("zhang.qingxi").post(ADDRESS, TYPED)
    assert "半个名字" not in as_person("li.qingxi").get(CONTINUED).content.decode()


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
        == f"/do/verify_lead/{lead}/?_draft=0"
    )
    assert "李的文字" in one.get(f"/do/verify_lead/{lead}/").content.decode()
    late = one.post(page.wsgi_request.path, {"version": "1", "seen": "1"}, follow=True)
    assert "您打开之后" in late.content.decode()
    assert as_person("zhang.wangdu").get(page.wsgi_request.path).status_code == 404


def test_texts_are_compared_in_words(play: Play, as_person: SignIn) -> None:
    """People by their names, roles and choices as the form calls them: two other officers are a difference."""
    case = play.file_case()
    address, (zhang, li, zhao) = (
        f"/drafts/inspect/{case}/",
        (play.who(one).id for one in ("zhang", "li", "zhao")),
    )
    signed = {"signatures-0-who": "party", "signatures-0-name": "周仁和", "signatures-0-refused": "yes"}
    for who, officers in (("zhang", [zhang, li]), ("li", [zhang, zhao])):
        typed = {"officers": officers, "party_notified": "yes", "_draft_version": "0", **signed}
        as_person(f"{who}.qingxi").post(address, typed)
    page = as_person("li.qingxi").get(f"{address}versions/?with=2").content.decode()
    assert "当事人 周仁和 拒绝签名" in page and "party" not in page.partition("<main")[2]
    assert "<del>" in page and "李若溪" in page and "赵一鸣" in page


def test_an_act_that_a_draft_names_is_called_as_the_form_calls_it(play: Play, as_person: SignIn) -> None:
    case, client = play.file_case(), as_person("zhang.qingxi")
    client.post(f"/drafts/register_recording/{case}/", {"of": "inspected", "_draft_version": "0"})
    main = client.get("/").content.decode().partition("<main")[2]
    assert "记录的执法行为“现场检查”" in main and "“inspected”" not in main


def test_gone_once_the_act_is_done(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    client.post(ADDRESS, TYPED)
    client.post("/do/register_lead/", {**LEAD, "_key": new_id()})
    assert "半个名字" not in client.get("/do/register_lead/").content.decode()


def test_another_draft_of_what_is_done_now_goes_too(play: Play, as_person: SignIn) -> None:
    case = play_case("hearing").case
    client = as_person("fa.qingxi")
    asked = load_matter(case).last("hearing_requested")
    assert asked is not None
    hearing = asked.open["hearing"]
    for about, named in (("s1", hearing), ("s2", ""), ("s3", new_id())):
        client.post(
            f"/drafts/notify_hearing/{case}/?_about={about}",
            {"hearing": named, "place": "三楼", "_draft_version": "0"},
        )
    me = cast(Me, SimpleNamespace(agency=load_matter(case).agency))
    drafts.set_aside(me, drafts.Of("notify_hearing", case), "hearing", hearing)
    left = kept.of_act(me.agency, case, "notify_hearing")
    assert [one.act for one in left] == ["notify_hearing~s3"]


def test_drafts_of_what_is_over_are_set_aside_and_can_be_taken_back(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    for person, act in (("zhang", "inspect"), ("zhang", "draft_decision"), ("ke", "propose_closing")):
        client = as_person(f"{person}.qingxi")
        client.post(
            f"/drafts/{act}/{case}/?_about=s1",
            {"place": "三楼", "report": "写到一半", "facts": "写到一半", "_draft_version": "0"},
        )
    officer = Officer.objects.get(username="zhang.qingxi")
    me = cast(Me, SimpleNamespace(agency=load_matter(case).agency, actor=play.who("zhang")))
    drafts.put_away(me, case)
    assert {one.act for one in kept.of_stream(me.agency, case) if not kept.is_discarded(one)} == {
        "inspect~s1", "draft_decision~s1", "propose_closing~s1",
    }  # fmt: skip
    play.act("terminate_case", "fuju", case)
    drafts.put_away(me, case)
    left = [one.act for one in kept.of_stream(me.agency, case) if not kept.is_discarded(one)]
    assert left == ["propose_closing~s1"]
    gone = next(one for one in kept.discarded(me.agency, officer.id) if one.act.endswith("inspect~s1"))
    drafts.recover(me, gone.id)
    assert "inspect~s1" in {one.act for one in kept.of_stream(me.agency, case) if not kept.is_discarded(one)}


def test_what_was_not_let_in_is_the_draft(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    client.post(ADDRESS, TYPED)
    typed = {**LEAD, "suspect": "", "content": "提交时的文字", "_draft_version": "1", "_key": new_id()}
    assert client.post("/do/register_lead/", typed).status_code == 422
    assert "提交时的文字" in client.get(CONTINUED).content.decode()


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
    assert "半个名字" in client.get(CONTINUED).content.decode()
    assert "更正：案源登记" not in client.get("/").content.decode()


def test_a_text_too_long_is_kept_and_said_to_be(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    answer = json.loads(client.post(ADDRESS, {**TYPED, "suspect": "长" * 501}).content)
    assert answer["version"] == 1
    assert "现有 501 字，超过 200 字" in answer["long"]
    assert "长" * 501 in client.get(CONTINUED).content.decode()


def test_a_draft_open_in_two_windows_begins_one_lead(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    client.post(ADDRESS, TYPED)

    def opened() -> dict[str, str]:
        page = client.get(CONTINUED).content.decode()
        return {
            name: re.findall(rf'name="{name}" value="([^"]*)"', page)[0]
            for name in ("_key", "_done", "_about")
        }

    def leads() -> int:
        return client.get("/leads/").content.decode().count("半个名字")

    first, second = opened(), opened()
    done = client.post("/do/register_lead/", {**LEAD, **first, "suspect": "半个名字"})
    assert done.status_code == 302 and leads() == 1
    again = client.post("/do/register_lead/", {**LEAD, **first, "suspect": "半个名字"})
    assert again.status_code == 302 and again["Location"] == done["Location"], "the same form sent twice"
    other = client.post(
        "/do/register_lead/", {**LEAD, **second, "suspect": "半个名字", "content": "又写了一句"}
    )
    said = other.content.decode()
    assert other.status_code == 409 and "打开表单以后，您已于" in said and leads() == 1
    assert f'href="{done["Location"]}"' in said and "又写了一句" in said
    assert "案源登记</a>" not in client.get("/").content.decode(), "no draft of it is offered again"
    seen = {"_done": re.findall(r'name="_done" value="([^"]*)"', said)[0]}
    anyway = client.post("/do/register_lead/", {**LEAD, **second, **seen, "suspect": "半个名字"})
    assert anyway.status_code == 302 and leads() == 2, "whoever has looked may register another"


def standing(page: str, name: str) -> str:
    """What stands in a one-line field."""
    (value,) = re.findall(rf'<input [^>]*name="{name}"[^>]* value="([^"]*)"', page)
    return str(value)


def test_what_was_emptied_stays_empty(play: Play, as_person: SignIn) -> None:
    """Neither the draft when it is opened again nor the form that was not let in fills it in once more."""
    case, client = play.file_case(), as_person("zhang.qingxi")
    form = f"/do/inspect/{case}/"
    page = client.get(form).content.decode()
    assert standing(page, "party_name") == "清溪县仁和诊所"
    (opened,) = re.findall(r'name="_opened" value="([^"]+)"', page)
    sent = {
        "_opened": opened.replace("&quot;", '"'), "party_name": "", "findings": "现场有清单。",
        "_draft_version": "0", "_key": new_id(),
    }  # fmt: skip
    client.post(f"/drafts/inspect/{case}/", sent)
    again = client.get(form).content.decode()
    assert "现场有清单。" in again and standing(again, "party_name") == ""
    refused = client.post(form, {**sent, "_draft_version": "1"})
    assert refused.status_code == 422 and standing(refused.content.decode(), "party_name") == ""
