"""owe: when it arises, what meets it, by when; stopped, extended, restarted, capped; yearly; after another lapsed."""

# ruff: noqa: E501 - entries stand on one line each

from datetime import date

import pytest

from liuhen.kernel.clock import format_local, parse_local
from liuhen.law import Bundle, Owed, owed
from tests.law.toy import at, facts, judge, one, pack

_REVIEW = "owe: {it: {since: review_received, done: review_opined, same: round, who: legal_reviewer, within: 10 working_days}}"
_RECEIVED = "- {at: 2026-09-21 10:00, kind: review_received, round: 1}\n"


def _due(row: Owed) -> str | None:
    return format_local(row.due_ms) if row.due_ms is not None else None


@pytest.mark.parametrize(
    ("opined", "now", "verdict"),
    [
        ("2026-10-12 23:59", "2026-10-14 09:00", "met"),
        ("2026-10-13 00:00", "2026-10-14 09:00", "met_late"),
        (None, "2026-10-12 23:59", "due"),
        (None, "2026-10-13 00:00", "overdue"),
    ],
)
def test_the_border_of_the_last_day(tmp_path, opined, now, verdict):
    entries = _RECEIVED + (f"- {{at: {opined}, kind: review_opined, round: 1}}" if opined else "")
    assert at(one(pack(tmp_path, _REVIEW), entries), now).state == verdict


def test_each_round_is_met_by_its_own_opinion(tmp_path):
    entries = _RECEIVED + (
        "- {at: 2026-09-22 10:00, kind: review_opined, round: 1}\n- {at: 2026-09-23 10:00, kind: review_received, round: 2}"
    )
    first, second = judge(pack(tmp_path, _REVIEW), entries)
    assert (first.subject, first.met_by, second.subject, second.met_by) == ("1", "e2", "2", None)


def test_without_same_only_what_is_not_earlier_counts(tmp_path):
    rule = pack(tmp_path, "owe: {it: {since: suspended, done: resumed}}")
    entries = "- {at: 2026-03-01 10:00, kind: resumed}\n- {at: 2026-03-02 10:00, kind: suspended}\n- {at: 2026-03-05 10:00, kind: resumed}"
    assert one(rule, entries).met_by == "e3"


def test_a_record_of_itself_must_be_whole(tmp_path):
    rule = pack(
        tmp_path,
        "owe: {it: {since: filed, done: filed, same: case, holds: [facts, [reasons, verification]], signed: [sign_head]}}",
    )
    lacking = one(rule, "- {at: 2026-03-02 10:00, kind: filed, case: k, verification: 属实}")
    assert at(lacking, "2026-03-02 10:00").state == "missing"
    assert lacking.missing_fields == ("facts", "sign_head")
    whole = "- {at: 2026-03-02 10:00, kind: filed, case: k, verification: 属实, facts: 有, sign_head: [agency_head]}"
    assert at(one(rule, whole), "2026-03-02 10:00").state == "met"


def test_what_meets_itself_is_met_when_it_is_recorded(tmp_path):
    rule = pack(
        tmp_path, "owe: {it: {since: lead_registered, done: lead_registered, same: lead, promptly: true}}"
    )
    lead = "- {at: 2026-03-02 10:00, recorded: RECORDED, kind: lead_registered, lead: l}"
    row = one(rule, lead.replace("RECORDED", "2026-06-21 10:30"))
    assert (row.met_ms, row.starts_ms) == (parse_local("2026-06-21 10:30"), parse_local("2026-03-02 10:00"))
    assert at(row, "2026-06-21 10:29").state == "due"
    assert at(row, "2026-06-22 10:00").text == "登记于2026-06-21 10:30，收到后111天"
    at_once = one(rule, lead.replace("RECORDED", "2026-03-02 10:59"))
    assert at(at_once, "2026-06-22 10:00").text == "2026-03-02 10:59完成"


