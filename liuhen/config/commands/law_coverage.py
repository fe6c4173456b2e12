"""`liuhen law coverage`: every article with what honours it, and which tests show it."""

import argparse
import json
import sys
from pathlib import Path

import liuhen
from liuhen.config.cli import FINDINGS, FINE
from liuhen.law.coverage import Covered, coverage, marked_articles, merged, scenario_articles
from liuhen.law.problems import PackError

_CHECKOUT = Path(liuhen.__file__).parent.parent
_ACTS = _CHECKOUT / "docs" / "reference" / "acts.json"
_SCENARIOS = Path(liuhen.__file__).parent / "oversight" / "scenarios" / "files"


def run_arguments(parser: argparse.ArgumentParser) -> None:
    """The form, and where acts, tests and scenarios are found."""
    parser.add_argument("--format", choices=("table", "json"), default="table", help="输出形式（默认 table）")
    parser.add_argument(
        "--acts",
        type=Path,
        default=_ACTS,
        metavar="FILE",
        help="已有行为的清单（默认 docs/reference/acts.json）",
    )
    parser.add_argument(
        "--tests", type=Path, default=_CHECKOUT / "tests", metavar="DIR", help="测试所在文件夹"
    )
    parser.add_argument("--scenarios", type=Path, default=_SCENARIOS, metavar="DIR", help="场景所在文件夹")


def run(arguments: argparse.Namespace) -> int:
    """Print every article; 1 if one is not answered for."""
    shown = merged(
        marked_articles(arguments.tests) if arguments.tests.is_dir() else {},
        scenario_articles(arguments.scenarios) if arguments.scenarios.is_dir() else {},
    )
    try:
        rows = coverage(_built(arguments.acts), shown)
    except PackError as error:
        print("\n".join(str(problem) for problem in error.problems), file=sys.stderr)
        return FINDINGS
    if arguments.format == "json":
        print(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=1))
    else:
        _table(rows)
    return FINE if all(row.honoured_by or row.no_duty for row in rows) else FINDINGS


def _built(path: Path) -> list[str]:
    return [str(name) for name in json.loads(path.read_text(encoding="utf-8"))] if path.is_file() else []


def _table(rows: list[Covered]) -> None:
    for row in rows:
        if row.no_duty:
            print(f"{row.article:<9} 无要求：{row.no_duty}")
            continue
        built = "行为齐备" if row.built else "行为未齐"
        print(f"{row.article:<9} {built}  证明{len(row.tests):>3}处  {'、'.join(row.honoured_by)}")
    for measure in dict.fromkeys(row.measure for row in rows):
        print(f"{measure}：{_summed([row for row in rows if row.measure == measure])}")
    print(f"共{_summed(rows)}")


def _summed(rows: list[Covered]) -> str:
    """How many articles ask something, how many of those can be done here, and how many are shown."""
    asked = [row for row in rows if not row.no_duty]
    return (
        f"{len(rows)}条：{len(asked)}条有要求，{len(rows) - len(asked)}条无要求；"
        f"行为齐备{sum(row.built for row in asked)}条；有证明{sum(bool(row.tests) for row in asked)}条"
    )
