"""After the decision the case is carried out, not investigated: until the decision falls, or the case is closed."""

from collections.abc import Mapping
from typing import Any

import pytest

from liuhen.acts import Invalid, preview
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_HOUR
from tests.stories.office import Office, case_as_far_as

BARRED = ("inspect", "notify_inquiry", "inquire", "notify_evidence", "collect_evidence", "list_evidence",
          "request_preservation", "approve_preservation", "report_investigation", "serve_notice", "draft_decision",
          "submit_review", "deliberate")  # fmt: skip
OPEN = (
    "deliver",
    "record_performance",
    "check_correction",
    "end_execution",
    "record_outcome",
    "register_recording",
)


def fits(office: Office, streams: Mapping[str, str], acts: tuple[str, ...]) -> dict[str, bool]:
    """Which of the acts have a place on the case now."""
    matter = load_matter(streams["case"])
    return {act: preview(act, office.who("zhang"), matter, office.clock.now_ms()).fits for act in acts}


def evidence(office: Office) -> dict[str, Any]:
    """A paper found late."""
    return {
        "evidence_kind": "documentary", "name": "补记的收费单", "quantity": "1页", "from_holder": "诊所",
        "original": True, "proves": "金额", "officers": office.ids("zhang", "li"),
    }  # fmt: skip


@pytest.mark.parametrize("through", ["decision", "delivery"])
def test_nothing_is_investigated_after_the_decision(stage: object, through: str) -> None:
    office, streams = case_as_far_as(through)
    office.clock.advance(MS_PER_HOUR)
    assert fits(office, streams, BARRED) == dict.fromkeys(BARRED, False)
    assert fits(office, streams, OPEN) == dict.fromkeys(OPEN, True)
    with pytest.raises(Invalid, match=r"已经“作出决定”，不能再办理“收集证据”.*另行登记案源"):
        office.do("zhang", "collect_evidence", evidence(office), streams["case"])


def test_before_the_decision_evidence_is_taken(stage: object) -> None:
    office, streams = case_as_far_as("opinion2")
    office.clock.advance(MS_PER_HOUR)
    office.do("zhang", "collect_evidence", evidence(office), streams["case"])
    assert load_matter(streams["case"]).value("evidence_collected", "name") == "补记的收费单"


@pytest.mark.parametrize(("outcome", "again"), [("redo", True), ("revoked", True), ("upheld", False)])
def test_a_decision_that_fell_opens_the_case_again(stage: object, outcome: str, again: bool) -> None:
    office, streams = case_as_far_as("delivery")
    office.clock.advance(MS_PER_HOUR)
    case = load_matter(streams["case"])
    fell = {
        "decision": case.value("decided", "decision"), "outcome": outcome, "effective_on": "2026-05-20",
        "by": "清溪县人民政府",
    }  # fmt: skip
    office.do("fa", "record_outcome", fell, streams["case"])
    office.clock.advance(MS_PER_HOUR)
    shown = ("collect_evidence", "report_investigation", "draft_decision", "serve_notice")
    assert fits(office, streams, shown) == dict.fromkeys(shown, again)


@pytest.mark.article("R09-54")
def test_a_deferral_tells_the_fine_as_a_change_left_it_though_an_upholding_followed(stage: object) -> None:
    office, streams = case_as_far_as("decision")
    office.clock.set("2026-05-20 09:00")
    outcome = {"effective_on": "2026-05-20", "by": "清溪县人民政府"}
    changed = {**outcome, "outcome": "changed", "new_amount": "20000", "new_refund": "14200"}
    office.do("fa", "record_outcome", changed, streams["case"])
    office.do("fa", "record_outcome", {**outcome, "outcome": "upheld"}, streams["case"])
    asked = {"at": "2026-05-20 08:40", "manner": "defer", "reason": "经营困难。"}
    office.do("zhang", "request_deferral", asked, streams["case"])
    agreed = {"agree": True, "days": "30", "until_on": "2026-07-03", "reason": "属实。"}
    office.do("fuju", "decide_deferral", agreed, streams["case"])
    told = {"at": "2026-05-20 09:00", "until_on": "2026-07-03", "recipient": "贺志远"}
    assert office.do("zhang", "tell_deferral", told, streams["case"]).fields["amount"] == 20_000_00
