"""A played case and signed-in clients for the screens."""

from collections.abc import Callable

import pytest
from django.test import Client

from liuhen.accounts.models import Officer
from liuhen.web import clock as web_clock
from tests.databases import People
from tests.factories.people import AT_WORK
from tests.web.played import Play, begin

SignIn = Callable[[str], Client]


@pytest.fixture
def people() -> People:
    """The demonstration's, at work."""
    return AT_WORK


@pytest.fixture
def play(database: str, monkeypatch: pytest.MonkeyPatch) -> Play:
    """An agency ready to work; the screens go by its clock."""
    ready = begin()
    monkeypatch.setattr(web_clock, "_clock", [ready.clock])
    return ready


@pytest.fixture
def as_person() -> SignIn:
    """A client signed in as `<person>.<agency>`."""

    def sign_in(username: str) -> Client:
        client = Client()
        client.force_login(
            Officer.objects.get(username=username), "django.contrib.auth.backends.ModelBackend"
        )
        return client

    return sign_in