def test_a_limit_is_not_met_by_an_earlier_time_typed_into_the_entry_that_began_it(tmp_path):
    rule = pack(
        tmp_path, "owe: {it: {since: inspected, done: inspected, same: inspection, within: 24 hours}}"
    )
    entry = "- {at: 2026-03-02 10:00, recorded: RECORDED, kind: inspected, inspection: i}"
    states = [
        at(one(rule, entry.replace("RECORDED", recorded)), "2026-03-05 10:00").state
        for recorded in ("2026-03-03 10:00", "2026-03-03 10:01")
    ]
    assert states == ["met", "met_late"]


def test_done_without_a_number_says_how_long_it_took(tmp_path):
    rule = pack(tmp_path, "owe: {it: {since: filed, done: closed, promptly: true}}")
    row = one(rule, "- {at: 2026-03-02 10:00, kind: filed}\n- {at: 2026-03-05 11:00, kind: closed}")
    assert at(row, "2026-03-06 10:00").text == "2026-03-05 11:00完成，用了3天"


@pytest.mark.parametrize(
    ("signatures", "missing"),
    [
        ("[party, officer]", ("officer",)),
        ("[party, officer, officer]", ()),
        ("[person_present, officer, officer]", ()),
        ("[officer, officer, {who: party, refused: true}]", ("party/person_present",)),
        ("[officer, officer, {who: party, refused: true, note: 拒绝签名}]", ()),
    ],
)
def test_signatures_or_a_refusal_that_is_noted(tmp_path, signatures, missing):
    rule = pack(
        tmp_path,
        "owe: {it: {since: inspected, done: inspected, signed: [[party, person_present], {officer: 2}]}}",
    )
    row = one(rule, f"- {{at: 2026-03-02 10:00, kind: inspected, inspection: i, signatures: {signatures}}}")
    assert row.missing_fields == missing


def test_a_correction_that_supplies_what_was_missing_counts_from_its_own_time(tmp_path):
    rule = pack(
        tmp_path, "owe: {it: {since: oral_reported, done: filed, holds: [reasons], within: 24 hours}}"
    )
    entries = "- {at: 2026-03-02 09:00, kind: oral_reported}\n- {at: 2026-03-02 10:00, kind: filed, case: k, id: a}\n"
    fix = "- {at: 2026-03-02 10:00, recorded: 2026-03-05 10:00, kind: filed, reasons: 有, supersedes: a}"
    assert at(one(rule, entries), "2026-03-02 12:00").state == "due"
    assert at(one(rule, entries), "2026-03-04 12:00").state == "missing"
    assert at(one(rule, entries + fix), "2026-03-06 12:00").state == "met_late"


def test_a_correction_replaces_fields_and_a_live_entry_keeps_its_time(tmp_path):
    rule = pack(
        tmp_path, "owe: {it: {since: filed, when: procedure == 'general', done: closed, within: 90 days}}"
    )
    entries = "- {at: 2026-03-02 10:00, kind: filed, case: k, procedure: summary, id: a}\n"
    fix = "- {at: 2026-03-09 10:00, kind: filed, procedure: general, supersedes: a}"
    assert at(one(rule, entries), "2026-04-01 10:00").state == "not_applicable"
    corrected = one(rule, entries + fix)
    assert (at(corrected, "2026-04-01 10:00").state, _due(corrected), corrected.trigger) == (
        "due",
        "2026-05-31 23:59",
        "a",
    )


def test_promptly_is_due_and_never_late(tmp_path):
    row = one(
        pack(tmp_path, "owe: {it: {since: filed, done: closed, promptly: true}}"),
        "- {at: 2026-03-02 10:00, kind: filed}",
    )
    verdict = at(row, "2030-03-02 10:00")
    assert (row.no_number, verdict.state) == (True, "due")
    assert "已过1461天" in verdict.text


def test_others_are_waited_for(tmp_path):
    row = one(
        pack(tmp_path, "owe: {it: {since: decided, done: performed, who: party, until: perform_until}}"),
        "- {at: 2026-03-02 10:00, kind: decided, decision: d, perform_until: 2026-03-17}",
    )
    assert (_due(row), at(row, "2026-03-20 10:00").state) == ("2026-03-17 23:59", "waiting")


