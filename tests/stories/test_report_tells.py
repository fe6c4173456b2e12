"""调查终结报告: what was recorded stands in it already: the appraisal, the recordings, and what was delivered."""

from typing import Any

import pytest

from liuhen.acts.matter import load_matter
from liuhen.cases.proofs import numbered
from liuhen.cases.recalled import suggested_draft, suggested_report
from tests.stories.office import case_as_far_as

pytestmark = pytest.mark.usefixtures("stage")


def told(case: str) -> dict[str, Any]:
    return {name: value for name, (value, _) in suggested_report(load_matter(case)).items()}


def test_the_report_names_what_the_investigation_brought() -> None:
    office, streams = case_as_far_as("evidence")
    case = streams["case"]
    at = office.clock.now_ms()
    office.do("zhang", "commission_appraisal", {
        "at": at, "appraisal_kind": "audit", "body": "鹤鸣市某会计师事务所", "statutory": True,
        "matters": "核对收费票据。", "material": "票据复印件",
    }, case)  # fmt: skip
    commission = load_matter(case).value("appraisal_commissioned", "commission")
    assert "鉴定（审计、评审）意见" not in told(case)["facts"]
    office.do("zhang", "receive_appraisal", {
        "at": office.clock.now_ms(), "commission": commission, "conclusion": "十二笔没有票据。",
        "signed_by": "鹤鸣市某会计师事务所", "files": [office.upload("审计报告.pdf")],
    }, case)  # fmt: skip
    found = told(case)
    assert "鉴定（审计、评审）意见：鹤鸣市某会计师事务所（" in found["facts"]
    assert "录像：" in found["facts"], "the video of the inspection"
    assert "委托鉴定（审计、评审）。" in found["course"] and "收到鉴定（审计、评审）意见。" in found["course"]
    named = [proof.name for proof in numbered(load_matter(case))]
    lines = suggested_draft(load_matter(case))["evidence"][0]
    assert all(name in lines for name in named if not name.startswith(("照片", "录像"))), (
        "as the matrix names it"
    )


def test_a_delivery_says_what_was_delivered() -> None:
    office, streams = case_as_far_as("evidence")
    office.hand_over(streams["case"], "先行登记保存证据处理决定书")
    course = told(streams["case"])["course"]
    assert "送达先行登记保存证据处理决定书。" in course and "送达。" not in course
