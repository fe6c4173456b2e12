"""The measures themselves at the borders of their limits, county and province over the nation, read as an officer reads them."""

# ruff: noqa: E501 - entries stand on one line each

import pytest

from liuhen.kernel.clock import format_local, parse_local
from liuhen.law import PACKS, Bundle, Owed, gates, load, owed, state
from tests.law.toy import facts

_PACKS = {name: load(PACKS / name) for name in ("R09", "WD", "HN-G", "HN-J", "HN-S")}
_COUNTY = Bundle([_PACKS["R09"], _PACKS["WD"]])
_PROVINCE = Bundle([_PACKS[name] for name in ("R09", "HN-G", "HN-J", "HN-S")])


def _row(bundle: Bundle, entries: str, rule: str) -> Owed:
    rows = [row for row in owed(bundle, facts(entries)) if row.rule == rule]
    assert len(rows) == 1, [row.rule for row in rows]
    return rows[0]


def _due(row: Owed) -> str | None:
    return format_local(row.due_ms) if row.due_ms is not None else None


@pytest.mark.article("WD-22", "HN-J-22")
def test_the_same_recording_is_stored_within_hours_or_working_days():
    entries = "- {at: 2026-09-30 16:00, kind: recording_ended, recording: r, medium: video}"
    assert _due(_row(_COUNTY, entries, "WD-22.store")) == "2026-10-01 16:00"
    assert [_due(row) for row in owed(_PROVINCE, facts(entries)) if row.about == "recording.store"] == [
        "2026-10-10 23:59"
    ]


@pytest.mark.article("R09-45", "R09-42")
def test_ninety_days_from_filing_stand_still_while_suspended():
    filed = "- {at: 2026-03-02 10:00, kind: filed, case: k, procedure: general}\n"
    suspended = "- {at: 2026-04-01 10:00, kind: suspended, suspension: s}\n"
    resumed = "- {at: 2026-04-11 10:00, kind: resumed, suspension: s}\n"
    assert _due(_row(_PROVINCE, filed, "R09-45.decide")) == "2026-05-31 23:59"
    standing = _row(_PROVINCE, filed + suspended, "R09-45.decide")
    assert (standing.due_ms, standing.halted) == (None, 61)
    assert _due(_row(_PROVINCE, filed + suspended + resumed, "R09-45.decide")) == "2026-06-10 23:59"


@pytest.mark.article("R09-58")
@pytest.mark.parametrize(
    ("filed", "due"),
    [("2026-07-05", "2026-10-08"), ("2026-06-13", "2026-09-11"), ("2026-06-14", "2026-09-12")],
)
def test_a_national_limit_that_ends_on_a_festival_moves_past_it_a_weekend_does_not(filed, due):
    row = _row(
        _PROVINCE, f"- {{at: {filed} 10:00, kind: filed, case: k, procedure: general}}", "R09-45.decide"
    )
    assert _due(row) == f"{due} 23:59"


@pytest.mark.article("WD-23")
def test_a_county_limit_never_moves():
    row = _row(
        _COUNTY,
        "- {at: 2026-09-03 10:00, kind: execution_ended, decision: d, manner: performed}",
        "WD-23.archive",
    )
    assert _due(row) == "2026-10-03 23:59"


@pytest.mark.article("HN-G-11")
def test_a_penalty_is_published_within_seven_working_days():
    entries = "- {at: 2026-09-29 10:00, kind: decided, decision: d, decision_kind: penalty}\n"
    row = _row(_PROVINCE, entries, "HN-G-11.penalty")
    verdicts = [state(row, parse_local(now)).state for now in ("2026-10-14 23:59", "2026-10-15 00:00")]
    assert (_due(row), verdicts) == ("2026-10-14 23:59", ["due", "overdue"])


@pytest.mark.article("HN-S-4", "R09-37")
@pytest.mark.parametrize(
    ("opinion", "draft", "status"),
    [("agree", "g", "passed"), ("agree", "f", "refused"), ("change", "g", "refused")],
)
def test_no_decision_in_the_province_without_review_of_this_very_draft(opinion, draft, status):
    entries = (
        "- {at: 2026-03-02 10:00, kind: filed, case: k, procedure: general}\n"
        f"- {{at: 2026-05-02 10:00, kind: review_opined, round: 1, opinion: {opinion}, draft: {draft}}}\n"
    )
    proposed = {"decision": "d", "draft": "g", "decision_kind": "penalty", "amount": 500_000}
    results = gates(_PROVINCE, "decide", facts(entries), proposed, at_ms=parse_local("2026-05-20 10:00"))
    assert {result.status for result in results if result.article == "HN-S-4"} == {status}


@pytest.mark.article("HN-G-8")
def test_last_years_figures_by_the_end_of_january_whatever_day_that_is():
    rows = [row for row in owed(_PROVINCE, [], agency=True) if row.article == "HN-G-8"]
    assert {_due(row) for row in rows} >= {"2026-01-31 23:59", "2025-01-31 23:59"}
    assert parse_local("2026-01-31") // 86_400_000 % 7 == 1, "a Saturday: the limit does not move"


@pytest.mark.article("R09-14")
def test_a_limit_that_runs_into_a_year_not_announced_is_provisional():
    row = _row(
        _PROVINCE,
        "- {at: 2026-12-21 10:00, kind: lead_registered, lead: l, source: report, accepted: true}",
        "R09-14.verify",
    )
    verdict = state(row, parse_local("2026-12-22"))
    assert (row.provisional, verdict.word) == (True, "待办（暂定）")
    assert any("尚未公布" in line for line in row.working)
