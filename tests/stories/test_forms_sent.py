"""Given a form that was opened, when somebody was quicker, it is said, and nothing is written."""

import pytest

from liuhen.acts import Invalid, Moved, Refused
from liuhen.oversight.scenarios.counting import row_counts
from tests.stories.office import Office, case_as_far_as, last_index

VERIFIED = {"verification": "已核查。", "recommendation": "file", "reasons": "应当处罚。"}


@pytest.mark.postgres
def test_somebody_did_the_same_since(both_stages: str) -> None:
    office = Office()
    lead = office.lead().stream
    payload = {**VERIFIED, "officers": office.ids("zhang", "li")}
    seen = last_index(lead)
    office.clock.set("2026-03-03 10:00")
    office.do("li", "verify_lead", payload, lead, seen=seen)
    before = row_counts()
    with pytest.raises(Moved, match=r"2026-03-03 10:00办理“核查”.*您填写的内容仍保留"):
        office.do("zhang", "verify_lead", payload, lead, seen=seen)
    assert row_counts() == before
    office.do("zhang", "verify_lead", payload, lead, seen=last_index(lead))


@pytest.mark.usefixtures("stage")
def test_another_act_since_does_not_stand_in_the_way() -> None:
    office = Office()
    lead = office.lead().stream
    seen = last_index(lead)
    office.clock.set("2026-03-03 10:00")
    office.do("ju", "extend_verification", {"reason": "案情复杂。"}, lead, seen=seen)
    office.do("zhang", "verify_lead", {**VERIFIED, "officers": office.ids("zhang")}, lead, seen=seen)


@pytest.mark.usefixtures("stage")
def test_all_reasons_come_at_once_and_nothing_is_written() -> None:
    office, streams = case_as_far_as("proposal")
    before = row_counts()
    with pytest.raises(Refused) as refused:
        office.do("shen", "file_case", {"opinion_head": "同意。"}, streams["lead"])
    reasons = {reason.rule: reason for reason in refused.value.reasons}
    assert set(reasons) == {"permission.file_case", "HN-J-8.three"}
    assert reasons["HN-J-8.three"].article.startswith("HN-J-8")
    assert all(reason.text and reason.remedy for reason in reasons.values())
    assert row_counts() == before


@pytest.mark.usefixtures("stage")
def test_a_refused_form_gives_its_uploads_and_its_number_back() -> None:
    office, streams = case_as_far_as("case")
    office.clock.set("2026-03-11 10:00")
    photo = office.upload("现场.jpg")
    inspection = {
        "started": "2026-03-11 09:00",
        "ended": "2026-03-11 09:30",
        "place": "某诊所",
        "officers": office.ids("zhang"),
        "party_name": "某诊所",
        "party_notified": True,
        "certificates_shown": True,
        "rights_told": True,
        "statements": "无",
        "findings": "见照片。",
        "signatures": [{"who": "officer", "name": "张明远"}],
        "files": [photo],
    }
    before = row_counts()
    with pytest.raises(Refused):
        office.do("zhang", "inspect", inspection, streams["case"])
    assert row_counts() == before
    done = office.do(
        "zhang", "inspect", {**inspection, "officers": office.ids("zhang", "li")}, streams["case"]
    )
    assert done.fields["files"][0]["name"] == "现场.jpg"


@pytest.mark.usefixtures("stage")
def test_somebody_elses_upload_is_no_attachment() -> None:
    office = Office()
    with pytest.raises(Invalid, match="不是本人上传的"):
        office.lead(files=[office.upload("投诉信.jpg", owner="li")])
