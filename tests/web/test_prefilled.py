"""预填: a recording takes place and times from its act; the performer is chosen; late is said in days."""

import re

import pytest

from liuhen.acts import Invalid
from liuhen.acts.matter import load_matter
from liuhen.acts.uploads import RECORDED, receive
from liuhen.kernel.clock import MS_PER_DAY, format_local
from liuhen.oversight.scenarios.samples import sample
from liuhen.web.entries import _lag
from tests.web.conftest import SignIn
from tests.web.played import Play


def test_a_recording_is_filled_in_from_the_inspection(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.act("inspect", "zhang", case, place="清溪县城关镇解放路7号")
    page = as_person("zhang.qingxi").get(f"/do/register_recording/{case}/").content.decode()
    inspection = load_matter(case).last("inspected")
    assert inspection is not None
    assert 'value="清溪县城关镇解放路7号"' in page
    for end in ("started", "ended"):
        assert f'value="{format_local(inspection.open[end]).replace(" ", "T")}"' in page
    assert re.search(rf'value="{inspection.open["inspection"]}" (checked|selected)', page)
    assert "审查决定" in page
    assert "审核决定" not in page


def test_he_who_verifies_is_chosen(play: Play, as_person: SignIn) -> None:
    lead = play.act("register_lead", "zhang").stream
    page = as_person("zhang.qingxi").get(f"/do/verify_lead/{lead}/").content.decode()
    assert f'name="officers" value="{play.who("zhang").id}" checked' in page
    assert f'name="officers" value="{play.who("li").id}" checked' not in page


def test_recordings_name_the_party(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.act("inspect", "zhang", case)
    play.act("register_recording", "zhang", case)
    client = as_person("zhang.qingxi")
    assert "清溪县仁和诊所" in client.get("/recordings/").content.decode()
    assert "清溪县仁和诊所" in client.get("/recordings/", {"q": "仁和"}).content.decode()
    assert "没有符合条件的记录" in client.get("/recordings/", {"q": "仁_和%"}).content.decode()


def test_what_was_recorded_is_not_typed_again(play: Play, as_person: SignIn) -> None:
    """The words of the filing's facts, which may be the complainant's, go no further; the investigation's own do."""
    case = play.file_case()
    play.act("inspect", "zhang", case, findings="抽查病历二十份，三份多记一次", files=[])
    play.act(
        "collect_evidence", "zhang", case, name="结算明细", quantity="12页", original=True, proves="多记"
    )
    play.act(
        "collect_evidence", "zhang", case, original=False, copy_note="与原件一致，原件在收费处", proves="多记"
    )
    client = as_person("zhang.qingxi")

    def form(act: str) -> str:
        return client.get(f"/do/{act}/{case}/").content.decode()

    report = form("report_investigation")
    assert "现场检查：抽查病历二十份，三份多记一次" in report and "证明多记" in report
    assert "案件来源：投诉。" in report and "取自 现场检查、收集的证据" in report
    filed = load_matter(case).value("filed", "facts")
    assert filed not in report.partition("data-act-form")[2]
    for act in ("list_evidence", "shelve_original", "draft_decision"):
        assert "结算明细" in form(act), act
    listed = form("list_evidence")
    assert 'value="与原件一致，原件在收费处"' in listed, "what was noted on a copy is asked by the list too"
    assert 'name="hearing_on"' not in form("notify_hearing")


def test_photographs_of_an_inspection_go_on_a_sheet_without_being_sent_again(
    play: Play, as_person: SignIn
) -> None:
    case = play.file_case()
    owner = play.who("zhang").id
    sent = receive([sample("门头.jpg")], owner=owner, name="门头.jpg", now_ms=play.clock.ms)
    play.act("inspect", "zhang", case, place="清溪县青龙巷7号", files=[sent.id])
    page = as_person("zhang.qingxi").get(f"/do/lay_pictures/{case}/").content.decode()
    assert f'value="{RECORDED}{sent.file.sha256}|门头.jpg"' in page and "已在案卷中，不必再传" in page
    assert 'value="清溪县青龙巷7号"' in page, "the caption's place"
    caption = {"maker": "张明远", "made_at": "2026-08-03 14:00", "place": "清溪县青龙巷7号", "proves": "门头"}
    with pytest.raises(Invalid, match="不在本案公开的记录中"):
        play.act(
            "lay_pictures", "zhang", case, files=[RECORDED + "0" * 64], captions=[caption], compared=False
        )
    play.act(
        "lay_pictures", "zhang", case, files=[RECORDED + sent.file.sha256], captions=[caption], compared=False
    )
    assert load_matter(case).value("pictures_laid", "files")[0]["sha256"] == sent.file.sha256


def test_late_is_said_in_days() -> None:
    morning = 1_767_229_200_000  # 2026-01-01 09:00
    assert _lag(morning, morning + 60_000) == ""
    assert _lag(morning, morning + 3 * 3_600_000) == "3 小时后登记"
    assert _lag(morning, morning + 16 * 3_600_000) == "第2天登记"
    assert _lag(morning, morning + 111 * MS_PER_DAY) == "111 天后登记"


def test_the_bureau_above_is_offered_where_jurisdiction_is_referred(play: Play, as_person: SignIn) -> None:
    lead = play.act("register_lead", "zhang").stream
    play.act("dispute_jurisdiction", "zhang", lead, other_agency="鹤阳县医疗保障局", received_case=True)
    page = as_person("fuju.qingxi").get(f"/do/refer_jurisdiction/{lead}/").content.decode()
    assert 'value="鹤鸣市医疗保障局（演示）"' in page
