"""`liuhen law judge`: what facts in a file give rise to under a measure, at a time, with the working."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from liuhen.config.cli import FINDINGS, FINE, USAGE
from liuhen.kernel.clock import format_local, parse_local
from liuhen.law import PACKS, Bundle, Fact, Pack, load, owed, read_facts, source, state
from liuhen.law.dictionary import standard
from liuhen.law.owed import Owed
from liuhen.law.problems import PackError, Problems
from liuhen.law.source import Node


def run_arguments(parser: argparse.ArgumentParser) -> None:
    """The measures, the facts and the moment."""
    parser.add_argument(
        "--measure",
        action="append",
        required=True,
        metavar="M",
        help="规则包的前缀或者文件夹；可重复，同时适用几部",
    )
    parser.add_argument(
        "--facts",
        type=Path,
        required=True,
        metavar="FILE",
        help="事实文件（写法见 docs/law/pack-format.md §12）",
    )
    parser.add_argument(
        "--at", required=True, metavar="TIME", help="在什么时候看，例如 “2026-10-14 09:00”（北京时间）"
    )
    parser.add_argument("--agency", action="store_true", help="判断机关自己的义务（登记簿、年报）")
    parser.add_argument(
        "--adopted", action="append", default=[], metavar="M=DATE", help="某部办法自何日起适用；可重复"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table", help="输出形式（默认 table）")


def run(arguments: argparse.Namespace) -> int:
    """Print the verdicts; 1 when the pack or the facts are wrong."""
    try:
        now = parse_local(arguments.at)
        adopted = {
            name: date.fromisoformat(day)
            for name, _, day in (text.partition("=") for text in arguments.adopted)
        }
    except ValueError as error:
        print(f"时间或者日期写错了：{error}", file=sys.stderr)
        return USAGE
    try:
        packs = [_pack(name) for name in arguments.measure]
        facts = _facts(arguments.facts)
    except (PackError, OSError) as error:
        print(error, file=sys.stderr)
        return FINDINGS
    rows = owed(Bundle(packs, adopted), facts, agency=arguments.agency)
    rows = [row for row in rows if row.arises_ms <= now]
    if arguments.format == "json":
        print(json.dumps([_as_json(row, now) for row in rows], ensure_ascii=False, indent=1))
    else:
        _table(rows, now)
    return FINE


def _pack(name: str) -> Pack:
    path = Path(name)
    return load(path if (path / "measure.yaml").is_file() else PACKS / name)


def _facts(path: Path) -> list[Fact]:
    root = source.read(path, str(path))
    listed = root.get("entries") or root
    problems = Problems()
    facts = read_facts(listed if listed.value else Node([], listed.place), standard(), problems)
    problems.raise_any()
    return facts


def _as_json(row: Owed, now: int) -> dict[str, Any]:
    verdict = state(row, now)
    return {
        "rule": row.rule,
        "article": row.cited,
        "measure": row.measure,
        "title": row.title,
        "verdict": verdict.state,
        "word": verdict.word,
        "text": verdict.text,
        "provisional": verdict.provisional,
        "trigger": row.trigger,
        "subject": row.subject,
        "who": list(row.who),
        "ours": row.ours,
        "starts": format_local(row.starts_ms),
        "due": format_local(row.due_ms) if row.due_ms is not None else None,
        "met": format_local(row.met_ms) if row.met_ms is not None else None,
        "met_by": row.met_by,
        "left": row.halted,
        "missing": list(row.missing_fields),
        "needs": list(row.needs),
        "excused": row.excuse_reason,
        "working": list(row.working),
    }


def _table(rows: list[Owed], now: int) -> None:
    for row in rows:
        verdict = state(row, now)
        print(f"{verdict.word}  {row.cited} {row.title}（{row.rule}）")
        print(f"      {verdict.text}")
        for line in row.working:
            print(f"      · {line}")
    print(f"{format_local(now)}，共{len(rows)}项")
