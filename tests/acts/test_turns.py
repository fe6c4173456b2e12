"""流转: what is handed on shows up with whoever may take it up, and with nobody else; it goes when it is done."""

import pytest

from liuhen.accounts.actor import OfficerActor, actor_of
from liuhen.accounts.models import Officer
from liuhen.cases import lists
from tests.web.played import Play, begin

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def play() -> Play:
    return begin()


def person(play: Play, slug: str) -> OfficerActor:
    return actor_of(Officer.objects.get(username=f"{slug}.qingxi"), play.clock.now_ms())


def turns(play: Play, slug: str) -> list[str]:
    return [row["act"] for row in lists.turns(person(play, slug))]


def test_a_proposal_waits_for_the_unit_then_for_the_head(play: Play):
    lead = play.act("register_lead", "zhang").stream
    play.act("verify_lead", "zhang", lead)
    assert "propose_filing" in turns(play, "zhang")
    play.act("propose_filing", "zhang", lead)
    assert turns(play, "ke") == ["endorse_filing"]
    assert turns(play, "fuju") == [] and turns(play, "zhang") == []
    play.act("endorse_filing", "ke", lead)
    assert turns(play, "ke") == []
    assert turns(play, "fuju") == ["file_case"]
    play.act("file_case", "fuju", lead)
    assert turns(play, "fuju") == []
