"""不得: refused, passed, cannot tell; what is asked first; facts, amounts and judgements that gates read."""

# ruff: noqa: E501 - entries stand on one line each

from typing import Any

import pytest

from liuhen.kernel.clock import parse_local
from liuhen.law import Bundle, GateResult, Pack, gates, questions
from liuhen.law.dictionary import standard
from liuhen.law.facts import read_fields
from liuhen.law.problems import Problems
from liuhen.law.source import parse
from tests.law.toy import facts, pack

_NOW = "2026-09-21 10:00"


def _try(rule: Pack, act: str, fields: str = "{}", entries: str = "[]", now: str = _NOW) -> list[GateResult]:
    kind = standard().kinds[standard().acts[act][0]]
    problems = Problems()
    proposed = read_fields(parse(fields, "proposed"), kind, problems, None)
    problems.raise_any()
    listed = facts(entries) if entries != "[]" else []
    return gates(Bundle([rule]), act, listed, proposed, at_ms=parse_local(now))


def _status(*arguments: Any, **named: Any) -> list[str]:
    return [result.status for result in _try(*arguments, **named)]


_REVIEWED = """
fact:
  opinion: {last: review_opined, take: opinion, else: none}
  reviewed: {last: review_opined, take: draft, else: none}
gate: {it: {act: decide, when: decision_kind == 'penalty', need: opinion == 'agree' && reviewed == draft, say: 未经审核不得决定, remedy: 先送审}}
"""


@pytest.mark.parametrize(
    ("entries", "status"),
    [
        ("[]", "refused"),
        ("- {at: 2026-09-01 10:00, kind: review_opined, opinion: agree, draft: d1}", "passed"),
        ("- {at: 2026-09-01 10:00, kind: review_opined, opinion: agree, draft: d2}", "refused"),
        (
            "- {at: 2026-09-01 10:00, kind: review_opined, opinion: agree, draft: d1}\n- {at: 2026-09-02 10:00, kind: review_opined, opinion: change, draft: d1}",
            "refused",
        ),
        ("- {at: 2026-09-01 10:00, kind: review_opined, draft: d1}", "cannot_tell"),
    ],
)
def test_the_last_opinion_on_this_very_draft(tmp_path, entries, status):
    assert _status(pack(tmp_path, _REVIEWED), "decide", "{decision_kind: penalty, draft: d1}", entries) == [
        status
    ]


def test_a_refusal_names_article_reason_remedy_and_working(tmp_path):
    result = _try(pack(tmp_path, _REVIEWED), "decide", "{decision_kind: penalty, draft: d1}")[0]
    assert (result.cited, result.say, result.remedy) == ("T-1", "未经审核不得决定", "先送审")
    assert (
        result.working[-1]
        == "须符合：“法制审核意见”的审核意见为同意，并且“法制审核意见”的决定草案与决定草案相同（不符合：没有“法制审核意见”）"
    )


def test_where_it_does_not_apply_it_says_so(tmp_path):
    assert _status(pack(tmp_path, _REVIEWED), "decide", "{decision_kind: none}") == ["not_applicable"]
    assert _status(pack(tmp_path, _REVIEWED), "file_case") == []


_MAJOR = """
set: {large: {unit: yuan, from: agency}}
ask: {complex: {text: 是否疑难复杂, of: decide, who: handling_unit_head}}
define: {major: {1: amount >= large, 6: complex}}
gate: {it: {act: decide, when: major, need: "false", say: 不得}}
"""
_LARGE = "- {at: 2026-01-05 10:00, kind: amount_set, name: T-1.large, value: 3000, effective_on: 2026-02-01, source: 清单}\n"
_ANSWERED = (
    "- {at: 2026-09-01 10:00, kind: answered, ask: T-1.complex, subject: d, value: VALUE, reason: 简单}\n"
)


@pytest.mark.parametrize(
    ("fields", "entries", "now", "status", "needs"),
    [
        ("{decision: d, amount: 3000元}", _LARGE, _NOW, "refused", ()),
        ("{decision: d, amount: 299999}", _LARGE, _NOW, "cannot_tell", ("T-1.complex",)),
        (
            "{decision: d, amount: 299999}",
            _LARGE + _ANSWERED.replace("VALUE", "false"),
            _NOW,
            "not_applicable",
            (),
        ),
        ("{decision: d, amount: 299999}", _LARGE + _ANSWERED.replace("VALUE", "true"), _NOW, "refused", ()),
        (
            "{decision: e, amount: 299999}",
            _LARGE + _ANSWERED.replace("VALUE", "true"),
            _NOW,
            "cannot_tell",
            ("T-1.complex",),
        ),
        (
            "{decision: d, amount: 300000}",
            _LARGE,
            "2026-01-31 10:00",
            "cannot_tell",
            ("T-1.complex", "T-1.large"),
        ),
        ("{decision: d}", _LARGE, _NOW, "cannot_tell", ("T-1.complex", "amount")),
        ("{decision: d}", _LARGE + _ANSWERED.replace("VALUE", "true"), _NOW, "refused", ()),
    ],
)
def test_alternatives_amounts_and_judgements(tmp_path, fields, entries, now, status, needs):
    result = _try(pack(tmp_path, _MAJOR), "decide", fields, entries, now)[0]
    assert (result.status, result.needs) == (status, needs)


