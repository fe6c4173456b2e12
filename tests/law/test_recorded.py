"""音像记录: may, any, whole; interruptions explained; due until the time to store has run out."""

# ruff: noqa: E501 - entries stand on one line each

from pathlib import Path

import pytest

from liuhen.law import Owed
from tests.law.toy import at, one, pack

_BODY = """
owe: {{store: {{since: recording_ended, done: recording_stored, same: recording, about: recording.store, within: 24 hours}}}}
record: {{it: {{of: inspected, must: {must}{more}}}}}
"""
_ACT = "- {at: 2026-03-02 11:00, kind: inspected, inspection: i, started: 2026-03-02 10:00, ended: 2026-03-02 11:00}\n"


def _film(
    name: str, start: str, end: str, more: str = "of: inspected, subject: i", medium: str = "video"
) -> str:
    return (
        f"- {{at: 2026-03-02 {end}, kind: recording_ended, recording: {name}, medium: {medium}, "
        f"started: 2026-03-02 {start}, ended: 2026-03-02 {end}, {more}}}\n"
    )


def _row(folder: Path, entries: str, must: str = "whole", more: str = "") -> Owed:
    return one(pack(folder, _BODY.format(must=must, more=more)), _ACT + entries)


def _state(row: Owed, now: str = "2026-03-10 09:00") -> str:
    return at(row, now).state


@pytest.mark.parametrize(
    ("entries", "state"),
    [
        (_film("a", "09:55", "11:05"), "met"),
        (_film("a", "10:00", "10:30") + _film("b", "10:30", "11:00"), "met"),
        (_film("a", "10:00", "10:59:30"), "met"),
        (_film("a", "10:00", "10:30") + _film("b", "10:32", "11:00"), "missing"),
        (_film("a", "10:00", "10:50"), "missing"),
        (_film("a", "10:05", "11:00"), "missing"),
        (_film("a", "10:00", "11:00", medium="photo"), "missing"),
        (_film("a", "10:00", "11:00", more="of: inspected, subject: other"), "missing"),
        (_film("a", "10:00", "11:00", more="of: inquired, subject: i"), "missing"),
        ("", "missing"),
    ],
)
def test_the_whole_course_is_covered_from_start_to_end(tmp_path, entries, state):
    assert _state(_row(tmp_path, entries)) == state


def test_the_gap_is_named(tmp_path):
    row = _row(tmp_path, _film("a", "10:00", "10:30") + _film("b", "10:32", "11:00"))
    assert row.missing_fields == ("2026-03-02 10:30至2026-03-02 10:32",)


def test_a_recording_may_be_linked_afterwards(tmp_path):
    film = _film("a", "10:00", "11:00", more="place: 诊所")
    link = "- {at: 2026-03-03 10:00, kind: recording_linked, recording: a, of: inspected, subject: i}\n"
    assert _state(_row(tmp_path, film)) == "missing"
    assert _state(_row(tmp_path, film + link)) == "met"


_PAUSE = "- {at: 2026-03-02 10:30, kind: recording_interrupted, interruption: p, recording: a, from: 2026-03-02 10:20, to: 2026-03-02 10:30, cause: power, resumed: true}\n"


@pytest.mark.parametrize(
    ("pause", "state"),
    [
        (_PAUSE, "missing"),
        (_PAUSE.replace("resumed: true", "resumed: true, voiced: true"), "met"),
        (
            _PAUSE
            + "- {at: 2026-03-03 10:00, kind: interruption_explained, interruption: p, explanation: 断电}\n",
            "met",
        ),
        (
            _PAUSE
            + "- {at: 2026-03-03 10:00, kind: interruption_explained, interruption: q, explanation: 断电}\n",
            "missing",
        ),
        # explained when the time to store had run out (11:00 of the next day): made good, but late
        (
            _PAUSE
            + "- {at: 2026-03-03 11:01, kind: interruption_explained, interruption: p, explanation: 断电}\n",
            "met_late",
        ),
        (
            _PAUSE.replace("kind:", "recorded: 2026-03-03 11:01, kind:").replace(
                "resumed: true", "resumed: true, explanation: 断电"
            ),
            "met_late",
        ),
        (
            _PAUSE.replace("kind:", "recorded: 2026-03-03 11:00, kind:").replace(
                "resumed: true", "resumed: true, explanation: 断电"
            ),
            "met",
        ),
    ],
)
def test_only_an_explained_interruption_is_excepted(tmp_path, pause, state):
    assert _state(_row(tmp_path, _film("a", "10:00", "11:00") + pause)) == state


def test_until_the_time_to_store_has_run_out_it_is_due(tmp_path):
    row = _row(tmp_path, "")
    assert [_state(row, now) for now in ("2026-03-03 11:00", "2026-03-03 11:01")] == ["due", "missing"]


def test_without_a_time_to_store_it_stays_due(tmp_path):
    row = one(pack(tmp_path, "record: {it: {of: inspected, must: any}}"), _ACT)
    assert _state(row, "2030-01-01 09:00") == "due"


def test_any_takes_a_photograph_and_may_asks_nothing(tmp_path):
    photo = _film("a", "10:10", "10:10", medium="photo")
    assert _state(_row(tmp_path / "a", photo, must="any")) == "met"
    assert _state(_row(tmp_path / "b", photo, must="any", more=", medium: [video, sound]")) == "missing"
    assert _state(_row(tmp_path / "c", "", must="may")) == "option"


def test_what_it_must_show(tmp_path):
    film = _film("a", "10:00", "11:00", more="of: inspected, subject: i, shows: [scene]")
    row = _row(tmp_path, film, must="any", more=", holds: [scene, people]")
    assert (row.missing_fields, _state(row)) == (("people",), "missing")
