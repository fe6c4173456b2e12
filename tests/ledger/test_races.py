"""Writers at the same time, and a writer who dies in the middle, on both engines."""

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

from liuhen import ledger
from tests.ledger.conftest import Bureau, new_bureau, run
from tests.threads import at_once

WRITERS = 4
ACTS = 12


@pytest.fixture
def committed(fresh_database: object) -> Bureau:
    """A bureau in a database of its own, in which tests commit."""
    return new_bureau()


def test_writers_at_once_leave_one_gapless_log(committed: Bureau) -> None:
    streams = [committed.case, committed.lead, committed.case, committed.lead]

    def write(stream: str) -> Callable[[], None]:
        def work() -> None:
            for _ in range(ACTS):
                committed.act(committed.draft(stream))

        return work

    assert at_once(*(write(stream) for stream in streams)) == []
    entries = ledger.read([committed.case, committed.lead])
    assert [entry.index for entry in entries] == list(range(WRITERS * ACTS))
    assert ledger.verify() == []


def test_the_same_form_at_once_is_one_act(committed: Bureau) -> None:
    def submit() -> None:
        with ledger.write_turn(), transaction.atomic():
            held = ledger.lock([committed.case])
            if ledger.receipt(committed.agency, "form") is None:
                draft = committed.draft()
                ledger.append(
                    committed.agency,
                    [draft],
                    act="file",
                    key="form",
                    actor="o",
                    recorded_ms=draft.happened_ms,
                    pack_digest=None,
                    heads=held,
                )

    assert at_once(*[submit] * 6) == []
    assert len(ledger.read([committed.case])) == 1


def test_a_lock_sees_the_adoption_that_came_before_it(committed: Bureau) -> None:
    """Whoever waited for the adopted stream then holds the adopting one too."""
    seen: list[set[str]] = []
    adopting = threading.Event()

    def adopt() -> None:
        with ledger.write_turn(), transaction.atomic():
            ledger.lock([committed.case, committed.lead])
            adopting.set()
            threading.Event().wait(0.2)
            committed.act(ledger.adopt(committed.draft(), committed.lead))

    def write() -> None:
        adopting.wait()
        with ledger.write_turn(), transaction.atomic():
            seen.append(set(ledger.lock([committed.lead])))

    assert at_once(adopt, write) == []
    assert seen == [{committed.case, committed.lead}]


def test_locks_taken_in_different_orders_do_not_deadlock(committed: Bureau) -> None:
    def both(*streams: str) -> Callable[[], None]:
        def work() -> None:
            for _ in range(ACTS):
                committed.act(*(committed.draft(stream) for stream in streams))

        return work

    pair = (committed.case, committed.lead)
    assert at_once(both(*pair), both(*reversed(pair)), both(*pair)) == []
    assert ledger.verify() == []


def test_the_publisher_beside_writers_signs_only_what_fits(committed: Bureau) -> None:
    def publish() -> None:
        for number in range(ACTS):
            ledger.publish_checkpoint(committed.agency, 1_790_000_000_000 + number * 1000)

    def write() -> None:
        for _ in range(ACTS):
            committed.act()

    assert at_once(write, publish, write) == []
    ledger.publish_checkpoint(committed.agency, 1_790_000_100_000)
    assert ledger.verify() == []


def test_readers_are_numbered_without_gap(committed: Bureau) -> None:
    def look() -> None:
        for number in range(ACTS):
            ledger.record_read(committed.agency, "o", f"case/{number}", "open", number, granted=True)

    assert at_once(look, look, look) == []
    assert run("SELECT COUNT(*), MIN(number), MAX(number) FROM ledger_read") == [(36, 1, 36)]


@pytest.mark.parametrize("statement", range(8))
def test_a_writer_killed_in_the_middle_leaves_nothing(committed: Bureau, statement: int) -> None:
    """The process dies before its n-th statement of an append; what was committed before stands."""
    committed.act()
    state = ledger.log_state(committed.agency)
    connections.close_all()
    child = os.fork()
    if child == 0:
        _die_before_statement(committed, statement)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert ledger.log_state(committed.agency) == state
    assert [entry.number for entry in ledger.read([committed.case])] == [1]
    committed.act()
    assert ledger.verify() == []


def _die_before_statement(bureau: Bureau, statement: int) -> None:
    """Append in this process until it kills itself; never returns."""
    left = [statement]

    def count_down(execute: Callable[..., object], *args: object) -> object:
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        return execute(*args)

    try:
        with ledger.write_turn(), transaction.atomic(), connection.execute_wrapper(count_down):
            bureau.act(bureau.draft(), ledger.adopt(bureau.draft(), bureau.lead))
            os.kill(os.getpid(), signal.SIGKILL)
    finally:
        os._exit(1)


def test_the_turn_is_given_back_when_its_holder_dies(committed: Bureau, tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        return
    connections.close_all()
    child = os.fork()
    if child == 0:
        with ledger.write_turn():
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    committed.act()
