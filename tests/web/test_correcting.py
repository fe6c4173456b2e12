"""更正 on the screens: the form comes with the original values; reason needed; both entries shown."""

import json

import pytest
from django.urls import reverse

from liuhen.acts import Invalid
from liuhen.acts.matter import load_matter
from liuhen.archive.dossier import pieces
from liuhen.cases.delivering import numbers
from liuhen.documents.queries import documents_of
from liuhen.documents.witness import issuer
from liuhen.kernel.clock import MS_PER_HOUR, format_date, format_local, local_date
from liuhen.kernel.ids import new_id
from liuhen.web.points import recorded
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
    assert "更正：案源登记" in form and "原记录" in form and "不填即为提交的时间" not in form
    at = format_local(load_matter(lead).entries[0].happened_ms).replace(" ", "T")
    assert f'value="{at}"' in form and "已填原记录的时间" in form
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
    shown = client.get(address).content.decode()
    assert "更正以后另取新文号，原文书作废" in shown
    assert 'name="at" aria-required="true" aria-describedby="at-hint" value=""' in shown
    assert "不得早于原文书登记的时间（2026-04-02 16:30）" in shown and "不填即为提交的时间" not in shown
    assert 'value="2026-04-02T15:00"' not in shown, "neither the time nor the signature of the void paper"
    assert 'value="2026-04-10"' not in shown, "days are counted from the new service"
    fields = notice.open
    typed = {
        **{name: fields[name] for name in ("proposed_kind", "facts", "basis", "ways", "method")},
        "amount": "42600", "refund": "14200", "statement_until": "2026-04-13", "hearing_until": "2026-04-13",
        "hearing_right": "yes", "recipient": "贺志远", "servers": [one["id"] for one in fields["servers"]],
        "place": "清溪县康宁诊所", "_key": new_id(), "correction": "送达地点漏写",
    }  # fmt: skip
    untimed = client.post(address, typed)
    assert untimed.status_code == 422 and "发生时间：必填：更正后是另一份文书" in untimed.content.decode()
    done = client.post(address, {**typed, "at": format_local(play.clock.now_ms() - MS_PER_HOUR // 2)})
    assert done.status_code == 302, done.content.decode()
    assert all("files" not in entry.open for entry in load_matter(case).all("notice_served")[1:])
    first, second = (entry.open["number"] for entry in load_matter(case).all("notice_served"))
    assert first != second
    papers = client.get(reverse("case", args=[case]), {"tab": "documents"}).content.decode()
    assert first in papers and second in papers and "已更正，原文号作废" in papers
    work = client.get(reverse("case", args=[case])).content.decode()
    latest = work[work.index("最近的记录") :]
    assert latest.count('<span class="mark">已更正</span>') == 1
    offered = numbers(load_matter(case))
    assert list(offered)[-1] == first and "已作废" in offered[first] and "已作废" not in offered[second]
    with pytest.raises(Invalid, match="作废，不能再送达；请选更正后的文书"):
        play.act("deliver", "zhang", case, document_number=first, document_name="行政处罚事先告知书")
    told = recorded(load_matter(case), play.who("shen"), play.clock.now_ms())
    of_notice = [text for one in told["point_documents"] for text, _ in one.lines if "事先告知书" in text]
    assert len(of_notice) == len(set(of_notice)) == 2 and ["已更正" in one for one in of_notice] == [
        True,
        False,
    ]


STROKES = json.dumps([[[100 + 10 * i, 200 + i, 20 * i] for i in range(12)]])


def test_who_signed_on_the_screen_signs_the_correction_too(play: Play, as_person: SignIn):
    case = play.file_case()
    play.clock.advance(2 * MS_PER_HOUR)
    now = play.clock.now_ms()
    client = as_person("zhang.qingxi")
    typed = {
        "started": format_local(now - MS_PER_HOUR), "ended": format_local(now - MS_PER_HOUR // 2),
        "place": "清溪县和平路12号", "party_name": "清溪县仁和诊所", "findings": "查看了12条收费记录。\r\n没有异议。",
        "officers": [play.who("zhang").id, play.who("li").id], "statements": "没有异议。",
        "party_notified": "yes", "certificates_shown": "yes", "rights_told": "yes",
        "signatures-0-who": "party", "signatures-0-name": "周仁和", "signatures-0-drawn": STROKES,
    }  # fmt: skip

    def shown(**more: str) -> dict[str, str]:
        answer = client.post(reverse("preview-on", args=["inspect", case]), {**typed, **more}).json()
        return {"signatures-0-shown": answer["digest"], "signatures-0-at": answer["at"]}

    signed = {**typed, **shown(), "_key": new_id()}
    assert client.post(reverse("act-on", args=["inspect", case]), signed).status_code == 302
    first = load_matter(case).last("inspected")
    assert first and first.open["signatures"][0]["drawn"] and first.open["signatures"][0]["at"] <= now

    play.clock.advance(48 * MS_PER_HOUR)
    page = reverse("correct", args=["inspect", case, first.number])
    assert 'data-preview-url="/' in client.get(page).content.decode()
    typed |= {"findings": "查看了13条收费记录。", "correction": "条数写错"}
    again = client.post(page, {**typed, **{name: signed[name] for name in shown()}, "_key": new_id()})
    assert "签名以后内容又有改动" in again.content.decode()
    typewritten = {**typed, "signatures-0-drawn": "", "signatures-0-at": signed["signatures-0-at"]}
    put_back = client.post(page, {**typewritten, "_key": new_id()})
    assert put_back.status_code == 422 and "更正后的内容须由本人重新签名" in put_back.content.decode()
    done = client.post(page, {**typed, **shown(_corrects=str(first.number)), "_key": new_id()})
    assert done.status_code == 302
    kept = load_matter(case).last("inspected")
    assert kept and kept.supersedes == first.id and kept.open["findings"] == typed["findings"]
    assert kept.open["signatures"][0]["at"] > now + 47 * MS_PER_HOUR
    papers = documents_of(load_matter(case).entries, issuer(load_matter(case).agency))
    assert f"已更正　{format_date(local_date(kept.recorded_ms))}" in [ref.ended for ref in papers]


def test_papers_of_one_name_are_told_apart_in_the_dossier(play: Play) -> None:
    matter = load_matter(play_case("draft").case)
    laid = [piece for _, volume in pieces(matter.entries, issuer(matter.agency)) for piece in volume]
    drafts = sorted(piece.note for piece in laid if piece.title == "行政处罚决定（草案）")
    assert drafts == ["共2份，第1份", "共2份，第2份"]


@pytest.mark.article("R09-14")
def test_a_verification_is_corrected_until_something_is_proposed_on_it(play: Play, as_person: SignIn) -> None:
    """Its time stays: the verification is not later for a slip of the pen."""
    lead = play.act("register_lead", "zhang").stream
    play.act("verify_lead", "zhang", lead)
    done = load_matter(lead).last("verified")
    assert done is not None
    client, address = as_person("zhang.qingxi"), f"/do/verify_lead/{lead}/{done.number}/"
    assert "更正理由" in client.get(address).content.decode()
    play.clock.advance(MS_PER_HOUR)
    typed = {
        "_key": new_id(), "correction": "核查情况漏写一项", "verification": "核查情况，补写一项。",
        "recommendation": "file", "reasons": "理由", "officers": [play.who("zhang").id, play.who("li").id],
    }  # fmt: skip
    assert client.post(address, typed).status_code == 302
    again = load_matter(lead).last("verified")
    assert again is not None and again.supersedes == done.id and again.happened_ms == done.happened_ms
    play.act("propose_filing", "zhang", lead)
    late = client.post(f"/do/verify_lead/{lead}/{again.number}/", {**typed, "_key": new_id()})
    assert load_matter(lead).last("verified") == again and late.status_code in (404, 422)
