"""更正编号的文书: another paper, handed over and signed for after the void one was made; a record keeps its time."""

from types import SimpleNamespace
from typing import Any

import pytest

from liuhen.acts.correcting import blank_time, kept_time, of_the_void_paper
from liuhen.law.dictionary import Kind, standard

ANEW = [kind for kind in standard().kinds.values() if kind.correct == "anew"]
MINUTE = 60_000
MADE, SERVED, NOW = 1_000 * MINUTE + 7, 900 * MINUTE, 2_000 * MINUTE


def _void(kind: Kind) -> Any:
    given = {name: SERVED for name, field in kind.fields.items() if field.handed}
    return SimpleNamespace(id="e", recorded_ms=MADE, happened_ms=SERVED, parts={"open": given})


def _said(kind: Kind, at: int, *, untimed: bool = False) -> set[str]:
    signed = [{"who": "party", "name": "贺志远", "at": at}]
    values: dict[str, Any] = {name: at for name, field in kind.fields.items() if field.handed}
    values |= {name: signed for name, field in kind.fields.items() if field.type == "signatures"}
    return set(of_the_void_paper(kind, _void(kind), values, at, untimed=untimed))


@pytest.mark.parametrize("kind", ANEW, ids=lambda kind: kind.name)
def test_nothing_of_the_void_papers_service_is_told_of_the_new_one(kind: Kind) -> None:
    tells = {name for name, field in kind.fields.items() if field.handed or field.type == "signatures"}
    goes = {"at"} if kind.goes_out_again and kind.time == "reported" else set()
    assert _said(kind, SERVED) == tells | goes, "as the void one was served"
    assert not _said(kind, 1_000 * MINUTE), "in the minute in which the void one was entered, or later"
    assert _said(kind, NOW, untimed=True) == goes, "the time is asked"
    assert not any(kind.carried_over(name) for name in tells)
    assert not of_the_void_paper(kind, _void(kind), {}, NOW, untimed=False) or any(
        field.handed for field in kind.fields.values()
    ), "what was handed over is handed over again"


def test_a_record_keeps_its_time_to_the_instant() -> None:
    inspected, notice = standard().kinds["evidence_collected"], standard().kinds["notice_served"]
    void = _void(notice)
    assert blank_time(inspected, void, NOW) == SERVED and blank_time(notice, void, NOW) == NOW
    assert blank_time(standard().kinds["inspection_notified"], void, NOW) == NOW, (
        "another notice is given now"
    )
    void.happened_ms = SERVED + 31_000
    assert kept_time(inspected, void, SERVED) == SERVED + 31_000
    assert kept_time(inspected, void, SERVED + MINUTE) == SERVED + MINUTE
    assert kept_time(notice, void, SERVED) == SERVED
