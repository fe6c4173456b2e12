"""后退再交: what is typed anew in a form that was registered is not taken, and that is said; it stays on the page."""

import re

from liuhen import ledger
from liuhen.acts.matter import load_matter
from liuhen.kernel.ids import new_id
from tests.web.conftest import SignIn
from tests.web.played import Play

LEAD = {
    "source": "complaint", "informant_kind": "named", "informant_name": "王大力",
    "informant_contact": "13800000000", "suspect": "清溪县仁和诊所", "content": "重复收费。", "accepted": "yes",
}  # fmt: skip


def test_a_form_typed_anew_after_going_back_is_not_taken_and_says_so(play: Play, as_person: SignIn) -> None:
    client, key = as_person("zhang.qingxi"), new_id()
    assert client.post("/do/register_lead/", {**LEAD, "_key": key}).status_code == 302
    again = client.post("/do/register_lead/", {**LEAD, "_key": key}, follow=True)
    assert "此前已登记，没有重复登记" in again.content.decode(), "pressed twice"
    anew = {**LEAD, "content": "另外还有串换药品。", "informant_contact": "13911112222"}
    page = client.post("/do/register_lead/", {**anew, "_key": key})
    said = page.content.decode()
    assert page.status_code == 409
    assert "没有重复登记；您后来改写的内容没有采用，仍在本页" in said and "更正" in said
    assert "另外还有串换药品。" in said and "13911112222" in said
    leads = ledger.streams_of(play.agency_id, "lead")
    assert len(leads) == 1
    assert f"/do/register_lead/{leads[0]}/1/" in said, "where it is corrected"
    (fresh,) = re.findall(r'name="_key" value="(\w+)"', said)
    assert fresh != key, "submitted from here it is another lead"


def test_only_what_the_party_said_in_private_typed_anew_is_seen_too(play: Play, as_person: SignIn) -> None:
    client, key = as_person("zhang.qingxi"), new_id()
    client.post("/do/register_lead/", {**LEAD, "_key": key})
    page = client.post("/do/register_lead/", {**LEAD, "informant_contact": "13911112222", "_key": key})
    assert page.status_code == 409 and "没有采用" in page.content.decode()


def test_on_a_matter_what_is_typed_anew_is_done_again_only_if_it_is_sent_again(
    play: Play, as_person: SignIn
) -> None:
    lead = play.act("register_lead", "zhang").stream
    client, key = as_person("zhang.qingxi"), new_id()
    form = f"/do/verify_lead/{lead}/"
    typed = {
        "verification": "已核实。", "recommendation": "file", "reasons": "属实。", "_key": key,
        "officers": [play.who("zhang").id],
    }  # fmt: skip
    assert client.post(form, typed).status_code == 302
    before = len(load_matter(lead).entries)
    page = client.post(form, {**typed, "verification": "又写了一遍。"})
    assert len(load_matter(lead).entries) == before
    assert page.status_code == 409 and "又写了一遍。" in page.content.decode()
