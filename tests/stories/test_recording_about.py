"""对应的执法行为: a recording names one act and its kind; another kind, or another day, is no recording of it."""

from typing import Any

import pytest

from liuhen.acts import Invalid, registry
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_DAY, MS_PER_HOUR
from tests.stories.office import case_as_far_as

pytestmark = [pytest.mark.usefixtures("stage"), pytest.mark.article("HN-J-12")]


def test_a_recording_is_of_the_act_that_it_names_and_of_its_day() -> None:
    office, streams = case_as_far_as("inquiry")
    office.clock.advance(MS_PER_HOUR)
    matter = load_matter(streams["case"])
    inspection, inquiry = matter.value("inspected", "inspection"), matter.value("inquired", "inquiry")
    begun = matter.value("inspected", "started")
    told: dict[str, Any] = {
        "medium": "video", "started": begun, "ended": begun + MS_PER_HOUR, "place": "诊所", "summary": "全程",
        "phase": "investigation", "of": "inspected", "officers": office.ids("zhang", "li"),
    }  # fmt: skip

    def record(**changed: Any) -> str:
        return office.do("zhang", "register_recording", {**told, **changed}, matter.stream).stream

    with pytest.raises(Invalid, match=r"所选的是“询问（调查）”.*填的是“现场检查”"):
        record(subject=inquiry)
    with pytest.raises(Invalid, match="不是同一天"):
        record(subject=inspection, started=begun + MS_PER_DAY, ended=begun + MS_PER_DAY + MS_PER_HOUR)
    recording = record(subject=inspection)
    with pytest.raises(Invalid, match="两者应当是同一件"):
        office.do("zhang", "link_recording", {"of": "inspected", "subject": inquiry}, recording)
    office.do("zhang", "link_recording", {"of": "inquired", "subject": inquiry}, recording)


def test_another_kind_brings_another_act_with_its_times() -> None:
    office, streams = case_as_far_as("inquiry")
    matter = load_matter(streams["case"])
    chosen = registry.suggest_chosen("register_recording", office.agency, {"of": "inquired"}, matter)
    assert chosen["subject"][0] == matter.value("inquired", "inquiry")
    assert chosen["started"][0] == matter.value("inquired", "started")
    none = registry.suggest_chosen("register_recording", office.agency, {"of": "hearing_held"}, matter)
    assert none["subject"][0] is None, "what was filled in of another act does not stay"


def test_an_act_whose_beginning_nobody_wrote_down_is_recorded_all_the_same() -> None:
    """送达开始时间 may be left empty."""
    office, streams = case_as_far_as("decision")
    case = streams["case"]
    matter = load_matter(case)
    at = office.clock.now_ms()
    office.do("zhang", "deliver", {
        "document_name": "行政处罚决定书", "document_number": matter.value("decided", "number"), "method": "lien",
        "ended": at, "place": "诊所", "servers": office.ids("zhang", "li"), "recipient": "贺志远",
        "reason": "负责人拒绝签收。", "files": [office.upload("照片.jpg")],
    }, case)  # fmt: skip
    delivery = load_matter(case).value("delivered", "delivery")
    office.clock.advance(MS_PER_HOUR)
    told: dict[str, Any] = {
        "medium": "video", "place": "诊所", "summary": "留置送达全程", "phase": "execution", "of": "delivered",
        "officers": office.ids("zhang", "li"), "subject": delivery,
    }  # fmt: skip
    with pytest.raises(Invalid, match="不是同一天"):
        day = at - MS_PER_DAY
        office.do("zhang", "register_recording", {**told, "started": day - 60_000, "ended": day}, case)
    assert office.do(
        "zhang", "register_recording", {**told, "started": at - 60_000, "ended": at}, case
    ).stream
