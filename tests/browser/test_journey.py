"""One whole case in a real browser, from the complaint to the archived file, by the people who do each act.

The acts and what is typed come from the scenario that the program ships. With SCREENSHOTS=folder the pages of the
manual are photographed on the way (`make screenshots`).
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from liuhen import ledger
from liuhen.accounts import demo
from liuhen.accounts.acts import WITH_EFFECT
from liuhen.accounts.models import Agency, Officer
from liuhen.acts import Receipt, registry
from liuhen.acts.matter import load_matter
from liuhen.disclosure.publishing import publish_due
from liuhen.kernel.clock import FixedClock, format_local, local_date
from liuhen.oversight.scenarios import FILES, Scenario, read_scenario
from liuhen.oversight.scenarios.reading import SYSTEM, Step
from liuhen.oversight.scenarios.stage import FOUNDED
from liuhen.oversight.scenarios.values import LAST_YEAR, Names, of_person
from liuhen.portal import store
from liuhen.web import clock as web_clock
from liuhen.web.views.person import RESET, UNLOCK
from tests.browser.conftest import Serve, faults, followed
from tests.browser.filling import fill, left_empty, offered, sent_back, submit
from tests.factories.typed import Typed

pytestmark = pytest.mark.browser
WITHIN = re.compile(r"\$\{([^}]+)\}")
"""An earlier value within a text of the scenario."""
ANSWERED = {"answer_question": ("ask", "subject")}
"""What a form does not ask since its page is about it."""
PASSWORD = "a long word for the journey"
OPENED = re.compile(r"/(?:leads|cases|inspections|recordings|disclosure)/([0-9a-f]{32})/")


@dataclass
class Journey:
    """Where the journey stands: streams and receipts by the names of the scenario."""

    page: Page
    address: str
    scenario: Scenario
    clock: FixedClock
    streams: dict[str, str] = field(default_factory=dict)
    receipts: dict[str, Receipt] = field(default_factory=dict)
    by: str = ""
    looked_at: set[str] = field(default_factory=set)
    typed: Typed = field(default_factory=Typed)

    def step(self, step: Step) -> None:
        """One act of the scenario, done or refused as it expects."""
        self.clock.ms = step.at_ms
        self.sign_in(step.by)
        if step.act in WITH_EFFECT:
            self.of_a_person(step)
            return
        stream = self.streams[step.on] if step.on else ""
        self.begin(self.form_of(step, stream))
        self.look()
        form = self.page.locator("form[data-act-form]")
        if step.fails and not form.count():
            return
        typed = None if step.fails or step.words.get("corrects") else self.typed
        if step.fails and not offered(self.page, self.values(step)):
            return
        kind = registry.kind_of(registry.act(step.act))
        unasked = fill(self.page, kind, self.values(step), typed, stream)
        assert self.typed.twice == [], "typed twice"
        if step.words.get("invalid") and set(step.words["invalid"]) <= set(unasked):
            return  # what would be wrong cannot even be typed
        known = {*registry.act(step.act).fixed, *ANSWERED.get(step.act, ())}
        known |= {kind.key} if step.words.get("corrects") else set()
        assert set(unasked) <= known, (step.act, unasked)
        if step.words.get("reason"):
            self.page.fill("#correction", str(step.words["reason"]))
        self.photograph(step.act)
        wrong = set(step.words.get("invalid") or ())
        if wrong & left_empty(self.page) or sent_back(kind, self.values(step), wrong):
            return
        status = submit(self.page)
        if step.fails:
            assert status == 422, step
            return
        assert status == 200, (step.line, step.act, self.page.locator("main").inner_text())
        self.keep(step, stream)
        publish_due(self.clock)

    def of_a_person(self, step: Step) -> None:
        """What is done on a person's own page: offered to whom it is due alone, and a lock only where there is one."""
        values = self.values(step)
        self.page.goto(f"{self.address}{reverse('person', args=[values['officer']])}")
        self.look()
        reason = self.page.locator({RESET: "#reset-reason", UNLOCK: "#unlock-reason"}[step.act])
        locked = "没有锁定" not in self.page.locator("main").inner_text()
        assert reason.count() == (not step.fails and (locked or step.act == RESET)), step
        if reason.count():
            reason.fill(str(values["reason"]))
            with self.page.expect_navigation():
                self.page.locator("form", has=reason).locator("button[type=submit]").click()

    def begin(self, path: str) -> None:
        """Open a form as nobody has begun it: what was refused was kept as a draft, the scenario writes it anew."""
        self.page.goto(self.address + path)
        kept = self.page.locator("form.begun button[type=submit], .begun form button[type=submit]")
        while kept.count():
            with self.page.expect_navigation():
                kept.first.click()
            self.page.goto(self.address + path)

    def account(self, by: str) -> str:
        """Under which a person of the scenario signs in: `zhang`, or `zhang@heming` of another agency."""
        slug, _, agency = by.partition("@")
        return f"{slug}.{agency or self.scenario.agency}"

    def form_of(self, step: Step, stream: str) -> str:
        """The address of an act's form, or of the form that corrects what an earlier step entered."""
        if corrected := step.words.get("corrects"):
            receipt = self.receipts[str(corrected)]
            entries = load_matter(receipt.stream).entries
            number = next(one.number for one in entries if one.id == receipt.entry)
            return reverse("correct", args=[step.act, receipt.stream, number])
        return reverse("act-on", args=[step.act, stream]) if stream else reverse("act", args=[step.act])

    def sign_in(self, by: str) -> None:
        """Another person sits down at the desk."""
        if by == self.by:
            return
        self.page.context.clear_cookies()
        self.page.goto(f"{self.address}/sign-in/")
        self.look()
        self.page.fill("#id_username", self.account(by))
        self.page.fill("#id_password", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(f"{self.address}/")
        self.by = by
        self.look()

    def values(self, step: Step) -> dict[str, Any]:
        """What is typed, people by their ids and earlier values by what was recorded."""
        kind = registry.kind_of(registry.act(step.act))
        fields = kind.fields
        names = Names(self.receipts, self.streams)
        made: dict[str, Any] = {}
        for name, value in step.values.items():
            if isinstance(value, str) and "${" in value:
                made[name] = WITHIN.sub(lambda found: str(names.value(f"${found[1]}")), value)
            elif value == LAST_YEAR:
                made[name] = local_date(step.at_ms).year - 1
            elif isinstance(value, str) and value.startswith("@"):
                made[name] = of_person(value, self.scenario.agency)
            elif isinstance(value, str) and value.startswith("$"):
                made[name] = names.value(value)
            elif isinstance(value, list) and any(str(one).startswith("$") for one in value):
                made[name] = [names.value(one) for one in value]
            elif name in fields and fields[name].type == "officers":
                made[name] = [Officer.objects.get(username=self.account(one)).id for one in value]
            else:
                made[name] = value
        signed = made.get(kind.span[1] if kind.span else "at", format_local(step.at_ms))
        for name, spec in fields.items():
            if spec.type == "signatures" and made.get(name):
                made[name] = [row if row.get("refused") else {"at": signed, **row} for row in made[name]]
        return made

    def keep(self, step: Step, stream: str) -> None:
        """Remember what the act made, under the scenario's name for it."""
        name = str(step.words.get("as", ""))
        if not name:
            return
        kind = registry.kind_of(registry.act(step.act))
        here = OPENED.search(self.page.url)
        matter = load_matter(stream or (here[1] if here else ""))
        self.typed.opened(matter.stream)
        above = [load_matter(one) for one in ledger.adopters({matter.stream})]
        made = next(entry for one in above for entry in reversed(one.entries) if entry.kind == kind.name)
        self.streams[name] = made.stream
        fields: Mapping[str, Any] = made.open
        self.receipts[name] = Receipt(made.key, step.act, made.stream, made.id, made.recorded_ms, fields)

    def look(self) -> None:
        """Each kind of page is looked at once by axe, and must fit the screen."""
        kind = re.sub(r"[0-9a-f]{32}.*|\?.*", "", self.page.url)
        if kind in self.looked_at:
            return
        self.looked_at.add(kind)
        assert faults(self.page) == [], kind
        assert self.page.evaluate("document.documentElement.scrollWidth") <= 1366, kind

    def photograph(self, name: str) -> None:
        """A picture for the manual, when it is asked for."""
        folder = os.environ.get("SCREENSHOTS")
        if folder and name in PICTURES:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(folder) / f"{PICTURES[name]}.png")

    def open(self, path: str, picture: str = "") -> str:
        """A page by its address; gives its text."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status == 200, path
        self.look()
        self.photograph(picture)
        return self.page.locator("main").inner_text()


PICTURES = {
    "register_lead": "register-lead", "inspect": "inspect", "serve_notice": "notice", "decide": "decide",
    "home": "home", "case": "case", "record": "record", "documents": "documents", "files": "files", "cases": "cases",
    "past": "past", "library": "law", "article": "article", "people": "people", "verification": "verification",
    "disclosure": "disclosure", "settings": "settings",
}  # fmt: skip
"""The pages of the manual, by act or name, and their file names."""


def test_a_whole_case_from_complaint_to_archive(
    site: Serve, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = read_scenario(FILES / "henan-whole.yaml")
    clock = FixedClock.at(FOUNDED)
    demo.load_people(PASSWORD, clock)
    monkeypatch.setattr(web_clock, "_clock", [clock])
    journey = Journey(page, site("liuhen.config.urls"), scenario, clock)
    elsewhere: list[str] = []
    page.on(
        "request",
        lambda request: elsewhere.append(request.url) if journey.address not in request.url else None,
    )
    page.on(
        "console",
        lambda message: elsewhere.append(message.text) if "Content Security" in message.text else None,
    )
    for step in scenario.steps:
        if step.form == "do" and step.by != SYSTEM:
            journey.step(step)
            if step.words.get("as") == "preserved":
                _half_way(journey)
    _at_the_end(journey)
    assert elsewhere == []


def _half_way(journey: Journey) -> None:
    """The pages in the middle of the work."""
    case = journey.streams["case"]
    assert "应当办理" in journey.open(f"/cases/{case}/", "case")
    journey.page.locator(".limit summary").first.hover()
    journey.page.wait_for_selector(".limit details[open] .in", state="visible")
    journey.open("/", "home")
    filed = next(entry for entry in load_matter(case).entries if entry.kind == "filed")
    assert "登记时的样子" in journey.open(f"/cases/{case}/?upto={filed.index}", "past")


def _at_the_end(journey: Journey) -> None:
    """The archived case, its papers and pictures, the public page's content, and the proof."""
    case = journey.streams["case"]
    assert "已归档" in journey.open(f"/cases/{case}/")
    journey.page.locator("details.sheet summary", has_text="已经办理").click()
    journey.page.wait_for_selector("details.sheet .more .duty")
    for tab in ("record", "documents", "files"):
        journey.looked_at.discard(f"{journey.address}/cases/")
        journey.open(f"/cases/{case}/?tab={tab}", tab)
    assert "行政处罚决定书" in journey.open(f"/cases/{case}/?tab=documents")
    video = journey.page.goto(f"{journey.address}/recordings/{journey.streams['video']}/?tab=files")
    assert video is not None
    journey.page.wait_for_function("document.querySelector('video').readyState >= 1")
    for path in ("cases", "law", "people", "disclosure", "verification"):
        journey.open(f"/{path}/", {"law": "library"}.get(path, path))
    journey.open("/law/articles/HN-S-9/", "article")
    journey.page.goto(f"{journey.address}/verification/")
    followed(journey.page, "main button[type=submit]")
    assert "全部相符" in journey.page.locator("main").inner_text()
    journey.sign_in("ju")
    journey.open("/settings/", "settings")
    assert len(store.digests()) == 1
    assert Agency.objects.get(slug=journey.scenario.agency).id in ledger.agencies()
