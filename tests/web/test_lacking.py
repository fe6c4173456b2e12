"""登记以后会缺什么: what the articles ask of an entry is said while its form is filled in, not afterwards."""

import pytest

from liuhen.acts import Refused, judgement
from liuhen.acts.matter import law_of, load_matter
from liuhen.kernel.clock import MS_PER_DAY, MS_PER_HOUR, format_local, parse_local
from tests.factories.matters import play_case
from tests.web.conftest import SignIn
from tests.web.played import Play


@pytest.mark.article("R09-59")
def test_a_delivery_is_asked_for_its_proof_before_it_is_recorded(play: Play, as_person: SignIn) -> None:
    case = play_case("decision").case
    matter = load_matter(case)
    play.clock.ms = matter.entries[-1].recorded_ms + MS_PER_HOUR
    zhang = as_person("zhang.qingxi")
    typed = {
        "document_name": "行政处罚决定书", "document_number": matter.value("decided", "number"), "method": "direct",
        "ended": "2026-05-15 10:20", "place": "诊所", "recipient": "贺志远",
    }  # fmt: skip
    assert f'data-lacking="/lacking/deliver/{case}/"' in zhang.get(f"/do/deliver/{case}/").content.decode()
    said = zhang.post(f"/lacking/deliver/{case}/", typed).content.decode()
    assert "签收" in said and "送达凭证" in said and "送达人" not in said and "留置" not in said
    signed = {
        "signatures-0-who": "recipient", "signatures-0-name": "贺志远", "signatures-0-at": "2026-05-15 10:20",
    }  # fmt: skip
    assert "送达凭证" not in zhang.post(f"/lacking/deliver/{case}/", {**typed, **signed}).content.decode()
    assert (
        "留置送达写明"
        in zhang.post(f"/lacking/deliver/{case}/", {**typed, "method": "lien"}).content.decode()
    )
    assert len(load_matter(case).entries) == len(matter.entries), "nothing is recorded"
    assert as_person("zhang.wangdu").post(f"/lacking/deliver/{case}/", typed).status_code == 404


@pytest.mark.article("HN-J-22")
def test_what_is_put_away_late_is_asked_for_the_reason_before(play: Play, as_person: SignIn) -> None:
    case = play_case("inspection").case
    play.clock.ms = load_matter(case).entries[-1].recorded_ms + MS_PER_HOUR
    recording = play.act("register_recording", "zhang", case).stream
    zhang = as_person("zhang.qingxi")
    assert (
        "期限"
        not in zhang.post(f"/lacking/store_recording/{recording}/", {"carrier": "system"}).content.decode()
    )
    play.clock.ms += 9 * MS_PER_DAY
    said = zhang.post(f"/lacking/store_recording/{recording}/", {"carrier": "system"}).content.decode()
    assert "已经超过期限" in said and "没有按时储存的原因" in said


def test_a_second_lead_about_the_same_party_is_hinted_at_and_not_refused(
    play: Play, as_person: SignIn
) -> None:
    first = play.act("register_lead", "zhang", suspect="清溪县安和骨伤医院").stream
    asked = {"suspect": "清溪县安和骨伤医院", "content": "重复收费"}
    for officer in ("zhang.qingxi", "li.qingxi"):
        said = as_person(officer).post("/lacking/register_lead/", asked).content.decode()
        assert f'href="/leads/{first}/"' in said and "请先看是不是同一件事" in said
    play.act("verify_lead", "zhang", first, recommendation="decline")
    play.act("decline_lead", "fuju", first)
    assert "请先看" not in as_person("li.qingxi").post("/lacking/register_lead/", asked).content.decode()
    assert "请先看" not in as_person("zhang.wangdu").post("/lacking/register_lead/", asked).content.decode()


@pytest.mark.article("R09-19")
@pytest.mark.article("HN-J-8")
def test_what_happened_before_the_filing_is_said_to_be_material_of_before(
    play: Play, as_person: SignIn
) -> None:
    """Where the province asks for the filing first it is refused besides."""
    case = play.file_case()
    entry = load_matter(case).last("filed")
    assert entry is not None
    filed = entry.happened_ms
    zhang = as_person("zhang.qingxi")
    for at, early in ((filed - MS_PER_DAY, True), (filed + 60_000, False)):
        times = {
            "started": format_local(at - 60_000).replace(" ", "T"),
            "ended": format_local(at).replace(" ", "T"),
        }
        said = zhang.post(f"/lacking/inspect/{case}/", times).content.decode()
        assert ("填写的时间早于立案" in said) is early
    with pytest.raises(Refused, match="未经立案审批不得调查取证"):
        play.act("inspect", "zhang", case, started=filed - 2 * MS_PER_HOUR, ended=filed - MS_PER_HOUR)