@pytest.mark.parametrize(
    ("then", "status", "needs"),
    [
        ("need: amount > 0", "passed", ()),
        ("need: amount > 100", "cannot_tell", ("T-1.complex",)),
        ("need: amount == refund", "cannot_tell", ("T-1.complex",)),
        ("after: {since: notice_served, within: 5 days}", "passed", ()),
        ("need: amount > 0, after: {since: filed, within: 5 days}", "cannot_tell", ("T-1.complex",)),
    ],
)
def test_what_holds_anyway_passes_though_nobody_said_whether_it_applies(tmp_path, then, status, needs):
    rule = f"""
ask: {{complex: {{text: 是否疑难复杂, of: decide, who: handling_unit_head}}}}
gate: {{it: {{act: decide, when: complex, {then}, say: 不得}}}}
"""
    filed = "- {at: 2026-09-20 10:00, kind: filed}"
    result = _try(pack(tmp_path, rule), "decide", "{decision: d, amount: 100}", filed)[0]
    assert (result.status, result.needs) == (status, needs)


def test_the_working_names_the_alternative(tmp_path):
    result = _try(pack(tmp_path, _MAJOR), "decide", "{amount: 3000元}", _LARGE)[0]
    assert "何时适用：属于本条所列情形（符合：属于本条所列情形第1项（罚款不少于数额标准））" in result.working


def test_what_must_be_answered_before_an_act(tmp_path):
    bundle = Bundle([pack(tmp_path, _MAJOR)])
    open_questions = questions(bundle, "decide", facts(_LARGE), {"decision": "d"})
    assert [(question.id, question.who, question.subject) for question in open_questions] == [
        ("T-1.complex", ("handling_unit_head",), "d")
    ]
    assert questions(bundle, "decided", facts(_LARGE), {"decision": "d"})
    assert not questions(
        bundle, "decide", facts(_LARGE + _ANSWERED.replace("VALUE", "true")), {"decision": "d"}
    )
    assert not questions(bundle, "file_case", facts(_LARGE))


@pytest.mark.parametrize(
    ("fact", "entries", "need", "status"),
    [
        ("{count: preserved, without: preservation_disposed, same: measure}", "open", "x == 1", "passed"),
        ("{any: preserved, with: preservation_disposed, same: measure}", "open", "x", "passed"),
        ("{least: notice_served, take: amount, else: 0}", "notices", "x == 100", "passed"),
        ("{most: notice_served, take: amount, else: 0}", "notices", "x == 300", "passed"),
        ("{sum: notice_served, take: amount}", "notices", "x == 400", "passed"),
        ("{first: notice_served, take: amount, else: 0}", "notices", "x == 300", "passed"),
        ("{last: notice_served, take: on, else: none}", "notices", "x == '2026-03-05'", "passed"),
        ("{all: notice_served, where: hearing_right}", "notices", "x", "cannot_tell"),
        ("{all: notice_served, where: amount > 50}", "notices", "x", "passed"),
        ("{all: notice_served, where: amount > 150}", "notices", "x", "refused"),
        ("{all: notice_served, where: amount > 150}", "[]", "x", "refused"),
        ("{all: notice_served, where: amount > 150, else: true}", "[]", "x", "passed"),
        ("{count: notice_served, where: {method: [lien, postal]}}", "notices", "x == 1", "passed"),
        ("{count: notice_served, has: [amount]}", "notices", "x == 2", "passed"),
        ("{any: notice_served}", "[]", "!x", "passed"),
        ("{any: inspected, by: {officers: servers}}", "inspected", "x", "passed"),
        ("{any: inquired, by: {officers: servers}}", "inspected", "!x", "passed"),
    ],
)
def test_facts_read_one_value_from_the_entries(tmp_path, fact, entries, need, status):
    listed = {
        "open": "- {at: 2026-03-02 10:00, kind: preserved, measure: a}\n- {at: 2026-03-02 10:00, kind: preserved, measure: b}\n"
        "- {at: 2026-03-03 10:00, kind: preservation_disposed, measure: a}",
        "notices": "- {at: 2026-03-04 10:00, kind: notice_served, amount: 300, method: direct, hearing_right: true}\n"
        "- {at: 2026-03-05 10:00, kind: notice_served, amount: 100, method: lien}",
        "inspected": "- {at: 2026-03-04 10:00, kind: inspected, officers: [甲, 乙]}",
        "[]": "[]",
    }[entries]
    rule = pack(
        tmp_path, f'fact: {{x: {fact}}}\ngate: {{it: {{act: serve_notice, need: "{need}", say: 不得}}}}'
    )
    assert _status(rule, "serve_notice", "{servers: [丙, 甲]}", listed) == [status]


