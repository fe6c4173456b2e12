"""What one has to do stands once on his list, also where the measure leaves it to one of several."""

import pytest

from liuhen.acts.matter import load_matter
from liuhen.cases import lists
from liuhen.kernel.clock import MS_PER_DAY, format_local
from liuhen.web.me import Me
from liuhen.web.next_step import next_of
from tests.stories.office import Office, case_as_far_as

pytestmark = pytest.mark.usefixtures("stage")
OWED_BY_SEVERAL = "R09-20.scene"


@pytest.mark.article("R09-20")
def test_what_the_handler_or_the_recorder_owes_is_on_the_handlers_list_once() -> None:
    office, _ = case_as_far_as("inspection", "investigation-gates.yaml")
    work = lists.work(office.who("zhang"), office.clock.now_ms())
    rows = [
        (row["rule"], row["trigger"], row["subject"]) for row in (*work.overdue, *work.due, *work.undated)
    ]
    assert OWED_BY_SEVERAL in {rule for rule, _, _ in rows}
    assert len(rows) == len(set(rows)) == work.mine_total


def _deliver(office: Office, case: str, recipient: str) -> None:
    at = format_local(office.clock.now_ms())
    office.do("zhang", "deliver", {
        "document_name": "行政处罚决定书", "document_number": load_matter(case).value("decided", "number"),
        "method": "direct", "ended": at, "started": at, "place": "诊所", "servers": office.ids("zhang", "li"),
        "recipient": recipient, "signatures": [{"who": "party", "name": recipient, "at": at}],
        "files": [office.upload("送达回证.jpg")],
    }, case)  # fmt: skip


def test_what_two_deliveries_begin_to_the_same_day_is_waited_for_once() -> None:
    """The decision handed over twice on one day: the period for redress is said once, to its last day."""
    office, streams = case_as_far_as("decision")
    case = streams["case"]
    for recipient, later in (("贺志远", 0), ("贺平", MS_PER_DAY // 24)):
        office.clock.advance(later)
        _deliver(office, case, recipient)
    now = office.clock.now_ms()
    told = next_of(Me(office.officer("zhang"), office.who("zhang"), now), load_matter(case))
    assert told is not None
    waiting = [(one.title, one.when.full) for one in told.waiting]
    assert "当事人申请行政复议、提起行政诉讼的期限" in [title for title, _ in waiting]
    assert len(waiting) == len(set(waiting))
