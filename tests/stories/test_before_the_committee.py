"""望都, from the end of the investigation to the committee: what the nation's rule asks there is on somebody's list."""

from collections.abc import Mapping

import pytest

from liuhen.acts.matter import load_matter
from liuhen.cases import lists
from liuhen.cases.obligations import obligations
from tests.stories.office import Office, case_as_far_as

PEOPLE = ("zhang", "ke", "fa", "shen", "ju", "fuju")


def listed(office: Office, rule: str) -> set[str]:
    """Who has a duty on his own list."""
    now = office.clock.now_ms()
    found = {one: lists.work(office.who(one), now) for one in PEOPLE}
    return {
        one
        for one, work in found.items()
        if any(row["rule"] == rule for row in (*work.overdue, *work.due, *work.undated))
    }


def standing(office: Office, streams: Mapping[str, str], rule: str) -> list[str]:
    """The verdicts under a rule, in the order of the page."""
    shown = obligations(load_matter(streams["case"]), office.clock.now_ms())
    return [one.verdict.state for one in shown if one.owed.rule == rule]


@pytest.mark.article("R09-41")
def test_the_notice_is_owed_once_the_investigation_has_ended(stage: object) -> None:
    office, streams = case_as_far_as("report", "wangdu-whole.yaml")
    assert standing(office, streams, "R09-41.notify") == ["due"]
    assert listed(office, "R09-41.notify") == {"zhang"}


@pytest.mark.article("R09-37")
def test_the_review_is_owed_once_a_decision_is_drafted(stage: object) -> None:
    """Whether it must be reviewed is not yet answered: the unit that drafted hears that it must be."""
    office, streams = case_as_far_as("draft1", "wangdu-whole.yaml")
    assert standing(office, streams, "R09-37.submit") == ["cannot_tell"]
    assert listed(office, "R09-37.submit") == {"zhang", "ke"}


@pytest.mark.article("R09-41")
def test_a_running_period_is_the_partys_and_has_its_end(stage: object) -> None:
    office, streams = case_as_far_as("notice", "wangdu-whole.yaml")
    now = office.clock.now_ms()
    rows = {one.owed.rule: one for one in obligations(load_matter(streams["case"]), now)}
    for rule in ("R09-41.statement_time", "R09-41.hearing_time"):
        shown = rows[rule]
        assert (shown.verdict.state, shown.who) == ("waiting", "当事人")
        assert "应于2026-04-10 23:59前" in shown.verdict.text
        assert not shown.owed.ours


@pytest.mark.article("R09-41")
def test_a_hearing_asked_for_is_on_the_lists_of_the_unit(stage: object) -> None:
    office, streams = case_as_far_as("hearing", "wangdu-whole.yaml")
    assert standing(office, streams, "R09-41.hearing") == ["due"]
    assert listed(office, "R09-41.hearing") == {"zhang", "ke"}
    assert any(
        turn["act"] == "notify_hearing" for turn in lists.work(office.who("fa"), office.clock.ms).turns
    )
