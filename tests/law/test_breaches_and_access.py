"""违反与查阅: what counts as a breach at a moment, and who may see, copy, keep or hand on what."""

# ruff: noqa: E501 - entries stand on one line each

import pytest

from liuhen.kernel.clock import parse_local
from liuhen.law import Bundle, Pack, owed
from liuhen.law.breaches import access, access_of_act, breaches
from tests.law.toy import facts, pack

_BREACH = """
ask: {grave: {text: 是否造成严重后果, who: supervisor}}
owe: {store: {since: recording_ended, done: recording_stored, same: recording, within: 24 hours}}
breach:
  late: {when_missing: [T-1.store], who: supervisor, title: 不按规定储存}
  graver: {when_missing: [T-1], ask: grave, who: supervisor}
  leaked: {since: breach_found, where: {breach_kind: leaked}}
"""
_ENDED = "- {at: 2026-03-02 10:00, kind: recording_ended, recording: r}\n"


def _found(rule: Pack, entries: str, now: str) -> dict[str, str]:
    bundle, listed, moment = Bundle([rule]), facts(entries), parse_local(now)
    return {result.rule: result.status for result in breaches(bundle, owed(bundle, listed), listed, moment)}


@pytest.mark.parametrize(
    ("more", "now", "status"),
    [
        ("", "2026-03-03 10:00", ("clear", "clear", "clear")),
        ("", "2026-03-03 10:01", ("found", "cannot_tell", "clear")),
        ("- {at: 2026-03-04 10:00, kind: recording_stored, recording: r}\n", "2026-03-05 10:00", ("found", "cannot_tell", "clear")),
        ("- {at: 2026-03-04 10:00, kind: answered, ask: T-1.grave, value: true, reason: 有}\n", "2026-03-05 10:00", ("found", "found", "clear")),
        ("- {at: 2026-03-04 10:00, kind: answered, ask: T-1.grave, value: false, reason: 无}\n", "2026-03-05 10:00", ("found", "clear", "clear")),
        ("- {at: 2026-03-02 11:00, kind: breach_found, breach_kind: leaked}\n", "2026-03-02 12:00", ("clear", "clear", "found")),
        ("- {at: 2026-03-02 11:00, kind: breach_found, breach_kind: tampered}\n", "2026-03-02 12:00", ("clear", "clear", "clear")),
    ],
)  # fmt: skip
def test_unmet_rules_entries_and_judgements(tmp_path, more, now, status):
    found = _found(pack(tmp_path, _BREACH), _ENDED + more, now)
    assert (found["T-1.late"], found["T-1.graver"], found["T-1.leaked"]) == status


_ACCESS = """
fact: {approved: {any: access_approved}}
access:
  copy: {of: [archived], who: party, may: [read, copy], need: approved, say: 经批准方可查阅}
  guarded: {part: [informant], who: handler, may: [read], say: 只有承办人可以看}
  private: {of: [recording_stored], who: officer, may: [keep], deny: true, say: 不得自行保管}
"""


@pytest.mark.parametrize(
    ("who", "may", "kind", "part", "answers"),
    [
        ("party", "copy", "archived", "open", {"copy": "refused"}),
        ("custodian", "copy", "archived", "open", {}),
        ("party", "keep", "archived", "open", {}),
        ("handler", "read", "lead_registered", "informant", {"guarded": "passed"}),
        ("party", "read", "lead_registered", "informant", {"guarded": "refused"}),
        ("handler", "copy", "lead_registered", "informant", {"guarded": "refused"}),
        ("party", "read", "lead_registered", "open", {}),
        ("officer", "keep", "recording_stored", "open", {"private": "refused"}),
        ("custodian", "keep", "recording_stored", "open", {}),
        ("officer", "read", "recording_stored", "open", {}),
    ],
)
def test_who_may_do_what_with_which_part(tmp_path, who, may, kind, part, answers):
    results = access(
        Bundle([pack(tmp_path, _ACCESS)]), who, may, kind, [], part=part, now_ms=parse_local("2026-03-02")
    )
    assert {result.rule.removeprefix("T-1."): result.status for result in results} == answers


def test_an_approval_opens_the_file(tmp_path):
    bundle, now = Bundle([pack(tmp_path, _ACCESS)]), parse_local("2026-03-05")
    approved = facts("- {at: 2026-03-02 10:00, kind: access_approved}")
    assert [
        result.status for result in access(bundle, "party", "copy", "archived", approved, now_ms=now)
    ] == ["passed"]
    assert [result.status for result in access_of_act(bundle, "archive_case", approved, now_ms=now)] == [
        "passed"
    ]
    assert [result.status for result in access_of_act(bundle, "archive_case", [], now_ms=now)] == ["refused"]
