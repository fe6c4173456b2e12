"""Appending and reading: places, chains, parts, adoptions, receipts."""

import json

import pytest
from django.db import DatabaseError, transaction

from liuhen import ledger
from liuhen.ledger import merkle
from liuhen.ledger.entry import commitment
from tests.ledger.conftest import Bureau, new_bureau, run


def test_entries_are_numbered_in_log_and_stream_and_chained(bureau: Bureau) -> None:
    first, second = bureau.act(bureau.draft(), bureau.draft(bureau.lead, "lead_received"))
    (third,) = bureau.act(bureau.draft())
    assert [entry.index for entry in (first, second, third)] == [0, 1, 2]
    assert [(entry.stream, entry.number) for entry in (first, second, third)] == [
        (bureau.case, 1),
        (bureau.lead, 1),
        (bureau.case, 2),
    ]
    assert (first.previous, third.previous) == (None, first.leaf_hash.hex())
    assert third.id == f"{bureau.case}.2"


def test_what_is_read_is_what_was_recorded(bureau: Bureau) -> None:
    made = bureau.act(bureau.draft(supersedes=f"{bureau.case}.1"), bureau.draft(bureau.lead))
    assert ledger.read([bureau.lead, bureau.case]) == made
    assert ledger.read([bureau.case]) == made[:1]
    assert made[0].open == {"place": "安居药店", "pages": 3}
    assert made[0].parts["informant"] == {"name": "王某"}
    assert ledger.read([]) == []


def test_reading_up_to_an_index_shows_the_matter_as_it_stood(bureau: Bureau) -> None:
    made = [bureau.act()[0] for _ in range(3)]
    assert ledger.read([bureau.case], upto=1) == made[:2]


def test_only_the_parts_asked_for_are_read(bureau: Bureau) -> None:
    bureau.act()
    (entry,) = ledger.read([bureau.case], parts=["open"])
    assert set(entry.parts) == {"open"}


def test_the_header_commits_to_each_part_under_its_own_salt(bureau: Bureau) -> None:
    same = {"open": {"a": 1}, "secret": {"a": 1}}
    bureau.act(bureau.draft(payload=same))
    ((header, leaf),) = run("SELECT header, leaf FROM ledger_entry WHERE agency = %s", [bureau.agency])
    committed = json.loads(bytes(header))["parts"]
    rows = run("SELECT name, salt, body FROM ledger_part WHERE agency = %s", [bureau.agency])
    assert {name: commitment(bytes(salt), bytes(body)) for name, salt, body in rows} == committed
    assert committed["open"] != committed["secret"]
    assert merkle.leaf_hash(bytes(header)) == bytes(leaf)


def test_the_log_head_is_that_of_its_leaves(bureau: Bureau) -> None:
    made = [entry for _ in range(5) for entry in bureau.act(bureau.draft(), bureau.draft(bureau.lead))]
    state = ledger.log_state(bureau.agency)
    assert state is not None
    assert (state.size, state.root) == (10, merkle.tree_root([entry.leaf_hash for entry in made]))


def test_a_stream_and_all_it_adopts_is_one_matter(bureau: Bureau) -> None:
    inspection = ledger.create_stream(bureau.agency, "inspection")
    bureau.act(ledger.adopt(bureau.draft(bureau.lead), inspection))
    (entry,) = bureau.act(ledger.adopt(bureau.draft(), bureau.lead))
    assert entry.adopts == (bureau.lead,)
    assert ledger.matter_streams(bureau.case) == [bureau.case, *sorted([bureau.lead, inspection])]
    assert ledger.matter_streams(inspection) == [inspection]
    assert ledger.adopters([inspection]) == {inspection, bureau.lead, bureau.case}
    assert set(ledger.lock([inspection])) == {inspection, bureau.lead, bureau.case}


