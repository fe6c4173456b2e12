"""`liuhen scenario run`: files of dated acts played in a scratch database; `liuhen case to-scenario`: the way back."""

import argparse
import json
import sys
from pathlib import Path

from liuhen.config.cli import FINDINGS, FINE, USAGE
from liuhen.config.scratch import Scratch
from liuhen.oversight.scenarios import FILES, ScenarioError, as_json, as_text, play, read_scenario
from liuhen.oversight.scenarios.exporting import CannotExport, export


def run_arguments(parser: argparse.ArgumentParser) -> None:
    """Which files, and the form of the answer."""
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="场景文件；不写则运行随程序附带的全部场景"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table", help="输出形式（默认 table）")


def run(args: argparse.Namespace) -> int:
    """Play every file. 2 when one cannot be read, 1 when one did not go as it expects."""
    files = args.files or sorted(FILES.glob("*.yaml"))
    try:
        scenarios = [read_scenario(file) for file in files]
    except ScenarioError as error:
        print(error, file=sys.stderr)
        return USAGE
    scratch = Scratch()
    outcomes = []
    for scenario in scenarios:
        scratch.renew()
        outcomes.append(play(scenario))
        if args.format == "table":
            print(as_text(outcomes[-1]), flush=True)
    passed = sum(outcome.passed for outcome in outcomes)
    if args.format == "json":
        print(json.dumps(as_json(outcomes), ensure_ascii=False, indent=1))
    else:
        print(f"共{len(outcomes)}个场景，通过{passed}个")
    return FINE if passed == len(outcomes) else FINDINGS


def to_scenario_arguments(parser: argparse.ArgumentParser) -> None:
    """Which case, and whether people and texts may be recognised in it."""
    parser.add_argument("case", metavar="CASE", help="立案号，或者案件编号")
    parser.add_argument("--anonymise", action="store_true", help="隐去单位、人员和所有自由填写的文字")
    parser.add_argument("--output", type=Path, metavar="FILE", help="写入文件（默认显示在屏幕上）")


def to_scenario(args: argparse.Namespace) -> int:
    """Write the case as a scenario file."""
    try:
        text = export(args.case, anonymise=args.anonymise)
    except CannotExport as error:
        print(error, file=sys.stderr)
        return FINDINGS
    if args.output:
        args.output.write_text(text, encoding="utf-8")
        print(f"已写入 {args.output}")
    else:
        print(text, end="")
    return FINE
