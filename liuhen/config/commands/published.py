"""`liuhen case enter`: published penalty cases entered in a scratch database, as far as they are known."""

import argparse
import json
import sys
from pathlib import Path

from liuhen.config.cli import FINDINGS, FINE, USAGE
from liuhen.config.scratch import Scratch
from liuhen.kernel.clock import FixedClock
from liuhen.oversight.published import (
    PublishedError,
    as_json,
    as_text,
    enter,
    read_published,
    totals_text,
    whole,
)


def run_arguments(parser: argparse.ArgumentParser) -> None:
    """Which file, and the form of the answer."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="已公布案件的 JSON 文件（写法见 docs/published-cases.md）"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table", help="输出形式（默认 table）")


def run(args: argparse.Namespace) -> int:
    """Enter every case. 2 when the file cannot be read, 1 when a remark is not met or the record is not whole."""
    try:
        source = read_published(args.file)
    except PublishedError as error:
        print(error, file=sys.stderr)
        return USAGE
    Scratch()
    clock = FixedClock(0)
    reports = enter(source, clock)
    findings = whole(clock)
    if args.format == "json":
        print(json.dumps({**as_json(reports), "findings": findings}, ensure_ascii=False, indent=1))
    else:
        print("\n".join(map(as_text, reports)))
        print(totals_text(reports))
        print("\n".join(findings or ["核验记录：没有发现"]))
    met = all(note.answer is not None for report in reports for note in report.notes)
    return FINE if met and not findings else FINDINGS
