"""Matters read many at a time are the matters read one by one; guarded fields are not told to the law."""

from dataclasses import replace

import pytest

from liuhen import ledger
from liuhen.acts import judgement
from liuhen.acts.facts import GUARDED
from liuhen.acts.matter import load_matter, load_matters
from liuhen.acts.rebuild import all_streams
from liuhen.oversight.scenarios import FILES, play, read_scenario

PLAYED = ("corrections.yaml", "informant.yaml", "review-cap.yaml")


@pytest.mark.usefixtures("stage")
@pytest.mark.parametrize("name", PLAYED)
def test_read_together_they_are_what_each_matter_says(name: str) -> None:
    assert play(read_scenario(FILES / name)).passed
    streams = list(all_streams())
    together = list(load_matters(streams))
    assert [matter.stream for matter in together] == streams
    for one, other in zip(map(load_matter, streams), together, strict=True):
        assert other.facts == one.facts
        assert (other.agency, other.type, other.adopted) == (one.agency, one.type, one.adopted)
        assert [_without_judgement(entry) for entry in one.entries] == list(other.entries)
        assert [(row.rule, row.standing, row.due_ms, row.met_by) for row in judgement.owed(one)] == [
            (row.rule, row.standing, row.due_ms, row.met_by) for row in judgement.owed(other)
        ]
    assert any(matter.adopted for matter in together) is (name != "informant.yaml")
    assert any(GUARDED in fact.fields.values() for matter in together for fact in matter.facts)


def _without_judgement(entry: ledger.Entry) -> ledger.Entry:
    left_out = (ledger.JUDGEMENT, ledger.RESPONSE)
    return replace(entry, parts={name: part for name, part in entry.parts.items() if name not in left_out})


@pytest.mark.usefixtures("stage")
def test_a_stream_that_does_not_exist_is_named() -> None:
    with pytest.raises(ledger.UnknownStream, match="nowhere"):
        list(load_matters(["nowhere"]))