def test_what_is_allowed_is_never_owed(tmp_path):
    row = one(
        pack(tmp_path, "owe: {it: {since: decided, done: performed, may: true, within: 3 days}}"),
        "- {at: 2026-03-02 10:00, kind: decided}",
    )
    assert at(row, "2026-09-20 10:00").state == "not_applicable", (
        "what was allowed for a time is over with it"
    )


def test_an_extension_in_time_adds_one_too_late_does_not_and_once_is_once(tmp_path):
    rule = pack(
        tmp_path,
        _REVIEW.replace(
            "}}",
            ", extend: [{since: review_extended, add: 10 working_days, times: 1, who: legal_unit_head}]}}",
        ),
    )
    in_time = "- {at: 2026-10-12 23:00, kind: review_extended, round: 1}\n"
    assert _due(one(rule, _RECEIVED + in_time)) == "2026-10-26 23:59"
    late = one(rule, _RECEIVED + "- {at: 2026-10-13 00:00, kind: review_extended, round: 1}")
    assert _due(late) == "2026-10-12 23:59"
    assert any("届满之后，不起作用" in line for line in late.working)
    twice = in_time + "- {at: 2026-10-20 10:00, kind: review_extended, round: 1}"
    assert _due(one(rule, _RECEIVED + twice)) == "2026-10-26 23:59"
    other = "- {at: 2026-10-09 10:00, kind: review_extended, round: 2}"
    assert _due(one(rule, _RECEIVED + other)) == "2026-10-12 23:59"


_DECIDE = """
owe:
  it: {since: filed, done: decided, about: case.decide, within: 90 days, stop: [{from: hearing_notified, to: hearing_held, same: hearing}],
       extend: [{since: decision_extended, add: 30 days}, {since: decision_extended_again, take: days, most: 60 days, after: [decision_extended]}]}
clock: {case.decide: {stop: {from: suspended, to: resumed, same: suspension}}}
"""
_FILED = "- {at: 2026-03-02 10:00, kind: filed, case: k}\n"


def test_further_extensions_take_their_days_up_to_the_most_and_only_after_the_first(tmp_path):
    rule = pack(tmp_path, _DECIDE)
    first = "- {at: 2026-05-20 10:00, kind: decision_extended, case: k}\n"
    again = "- {at: 2026-06-20 10:00, kind: decision_extended_again, case: k, days: 75}"
    assert _due(one(rule, _FILED + first)) == "2026-06-30 23:59"
    assert _due(one(rule, _FILED + first + again)) == "2026-08-29 23:59"
    early = "- {at: 2026-05-20 10:00, kind: decision_extended_again, case: k, days: 30}"
    assert _due(one(rule, _FILED + early)) == "2026-05-31 23:59"


def test_stops_of_the_rule_and_of_another_article_are_merged(tmp_path):
    rule = pack(tmp_path, _DECIDE)
    stops = (
        "- {at: 2026-04-01 10:00, kind: hearing_notified, hearing: h}\n- {at: 2026-04-11 10:00, kind: hearing_held, hearing: h}\n"
        "- {at: 2026-04-06 10:00, kind: suspended, suspension: s}\n- {at: 2026-04-16 10:00, kind: resumed, suspension: s}"
    )
    assert _due(one(rule, _FILED + stops)) == "2026-06-15 23:59"


def test_a_clock_that_stands_is_due_without_a_date(tmp_path):
    row = one(pack(tmp_path, _DECIDE), _FILED + "- {at: 2026-04-01 10:00, kind: suspended, suspension: s}")
    assert (row.due_ms, row.halted, at(row, "2027-04-01 10:00").state) == (None, 61, "due")


_STORE = """
owe: {it: {since: recording_ended, done: recording_stored, same: recording, within: 24 hours, restart: {since: returned, declared: away_declared}}}
"""


