"""The clock is put forward in a demonstration only: with the machine's clock the address does not exist."""

import pytest
from django.urls import reverse

from liuhen.kernel.clock import MS_PER_DAY, FixedClock
from liuhen.web import clock
from tests.web.conftest import SignIn
from tests.web.played import Play


class Movable(FixedClock):
    """A fixed clock that can be put forward."""

    def put_forward(self, ms: int) -> bool:
        self.ms += ms
        return True


@pytest.fixture
def kept_clock():
    before = clock.clock()
    yield before
    clock.use(before)


@pytest.mark.usefixtures("kept_clock")
def test_it_moves_by_whole_steps(play: Play, as_person: SignIn):
    moved = Movable.at("2026-03-02 09:00")
    clock.use(moved)
    client = as_person("zhang.qingxi")
    answer = client.post(reverse("demonstration-clock"), {"days": "7", "next": "/cases/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/cases/")
    assert moved.now_ms() == FixedClock.at("2026-03-02 09:00").ms + 7 * MS_PER_DAY
    assert client.post(reverse("demonstration-clock"), {"days": "400"}).status_code == 404


@pytest.mark.usefixtures("kept_clock")
def test_an_ordinary_clock_does_not_move(play: Play, as_person: SignIn):
    clock.use(FixedClock.at("2026-03-02 09:00"))
    client = as_person("zhang.qingxi")
    assert client.post(reverse("demonstration-clock"), {"days": "7"}).status_code == 404
