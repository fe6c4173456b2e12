"""A matter that grows is judged on from what it was: every row as if it were judged from the beginning."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.law import case
from liuhen.law import PACKS, Bundle, Matter, judge
from liuhen.law.dictionary import standard
from liuhen.law.examples import read_examples
from tests.law.grown import as_asked, entry_by_entry, told
from tests.law.test_time_goes_on import _LAYERS, _PACKS, _entries, _facts
from tests.law.toy import facts, pack

ALL = Bundle(_PACKS.values())


@pytest.mark.parametrize("name", sorted(_PACKS))
def test_every_example_entry_by_entry(name: str) -> None:
    for example in read_examples(PACKS / name, standard()):
        for bundle in (ALL, Bundle([_PACKS[name]])):
            entry_by_entry(bundle, example.facts)


def test_a_long_case_entry_by_entry() -> None:
    entry_by_entry(_LAYERS[1], case(70))


@settings(max_examples=100, deadline=None)
@given(drawn=_entries, layers=st.integers(0, 1), step=st.integers(1, 3))
def test_entries_of_any_time_entry_by_entry(drawn, layers, step) -> None:
    entry_by_entry(_LAYERS[layers], _facts(drawn), step)


def test_most_is_taken_over() -> None:
    entries = case(60)
    before = judge(_LAYERS[1], entries[:-10])
    kept = {id(row) for row in before.rows}
    after = judge(_LAYERS[1], entries[:-9], before)
    assert sum(id(row) in kept for row in after.rows) > len(after.rows) / 2


def test_of_what_was_never_asked_for_it_is_told_what_becomes_of_it() -> None:
    as_asked(_LAYERS[1], case(60), start=30)


@pytest.mark.parametrize("name", sorted(_PACKS))
def test_the_same_of_every_example(name: str) -> None:
    for example in read_examples(PACKS / name, standard())[::3]:
        as_asked(ALL, example.facts, start=len(example.facts) // 2)


@settings(max_examples=60, deadline=None)
@given(drawn=_entries, layers=st.integers(0, 1), start=st.integers(0, 12))
def test_the_same_of_entries_of_any_time(drawn, layers, start) -> None:
    as_asked(_LAYERS[layers], _facts(drawn), start=start)


def test_a_matter_without_what_happened_later_is_as_if_it_had_not_been_given() -> None:
    entries = case(60)
    matter = judge(_LAYERS[1], entries).matter
    for moment in entries[10:50:9]:
        late = [fact for fact in entries if fact.at_ms > moment.at_ms]
        left = Matter([fact for fact in entries if fact not in late], matter.dictionary, matter.calendar)
        found = matter.without(late)
        assert (found.given, found.facts, found.by_kind) == (left.given, left.facts, left.by_kind)
    assert matter.without([]) is matter


def test_what_another_matter_owed_is_not_taken_over() -> None:
    entries = case(60)
    before = judge(_LAYERS[1], entries[1:40])
    assert told(judge(_LAYERS[1], entries, before).rows) == told(judge(_LAYERS[1], entries).rows)
    other = judge(_LAYERS[0], entries[:40])
    assert told(judge(_LAYERS[1], entries, other).rows) == told(judge(_LAYERS[1], entries).rows)


@pytest.mark.parametrize(
    "rule",
    [
        "owe: {it: {since: filed, done: closed, when: 'n > 0'}}\nfact: {n: {count: inspected}}",
        "owe: {it: {since: filed, done: closed, within: 10 days, "
        "stop: {from: suspended, to: resumed, same: suspension}}}",
    ],
)
def test_what_a_condition_or_a_clock_reads_counts(tmp_path: Path, rule: str) -> None:
    bundle = Bundle([pack(tmp_path, rule)])
    entry_by_entry(bundle, facts(ENTRIES))


ENTRIES = """
- {at: 2026-03-02 09:00, kind: filed, case: k}
- {at: 2026-03-03 09:00, kind: inspected, inspection: i, place: 甲}
- {at: 2026-03-04 09:00, kind: suspended, suspension: u}
- {at: 2026-03-05 09:00, kind: resumed, suspension: u}
- {at: 2026-03-06 09:00, kind: closed, case: k}
"""
