"""A form sent twice is one act; a key belongs to one act for good."""

import pytest

from liuhen import ledger
from liuhen.accounts.actor import actor_of
from liuhen.accounts.models import Officer
from liuhen.acts import Actor, Invalid, perform
from liuhen.kernel.clock import FixedClock
from liuhen.kernel.ids import new_id
from tests.databases import People
from tests.factories.people import IN_MARCH

pytestmark = pytest.mark.usefixtures("database")
LEAD = {
    "source": "complaint",
    "informant_kind": "named",
    "informant_name": "王某",
    "suspect": "甲诊所",
    "content": "虚记诊疗项目",
    "accepted": True,
}


@pytest.fixture
def people() -> People:
    return IN_MARCH


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock.at(IN_MARCH.at)


@pytest.fixture
def handler(clock: FixedClock) -> Actor:
    return actor_of(Officer.objects.get(username="zhang.qingxi"), clock.now_ms())


def test_the_second_time_gives_the_first_receipt(clock: FixedClock, handler: Actor):
    key = new_id()
    first = perform("register_lead", handler, LEAD, key, clock=clock)
    clock.set("2026-03-02 09:05")
    second = perform("register_lead", handler, {**LEAD, "suspect": "乙诊所"}, key, clock=clock)
    assert second.again and not first.again
    assert (second.stream, second.entry, second.recorded_ms) == (first.stream, first.entry, first.recorded_ms)
    assert second.fields["suspect"] == "甲诊所"
    assert len(ledger.streams_of(handler.agency, "lead")) == 1


def test_a_key_used_for_another_act_is_refused(clock: FixedClock, handler: Actor):
    key = new_id()
    lead = perform("register_lead", handler, LEAD, key, clock=clock)
    with pytest.raises(Invalid, match="表单编号已用于另一事项"):
        perform("verify_lead", handler, {}, key, clock=clock, stream=lead.stream)
