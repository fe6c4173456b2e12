"""Layers: whose rule goes first, from when, and what stands side by side."""

# ruff: noqa: E501 - entries stand on one line each

import gc
from datetime import date
from pathlib import Path

import pytest

from liuhen.kernel.clock import format_local
from liuhen.law import Pack
from liuhen.law.check import find_packs
from liuhen.law.pack import load
from tests.law.toy import at, judge, pack

_RULE = "owe: {it: {since: review_received, done: review_opined, same: round, about: review.finish, within: WITHIN}}"
_RECEIVED = "- {at: 2026-09-21 10:00, kind: review_received, round: 1}"


def _measure(folder: Path, prefix: str, within: str, **options: str) -> Pack:
    return pack(folder, _RULE.replace("WITHIN", within), prefix=prefix, **options)


def _states(
    packs: list[Pack], entries: str = _RECEIVED, **adopted: date
) -> dict[str, tuple[str, str | None]]:
    rows = judge(packs, entries, adopted=adopted)
    return {row.rule: (at(row, "2026-09-22 09:00").state, row.yielded_to) for row in rows}


@pytest.mark.parametrize("yields", ["true", "false"])
def test_the_higher_rank_goes_first_whether_the_lower_says_so_or_not(tmp_path, yields):
    nation = _measure(tmp_path, "N", "20 days", rank="nation")
    province = _measure(tmp_path, "P", "10 days", rank="province", yields=yields)
    assert _states([province, nation]) == {"N-1.it": ("due", None), "P-1.it": ("not_applicable", "N-1.it")}


def test_before_the_higher_one_was_in_force_the_lower_stands_alone(tmp_path):
    nation = _measure(tmp_path, "N", "20 days", rank="nation", start="2026-09-22")
    province = _measure(tmp_path, "P", "10 days", rank="province")
    assert _states([province, nation]) == {"P-1.it": ("due", None)}


def test_a_measure_not_yet_adopted_gives_way_to_nothing(tmp_path):
    nation = _measure(tmp_path, "N", "20 days", rank="nation")
    province = _measure(tmp_path, "P", "10 days", rank="province")
    assert _states([province, nation], N=date(2026, 10, 1)) == {"P-1.it": ("due", None)}


def test_equals_stand_side_by_side_and_the_earlier_leads(tmp_path):
    one, two = _measure(tmp_path, "A", "10 days"), _measure(tmp_path, "B", "8 days")
    rows = judge([one, two], _RECEIVED)
    assert [at(row, "2026-09-22 09:00").state for row in rows] == ["due", "due"]
    assert all("并存，以B-1的期限在先" in row.working[-1] for row in rows)


def test_a_higher_rule_that_does_not_apply_here_takes_nothing_away(tmp_path):
    nation = pack(
        tmp_path,
        _RULE.replace("WITHIN", "20 days").replace("about:", "when: complete, about:"),
        prefix="N",
        rank="nation",
    )
    province = _measure(tmp_path, "P", "10 days", rank="province")
    entries = _RECEIVED.replace("}", ", complete: false}")
    assert _states([nation, province], entries) == {
        "N-1.it": ("not_applicable", None),
        "P-1.it": ("due", None),
    }


def test_where_it_cannot_be_told_whether_the_higher_applies_both_are_shown(tmp_path):
    nation = pack(
        tmp_path,
        _RULE.replace("WITHIN", "20 days").replace("about:", "when: complete, about:"),
        prefix="N",
        rank="nation",
    )
    province = _measure(tmp_path, "P", "10 days", rank="province")
    assert {name: state for name, (state, _) in _states([nation, province]).items()} == {
        "N-1.it": "cannot_tell",
        "P-1.it": "due",
    }


