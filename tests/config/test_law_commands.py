"""`liuhen law check`, `coverage` and `judge`: what they print and with which exit code; all without Django."""

# ruff: noqa: E501 - entries stand on one line each

import json
import subprocess
import sys
from pathlib import Path

import pytest

from liuhen.config.cli import main
from tests.law.toy import article, write

_RULE = article(
    "owe: {review: {since: review_received, done: review_opined, same: round, within: 10 working_days}}"
)
_EXAMPLE = """
- 按时:
    entries: [{at: 2026-09-21 10:00, kind: review_received, round: 1}, {at: 2026-10-12 23:59, kind: review_opined, round: 1}]
    at: 2026-10-14 09:00
    expect: {T-1.review: VERDICT}
"""
Captured = pytest.CaptureFixture[str]


def _pack(folder: Path, verdict: str = "met") -> str:
    return str(write(folder, _RULE, examples=_EXAMPLE.replace("VERDICT", verdict)))


def _facts(folder: Path, text: str) -> str:
    path = folder / "facts.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_pack_that_is_right(tmp_path: Path, capsys: Captured) -> None:
    assert main(["law", "check", _pack(tmp_path), "--mutate"]) == 0
    assert "1条，规则1项，示例1个，全部成立\n  逐个去掉1处，都有示例察觉" in capsys.readouterr().out


def test_an_example_that_does_not_hold(tmp_path: Path, capsys: Captured) -> None:
    assert main(["law", "check", _pack(tmp_path, "overdue")]) == 1
    assert "T-1.review verdict 应为 overdue，实为 met" in capsys.readouterr().out


def test_a_rule_that_no_example_notices(tmp_path: Path, capsys: Captured) -> None:
    folder = Path(_pack(tmp_path))
    (folder / "examples" / "all.yaml").write_text("", encoding="utf-8")
    assert main(["law", "check", str(folder), "--mutate"]) == 1
    assert "没有察觉：T-1.review" in capsys.readouterr().out


def test_a_pack_that_is_wrong_names_file_line_and_remedy(tmp_path: Path, capsys: Captured) -> None:
    folder = write(tmp_path, _RULE.replace("review_received", "review_recieved"))
    assert main(["law", "check", str(folder)]) == 1
    shown = capsys.readouterr().out
    assert "T：有" in shown
    assert (
        "T/articles/all.yaml:3 【T-1】owe review：没有“review_recieved”这种条目。怎样改：是不是“review_received”"
        in shown
    )


def test_a_pack_that_is_not_there(capsys: Captured) -> None:
    assert main(["law", "check", "NOWHERE"]) == 1
    assert "没有 NOWHERE/measure.yaml" in capsys.readouterr().out


def test_judge_as_json(tmp_path: Path, capsys: Captured) -> None:
    facts = _facts(tmp_path, "- {at: 2026-09-21 10:00, kind: review_received, round: 1}\n")
    arguments = [
        "law",
        "judge",
        "--measure",
        _pack(tmp_path),
        "--facts",
        facts,
        "--at",
        "2026-10-13 09:00",
        "--format",
        "json",
    ]
    assert main(arguments) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["rule"], row["verdict"], row["word"], row["due"]) == (
        "T-1.review",
        "overdue",
        "逾期",
        "2026-10-12 23:59",
    )
    assert row["working"][2].startswith("自2026年9月21日次日起算，第10个工作日为2026年10月12日")


def test_judge_as_a_table_under_two_measures(tmp_path: Path, capsys: Captured) -> None:
    entries = "".join(
        f"- {{at: 2026-09-21 10:00, kind: {kind}, round: 1}}\n"
        for kind in ("review_submitted", "review_received")
    )
    facts = _facts(tmp_path, f"entries:\n{entries}")
    arguments = [
        "law",
        "judge",
        "--measure",
        _pack(tmp_path),
        "--measure",
        "HN-S",
        "--facts",
        facts,
        "--at",
        "2026-09-22 09:00",
    ]
    assert main(arguments) == 0
    shown = capsys.readouterr().out
    assert "待办  T-1 试验（T-1.review）" in shown
    assert "待办  HN-S-9" in shown


@pytest.mark.parametrize(
    ("facts", "at", "code", "said"),
    [
        (
            "- {at: 2026-09-21 10:00, kind: fled}\n",
            "2026-09-22",
            1,
            "没有“fled”这种条目。怎样改：是不是“filed”",
        ),
        ("- {at: gestern, kind: filed}\n", "2026-09-22", 1, "facts.yaml:1"),
        ("- {at: 2026-09-21 10:00, kind: filed}\n", "morgen", 2, "时间或者日期写错了"),
    ],
)
def test_what_is_wrong_is_told(
    tmp_path: Path, capsys: Captured, facts: str, at: str, code: int, said: str
) -> None:
    arguments = ["law", "judge", "--measure", "HN-S", "--facts", _facts(tmp_path, facts), "--at", at]
    assert main(arguments) == code
    assert said in capsys.readouterr().err


def test_coverage_answers_for_every_article(capsys: Captured) -> None:
    assert main(["law", "coverage", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == len({row["article"] for row in rows})
    assert all(set(row) == {"article", "honoured_by", "no_duty", "acts", "built", "tests"} for row in rows)
    assert all(bool(row["honoured_by"]) != bool(row["no_duty"]) for row in rows)
    assert all(row["built"] for row in rows if not row["acts"])


def test_the_law_starts_without_django() -> None:
    program = (
        "import sys; from liuhen.config.cli import main; main(['law', 'coverage']); "
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=False).returncode == 0
