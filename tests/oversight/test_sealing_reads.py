"""Reading is a fact too: once a minute what was read is sealed by one entry."""

import pytest
from django.db import connection

from liuhen import ledger
from liuhen.accounts.models import Agency
from liuhen.kernel.clock import FixedClock
from liuhen.oversight.reads import seal_all
from tests.databases import People
from tests.factories.people import IN_MARCH

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def people() -> People:
    return IN_MARCH


def test_reads_are_sealed_once_with_count_and_root():
    clock = FixedClock.at(IN_MARCH.at)
    agency = Agency.objects.get(slug="qingxi").id
    for granted in (True, False):
        ledger.record_read(agency, "somebody", "case/1", "open", clock.now_ms(), granted=granted)
    assert seal_all(clock) == 1
    seals = [entry for entry in ledger.read_log(agency, 0, 100) if entry.kind == ledger.READS_SEALED]
    assert [(seal.open["batch"], seal.open["count"]) for seal in seals] == [("1-2", 2)]
    assert seal_all(clock) == 0, "nothing new, no entry"


def test_the_agencys_own_register_does_not_grow_by_seals():
    clock = FixedClock.at(IN_MARCH.at)
    agency = Agency.objects.get(slug="qingxi").id
    own = ledger.streams_of(agency, "register")[0]
    before = ledger.heads([own])[own].length
    ledger.record_read(agency, "somebody", "case/1", "open", clock.now_ms(), granted=True)
    seal_all(clock)
    assert ledger.heads([own])[own].length == before
    assert connection.in_atomic_block
