"""更正 of what opened a stream: a matter does not begin before itself, nor after what it was recorded on."""

from collections.abc import Mapping

import pytest

from liuhen.acts import Correction, Invalid, perform, times
from liuhen.acts.act import fields_of
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE
from liuhen.kernel.ids import new_id
from liuhen.ledger import Entry
from tests.stories.office import LEAD, Office, case_as_far_as

pytestmark = pytest.mark.usefixtures("stage")


def recording(office: Office, streams: Mapping[str, str]) -> Entry:
    return load_matter(streams["case"]).all("recording_ended")[0]


def corrected(office: Office, entry: Entry, **changes: object) -> None:
    names = ("medium", "started", "ended", "place", "phase", "of", "subject", "told_first", "summary")
    given = {name: value for name, value in fields_of(entry).items() if name in names}
    perform(
        "register_recording",
        office.who("zhang"),
        {**given, "officers": office.ids("zhang", "li"), **changes},
        new_id(),
        clock=office.clock,
        stream=entry.stream,
        correction=Correction(entry.id, "登记有误"),
    )


def test_a_recording_is_corrected_and_a_slip_in_its_times_too() -> None:
    office, streams = case_as_far_as("video")
    office.clock.advance(MS_PER_HOUR)
    first = recording(office, streams)
    corrected(office, first, told_first=False)
    again = load_matter(first.stream).entries[-1]
    assert again.supersedes == first.id and again.open["told_first"] is False
    began = int(first.open["started"])
    corrected(office, again, started=began - MS_PER_HOUR)
    with pytest.raises(Invalid, match=r"开始时间：.*早于本事项开始的时间"):
        corrected(office, load_matter(first.stream).entries[-1], started=began - 90 * MS_PER_DAY)


def test_an_interruption_lies_between_the_beginning_and_the_end_of_its_recording() -> None:
    office, streams = case_as_far_as("video")
    office.clock.advance(MS_PER_HOUR)
    first = recording(office, streams)
    began = int(first.open["started"])
    told = {"from": began + 5 * MS_PER_MINUTE, "cause": "power", "resumed": False, "explanation": "没电"}
    office.do("zhang", "record_interruption", {**told, "at": began + 5 * MS_PER_MINUTE}, first.stream)
    with pytest.raises(Invalid, match="早于本事项开始的时间"):
        office.do("zhang", "record_interruption", {**told, "at": began - MS_PER_HOUR}, first.stream)


def test_a_lead_came_in_earlier_than_was_written() -> None:
    office = Office()
    lead = office.lead()
    earlier = office.clock.ms - 2 * MS_PER_HOUR
    perform(
        "register_lead",
        office.who("zhang"),
        {**LEAD, "at": earlier},
        new_id(),
        clock=office.clock,
        stream=lead.stream,
        correction=Correction(lead.entry, "收到时间写错"),
    )
    assert load_matter(lead.stream).entries[-1].happened_ms == earlier
    assert times.began(load_matter(lead.stream)) == earlier
