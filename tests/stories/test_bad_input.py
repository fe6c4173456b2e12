"""Given a form with one thing wrong, the refusal names the field, what is wrong and what to do; nothing is written."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from liuhen.acts import Invalid, Refused
from liuhen.acts.matter import load_matter
from liuhen.acts.uploads import receive
from liuhen.ledger import UploadRefused
from liuhen.oversight.scenarios.counting import row_counts
from liuhen.oversight.scenarios.samples import sample
from tests.stories.office import Office, case_as_far_as

PROPOSAL: Mapping[str, Any] = {
    "party_kind": "organisation",
    "party_name": "某诊所",
    "party_code": "52419121MJF0000019",
    "party_id": "410101198502031232",
    "cause": "涉嫌骗取医疗保障基金",
    "facts": "案情。",
    "verification": "核查。",
    "reasons": "理由。",
    "jurisdiction": "place_of_act",
    "in_area": True,
    "procedure": "general",
    "opinion": "建议立案。",
}


@pytest.fixture
def office(stage: object) -> Office:
    return Office()


@pytest.fixture
def lead(office: Office) -> str:
    stream = office.lead().stream
    office.clock.set("2026-03-03 10:00")
    verified = {"verification": "已核查。", "recommendation": "file", "reasons": "应当处罚。"}
    office.do("zhang", "verify_lead", {**verified, "officers": office.ids("zhang", "li")}, stream)
    return stream


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("party_code", "52419121MJF0000018", r"统一社会信用代码.*校验码.*对照营业执照"),
        ("party_code", "5241912", r"统一社会信用代码.*18位"),
        ("party_id", "410101198502031233", r"身份证件号码.*校验码.*对照证件"),
        ("party_id", "410101198502311232", r"身份证件号码"),
        ("party_kind", "company", r"当事人类别.*法人或者其他组织、个体工商户、公民"),
        ("party_name", "  ", r"当事人名称.*必填"),
        ("party_name", "长" * 501, r"最多200字，现有501字"),
        ("cause", "案由\x00", r"控制字符"),
        ("in_area", "yes", r"属于本机关管辖.*是或者否"),
        ("jurisdiction", None, r"管辖依据.*必填"),
    ],
)
def test_a_field_of_the_proposal(office: Office, lead: str, field: str, value: Any, said: str) -> None:
    before = row_counts()
    payload = {**PROPOSAL, "handlers": office.ids("zhang", "li"), field: value}
    with pytest.raises(Invalid) as invalid:
        office.do("zhang", "propose_filing", payload, lead)
    assert list(invalid.value.errors) == [field]
    assert re.search(said, invalid.value.errors[field])
    assert row_counts() == before


@pytest.mark.parametrize("at", ["2026-03-03 10:01", "2026-03-02 08:59", "三月三日"])
def test_a_time_in_the_future_before_the_lead_or_none_at_all(office: Office, lead: str, at: str) -> None:
    told = {"about": "declined", "method": "phone", "content": "已告知。", "at": at}
    with pytest.raises(Invalid) as invalid:
        office.do("zhang", "tell_informant", told, lead)
    assert list(invalid.value.errors) == ["at"]
    assert "请" in invalid.value.errors["at"] or "应写作" in invalid.value.errors["at"]


@pytest.mark.parametrize("amount", ["一万", "12.345", "-1", "1e30"])
def test_an_amount_that_is_none(office: Office, lead: str, amount: str) -> None:
    office, streams = case_as_far_as("case")
    report = dict.fromkeys(("party", "course", "facts", "nature", "proposal", "other"), "无")
    payload = {**report, "proposed_kind": "penalty", "amount": amount, "officers": office.ids("zhang", "li")}
    with pytest.raises(Invalid) as invalid:
        office.do("zhang", "report_investigation", payload, streams["case"])
    assert list(invalid.value.errors) == ["amount"]


@pytest.mark.article("R09-16")
@pytest.mark.parametrize(
    ("handlers", "rule"), [(["zhang"], "R09-16.handlers"), (["zhang", "dang"], "R09-16.handlers_valid")]
)
def test_one_officer_where_two_are_owed_or_one_without_a_certificate(
    office: Office, lead: str, handlers: list[str], rule: str
) -> None:
    with pytest.raises(Refused) as refused:
        office.do("zhang", "propose_filing", {**PROPOSAL, "handlers": office.ids(*handlers)}, lead)
    (reason,) = refused.value.reasons
    assert reason.rule == rule
    assert "第十六条" not in reason.article and reason.article.startswith("R09-16") and reason.remedy


@pytest.mark.article("R09-41")
def test_more_than_was_notified(stage: object) -> None:
    office, streams = case_as_far_as("opinion2")
    office.clock.set("2026-05-12 14:00")
    case = load_matter(streams["case"])
    drafted = case.last("decision_drafted")
    assert drafted is not None
    fields = {name: value for name, value in drafted.open.items() if name != "draft"}
    office.do("zhang", "draft_decision", {**fields, "amount": 42_600_01}, streams["case"])
    payload = {"opinion_head": "同意。", "correction_ordered": True, "party_present": False}
    with pytest.raises(Refused) as refused:
        office.do("ju", "decide", payload, streams["case"])
    assert "R09-41.heavier" in {reason.rule for reason in refused.value.reasons}


@pytest.mark.parametrize(
    ("name", "content", "size", "said"),
    [
        ("现场.jpg", b"MZ\x90\x00 a program", None, "内容与名称不符"),
        ("现场.webm", b"plain words", None, "内容与名称不符"),
        ("说明.txt", b"\x00\x01\x02", None, "内容与名称不符"),
        ("程序.exe", b"MZ", None, "类型不能接收"),
        ("现场.jpg", sample("现场.jpg")[:200], 10_000, "只收到200字节"),
        ("说明.txt", b"", None, "是空的"),
    ],
)
def test_a_file_that_is_cut_or_not_what_it_says(
    office: Office, name: str, content: bytes, size: int | None, said: str
) -> None:
    before = row_counts()
    with pytest.raises(UploadRefused, match=said):
        receive([content], owner=office.officer("zhang").id, name=name, now_ms=office.clock.ms, size=size)
    assert row_counts() == before


def test_a_connection_that_breaks_leaves_nothing(office: Office, stage: Any) -> None:
    def broken() -> Any:
        yield sample("现场.jpg")[:100]
        raise OSError("connection reset")

    with pytest.raises((UploadRefused, OSError)):
        receive(broken(), owner=office.officer("zhang").id, name="现场.jpg", now_ms=office.clock.ms)
    assert [file for file in (stage / "files").rglob("*") if file.is_file()] == []


def test_what_the_program_fills_in_is_not_typed_over(office: Office, lead: str) -> None:
    payload = {**PROPOSAL, "handlers": office.ids("zhang", "li"), "source": "superior"}
    with pytest.raises(Invalid, match="由系统填入，不能改写"):
        office.do("zhang", "propose_filing", payload, lead)


def test_a_field_that_the_form_does_not_have_is_not_dropped_in_silence(office: Office) -> None:
    with pytest.raises(Invalid, match="没有“colour”这一栏"):
        office.lead(colour="红")
