"""逾期的音像记录: what was to be recorded and is not registered in time is still asked for, and first."""

from typing import Any

import pytest

from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_DAY, MS_PER_MINUTE, format_local
from liuhen.web.me import Me
from liuhen.web.next_step import Next, next_of
from tests.stories.office import Office, case_as_far_as

pytestmark = [pytest.mark.usefixtures("stage"), pytest.mark.article("WD-18")]
LEFT = "留置送达全程音像"


def _left_behind(office: Office, case: str) -> int:
    """The decision left at the party's place before a witness, who saw it begin a quarter of an hour ago."""
    ended = office.clock.now_ms()
    at = format_local(ended)
    signed = [
        {"who": "party", "name": "贺志远", "refused": True, "note": "拒绝签收。", "at": at},
        {"who": "attesting_witness", "name": "周平", "at": at},
    ]
    office.do("zhang", "deliver", {
        "document_name": "行政处罚决定书", "document_number": load_matter(case).value("decided", "number"),
        "method": "lien", "started": format_local(ended - 15 * MS_PER_MINUTE), "ended": at, "place": "诊所",
        "servers": office.ids("zhang", "li"), "recipient": "贺志远", "reason": "负责人拒绝签收。", "signatures": signed,
        "files": [office.upload("照片.jpg")],
    }, case)  # fmt: skip
    return ended


def _told(office: Office, case: str) -> Next:
    now = office.clock.now_ms()
    found = next_of(Me(office.officer("zhang"), office.who("zhang"), now), load_matter(case))
    assert found is not None and found.now is not None
    return found


def test_a_recording_that_is_late_is_asked_for_first_until_it_is_there() -> None:
    office, streams = case_as_far_as("decision", "wangdu-whole.yaml")
    case = streams["case"]
    ended = _left_behind(office, case)
    office.clock.advance(10 * MS_PER_DAY)
    now = _told(office, case).now
    assert now is not None and now.title == "音像记录完成" and now.url
    assert LEFT in now.why and "补交全程音像" in now.why
    told: dict[str, Any] = {
        "medium": "video", "place": "诊所", "summary": "留置送达", "phase": "execution", "of": "delivered",
        "officers": office.ids("zhang", "li"), "subject": load_matter(case).value("delivered", "delivery"),
    }  # fmt: skip
    half = {"started": ended - 5 * MS_PER_MINUTE, "ended": ended}
    office.do("zhang", "register_recording", {**told, **half}, case)
    partly = _told(office, case)
    assert partly.now is not None and partly.now.title != "音像记录完成", "the rest may be nowhere"
    assert any(LEFT in one.why for one in partly.also)
    whole = {"started": ended - 15 * MS_PER_MINUTE, "ended": ended}
    office.do("zhang", "register_recording", {**told, **whole}, case)
    seen = _told(office, case)
    assert not any(LEFT in one.why for one in [seen.now, *seen.also] if one)
