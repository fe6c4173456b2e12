"""Examples beside the articles: run, told where they fail; and no rule can be taken out unnoticed."""

# ruff: noqa: E501 - entries stand on one line each

from pathlib import Path

import pytest

from liuhen.law import PackError, load
from liuhen.law.check import Report, check
from liuhen.law.coverage import coverage, marked_articles, scenario_articles
from tests.law.toy import article, write

_ARTICLE = article("""
define: {major: {1: decision_kind == 'penalty', 2: refund > 0}}
owe:
  review: {since: review_received, done: review_opined, same: round, within: 10 working_days, extend: [{since: review_extended, add: 10 working_days}]}
gate: {two: {act: decide, when: major, need: party_present, say: 不得}}
""")
_MET = """
- 按时:
    entries: [{at: 2026-09-21 10:00, kind: review_received, round: 1}, {at: 2026-10-12 23:59, kind: review_opined, round: 1}]
    at: 2026-10-14 09:00
    expect: {T-1.review: {verdict: met, due: 2026-10-12}}
"""
_EXTENDED = """
- 延长:
    entries: [{at: 2026-09-21 10:00, kind: review_received, round: 1}, {at: 2026-10-12 10:00, kind: review_extended, round: 1}]
    at: 2026-10-14 09:00
    expect: {T-1.review: {verdict: due, due: 2026-10-26}}
"""
_REFUSED = """
- 处罚:
    at: 2026-10-14 09:00
    try: {act: decide, decision_kind: penalty, party_present: false}
    expect: {T-1.two: refused}
"""
_REFUND = _REFUSED.replace("处罚", "退回").replace("decision_kind: penalty", "decision_kind: none, refund: 1")


def _check(folder: Path, examples: str, *, mutate: bool = True, deep: bool = False) -> Report:
    return check(write(folder, _ARTICLE, examples=examples), mutate=mutate, deep=deep)


def test_every_rule_taken_out_is_noticed(tmp_path):
    report = _check(tmp_path, _MET + _EXTENDED + _REFUSED + _REFUND)
    assert (report.fine, report.examples, report.mutants) == (True, 4, 5)


@pytest.mark.parametrize(
    ("examples", "survivors"),
    [
        (_MET + _REFUSED + _REFUND, ("T-1.review 的 extend 第1项",)),
        (_MET + _EXTENDED + _REFUSED, ("T-1.major 第2项",)),
        (_MET + _EXTENDED + _REFUND, ("T-1.major 第1项",)),
        (_EXTENDED + _REFUSED + _REFUND, ()),
        (_MET + _EXTENDED, ("T-1.two", "T-1.major 第1项", "T-1.major 第2项")),
    ],
)
def test_what_no_example_notices_is_named(tmp_path, examples, survivors):
    assert _check(tmp_path, examples).survivors == survivors


def test_an_empty_answer_is_no_evidence(tmp_path):
    passed = _REFUSED.replace("party_present: false", "party_present: true").replace("refused", "passed")
    report = _check(
        tmp_path,
        _MET + _EXTENDED + passed + "- 没有:\n    at: 2026-10-14 09:00\n    expect: {T-1.review: none}\n",
    )
    assert "T-1.two" in report.survivors


def test_deep_takes_out_conditions_and_limits_too(tmp_path):
    report = _check(tmp_path, _MET + _EXTENDED + _REFUSED + _REFUND, deep=True)
    assert report.survivors == ("T-1.two 的 when",)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("verdict: met_late, due: 2026-10-12", "verdict 应为 met_late，实为 met"),
        ("verdict: met, due: 2026-10-13", "due 应为 2026-10-13 23:59，实为 2026-10-12 23:59"),
        ("verdict: late", "没有“late”这种结论。"),
        ("verdit: met", "没有“verdit”这个词。是不是“verdict”？"),
    ],
)
def test_an_example_that_does_not_hold_says_how(tmp_path, wrong, said):
    report = _check(tmp_path, _MET.replace("verdict: met, due: 2026-10-12", wrong), mutate=False)
    assert len(report.failures) == 1
    assert str(report.failures[0]).startswith("T/examples/all.yaml:5 示例“按时”：T-1.review ")
    assert said in str(report.failures[0])


def test_an_expectation_of_no_rule_is_a_failure(tmp_path):
    report = _check(tmp_path, _MET.replace("T-1.review", "T-1.reviw"), mutate=False)
    assert "没有这条规则。是不是“T-1.review”" in str(report.failures[0])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "kind: review_received",
            "kind: review_recieved",
            "没有“review_recieved”这种条目。怎样改：是不是“review_received”",
        ),
        ("round: 1}, ", "rond: 1}, ", "没有“rond”这个字段"),
        ("at: 2026-09-21 10:00", "at: 21.9.2026", "不合格式"),
        ("expect:", "expects:", "没有“expects”这个词"),
    ],
)
def test_a_mistake_in_an_example_names_line_and_remedy(tmp_path, old, new, said):
    with pytest.raises(PackError) as error:
        _check(tmp_path, _MET.replace(old, new))
    assert any(
        said in str(problem) and str(problem).startswith("T/examples/all.yaml:")
        for problem in error.value.problems
    )


def test_coverage_names_rules_acts_and_what_shows_them(tmp_path):
    root = write(
        tmp_path / "packs", _ARTICLE + article("no_duty: 解释权", name="T-2"), count=2, examples=_MET
    )
    acts = ["confirm_x", "decide", "extend_review", "give_opinion", "receive_review"]
    one, two = coverage(acts, {"T-1": ["tests/test_x.py::test_y"]}, root.parent)
    assert one.as_json() == {
        "article": "T-1", "honoured_by": ["T-1.review", "T-1.two", "T-1.major"], "no_duty": None,
        "acts": ["decide", "extend_review", "give_opinion", "receive_review"], "built": True,
        "tests": ["tests/test_x.py::test_y", "T/examples/all.yaml：按时"],
    }  # fmt: skip
    assert (two.no_duty, two.honoured_by, two.built) == ("解释权", (), True)
    assert not coverage(["decide"], {}, root.parent)[0].built


def test_coverage_reads_marks_and_scenarios_without_running_them(tmp_path):
    tests = tmp_path / "tests"
    tests.mkdir()
    mark = "pytest" + ".mark.article"
    (tests / "test_a.py").write_text(
        f'import nowhere\n@{mark}("HN-S-9", "T-1")\ndef test_b(): ...\n', encoding="utf-8"
    )
    assert marked_articles(tests) == {
        "HN-S-9": ["tests/test_a.py::test_b"],
        "T-1": ["tests/test_a.py::test_b"],
    }
    (tmp_path / "case.yaml").write_text(
        "articles: [HN-S-9]\n"
        "steps: [{expect: {R09-45.decide: due, R09-46.publish: none}}, {refused: [HN-S-4.reviewed]},\n"
        "  {asks: R09-15.suspect}, {do: sign_reading, with: {reading: HN-G-11:2}}, {note: R09-1}]\n",
        encoding="utf-8",
    )
    shown = ("R09-45", "HN-S-4", "R09-15", "HN-G-11")
    assert scenario_articles(tmp_path) == {article: ["case.yaml"] for article in shown}, "not what it names"


def test_a_pack_is_the_same_pack_after_checking(tmp_path):
    root = write(tmp_path, _ARTICLE, examples=_MET)
    before = load(root).digest
    check(root, mutate=True)
    assert load(root).digest == before
