"""As time goes on with the same entries, a verdict moves only forward, and equals the reading off the stored row."""

# ruff: noqa: E501 - entries stand on one line each

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from liuhen.kernel.clock import MS_PER_HOUR, parse_local
from liuhen.law import Bundle, Fact, Owed, owed, state
from liuhen.law.calendar import announced
from liuhen.law.check import find_packs
from liuhen.law.counting import Span, Term, count, merge
from liuhen.law.pack import load

_START = parse_local("2026-08-20 08:00")
_PACKS = {folder.name: load(folder) for folder in find_packs()}
_LAYERS = [
    Bundle([_PACKS["R09"], _PACKS["WD"]]),
    Bundle([_PACKS["R09"], *(_PACKS[name] for name in ("HN-G", "HN-J", "HN-S"))]),
]
_KEYS = {
    "lead_registered": "lead", "verification_extended": "lead", "filed": "case", "declined": "lead", "informant_told": "lead",
    "review_received": "round", "review_extended": "round", "review_opined": "round", "preserved": "measure",
    "preservation_disposed": "measure", "recording_ended": "recording", "recording_stored": "recording",
    "away_declared": "recording", "returned": "recording", "decided": "decision", "posted": "posting",
    "suspended": "suspension", "resumed": "suspension", "decision_extended": "case", "withheld": "decision",
    "outcome_received": "outcome_id", "taken_down": "posting", "closed": "case", "archived": "case",
}  # fmt: skip
_MORE = {
    "procedure": "general",
    "decision_kind": "penalty",
    "decision": "1",
    "outcome": "revoked",
    "source": "complaint",
    "informant_kind": "named",
}
_AFTER = {
    "due": {"due", "overdue", "missing", "met", "met_late", "excused"},
    "overdue": {"overdue", "met_late", "excused"},
    "missing": {"missing", "met_late", "excused"},
    "met": {"met"},
    "met_late": {"met_late"},
    "excused": {"excused", "met", "met_late"},
    "waiting": {"waiting", "met", "met_late", "excused"},
    "option": {"option"},
    "cannot_tell": {"cannot_tell"},
}

_entries = st.lists(
    st.tuples(st.sampled_from(sorted(_KEYS)), st.integers(0, 24 * 120), st.sampled_from(["1", "2"])),
    min_size=1,
    max_size=12,
)


def _facts(drawn: list[tuple[str, int, str]]) -> list[Fact]:
    facts = []
    for number, (kind, hours, key) in enumerate(drawn, 1):
        at = _START + hours * MS_PER_HOUR
        facts.append(Fact(f"e{number}", kind, at, at, {**_MORE, _KEYS[kind]: key}, number))
    return facts


@settings(max_examples=100, deadline=None)
@given(drawn=_entries, layers=st.integers(0, 1))
def test_a_verdict_never_goes_back(drawn, layers):
    facts = _facts(drawn)
    moments = [_START + hours * MS_PER_HOUR for hours in range(0, 24 * 200, 37)]
    for row in owed(_LAYERS[layers], facts):
        seen = [name for name in (state(row, now).state for now in moments) if name != "not_applicable"]
        for before, after in pairwise(seen):
            assert after in _AFTER[before], (row.rule, seen)


def _all(row: Owed) -> tuple[object, ...]:
    return (
        row.rule,
        row.trigger,
        row.subject,
        row.standing,
        row.due_ms,
        row.met_by,
        row.excused_by,
        row.yielded_to,
        row.working,
    )


@settings(max_examples=100, deadline=None)
@given(drawn=_entries, layers=st.integers(0, 1), order=st.randoms(use_true_random=False))
def test_the_order_in_which_entries_are_handed_over_does_not_matter(drawn, layers, order):
    facts = _facts(drawn)
    shuffled = facts[:]
    order.shuffle(shuffled)
    one, two = owed(_LAYERS[layers], facts), owed(_LAYERS[layers], shuffled)
    assert [_all(row) for row in one] == [_all(row) for row in two]


_spans = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 30)), max_size=5)


@settings(max_examples=300, deadline=None)
@given(
    spans=_spans, amount=st.integers(1, 90), unit=st.sampled_from(["hours", "days", "working_days", "months"])
)
def test_leaving_time_out_never_brings_a_date_forward(spans, amount, unit):
    term = Term(amount if unit != "months" else amount % 12 + 1, unit)
    halts = [
        Span(_START + start * 24 * MS_PER_HOUR, _START + (start + length) * 24 * MS_PER_HOUR)
        for start, length in spans
    ]
    plain = count(_START, [term], announced()).due_ms or 0
    halted = count(_START, [term], announced(), halts=halts).due_ms or 0
    assert halted >= plain
    assert count(_START, [term], announced(), halts=halts + halts).due_ms == halted
    total = sum((span.end_ms or 0) - span.start_ms for span in merge(halts))
    if unit == "hours":
        assert halted - plain <= total
