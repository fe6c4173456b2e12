"""签名: of the text that was shown, not before it, by those who were there; drawn strokes are checked."""

import json
from typing import Any

import pytest

from liuhen.acts.signing import BadSignature, read_drawn, shown_digest, wrong
from liuhen.documents.values import drawn
from liuhen.kernel.clock import parse_local
from liuhen.law.dictionary import standard

KIND = standard().kinds["inspected"]
START, END, NOW = (parse_local(f"2026-03-02 {time}") for time in ("09:00", "10:00", "12:00"))
GIVEN = {"started": "2026-03-02 09:00", "ended": "2026-03-02 10:00", "findings": "查看了处方。"}
STROKES = [
    [[100 + 10 * i, 200 + i, 20 * i] for i in range(12)],
    [[300, 100 + 9 * i, 400 + 20 * i] for i in range(9)],
]


def said(**row: Any) -> str:
    signature = {"who": "party", "name": "周济生", "at": END, **row}
    values = {"started": START, "ended": END, "officers": [{"name": "张明远"}], "signatures": [signature]}
    return wrong(KIND, GIVEN, values, END, NOW).get("signatures", "")


def test_a_signature_holds_for_what_was_shown() -> None:
    digest = shown_digest(KIND, GIVEN)
    assert said(drawn=STROKES, shown=digest) == ""
    assert "又有改动" in said(
        drawn=STROKES, shown=shown_digest(KIND, {**GIVEN, "findings": "查看了处方和病历。"})
    )
    assert "又有改动" in said(drawn=STROKES)
    assert said() == "", "on paper there is no digest"


def test_a_line_ends_alike_however_it_was_sent() -> None:
    posted, sent = {"findings": "查看了处方。\r\n又看了病历。"}, {"findings": "查看了处方。\n又看了病历。"}
    assert shown_digest(KIND, posted) == shown_digest(KIND, sent)
    assert shown_digest(KIND, sent) != shown_digest(KIND, {"findings": "查看了处方。又看了病历。"})


def test_signatures_and_files_are_not_part_of_what_is_shown() -> None:
    assert shown_digest(
        KIND, {**GIVEN, "signatures": [{"who": "party"}], "files": ["a"], "statements": ""}
    ) == (shown_digest(KIND, GIVEN))


def test_not_before_the_text_and_not_ahead_of_now() -> None:
    assert "不能先签名后记录" in said(at=START - 1)
    assert said(at=START) == ""
    assert "还没有到" in said(at=NOW + 60_000, drawn=STROKES, shown=shown_digest(KIND, GIVEN))


def test_what_happens_now_may_have_been_signed_while_the_form_was_filled_in() -> None:
    """A time left empty is the moment of submitting; whoever signs does so some minutes before, not the day before."""
    kind = standard().kinds["evidence_collected"]

    def signed(at: int, happened: int) -> str:
        row = {"who": "holder", "name": "周济生", "at": at}
        return wrong(kind, {}, {"signatures": [row]}, happened, NOW).get("signatures", "")

    assert kind.time == "reported" and not kind.span
    assert signed(NOW - 5 * 60_000, NOW) == ""
    assert "不能先签名后记录" in signed(NOW - 24 * 60 * 60_000, NOW)
    assert "不能先签名后记录" in signed(START - 60_000, START), "a time that was typed is held to"


def test_an_officer_who_was_not_there_cannot_sign() -> None:
    assert "不在场" in said(who="officer", name="李卫东")
    assert said(who="officer", name="张明远") == ""
    assert said(who="attesting_witness", name="李卫东") == ""


def test_drawn_strokes_are_read() -> None:
    assert read_drawn(json.dumps(STROKES)) == STROKES
    assert drawn(STROKES).count("M") == 2
    assert drawn(None) == ""


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "[[[1,2,3]]]", '"x"', "[[1,2]]", "[" * 5000,
        json.dumps([[[1, 2] for _ in range(20)]]),
        json.dumps([[[5000, 2, i] for i in range(20)]]),
        json.dumps([[[5, 2, -i] for i in range(20)]]),
        json.dumps([[[5, 2, i] for i in range(5000)]]),
    ],
)  # fmt: skip
def test_what_is_no_signature_is_refused(text: str) -> None:
    with pytest.raises(BadSignature):
        read_drawn(text)
