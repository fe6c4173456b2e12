"""履行情况: the amount still due is that of what is chosen; more than that needs its reason."""

from datetime import date, timedelta

import pytest

from liuhen.acts import Invalid
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_HOUR, local_date
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


def test_while_paying_by_instalments_the_one_due_is_filled_in(play: Play, as_person: SignIn) -> None:
    """Not the whole sum, which is not due yet; what was paid in part, its rest; the refund has no instalments."""
    case = play_case("decision").case
    play.clock.ms = load_matter(case).entries[-1].recorded_ms + MS_PER_HOUR
    until = [(local_date(play.clock.ms) + timedelta(days=days)).isoformat() for days in (20, 40)]
    play.act("request_deferral", "zhang", case, manner="instalments", reason="经营困难。")
    plan = [{"until": until[0], "amount": "20000"}, {"until": until[1], "amount": "8400"}]
    play.act(
        "decide_deferral", "fuju", case, agree=True, until_on=until[1], plan=plan, reason="属实。", days=None
    )
    url = f"/do/record_performance/{case}/"
    clerk = as_person("cai.qingxi")
    first = clerk.get(f"{url}?what=fine").content.decode()
    assert 'value="20000.00"' in first and "第1期" in first and 'value="28400.00"' not in first
    assert 'value="14200.00"' in clerk.get(f"{url}?what=refund").content.decode()
    paid = {"what": "fine", "account": "treasury", "description": "第一期。"}
    play.act("record_performance", "cai", case, **paid, amount="15000")
    assert 'value="5000.00"' in clerk.get(f"{url}?what=fine").content.decode()
    play.act("record_performance", "cai", case, **paid, amount="5000")
    assert 'value="8400.00"' in clerk.get(f"{url}?what=fine").content.decode()


def test_instalments_do_not_shorten_the_time_that_the_decision_gives(play: Play) -> None:
    case = play_case("decision").case
    matter = load_matter(case)
    play.clock.ms = matter.entries[-1].recorded_ms + MS_PER_HOUR
    last = date.fromisoformat(str(matter.value("decided", "perform_until")))
    until = (last - timedelta(days=1)).isoformat()
    play.act("request_deferral", "zhang", case, manner="instalments", reason="经营困难。")
    agreed = {
        "agree": True,
        "until_on": until,
        "plan": [{"until": until, "amount": "28400"}],
        "reason": "属实。",
    }
    with pytest.raises(Invalid, match="早于原履行期限"):
        play.act("decide_deferral", "fuju", case, **agreed, days=None)


def test_what_is_still_to_be_paid_stands_on_the_case_and_with_whoever_books_it(
    play: Play, as_person: SignIn
) -> None:
    case = play_case("decision").case
    play.clock.ms = load_matter(case).entries[-1].recorded_ms + MS_PER_HOUR
    until = [(local_date(play.clock.ms) + timedelta(days=days)).isoformat() for days in (20, 40)]
    play.act("request_deferral", "zhang", case, manner="instalments", reason="经营困难。")
    plan = [{"until": until[0], "amount": "20000"}, {"until": until[1], "amount": "8400"}]
    agreed = {"agree": True, "until_on": until[1], "plan": plan, "reason": "属实。", "days": None}
    play.act("decide_deferral", "fuju", case, **agreed)
    paid = {"what": "fine", "account": "treasury", "description": "第一期。"}
    play.act("record_performance", "cai", case, **paid, amount="20000")
    page = as_person("zhang.qingxi").get(f"/cases/{case}/").content.decode()
    money = page[page.index('aria-label="还应缴纳"') :]
    assert "还应缴8,400.00元" in money and "已缴清" in money and until[1] in money
    home = as_person("cai.qingxi").get("/").content.decode()
    assert home.count("第2期") == home.count("还应缴8,400.00元") == 1, "the refund's line says the refund"
    assert f"/do/record_performance/{case}/" in home
    play.act("record_performance", "cai", case, **paid, amount="8400")
    assert 'aria-label="还应缴纳"' in as_person("zhang.qingxi").get(f"/cases/{case}/").content.decode(), (
        "the refund"
    )
    with pytest.raises(Invalid, match="已经全部缴纳"):
        play.act("tell_deferral", "zhang", case, until_on=until[1])