def test_streams_that_adopt_each_other_are_one_matter(bureau: Bureau) -> None:
    bureau.act(ledger.adopt(bureau.draft(), bureau.lead))
    bureau.act(ledger.adopt(bureau.draft(bureau.lead), bureau.case))
    assert ledger.matter_streams(bureau.lead) == [bureau.lead, bureau.case]
    assert ledger.adopters([bureau.lead]) == {bureau.lead, bureau.case}


def test_a_key_gives_its_receipt_again(bureau: Bureau) -> None:
    assert ledger.receipt(bureau.agency, "form-1") is None
    bureau.act(bureau.draft(), bureau.draft(), key="form-1", response={"case": bureau.case})
    found = ledger.receipt(bureau.agency, "form-1")
    assert found is not None
    assert (found.act, found.actor, found.first, found.count) == ("inspect", "officer-1", 0, 2)
    assert found.response == {"case": bureau.case}


def test_a_key_used_twice_is_refused_and_leaves_nothing(bureau: Bureau) -> None:
    bureau.act(key="form-1")
    with pytest.raises(DatabaseError), transaction.atomic():
        bureau.act(key="form-1")
    assert len(ledger.read([bureau.case])) == 1
    assert [item.number for item in bureau.act()] == [2]


def test_a_transaction_that_breaks_off_leaves_nothing(bureau: Bureau) -> None:
    bureau.act()
    before = ledger.log_state(bureau.agency), ledger.heads([bureau.case])
    with pytest.raises(RuntimeError), transaction.atomic():
        bureau.act(bureau.draft(), ledger.adopt(bureau.draft(), bureau.lead))
        raise RuntimeError
    assert (ledger.log_state(bureau.agency), ledger.heads([bureau.case])) == before
    for table in ("ledger_adoption", "ledger_receipt"):
        assert run(f"SELECT COUNT(*) FROM {table} WHERE agency = %s", [bureau.agency]) == [
            (0 if table == "ledger_adoption" else 1,)
        ]


def test_what_cannot_be_recorded_is_refused_in_words(bureau: Bureau) -> None:
    other = new_bureau()
    with pytest.raises(ledger.UnknownStream, match="卷流不存在"):
        bureau.act(bureau.draft("f" * 32))
    with pytest.raises(ledger.LedgerError, match="其他机关"):
        bureau.act(bureau.draft(other.case))
    with pytest.raises(ledger.LedgerError, match="其他机关"):
        bureau.act(ledger.adopt(bureau.draft(), other.case))
    with pytest.raises(ledger.LedgerError, match="部分名"):
        bureau.act(bureau.draft(payload={"公开": {}}))
    with pytest.raises(ledger.NotCanonical, match="price"):
        bureau.act(bureau.draft(payload={"open": {"price": 0.1}}))


def test_a_destroyed_part_is_gone_and_everything_else_stands(bureau: Bureau) -> None:
    (entry,) = bureau.act()
    bureau.act(bureau.draft(kind="destroyed", destroys=((entry.id, "informant"),)))
    again, order = ledger.read([bureau.case])
    assert again.parts == {"open": entry.open, "informant": None}
    assert order.destroys == ((entry.id, "informant"),)
    assert ledger.verify(bureau.agency) == []


def test_nothing_is_recorded_outside_a_transaction(fresh_database: object) -> None:
    bureau = new_bureau()
    with pytest.raises(ledger.OutsideTransaction):
        ledger.append(
            bureau.agency,
            [bureau.draft()],
            act="a",
            key="k",
            actor="o",
            recorded_ms=1,
            pack_digest=None,
        )
    with pytest.raises(ledger.OutsideTransaction):
        ledger.lock([bureau.case])


def test_an_origin_is_for_good(bureau: Bureau) -> None:
    with pytest.raises(ledger.LedgerError, match="不合格式"):
        ledger.create_log("a" * 32, "has space")
    with pytest.raises(DatabaseError, match="不得替换"), transaction.atomic():
        ledger.create_log("a" * 32, f"liuhen.example/zfjl/{bureau.agency}")
