"""What a form may not say: all performed while money is due; approved afterwards what was never done before."""

from typing import Any

import pytest

from liuhen.acts import Invalid
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_HOUR
from tests.stories.office import case_as_far_as

pytestmark = pytest.mark.usefixtures("stage")


@pytest.mark.article("R09-56")
def test_all_was_performed_only_when_the_money_is_on_the_record() -> None:
    office, streams = case_as_far_as("delivery")
    office.clock.advance(MS_PER_HOUR)
    told = {
        "manner": "performed",
        "description": "全部履行",
        "decision": load_matter(streams["case"]).value("decided", "decision"),
    }
    with pytest.raises(Invalid, match=r"还有罚款28,?400\.00元、应当退回的基金14,?200\.00元没有履行的记录"):
        office.do("zhang", "end_execution", told, streams["case"])


@pytest.mark.article("R09-30")
def test_an_approval_afterwards_and_the_handlers_own_reason() -> None:
    office, streams = case_as_far_as("preservation")
    office.clock.advance(MS_PER_HOUR)
    case = streams["case"]
    own: dict[str, Any] = {"reason": "可能被转移", "what": "治疗单"}
    with pytest.raises(Invalid, match="紧急情况补办：没有情况紧急"):
        office.do("fuju", "approve_preservation", {**own, "agree": True, "backfilled": True}, case)
    office.do("zhang", "request_preservation", own, case)
    measure = load_matter(case).value("preservation_requested", "measure")
    with pytest.raises(Invalid, match=r"保存的理由：由承办人在“.*”中写明，审批时不改写"):
        office.do(
            "fuju",
            "approve_preservation",
            {**own, "reason": "另一理由", "agree": True, "measure": measure},
            case,
        )
    office.do("fuju", "approve_preservation", {**own, "agree": True, "measure": measure}, case)
