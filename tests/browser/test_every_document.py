"""文书目录的每一种, made once in a real browser on a phone by the role that makes it; form and paper looked at by axe.

What is made where comes from data: the list of documents, and the scenarios that the program ships. What led to it is
played through the door.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest
from playwright.sync_api import Page, ViewportSize

from liuhen import ledger
from liuhen.accounts import demo
from liuhen.acts.matter import load_matter
from liuhen.documents.catalogue import catalogue
from liuhen.documents.forms import Form
from liuhen.documents.kinds import document_kinds
from liuhen.documents.queries import documents_of
from liuhen.documents.witness import issuer
from liuhen.kernel.clock import FixedClock
from liuhen.law.dictionary import standard
from liuhen.oversight.scenarios import FILES, Scenario, read_scenario
from liuhen.oversight.scenarios.player import played
from liuhen.oversight.scenarios.reading import SYSTEM, Step
from liuhen.oversight.scenarios.stage import FOUNDED
from liuhen.web import clock as web_clock
from tests.browser.conftest import Serve, faults
from tests.browser.test_journey import PASSWORD, Journey

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LISTED = sorted({form for kind in document_kinds() for form in kind.forms})
PHONE, DESK = ViewportSize(width=390, height=844), ViewportSize(width=1366, height=768)


@cache
def _scenarios() -> Mapping[str, Scenario]:
    return {path.stem: read_scenario(path) for path in sorted(FILES.glob("*.yaml"))}


def made_at(form_id: str) -> list[tuple[str, int]]:
    """The scenarios and steps by which a person makes what this form is printed of; those soonest reached first."""
    form = next(form for form in catalogue() if form.id == form_id)
    act = standard().kinds[form.kind].act
    found = [
        (name, at)
        for name, scenario in _scenarios().items()
        for at, step in enumerate(scenario.steps)
        if step.form == "do" and step.act == act and step.by != SYSTEM and not step.fails
        if _wanted(form, step)
    ]
    return sorted(found, key=lambda one: (one[1], one[0]))


def _wanted(form: Form, step: Step) -> bool:
    """Whether what is typed makes this form at all, as far as the form looks at what is typed."""
    told = {name: value not in (False, "", "false", "no") for name, value in step.values.items()}
    wants = [name for kind, name in (form.when.paths if form.when else ()) if not kind]
    bars = [name for kind, name in (form.unless.paths if form.unless else ()) if not kind]
    return (not wants or any(told.get(name) for name in wants)) and not any(told.get(name) for name in bars)


class OnAPhone(Journey):
    """Every page on the way is looked at, and fits."""

    def look(self) -> None:
        """Axe, and no sideways scrolling."""
        assert faults(self.page) == [], self.page.url
        assert self.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], self.page.url


@pytest.mark.parametrize("form_id", LISTED)
def test_it_is_made_on_a_phone_and_looked_at(
    form_id: str, site: Serve, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FixedClock.at(FOUNDED)
    places = made_at(form_id)
    assert places, "play a scenario in which somebody makes it"
    demo.load_people(PASSWORD, clock)
    monkeypatch.setattr(web_clock, "_clock", [clock])
    address = site("liuhen.config.urls")
    name, at = places[0]
    scenario = _scenarios()[name]
    led = played(replace(scenario, steps=scenario.steps[:at]))
    assert not led.outcome.failures, led.outcome.failures
    journey = OnAPhone(page, address, scenario, clock, led.streams, led.receipts)
    page.set_viewport_size(PHONE)
    step: Step = scenario.steps[at]
    journey.step(step)
    stream = entered(form_id)
    entries, own = load_matter(stream).entries, issuer(load_matter(stream).agency)
    ref = [one for one in documents_of(entries, own) if one.form == form_id][-1]
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        page.goto(f"{address}/documents/{stream}/{ref.id}/")
        page.wait_for_selector("img.sheet-page")
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def entered(form_id: str) -> str:
    """The stream of the latest entry of the form's kind, in whichever agency."""
    kind = next(form.kind for form in catalogue() if form.id == form_id)
    found = [ledger.latest_of(agency, kind, 1) for agency in ledger.agencies()]
    return next(one[0][0] for one in found if one)