def test_other_subjects_are_left_alone(tmp_path):
    nation = pack(
        tmp_path, "owe: {it: {since: review_submitted, done: review_opined, same: round, about: review.finish, within: 20 days}}",
        prefix="N", rank="nation",
    )  # fmt: skip
    province = _measure(tmp_path, "P", "10 days", rank="province")
    entries = _RECEIVED + "\n- {at: 2026-09-21 09:00, kind: review_submitted, round: 2}"
    assert _states([nation, province], entries)["P-1.it"] == ("due", None)
    same = _RECEIVED + "\n- {at: 2026-09-21 09:00, kind: review_submitted, round: 1}"
    assert _states([nation, province], same)["P-1.it"] == ("not_applicable", "N-1.it")


def test_rolling_binds_those_below_only_where_the_higher_says_so(tmp_path):
    body = "owe: {it: {since: filed, done: closed, within: 90 days}}"
    entries = "- {at: 2026-07-05 10:00, kind: filed}"
    for binds, due in (("true", "2026-10-08"), ("false", "2026-10-03")):
        folder = tmp_path / binds
        nation = pack(
            folder, "no_duty: 无", prefix="N", rank="nation", counting=f"roll: holiday, binds_below: {binds}"
        )
        below = pack(folder, body, prefix="P", counting="")
        assert format_local(judge([nation, below], entries)[0].due_ms or 0).startswith(due)


def test_two_versions_of_a_measure_judge_each_its_own_time(tmp_path):
    old = _measure(tmp_path / "old", "P", "10 days", end="2026-09-30")
    new = _measure(tmp_path / "new", "P", "5 days", start="2026-10-01")
    entries = _RECEIVED + "\n- {at: 2026-10-01 10:00, kind: review_received, round: 2}"
    assert [format_local(row.due_ms or 0)[:10] for row in judge([old, new], entries)] == [
        "2026-10-01",
        "2026-10-06",
    ]


def _same(folder: Path, prefix: str, limit: str, same_as: str = "") -> Pack:
    rule = f"owe: {{it: {{since: review_received, done: review_opined, same: round{same_as}, {limit}}}}}"
    return pack(folder, rule, prefix=prefix)


def test_one_thing_to_do_under_two_articles_is_one_line_and_the_earlier_leads(tmp_path):
    packs = [
        _same(tmp_path, "A", "promptly: true"),
        _same(tmp_path, "B", "within: 8 days", ", same_as: A-1.it"),
    ]
    received = f"{_RECEIVED}\n- {{at: 2026-09-21 11:00, kind: review_received, round: 2}}"
    rows = judge(packs, received)
    assert [(row.rule, row.subject, row.led_by and row.led_by.rule) for row in rows] == [
        ("A-1.it", "1", "B-1.it"), ("B-1.it", "1", None), ("A-1.it", "2", "B-1.it"), ("B-1.it", "2", None),
    ]  # fmt: skip
    assert all(other.subject == row.subject for row in rows for other in row.beside_it)
    assert [at(row, "2026-10-08 09:00").state for row in rows[:2]] == ["due", "overdue"], (
        "neither verdict is lost"
    )


def test_rows_of_one_line_do_not_hold_each_other(tmp_path):
    packs = [
        _same(tmp_path, "A", "promptly: true"),
        _same(tmp_path, "B", "within: 8 days", ", same_as: A-1.it"),
    ]
    rows = judge(packs, _RECEIVED)
    assert any(row.beside_it for row in rows)
    gc.collect()
    del rows
    assert gc.collect() == 0, "a matter judged goes when nobody needs it any more"


def test_what_the_other_measure_is_not_adopted_for_has_its_own_line(tmp_path):
    (row,) = judge([_same(tmp_path, "B", "within: 8 days", ", same_as: A-1.it")], _RECEIVED)
    assert row.led_by is None and not row.beside_it


def test_what_is_the_same_thing_is_met_by_the_same_entries():
    rules = {rule.id: rule for pack in map(load, find_packs()) for rule in pack.owes}
    named = [(rule, rules[other]) for rule in rules.values() for other in rule.same_as]
    assert len(named) > 20
    for one, other in named:
        assert set(one.done) & set(other.done), (one.id, other.id)