def test_restart_waits_for_the_return_and_counts_from_it(tmp_path):
    rule = pack(tmp_path, _STORE)
    ended = "- {at: 2026-03-02 10:00, kind: recording_ended, recording: r}\n"
    away = "- {at: 2026-03-02 18:00, kind: away_declared, recording: r}\n"
    back = "- {at: 2026-03-05 09:00, kind: returned, recording: r}\n"
    assert _due(one(rule, ended)) == "2026-03-03 10:00"
    assert _due(one(rule, ended + back)) == "2026-03-03 10:00"
    standing = one(rule, ended + away)
    assert (standing.due_ms, standing.halted, standing.halted_unit) == (None, 24, "hours")
    assert _due(one(rule, ended + away + back)) == "2026-03-06 09:00"
    late = "- {at: 2026-03-03 11:00, kind: away_declared, recording: r}\n"
    assert _due(one(rule, ended + late + back)) == "2026-03-03 10:00"
    assert _due(one(rule, ended + away.replace("recording: r", "recording: q") + back)) == "2026-03-03 10:00"


def test_a_cap_brings_the_date_down(tmp_path):
    rule = pack(
        tmp_path,
        """
owe:
  it: {since: review_received, done: review_opined, same: round, within: 10 working_days, cap: case.decide}
  decide: {since: filed, done: decided, about: case.decide, within: 90 days}
""",
    )
    received = "- {at: 2026-05-25 10:00, kind: review_received, round: 1}"
    assert _due(one(rule, _FILED + received)) == "2026-05-31 23:59"
    assert _due(one(rule, received)) == "2026-06-08 23:59"


def test_counted_from_a_field_and_backwards_from_one(tmp_path):
    rule = pack(
        tmp_path,
        """
owe:
  it: {since: outcome_received, done: replaced, from: effective_on, within: 3 working_days}
""",
    )
    assert (
        _due(one(rule, "- {at: 2026-04-07 10:00, kind: outcome_received, effective_on: 2026-04-03}"))
        == "2026-04-09 23:59"
    )
    unknown = one(rule, "- {at: 2026-04-07 10:00, kind: outcome_received}")
    assert (unknown.due_ms, unknown.needs, at(unknown, "2026-05-07 10:00").state) == (
        None,
        ("effective_on",),
        "due",
    )


def test_a_backward_limit_runs_from_the_hearing(tmp_path):
    rule = pack(
        tmp_path,
        "owe: {it: {since: hearing_held, done: hearing_notified, same: hearing, before: 7 working_days}}",
    )
    held = "- {at: 2026-10-12 09:00, kind: hearing_held, hearing: h}\n"
    assert at(one(rule, held), "2026-10-12 09:00").state == "overdue"
    notified = held + "- {at: 2026-09-24 17:00, kind: hearing_notified, hearing: h}"
    assert at(one(rule, notified), "2026-10-12 09:00").state == "met"
    late = held + "- {at: 2026-09-25 09:00, kind: hearing_notified, hearing: h}"
    assert at(one(rule, late), "2026-10-12 09:00").state == "met_late"


def test_one_obligation_for_each_posting_of_the_decision(tmp_path):
    rule = pack(
        tmp_path,
        """
owe: {it: {since: outcome_received, when: "outcome in ['revoked', 'redo']", each: {of: posted, same: decision}, done: [taken_down, replaced], same: posting, within: 3 working_days}}
""",
    )
    entries = """
- {at: 2026-02-05 10:00, kind: posted, posting: a, decision: d}
- {at: 2026-02-05 10:00, kind: posted, posting: b, decision: d}
- {at: 2026-02-05 10:00, kind: posted, posting: c, decision: other}
- {at: 2026-04-07 10:00, kind: outcome_received, decision: d, outcome: revoked}
- {at: 2026-04-08 10:00, kind: taken_down, posting: b}
"""
    assert [(row.subject, at(row, "2026-04-10 10:00").state) for row in judge(rule, entries)] == [
        ("a", "due"),
        ("b", "met"),
    ]


