"""The page of the interfaces: each request in it is sent, each answer is as it says, each route and error is there."""

import json
import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from liuhen.api.urls import urlpatterns
from liuhen.web import clock as web_clock
from tests.databases import People
from tests.docs.blocks import DOCS, Block, blocks
from tests.factories.people import AT_WORK, PASSWORD
from tests.guards.source import PROGRAM
from tests.web.played import begin

PAGE = DOCS / "api.md"
_NAMED = re.compile(r"〈(\w+)〉")
_CODE = re.compile(r'Problem\(\s*\d{3}, "(\w+)"')
ANY = "…"


def alike(told: Any, came: Any, where: str = "") -> list[str]:
    """Where an answer is not as the page says: `…` is anything, the last of a list any more."""
    if told == ANY:
        return []
    if isinstance(told, dict) and isinstance(came, dict):
        return [
            wrong
            for name, one in told.items()
            if name != ANY
            for wrong in (alike(one, came[name], f"{where}.{name}") if name in came else [f"{where}.{name}"])
        ]
    if isinstance(told, list) and isinstance(came, list):
        more = told[-1:] == [ANY]
        told = told[:-1] if more else told
        if len(came) < len(told) or (len(came) > len(told) and not more):
            return [f"{where}: {len(came)}"]
        return [wrong for i, one in enumerate(told) for wrong in alike(one, came[i], f"{where}.{i}")]
    return [] if told == came else [f"{where}: {came}"]


@pytest.fixture
def people() -> People:
    return AT_WORK


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_examples_go_as_they_say(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_clock, "_clock", [begin().clock])
    client, known = Client(enforce_csrf_checks=True), {"密码": PASSWORD}
    page = [block for block in blocks(PAGE) if block.language in ("http", "json")]
    sent = 0
    for block, after in zip(page, [*page[1:], None], strict=True):
        if block.language != "http":
            continue
        answer = _send(client, _with(block.text, known))
        told = after if after is not None and after.language == "json" else block
        assert answer.status_code == int(told.words["status"]), (block.name, answer.content.decode())
        sent += 1
        if name := block.words.get("cookie"):
            known[name.split(":")[0]] = client.cookies[name.split(":")[1]].value
        if told is not block:
            _compare(told, json.loads(answer.content), known)
    assert sent > 12


def _compare(told: Block, came: Any, known: dict[str, str]) -> None:
    expected = json.loads(_with(told.text, known))
    if "any" in told.words:  # of its lists, these among others
        came = {name: _found(expected.get(name), value) for name, value in came.items()}
    assert alike(expected, came) == [], told.name
    for pair in filter(None, told.words.get("keep", "").split(",")):
        name, path = pair.split(":")
        value = came
        for step in path.split("."):
            value = value[int(step)] if step.isdigit() else value[step]
        known[name] = value


def _found(expected: Any, came: Any) -> Any:
    if not isinstance(expected, list) or not expected:
        return came
    return [one for one in came if not alike(expected[0], one)]


def _send(client: Client, text: str) -> HttpResponse:
    head, _, body = text.partition("\n\n")
    (method, address), *lines = [line.split(" ", 1) for line in head.splitlines()]
    headers = {name.rstrip(":"): value for name, value in lines}
    kind = headers.pop("Content-Type", "application/json")
    answer: Any = client.generic(method, address, body.strip(), content_type=kind, headers=headers)
    return answer  # type: ignore[no-any-return]


def _with(text: str, known: dict[str, str]) -> str:
    return _NAMED.sub(lambda match: known[match[1]], text)


def test_every_route_and_every_error_is_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    named = {"stream": "<id>", "paper": "<document>", "slug": "<act>"}
    for pattern in urlpatterns:
        route = re.sub(r"<(\w+):\w+>", lambda match: named.get(match[1], ""), str(pattern.pattern))
        assert not route or f"/api/{route}`" in page, route
    codes = {
        code
        for file in (PROGRAM / "api").glob("*.py")
        for code in _CODE.findall(file.read_text(encoding="utf-8"))
        if code
    }
    assert len(codes) > 10
    assert {code for code in codes if f"`{code}`" not in page} == set()
