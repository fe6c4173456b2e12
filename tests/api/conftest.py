"""A played case and signed-in programs for the interface."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from liuhen.accounts.models import Officer
from liuhen.kernel.ids import new_id
from liuhen.web import clock as web_clock
from tests.databases import People
from tests.factories.people import AT_WORK
from tests.web.played import Play, begin


class Program:
    """A program signed in as somebody, with the token of its session. With `token` blank it sends none."""

    def __init__(self, username: str = "", token: str | None = None) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.token = ""
        if username:
            officer = Officer.objects.get(username=username)
            self.client.force_login(officer, "django.contrib.auth.backends.ModelBackend")
            self.token = self.get("session").json()["csrf"] if token is None else token

    def get(self, address: str, **query: str) -> Any:
        """GET below `/api/v1/`."""
        return self.client.get(f"/api/v1/{address}", query)

    def post(self, address: str, body: Any = None, *, key: str | None = None, **headers: str) -> Any:
        """POST JSON below `/api/v1/`; under a new key unless one is given (empty: none)."""
        content = (
            body if isinstance(body, bytes) else json.dumps(body if body is not None else {"fields": {}})
        )
        sent = {"X-CSRFToken": self.token, "Idempotency-Key": new_id() if key is None else key, **headers}
        return self.client.post(
            f"/api/v1/{address}",
            content,
            content_type=sent.pop("Content-Type", "application/json"),
            headers={name: value for name, value in sent.items() if value},
        )

    def upload(self, content: bytes, name: str, **headers: str) -> Any:
        """POST a file."""
        sent = {"X-CSRFToken": self.token, "X-File-Name": name, **headers}
        return self.client.post(
            "/api/v1/uploads", content, content_type="application/octet-stream", headers=sent
        )


AsProgram = Callable[..., Program]


@pytest.fixture
def people() -> People:
    """The demonstration's, at work."""
    return AT_WORK


@pytest.fixture
def play(database: str, monkeypatch: pytest.MonkeyPatch) -> Play:
    """An agency ready to work; both ways in go by its clock."""
    ready = begin()
    monkeypatch.setattr(web_clock, "_clock", [ready.clock])
    return ready


@pytest.fixture
def as_program() -> AsProgram:
    """A program signed in as `<person>.<agency>`."""
    return Program


def error(answer: HttpResponse, status: int) -> dict[str, Any]:
    """What the one shape of errors says, with its status looked at."""
    body = json.loads(answer.content)
    assert answer.status_code == status, body
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "fields", "reasons"}
    assert body["error"]["message"]
    told: dict[str, Any] = body["error"]
    return told
