"""更正 on the screens: the form comes with the original values; reason needed; both entries shown."""

from django.urls import reverse

from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_HOUR
from liuhen.kernel.ids import new_id
from tests.factories.matters import play_case
from tests.web.conftest import SignIn
from tests.web.played import Play

TYPED = {
    "source": "complaint",
    "informant_kind": "named",
    "informant_contact": "13900001111",
    "suspect": "甲诊所（东街店）",
    "content": "虚记诊疗项目",
    "accepted": "yes",
}


def test_a_slip_is_corrected_in_the_open(play: Play, as_person: SignIn):
    lead = play.act("register_lead", "zhang").stream
    client = as_person("zhang.qingxi")
    page = reverse("correct", args=["register_lead", lead, 1])
    form = client.get(page).content.decode()
    assert "更正：案源登记" in form and "原记录" in form
    without = client.post(page, {**TYPED, "_key": new_id()})
    assert without.status_code == 422 and "更正理由：必填" in without.content.decode()
    assert "甲诊所（东街店）" in without.content.decode(), "typing kept"
    done = client.post(page, {**TYPED, "_key": new_id(), "correction": "对照执业许可证更正名称"})
    assert done.status_code == 302
    assert len([entry for entry in load_matter(lead).entries if entry.kind == "lead_registered"]) == 2
    shown = client.get(reverse("lead", args=[lead]), {"tab": "record"}).content.decode()
    assert "对照执业许可证更正名称" in shown and "已更正" in shown


def test_an_entry_of_another_kind_is_not_found(play: Play, as_person: SignIn):
    lead = play.act("register_lead", "zhang").stream
    assert as_person("zhang.qingxi").get(reverse("correct", args=["verify_lead", lead, 1])).status_code == 404


def test_a_numbered_paper_is_corrected_under_another_number(play: Play, as_person: SignIn):
    case = play_case("notice").case
    matter = load_matter(case)
    notice = matter.last("notice_served")
    assert notice is not None
    play.clock.ms = matter.entries[-1].recorded_ms + MS_PER_HOUR
    client = as_person("zhang.qingxi")
    address = reverse("correct", args=["serve_notice", case, notice.number])
    assert address in client.get(reverse("case", args=[case]), {"tab": "record"}).content.decode()
    assert "更正以后另取新文号，原文书作废" in client.get(address).content.decode()
    fields = notice.open
    typed = {
        **{name: fields[name] for name in ("proposed_kind", "facts", "basis", "ways", "method")},
        "amount": "42600", "refund": "14200", "statement_until": "2026-04-13", "hearing_until": "2026-04-13",
        "hearing_right": "yes", "recipient": "贺志远", "servers": [one["id"] for one in fields["servers"]],
        "place": "清溪县康宁诊所", "_key": new_id(), "correction": "送达地点漏写",
    }  # fmt: skip
    done = client.post(address, typed)
    assert done.status_code == 302, done.content.decode()
    first, second = (entry.open["number"] for entry in load_matter(case).all("notice_served"))
    assert first != second
    papers = client.get(reverse("case", args=[case]), {"tab": "documents"}).content.decode()
    assert first in papers and second in papers and "已更正，原文号作废" in papers
