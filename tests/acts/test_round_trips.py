"""What an act asks ahead and carries on is what it would ask and work out afresh; few round trips are made for it."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection

from liuhen.acts import Correction, Invalid, kept, perform, projections
from liuhen.acts.matter import load_matter
from liuhen.cases import informant
from liuhen.kernel.clock import MS_PER_HOUR
from liuhen.kernel.ids import new_id
from liuhen.ledger import pipeline
from tests.databases import People
from tests.factories.people import AT_WORK
from tests.web.played import Play, begin


@pytest.fixture
def people() -> People:
    return AT_WORK


@pytest.fixture
def play(fresh_database: object) -> Play:
    kept._kept.clear()
    return begin()


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Of each round trip to PostgreSQL, how many statements it took along."""
    made: list[int] = []
    real = pipeline.run

    def run(to: Any, statements: Sequence[pipeline.Statement], **how: Any) -> Any:
        made.append(len(statements))
        return real(to, statements, **how)

    monkeypatch.setattr(pipeline, "run", run)
    return made


def test_an_act_makes_three_round_trips_and_one_more_for_a_matter_not_kept(play: Play, trips: list[int]):
    case = play.file_case()
    play.act("inquire", "zhang", case)
    for before in ("kept", "read"):
        if before == "read":
            kept._kept.clear()
        play.clock.advance(2 * MS_PER_HOUR)
        payload, actor = inquiry(play), play.who("zhang")
        trips.clear()
        perform("inquire", actor, payload, new_id(), clock=play.clock, stream=case)
        if connection.vendor == "postgresql":
            assert len(trips) == 3 + (before == "read"), trips
    assert not projections.differences(load_matter(case))


def inquiry(play: Play, **own: object) -> dict[str, object]:
    now = play.clock.now_ms()
    return {
        "started": now - MS_PER_HOUR,
        "ended": now - MS_PER_HOUR // 2,
        "place": "清溪县医疗保障局询问室",
        "officers": [play.who("zhang").id, play.who("li").id],
        "asked_kind": "party",
        "asked_name": "周仁和",
        "certificates_shown": True,
        "rights_told": True,
        "content": "问：是否属实？答：属实。",
        "read_back": True,
        "apart": True,
        "signatures": [{"who": "party", "name": "周仁和"}, {"who": "officer", "name": "张明远"}],
        **own,
    }


def test_where_officers_were_follows_a_correction(play: Play):
    case = play.file_case()
    entry = play.act("inquire", "zhang", case).entry
    play.clock.advance(MS_PER_HOUR)
    perform(
        "inquire", play.who("zhang"), inquiry(play, place="清溪县和平路13号"), new_id(), clock=play.clock,
        stream=case, correction=Correction(entry, "地点写错"),
    )  # fmt: skip
    assert not projections.differences(load_matter(case))


def test_nobody_is_in_two_places_whatever_was_asked_ahead(play: Play):
    case = play.file_case()
    other = play.file_case_of("清溪县惠民药店")
    play.clock.advance(MS_PER_HOUR)
    for stream, place in ((case, "清溪县和平路12号"), (other, " 县医院住院部\r\n")):
        payload = inquiry(play, place=place)
        if stream == case:
            perform("inquire", play.who("zhang"), payload, new_id(), clock=play.clock, stream=stream)
            continue
        with pytest.raises(Invalid) as refused:
            perform("inquire", play.who("zhang"), payload, new_id(), clock=play.clock, stream=stream)
        assert "清溪县仁和诊所" in refused.value.errors["officers"]


def test_who_informed_is_carried_on_as_it_would_be_read(play: Play):
    case = play.file_case()
    for _ in range(2):
        play.act("inquire", "zhang", case)
        kept_of, read = kept._kept[case].matter, load_matter(case)
        assert informant._hidden(kept_of) == informant._hidden(read) != []
    with pytest.raises(Invalid):
        play.act("inquire", "zhang", case, content="问：王大力是谁？答：不认识。")
    play.act("inquire", "zhang", case, asked_name="王大力", content="问：你是谁？答：本案的当事人。")
    assert informant._hidden(kept._kept[case].matter) == informant._hidden(load_matter(case))
