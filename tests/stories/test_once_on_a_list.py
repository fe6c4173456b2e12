"""What one has to do stands once on his list, also where the measure leaves it to one of several."""

import pytest

from liuhen.cases import lists
from tests.stories.office import case_as_far_as

OWED_BY_SEVERAL = "R09-20.scene"


@pytest.mark.article("R09-20")
def test_what_the_handler_or_the_recorder_owes_is_on_the_handlers_list_once(stage: object) -> None:
    office, _ = case_as_far_as("inspection", "investigation-gates.yaml")
    work = lists.work(office.who("zhang"), office.clock.now_ms())
    rows = [
        (row["rule"], row["trigger"], row["subject"]) for row in (*work.overdue, *work.due, *work.undated)
    ]
    assert OWED_BY_SEVERAL in {rule for rule, _, _ in rows}
    assert len(rows) == len(set(rows)) == work.mine_total
