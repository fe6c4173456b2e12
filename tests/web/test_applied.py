"""条文在本机关的适用: its numbers equal their lists, and the lists lead to the matters."""

import re

import pytest

from liuhen.kernel.clock import MS_PER_DAY
from liuhen.kernel.ids import new_id
from liuhen.web import applied
from tests.web.conftest import SignIn
from tests.web.played import Play


def test_numbers_equal_their_lists_and_lead_to_the_matters(play: Play, as_person: SignIn) -> None:
    play.file_case()
    late = play.act("register_lead", "zhang").stream
    play.clock.advance(60 * MS_PER_DAY)
    play.act("register_lead", "zhang")
    client = as_person("zhang.qingxi")
    page = client.get("/law/articles/R09-14/").content.decode()
    numbers = dict(re.findall(r'\?which=(\w+)#applied"[^>]*>[^<]*<span class="num">(\d+)</span>', page))
    assert set(numbers) == {"all", "met", "met_late", "open", "overdue", "refused"}
    assert int(numbers["overdue"]) > 0 and int(numbers["met"]) > 0 and int(numbers["open"]) > 0
    assert int(numbers["all"]) == sum(int(numbers[name]) for name in ("met", "met_late", "open", "overdue"))
    for name, number in numbers.items():
        listed = client.get("/law/articles/R09-14/", {"which": name}).content.decode()
        listed = listed[listed.index('id="applied"') :]
        assert listed.count("<tr><td>") == int(number), name
    overdue = client.get("/law/articles/R09-14/", {"which": "overdue"}).content.decode()
    assert f"/leads/{late}/" in overdue


def test_an_article_of_many_cases_shows_the_numbers_kept(
    play: Play, as_person: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    play.file_case()
    client, agency = as_person("zhang.qingxi"), play.who("zhang").agency
    live = [one.number for one in applied.counts(agency, "R09-14", play.clock.now_ms(), "all")]
    applied.recount(play.clock.now_ms())
    monkeypatch.setattr(applied, "LIVE_MAX", 0)
    assert [one.number for one in applied.counts(agency, "R09-14", play.clock.now_ms(), "all")] == live
    assert "的汇总" in client.get("/law/articles/R09-14/").content.decode()
    play.act("register_lead", "zhang")
    assert [one.number for one in applied.counts(agency, "R09-14", play.clock.now_ms(), "all")] == live
    applied.recount(play.clock.now_ms())
    assert [one.number for one in applied.counts(agency, "R09-14", play.clock.now_ms(), "all")] != live


def test_an_article_of_very_many_cases_waits_for_the_worker(
    play: Play, as_person: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    play.file_case()
    client = as_person("zhang.qingxi")
    monkeypatch.setattr(applied, "ROWS_MAX", 0)
    monkeypatch.setattr(applied, "LIVE_MAX", 0)
    assert "正在后台汇总" in client.get("/law/articles/R09-14/").content.decode()
    applied.recount(play.clock.now_ms())
    page = client.get("/law/articles/R09-14/").content.decode()
    assert "正在后台汇总" not in page and "的汇总" in page


def test_what_it_refused_is_listed_too(play: Play, as_person: SignIn) -> None:
    lead = play.act("register_lead", "zhang").stream
    play.act("verify_lead", "zhang", lead)
    play.act("propose_filing", "zhang", lead)
    as_person("fuju.qingxi").post(f"/do/file_case/{lead}/", {"opinion_head": "同意", "_key": new_id()})
    page = as_person("zhang.qingxi").get("/law/articles/HN-J-8/", {"which": "refused"}).content.decode()
    assert f"/leads/{lead}/" in page and "立案" in page


def test_another_agencys_matters_are_not_counted(play: Play, as_person: SignIn) -> None:
    play.file_case()
    assert "在本机关的适用" not in as_person("zhang.wangdu").get("/law/articles/R09-14/").content.decode()
