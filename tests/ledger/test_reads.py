"""Reading is a fact too: a row before the answer, sealed with count and root."""

from django.db import transaction

from liuhen import ledger
from liuhen.ledger import merkle
from liuhen.ledger.reads import sealed_up_to
from tests.ledger.conftest import START_MS, Bureau, new_bureau, run


def look(bureau: Bureau, what: str, *, granted: bool = True) -> int:
    return ledger.record_read(bureau.agency, "zhang", what, "open", START_MS, granted=granted)


def seal(bureau: Bureau, register: str) -> None:
    sealed = ledger.seal_reads(bureau.agency)
    assert sealed is not None
    bureau.act(bureau.draft(register, ledger.READS_SEALED, payload={"open": sealed}))


def test_a_look_in_vain_is_recorded_too(bureau: Bureau) -> None:
    assert [look(bureau, "case/1"), look(bureau, "case/2", granted=False)] == [1, 2]
    rows = run("SELECT what, granted FROM ledger_read WHERE agency = %s ORDER BY number", [bureau.agency])
    assert [(what, bool(granted)) for what, granted in rows] == [("case/1", True), ("case/2", False)]


def test_a_seal_covers_what_was_not_sealed_yet(bureau: Bureau) -> None:
    register = ledger.create_stream(bureau.agency, "register")
    assert ledger.seal_reads(bureau.agency) is None
    for number in range(3):
        look(bureau, f"case/{number}")
    first = ledger.seal_reads(bureau.agency)
    leaves = [bytes(leaf) for (leaf,) in run("SELECT leaf FROM ledger_read ORDER BY number")]
    assert first == {"batch": "1-3", "count": 3, "root": merkle.tree_root(leaves).hex()}
    seal(bureau, register)
    assert ledger.seal_reads(bureau.agency) is None
    look(bureau, "case/9")
    again = ledger.seal_reads(bureau.agency)
    assert again is not None
    assert again["batch"] == "4-4"
    assert sealed_up_to(bureau.agency) == 3
    assert ledger.verify() == []


def test_a_row_lasts_when_the_answer_fails(fresh_database: object) -> None:
    bureau = new_bureau()
    look(bureau, "case/1")
    assert not transaction.get_connection().in_atomic_block
    assert run("SELECT COUNT(*) FROM ledger_read") == [(1,)]