def test_what_follows_when_another_limit_ran_out(tmp_path):
    rule = pack(
        tmp_path,
        """
owe:
  dispose: {since: preserved, done: preservation_disposed, same: measure, within: 7 working_days}
  it: {since_due: T-1.dispose, done: preservation_disposed, same: measure, promptly: true}
""",
    )
    preserved = "- {at: 2026-03-02 10:00, kind: preserved, measure: m}\n"
    lapsed = one(rule, preserved)
    assert (at(lapsed, "2026-03-11 23:59").state, at(lapsed, "2026-03-12 00:00").state) == (
        "not_applicable",
        "due",
    )
    in_time = preserved + "- {at: 2026-03-11 10:00, kind: preservation_disposed, measure: m}"
    assert not [row for row in judge(rule, in_time) if row.rule == "T-1.it"]


def test_yearly_duties_are_the_agencys_own(tmp_path):
    rule = pack(
        tmp_path,
        "owe: {it: {every: year, until: 01-31, done: annual_report_posted, same: year}}",
        start="2023-05-01",
    )
    entries = "- {at: 2025-01-20 10:00, kind: annual_report_posted, year: 2024}"
    assert judge(rule, entries) == []
    rows = judge(rule, entries, agency=True)
    assert [(row.subject, _due(row), at(row, "2025-02-01 00:00").state) for row in rows] == [
        ("2023", "2024-01-31 23:59", "overdue"),
        ("2024", "2025-01-31 23:59", "met"),
        ("2025", "2026-01-31 23:59", "not_applicable"),
        ("2026", "2027-01-31 23:59", "not_applicable"),
    ]
    adopted = judge(rule, entries, agency=True, adopted={"T": date(2024, 6, 1)})
    assert [row.subject for row in adopted] == ["2024", "2025", "2026"]


def test_an_excuse_that_the_law_knows_with_its_reason(tmp_path):
    rule = pack(
        tmp_path,
        """
owe: {it: {since: decided, done: posted, same: decision, about: publish.decision, within: 7 working_days}}
excuse: {publish.decision: {since: withheld, same: decision, holds: [ground, decided_by]}}
""",
    )
    decided = "- {at: 2026-03-02 10:00, kind: decided, decision: d}\n"
    withheld = (
        decided + "- {at: 2026-03-05 10:00, kind: withheld, decision: d, ground: secret, decided_by: 甲}"
    )
    row = one(rule, withheld)
    assert (at(row, "2026-04-01 10:00").state, row.excuse_reason) == (
        "excused",
        "T-1：涉及国家秘密、商业秘密、个人隐私",
    )
    assert at(one(rule, withheld.replace(", decided_by: 甲", "")), "2026-04-01 10:00").state == "overdue"
    assert (
        at(
            one(rule, withheld.replace("withheld, decision: d", "withheld, decision: x")), "2026-04-01 10:00"
        ).state
        == "overdue"
    )


def test_a_measure_binds_from_its_day_and_from_adoption(tmp_path):
    rule = pack(tmp_path, "owe: {it: {since: filed, done: closed}}", start="2026-03-02", end="2026-03-31")
    for day, count in (
        ("2026-03-01 23:59", 0),
        ("2026-03-02 00:00", 1),
        ("2026-03-31 23:59", 1),
        ("2026-04-01 00:00", 0),
    ):
        assert len(owed(Bundle([rule]), facts(f"- {{at: {day}, kind: filed}}"))) == count
    adopted = Bundle([rule], {"T": date(2026, 3, 10)})
    assert not owed(adopted, facts("- {at: 2026-03-09 10:00, kind: filed}"))
    assert owed(adopted, facts("- {at: 2026-03-10 10:00, kind: filed}"))


def test_the_working_says_article_trigger_days_and_what_met_it(tmp_path):
    row = one(pack(tmp_path, _REVIEW), _RECEIVED + "- {at: 2026-09-30 10:00, kind: review_opined, round: 1}")
    assert row.working == (
        "依据T-1：试验",
        "起因：接收审核材料（2026-09-21 10:00）",
        "自2026年9月21日次日起算，第10个工作日为2026年10月12日（中秋节放假3日不计、国庆节放假7日不计、10月10日调休上班计入）",
        "完成：法制审核意见（2026-09-30 10:00）",
    )
