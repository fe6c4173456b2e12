"""履行情况: the amount still due is that of what is chosen; more than that needs its reason."""

import pytest

from liuhen.acts import Invalid
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_HOUR
from tests.factories.matters import play_case
from tests.web.conftest import SignIn
from tests.web.played import Play


def test_each_choice_fills_what_is_due_of_it(play: Play, as_person: SignIn) -> None:
    case = play_case("decision").case
    play.clock.ms = load_matter(case).entries[-1].recorded_ms + MS_PER_HOUR
    clerk = as_person("cai.qingxi")
    url = f"/do/record_performance/{case}/"
    assert 'data-refill="what"' in clerk.get(url).content.decode()
    assert 'value="14200.00"' in clerk.get(f"{url}?what=refund").content.decode()
    assert 'value="28400.00"' in clerk.get(f"{url}?what=fine").content.decode()
    paid = {"what": "fine", "amount": "20000", "account": "treasury", "description": "分两次缴。"}
    play.act("record_performance", "cai", case, **paid)
    assert 'value="8400.00"' in clerk.get(f"{url}?what=fine").content.decode()
    with pytest.raises(Invalid, match=r"多于尚未履行的8,400\.00元"):
        play.act("record_performance", "cai", case, **paid | {"amount": "8400.01"})
    play.act("record_performance", "cai", case, **paid | {"amount": "9000", "over_reason": "多缴，待退。"})
