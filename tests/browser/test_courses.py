"""Every course beside the main one in a real browser: its forms open filled in from the record, refuse and record.

What led to it is played through the door; the course itself is typed by the people who do each act.
"""

from dataclasses import replace

import pytest
from playwright.sync_api import Page

from liuhen.accounts import demo
from liuhen.accounts.models import Agency
from liuhen.kernel.clock import FixedClock
from liuhen.oversight.scenarios import FILES, read_scenario
from liuhen.oversight.scenarios.player import played
from liuhen.oversight.scenarios.reading import SYSTEM
from liuhen.oversight.scenarios.stage import FOUNDED
from liuhen.registers.kinds import CATALOGUE
from liuhen.registers.queries import begun_catalogue
from liuhen.web import clock as web_clock
from tests.browser.conftest import Serve
from tests.browser.test_journey import PASSWORD, Journey

pytestmark = pytest.mark.browser
COURSES = (
    "access", "access-agent", "access-wangdu", "agency-register", "agency-rules", "agreement", "annual-county",
    "annual-figures", "application", "archive-wangdu", "assistance", "bad-forms", "beforehand", "beforehand-whole",
    "breaches-wangdu", "certificates-gone", "claims", "committee-part", "correction-only", "corrections",
    "county-registers", "court-ended", "court-enforcement", "court-refused", "crime-reviewed", "crime-terminated",
    "crime-transfer", "decide-limits", "decision-gates", "deferred", "delivery", "delivery-by-post",
    "delivery-electronic", "designated", "discussed-early", "documents", "drawn-inspection", "endorsed-once",
    "enforcement", "evidence-kinds", "evidence-sealed", "exclusions", "expert-argument", "filing-gates", "fines",
    "fines-decided", "first-slight", "handover", "handover-lapsed", "hearing-waived", "informant", "inspection",
    "inspection-from-lead", "inspection-result", "investigation-gates", "joined-leads", "joint-inspection",
    "jurisdiction", "jurisdiction-agreed", "jurisdiction-down", "lead-verification", "matrix", "mercy",
    "not-established", "notice-by-post", "opinion-fifth", "opinion-withdrawn", "other-items", "papers",
    "papers-corrected", "people", "permit", "posting-renewed", "posting-term", "province-site", "provisional-year",
    "publication-guangdong", "publication-henan", "publication-withheld", "random-draw", "readings",
    "recording-henan", "recording-wangdu", "recover-fund", "recusal", "redo-not-needed", "refuse-agreement",
    "refuse-payment", "registers", "remedies", "remedies-changed", "remedies-on-spot", "remedies-redo",
    "remedies-unlawful", "result-withheld", "review-cap", "review-gates", "review-precheck", "scans",
    "seal-releases", "sealing", "signed-as-shown", "stopped", "substitutes", "summary", "summary-filed", "terms",
    "time-bar", "transfer-decided", "two-places", "urgent-start", "wangdu-whole", "watch-begun",
    "written-inspection",
)  # fmt: skip

QUICK = ("application", "expert-argument", "joined-leads")
"""Walked with every run of the suite; the others by `make test-slow`."""
OFFERS_ONLY_WHAT_FITS = ("joined-leads",)
"""Courses whose mistakes the page does not even offer."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in COURSES]
)
def test_a_course_is_walked(name: str, site: Serve, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = read_scenario(FILES / f"{name}.yaml")
    clock = FixedClock.at(FOUNDED)
    demo.load_people(PASSWORD, clock)
    monkeypatch.setattr(web_clock, "_clock", [clock])
    led = played(replace(scenario, steps=tuple(step for step in scenario.steps if step.before)))
    if any(step.on == CATALOGUE for step in scenario.steps):
        led.streams.setdefault(CATALOGUE, begun_catalogue(Agency.objects.get(slug=scenario.agency).id))
    journey = Journey(page, site("liuhen.config.urls"), scenario, clock, led.streams, led.receipts)
    walked = [step for step in scenario.steps if step.form == "do" and step.by != SYSTEM and not step.before]
    for step in walked:
        if not (step.fails and name in OFFERS_ONLY_WHAT_FITS):
            journey.step(step)
    assert walked
