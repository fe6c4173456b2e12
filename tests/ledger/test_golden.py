"""The form of entries is frozen: header bytes, commitments and leaf hashes of fixed inputs, to the byte.

`golden.json` is only ever added to. A change that makes an old line fail would orphan every record in the field.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from liuhen.ledger import EntryDraft
from liuhen.ledger.checkpoint import TreeHead, open_checkpoint, sign_checkpoint
from liuhen.ledger.entry import Act, SealedEntry, from_header, seal
from liuhen.ledger.note import Signer
from liuhen.ledger.reads import read_leaf

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parent / "golden.json").read_text())


def sealed(case: dict[str, Any]) -> SealedEntry:
    salts = iter(bytes.fromhex(salt) for salt in case["salts"])
    given = dict(case["draft"])
    for name in ("adopts", "destroys"):
        given[name] = tuple(tuple(item) if isinstance(item, list) else item for item in given.get(name, ()))
    previous = case["previous"]
    return seal(
        EntryDraft(**given),
        Act(**case["act"]),
        index=case["index"],
        number=case["number"],
        stream_type=case["stream_type"],
        previous=bytes.fromhex(previous) if previous else None,
        salt=lambda: next(salts),
    )


@pytest.mark.parametrize("case", GOLDEN["entries"], ids=lambda case: case["name"])
def test_an_entry_has_the_same_bytes_for_good(case: dict[str, Any]) -> None:
    made = sealed(case)
    assert made.header.decode() == case["header"]
    assert {part.name: part.commitment for part in made.parts} == case["commitments"]
    assert {part.name: part.body.decode() for part in made.parts} == case["bodies"]
    assert made.entry.leaf_hash.hex() == case["leaf"]


@pytest.mark.parametrize("case", GOLDEN["entries"], ids=lambda case: case["name"])
def test_an_entry_recorded_once_is_read_for_good(case: dict[str, Any]) -> None:
    parts = {name: json.loads(body) for name, body in case["bodies"].items()}
    read = from_header(json.loads(case["header"]), bytes.fromhex(case["leaf"]), parts)
    assert read == sealed(case).entry


@pytest.mark.parametrize("case", GOLDEN["checkpoints"], ids=lambda case: case["origin"])
def test_a_checkpoint_has_the_same_bytes_for_good(case: dict[str, Any]) -> None:
    signer = Signer(case["origin"], bytes.fromhex(case["seed"]))
    head = TreeHead(case["origin"], case["size"], bytes.fromhex(case["root"]))
    assert signer.vkey == case["vkey"]
    assert sign_checkpoint(head, signer, case["signed_ms"]).decode() == case["note"]
    assert open_checkpoint(case["note"].encode(), signer.verifier).head == head


@pytest.mark.parametrize("case", GOLDEN["reads"], ids=lambda case: case["what"])
def test_a_reading_record_has_the_same_hash_for_good(case: dict[str, Any]) -> None:
    assert read_leaf(**{key: value for key, value in case.items() if key != "leaf"}).hex() == case["leaf"]
