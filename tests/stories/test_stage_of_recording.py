"""办理阶段: a recording counts in the stage that it names (执法环节), and nowhere else."""

from collections.abc import Mapping

import pytest

from liuhen.acts.matter import law_of, load_matter
from liuhen.kernel.clock import MS_PER_HOUR
from liuhen.law.course import course
from liuhen.web.course import stages
from tests.stories.office import case_as_far_as

pytestmark = [pytest.mark.usefixtures("stage"), pytest.mark.article("WD-3")]


def _counts(case: str) -> Mapping[str, int]:
    matter = load_matter(case)
    return {one.name: one.entries for one in stages(matter, course(law_of(matter.agency).bundle), [])}


def test_a_recording_counts_in_the_stage_that_it_names() -> None:
    office, streams = case_as_far_as("inspection", "investigation-gates.yaml")
    matter = load_matter(streams["case"])
    before = _counts(matter.stream)
    begun = matter.value("inspected", "started")
    office.clock.advance(MS_PER_HOUR)
    office.do("zhang", "register_recording", {
        "medium": "video", "started": begun, "ended": begun + MS_PER_HOUR, "place": "诊所", "summary": "全程",
        "phase": "investigation", "of": "inspected", "officers": office.ids("zhang", "li"),
        "subject": matter.value("inspected", "inspection"),
    }, matter.stream)  # fmt: skip
    after = _counts(matter.stream)
    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == {
        "investigation": 1
    }