def test_officers_are_counted_and_those_with_a_valid_certificate(tmp_path):
    rule = pack(
        tmp_path,
        "gate: {it: {act: deliver, need: servers_count >= 2 && servers_valid_count >= 2, say: 须两人}}",
    )
    valid = "{id: a, name: 甲, certificate: X1, valid_to: 2026-09-21}"
    expired = "{id: b, name: 乙, certificate: X2, valid_to: 2026-09-20}"
    assert _status(rule, "deliver", f"{{servers: [{valid}, {expired}]}}") == ["refused"]
    assert _status(rule, "deliver", f"{{servers: [{valid}, {expired}]}}", now="2026-09-20 10:00") == [
        "passed"
    ]
    assert _status(rule, "deliver", f"{{servers: [{valid}, {valid}]}}") == ["refused"]
    assert _status(rule, "deliver") == ["refused"]


def test_an_act_must_wait_until_a_period_has_run_out(tmp_path):
    rule = pack(
        tmp_path,
        """
fact: {waived: {any: statement_waived}}
gate: {it: {act: decide, say: 期满前不得决定, after: {since: notice_served, within: 5 working_days, unless: waived}}}
""",
    )
    served = "- {at: 2026-09-28 10:00, kind: notice_served, notice: n}\n"
    assert _status(rule, "decide", entries=served, now="2026-10-10 23:59") == ["refused"]
    assert _status(rule, "decide", entries=served, now="2026-10-12 00:00") == ["passed"]
    assert _status(rule, "decide") == ["passed"]
    waived = served + "- {at: 2026-09-29 10:00, kind: statement_waived, notice: n}"
    assert _status(rule, "decide", entries=waived, now="2026-09-30 10:00") == ["passed"]


def test_a_measure_not_in_force_refuses_nothing(tmp_path):
    rule = pack(tmp_path, 'gate: {it: {act: decide, need: "false", say: 不得}}', start="2026-09-22")
    assert _status(rule, "decide") == []
    assert _status(rule, "decide", now="2026-09-22 00:00") == ["refused"]


def test_a_question_about_the_matter_is_answered_once_for_every_act(tmp_path):
    body = """
ask: {grave: {text: 是否重大, of: [deliberate, decide], WHO}}
gate: {it: {act: [deliberate, decide], need: grave || !grave, say: 先认定}}
"""
    answered = facts(
        "- {at: 2026-09-01 10:00, kind: answered, ask: T-1.grave, subject: b1, value: false, reason: 不重大}"
    )
    asked = {}
    for who in ("who: agency_head", "subject: matter, who: agency_head"):
        bundle = Bundle([pack(tmp_path, body.replace("WHO", who))])
        before = questions(bundle, "deliberate", [], {"deliberation": "b1"}, at_ms=parse_local(_NOW))
        later = questions(bundle, "decide", answered, {"decision": "d1"}, at_ms=parse_local(_NOW))
        status = gates(bundle, "decide", answered, {"decision": "d1"}, at_ms=parse_local(_NOW))[0].status
        asked[who] = ([each.subject for each in before], len(later), status)
    assert asked == {
        "who: agency_head": (["b1"], 1, "cannot_tell"),
        "subject: matter, who: agency_head": ([None], 0, "passed"),
    }


def test_a_day_that_an_act_names_must_leave_room(tmp_path):
    rule = pack(
        tmp_path,
        "gate: {it: {act: serve_notice, say: 期限不足, room: {field: hearing_until, at_least: 5 working_days}}}",
    )
    for day, status in (("2026-10-09", "refused"), ("2026-10-10", "passed"), ("2026-10-12", "passed")):
        fields = f"{{hearing_until: {day}}}"
        assert _status(rule, "serve_notice", fields, now="2026-09-28 10:00") == [status]
    result = _try(rule, "serve_notice", now="2026-09-28 10:00")[0]
    assert (result.status, result.needs_text) == ("cannot_tell", ("“要求听证的期限”",))
    assert result.working[-1].startswith("要求听证的期限不得早于2026年10月10日：")
