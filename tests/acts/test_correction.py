"""更正: old beside new, with the reason; a decision is not corrected but made anew by its own act."""

import pytest

from liuhen import ledger
from liuhen.accounts.actor import actor_of
from liuhen.accounts.models import Officer
from liuhen.acts import Actor, Correction, Invalid, Receipt, perform
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import FixedClock
from liuhen.kernel.ids import new_id
from tests.acts.test_same_form_twice import LEAD
from tests.databases import People
from tests.factories.people import IN_MARCH

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def people() -> People:
    return IN_MARCH


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock.at(IN_MARCH.at)


@pytest.fixture
def handler(clock: FixedClock) -> Actor:
    return actor_of(Officer.objects.get(username="zhang.qingxi"), clock.now_ms())


@pytest.fixture
def lead(clock: FixedClock, handler: Actor) -> Receipt:
    return perform("register_lead", handler, LEAD, new_id(), clock=clock)


def correct(clock: FixedClock, handler: Actor, lead: Receipt, entry: str, **changes: object) -> Receipt:
    reason = str(changes.pop("reason", "名称写错，依据营业执照更正"))
    return perform(
        "register_lead",
        handler,
        LEAD | changes,
        new_id(),
        clock=clock,
        stream=lead.stream,
        correction=Correction(entry, reason),
    )


def test_both_stay_and_the_law_sees_the_latest(clock: FixedClock, handler: Actor, lead: Receipt):
    clock.set("2026-03-03 10:00")
    made = correct(clock, handler, lead, lead.entry, suspect="甲诊所（东街店）")
    matter = load_matter(lead.stream)
    assert [entry.open["suspect"] for entry in matter.entries] == ["甲诊所", "甲诊所（东街店）"]
    assert matter.entries[1].supersedes == lead.entry and made.stream == lead.stream
    assert matter.entries[1].parts["correction"] == {"reason": "名称写错，依据营业执照更正"}
    assert matter.entries[1].open["lead"] == lead.stream
    assert not ledger.verify(handler.agency)


def test_a_correction_needs_a_reason(clock: FixedClock, handler: Actor, lead: Receipt):
    with pytest.raises(Invalid, match="更正理由：必填"):
        correct(clock, handler, lead, lead.entry, reason="  ")


def test_only_the_latest_is_corrected(clock: FixedClock, handler: Actor, lead: Receipt):
    correct(clock, handler, lead, lead.entry, suspect="乙诊所")
    with pytest.raises(Invalid, match="已经更正过"):
        correct(clock, handler, lead, lead.entry, suspect="丙诊所")


def test_an_approval_is_not_corrected(clock: FixedClock, handler: Actor, lead: Receipt):
    head = actor_of(Officer.objects.get(username="ju.qingxi"), clock.now_ms())
    extended = perform(
        "extend_verification", head, {"reason": "案情复杂"}, new_id(), clock=clock, stream=lead.stream
    )
    with pytest.raises(Invalid, match="不能更正记录"):
        perform(
            "extend_verification",
            head,
            {"reason": "案情很复杂"},
            new_id(),
            clock=clock,
            stream=lead.stream,
            correction=Correction(extended.entry, "改写"),
        )


def test_the_time_stays_unless_another_is_typed(clock: FixedClock, handler: Actor, lead: Receipt):
    began = load_matter(lead.stream).entries[0].happened_ms
    clock.set("2026-03-09 10:00")
    correct(clock, handler, lead, lead.entry, suspect="甲诊所（东街店）")
    assert load_matter(lead.stream).entries[1].happened_ms == began, "a correction moves no deadline"


@pytest.mark.parametrize("at", ["0001-01-01 00:00", "1890-01-01 00:00"])
def test_a_time_of_another_age_is_refused(clock: FixedClock, handler: Actor, at: str):
    with pytest.raises(Invalid, match="请核对年份"):
        perform("register_lead", handler, LEAD | {"at": at}, new_id(), clock=clock)
