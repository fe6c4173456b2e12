"""当场处罚决定书编号: printed beforehand and typed; each is used once, with whichever brackets it is written."""

import pytest

from liuhen.acts import Invalid
from liuhen.acts.matter import load_matter
from tests.factories.matters import play_case
from tests.web.played import Play


@pytest.mark.parametrize("written", ["清医保当罚〔2026〕1号", "清医保当罚[2026]1号"])
def test_a_number_that_was_used_is_told_with_whom(play: Play, written: str) -> None:
    used = load_matter(play_case(file="summary.yaml").case)
    play.clock.ms = used.entries[-1].recorded_ms
    lead = play.act("register_lead", "zhang").stream
    with pytest.raises(Invalid) as refused:
        play.act("decide_on_spot", "zhang", lead, number=written, sanction="fine", amount="100元")
    said = refused.value.errors["number"]
    assert str(used.value("on_spot_decided", "party_name")) in said and "只用一次" in said
    with pytest.raises(Exception) as another:
        play.act(
            "decide_on_spot", "zhang", lead, number="清医保当罚〔2026〕2号", sanction="fine", amount="100元"
        )
    assert "number" not in getattr(another.value, "errors", {})
