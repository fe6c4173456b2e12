"""Facts read many matters at a time are those of the matters read one by one; guarded fields are not told."""

import pytest

from liuhen import ledger
from liuhen.acts import judgement
from liuhen.acts.facts import GUARDED, facts_of_matters, facts_read
from liuhen.acts.matter import load_matter
from liuhen.acts.rebuild import all_streams
from liuhen.oversight.scenarios import FILES, play, read_scenario

PLAYED = ("corrections.yaml", "informant.yaml", "review-cap.yaml")


@pytest.mark.usefixtures("stage")
@pytest.mark.parametrize("name", PLAYED)
def test_read_together_they_are_what_each_matter_says(name: str) -> None:
    assert play(read_scenario(FILES / name)).passed
    streams = list(all_streams())
    together = {head.stream: (head, facts) for head, facts in facts_of_matters(streams)}
    assert list(together) == streams
    for stream in streams:
        matter, (head, facts) = load_matter(stream), together[stream]
        assert tuple(facts) == matter.facts
        assert facts_read(ledger.matter_streams(stream)) == facts
        assert (head.agency, head.type) == (matter.agency, matter.type)
        one, other = judgement.owed(matter), judgement.owed_of(head, facts)
        assert [(row.rule, row.standing, row.due_ms, row.met_by) for row in one] == [
            (row.rule, row.standing, row.due_ms, row.met_by) for row in other
        ]
    assert any(GUARDED in fact.fields.values() for _head, facts in together.values() for fact in facts)


@pytest.mark.usefixtures("stage")
def test_a_stream_that_does_not_exist_is_named() -> None:
    with pytest.raises(ledger.UnknownStream, match="nowhere"):
        list(facts_of_matters(["nowhere"]))
