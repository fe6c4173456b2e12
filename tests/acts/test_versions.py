"""条目的版本: what a later version guards is guarded in the earlier entries too, and nothing else is moved."""

from dataclasses import replace

from liuhen.acts.versions import as_read
from liuhen.ledger import Entry

FILE = {"sha256": "ab" * 32, "sm3": "cd" * 32, "name": "投诉信.jpg", "size": 9, "media_type": "image/jpeg"}
FIRST = Entry(
    agency="a", index=0, stream="s", number=1, kind="lead_registered", happened_ms=0, recorded_ms=0, supersedes=None,
    leaf_hash=b"", content={"kind_version": 1},
    parts={"open": {"suspect": "某诊所", "files": [FILE]}, "informant": {"informant_name": "某人"}},
)  # fmt: skip


def test_a_complaint_of_the_first_version_opens_its_file_to_no_more_than_the_second() -> None:
    read = as_read(FIRST)
    assert read.parts == {
        "open": {"suspect": "某诊所"},
        "informant": {"informant_name": "某人", "files": [FILE]},
    }
    assert FIRST.open["files"] == [FILE], "what was recorded stays"
    assert (read.id, read.version) == (FIRST.id, 1)


def test_an_anonymous_complaint_gets_the_part_that_it_did_not_have() -> None:
    bare = replace(FIRST, parts={"open": {"files": [FILE]}})
    assert as_read(bare).parts == {"open": {}, "informant": {"files": [FILE]}}


def test_other_entries_are_the_same_object() -> None:
    second = replace(FIRST, content={"kind_version": 2})
    other = replace(FIRST, kind="verified", parts={"open": {"files": [FILE]}})
    without = replace(FIRST, parts={"open": {"suspect": "某诊所"}})
    assert [as_read(one) is one for one in (second, other, without)] == [True, True, True]
