"""拒绝签收: what was refused was not put into anybody's hands; it is left behind before witnesses, or sent."""

from typing import Any

import pytest

from liuhen.acts import Invalid
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import format_local
from tests.stories.office import Office, case_as_far_as

pytestmark = [pytest.mark.usefixtures("stage"), pytest.mark.article("R09-59")]

REFUSED: dict[str, Any] = {"who": "party", "name": "贺志远", "refused": True, "note": "拒绝签收。"}


def deliver(office: Office, case: str, method: str, signatures: list[dict[str, Any]]) -> None:
    at = format_local(office.clock.now_ms())
    office.do("zhang", "deliver", {
        "document_name": "行政处罚决定书", "document_number": load_matter(case).value("decided", "number"),
        "method": method, "ended": at, "started": at, "place": "诊所", "servers": office.ids("zhang", "li"),
        "recipient": "贺志远", "reason": "负责人拒绝签收。", "signatures": [{**one, "at": at} for one in signatures],
        "files": [office.upload("照片.jpg")],
    }, case)  # fmt: skip


def test_a_refused_paper_is_left_behind_and_not_handed_over() -> None:
    office, streams = case_as_far_as("decision")
    case = streams["case"]
    witness = {"who": "attesting_witness", "name": "周平"}
    for method in ("direct", "entrusted", "forwarded"):
        for beside in ([], [witness]):
            with pytest.raises(Invalid, match=r"送达方式：签收人拒绝签收的.*留置送达"):
                deliver(office, case, method, [REFUSED, *beside])
    deliver(office, case, "lien", [REFUSED, witness])


def test_somebody_else_there_may_take_it() -> None:
    office, streams = case_as_far_as("decision")
    deliver(office, streams["case"], "direct", [REFUSED, {"who": "person_present", "name": "贺平"}])