@pytest.mark.article("R09-13")
def test_no_is_an_answer_and_what_it_leaves_open_is_said_before_the_head_signs(
    play: Play, as_person: SignIn
) -> None:
    case = play_case("opinion2").case
    play.clock.ms = load_matter(case).entries[-1].recorded_ms + MS_PER_HOUR
    head = as_person("ju.qingxi")
    typed = {"opinion_head": "同意。", "party_present": "no", "perform_until": "2026-06-03"}
    said = head.post(f"/lacking/decide/{case}/", {**typed, "correction_ordered": "no"}).content.decode()
    assert "责令改正" in said
    said = head.post(f"/lacking/decide/{case}/", {**typed, "correction_ordered": "yes"}).content.decode()
    wanting, _, coming = said.partition("要办、要等的")
    assert "责令改正" not in wanting and "责令改正的，改正情况的记录" in coming


@pytest.mark.article("HN-J-11")
def test_what_an_entry_begins_is_said_before_it_is_made(play: Play, as_person: SignIn) -> None:
    """The notice that belongs to taking evidence, and the last day of what was preserved; not what is there already."""
    case = play.file_case()
    zhang = as_person("zhang.qingxi")
    officers = [play.who("zhang").id, play.who("li").id]
    taken = {"evidence_kind": "documentary", "name": "收费清单", "officers": officers}
    said = zhang.post(f"/lacking/collect_evidence/{case}/", taken).content.decode()
    assert "要办、要等的" in said and "调取证据材料通知书" in said
    play.act("notify_evidence", "zhang", case)
    said = zhang.post(f"/lacking/collect_evidence/{case}/", taken).content.decode()
    assert "证据登记保存清单" in said and "调取证据材料通知书" not in said
    said = zhang.post(f"/lacking/preserve/{case}/", {}).content.decode()
    play.act("request_preservation", "zhang", case)
    play.act("approve_preservation", "ju", case)
    play.act("preserve", "zhang", case, items=[{"name": "收费清单", "quantity": "3页"}])
    until = {
        one.title: one.due_ms or 0
        for one in judgement.owed(load_matter(case))
        if one.rule.startswith("R09-26")
    }
    title = "对先行登记保存的证据作出处理"
    assert f'{title}（最迟 <span class="num">{format_local(until[title])}' in said


@pytest.mark.article("R09-58")
def test_a_day_in_a_year_without_announced_holidays_is_said_before_it_is_submitted(
    play: Play, as_person: SignIn
) -> None:
    """And so is a period that would reach it; what ends this year is certain."""
    case = play.file_case()
    play.act("inspect", "zhang", case)
    play.act("report_investigation", "zhang", case)
    zhang = as_person("zhang.qingxi")
    year = max(law_of(load_matter(case).agency).calendar.years)
    typed = {"proposed_kind": "penalty", "hearing_right": "yes"}
    this = {"statement_until": f"{year}-12-24", "hearing_until": f"{year}-12-24"}
    said = zhang.post(f"/lacking/serve_notice/{case}/", {**typed, **this}).content.decode()
    assert "暂定" not in said
    next_year = {**this, "hearing_until": f"{year + 1}-01-08"}
    said = zhang.post(f"/lacking/serve_notice/{case}/", {**typed, **next_year}).content.decode()
    assert f"（{year + 1}年）" in said and 'href="#field-hearing_until"' in said
    assert 'href="#field-statement_until"' not in said
    asked = {"suspect": "清溪县某诊所", "content": "重复收费"}
    early = zhang.post("/lacking/register_lead/", asked).content.decode()
    assert "暂定" not in early
    play.clock.ms = parse_local(f"{year}-12-25 09:00")
    late = zhang.post("/lacking/register_lead/", asked).content.decode()
    assert f'暂定至 <span class="num">{year + 1}-01-' in late and "R09-14" in late
