"""一次录入: in a whole case nobody types what the record knows; a word that must be typed twice is noticed.

The browser walks are held to the same (`tests/browser/filling.py`); here the forms are opened without a browser.
"""

import html
import re
from typing import Any

import pytest
from django.test import Client

from liuhen.accounts.models import Officer
from liuhen.acts import registry
from liuhen.kernel.clock import FixedClock
from liuhen.oversight.scenarios import FILES, player, read_scenario
from liuhen.oversight.scenarios.reading import SYSTEM
from liuhen.web import clock as web_clock
from tests.factories.typed import Typed, around

BACKEND = "django.contrib.auth.backends.ModelBackend"


def form_of(client: Client, act: str, stream: str | None) -> str:
    """All that the form of an act holds when it is opened."""
    page = client.get(f"/do/{act}/" + (f"{stream}/" if stream else "")).content.decode()
    body = page.partition("data-act-form")[2]
    return html.unescape(body + " ".join(re.findall(r'value="([^"]*)"', body)))


def walk(name: str, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """A scenario played, each of its forms opened before it is sent."""
    scenario, typed, clients = read_scenario(FILES / name), Typed(), dict[str, Client]()
    clock = FixedClock(0)
    monkeypatch.setattr(web_clock, "_clock", [clock])
    perform = player.Playing._perform

    def opened(self: Any, step: Any, by: Any, payload: Any, stream: Any) -> Any:
        wanted = not any(step.words.get(word) for word in ("refused", "invalid", "corrects"))
        if wanted and step.by != SYSTEM:
            clock.ms = self.clock.ms
            client = clients.setdefault(step.by, Client())
            client.force_login(Officer.objects.get(username=f"{step.by}.{self.scenario.agency}"), BACKEND)
            kind = registry.kind_of(registry.act(step.act))
            shown = form_of(client, step.act, stream)
            typed.form(kind, payload, shown, stream or "", around(stream) if stream else ())
        receipt, came = perform(self, step, by, payload, stream)
        if receipt is not None:
            typed.opened(receipt.stream)
        return receipt, came

    monkeypatch.setattr(player.Playing, "_perform", opened)
    playing = player.played(scenario)
    assert playing.outcome.passed
    return typed


@pytest.mark.slow
@pytest.mark.usefixtures("stage")
@pytest.mark.parametrize("name", ["henan-whole.yaml", "wangdu-whole.yaml"])
def test_nothing_is_typed_twice(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    twice = walk(name, monkeypatch).twice
    assert not twice, "\n".join(twice)


def test_a_planted_word_is_noticed() -> None:
    kinds = registry.dictionary().kinds
    typed = Typed()
    place = {"place": "清溪县青龙巷7号"}
    typed.form(kinds["lead_registered"], place, "")
    typed.opened("lead")
    typed.form(kinds["inquired"], place, "取自 案源登记 清溪县青龙巷7号", "case", ["lead"])
    typed.form(kinds["inquired"], place, "", "other")
    assert typed.twice == [], "a form that knows it, and another matter"
    typed.form(kinds["inspected"], place, "", "case", ["lead"])
    assert typed.twice == ["现场检查·检查地点：“清溪县青龙巷7号”，已经在 lead_registered 里打过"]
