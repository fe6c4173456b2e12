"""Every kind and version of entry ever released still reads, rebuilds and verifies, on both engines."""

from pathlib import Path

import pytest

from liuhen import ledger
from liuhen.acts import rebuild, registry
from liuhen.acts.matter import load_matter
from tests.corpus.records import FOLDER, headers, load

RELEASED = sorted(FOLDER.glob("*.jsonl"))


def lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("file", RELEASED, ids=lambda file: file.stem)
def test_it_verifies_reads_and_rebuilds(database: str, file: Path):
    load(lines(file))
    # the corpus keeps files' digests, not their bytes
    assert [str(finding) for finding in ledger.findings() if finding.what != "file"] == []
    matters = [load_matter(stream) for stream in rebuild.all_streams()]
    assert sum(len(matter.entries) for matter in matters) >= len(list(headers(lines(file))))
    assert rebuild.rebuild() == len(matters)
    assert list(rebuild.check()) == []


def test_one_changed_byte_is_noticed(database: str):
    changed = [line.replace("清溪县", "清溪乡", 1) for line in lines(RELEASED[0])]
    load(changed)
    assert any("承诺" in str(finding) or finding.what == "part" for finding in ledger.findings())


def test_every_kind_that_is_entered_today_is_in_the_corpus():
    kinds = registry.dictionary().kinds
    today = {(act.kind, kinds[act.kind].version) for act in registry.acts().values()}
    held = {(header["kind"], header["kind_version"]) for file in RELEASED for header in headers(lines(file))}
    assert today - held == set(), "play a scenario that makes it, then: make corpus"
