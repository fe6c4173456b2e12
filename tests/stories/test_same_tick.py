"""Two processes that begin cases in the same tick of the clock: both are filed, each with a row of its own."""

import pytest

from liuhen.acts import filling, rebuild
from liuhen.acts.matter import load_matter
from liuhen.cases.models import CaseRow
from liuhen.cases.search import row_of
from liuhen.kernel.ids import _Sequence, is_id, new_id
from tests.databases import People
from tests.factories.people import AT_WORK
from tests.web.played import begin

_TICK = 16
"""The characters of an id that hold its millisecond, version and count."""


@pytest.fixture
def people() -> People:
    return AT_WORK


@pytest.mark.usefixtures("fresh_database")
def test_a_row_number_taken_by_another_process_does_not_stop_an_act(monkeypatch: pytest.MonkeyPatch) -> None:
    play = begin()
    first = play.file_case()
    collides = first[:_TICK] + new_id()[_TICK:]
    assert is_id(collides) and collides != first and row_of(collides) == row_of(first)
    play.lead = play.act("register_lead", "zhang").stream
    for name, who in (("verify_lead", "zhang"), ("propose_filing", "zhang"), ("endorse_filing", "ke")):
        play.act(name, who, play.lead)
    coming = [collides]
    monkeypatch.setattr(filling, "new_id", lambda: coming.pop() if coming else new_id())
    second = play.act("file_case", "fuju", play.lead).stream
    assert not coming, "the colliding id was tried"
    assert second not in (first, collides)
    assert sorted(CaseRow.objects.values_list("stream", flat=True)) == sorted([first, second])
    assert load_matter(second).entries
    assert list(rebuild.check()) == []


def test_processes_do_not_count_alike() -> None:
    """The first id of a millisecond does not bear the same count in every process."""
    counts = {_Sequence().next()[13:16] for _ in range(50)}
    assert len(counts) > 25
