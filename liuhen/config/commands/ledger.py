"""`liuhen ledger verify`: everything recorded is computed again, and what was altered is named."""

import argparse
import json
import sys
from dataclasses import asdict

from liuhen import ledger
from liuhen.accounts.models import Agency
from liuhen.config.cli import FINDINGS, FINE, USAGE
from liuhen.config.installation import is_behind
from liuhen.ledger.verify_damage import DAMAGE
from liuhen.oversight import verification

BEHIND = (
    "数据库的结构比程序旧：程序更新以后还没有启动过，不能这样核验，也不说明有改动。"
    "先按“升级”备份并启动一次（liuhen run 或者 liuhen init），再核验"
)
STEP = 20_000
"""Entries between two lines of progress."""


def verify_arguments(parser: argparse.ArgumentParser) -> None:
    """Which agency, in what form, and whether to be told how far it is."""
    parser.add_argument("--agency", metavar="ID", help="只核验一个机关（默认全部）")
    parser.add_argument("--format", choices=("table", "json"), default="table", help="输出形式（默认 table）")
    parser.add_argument("--quiet", action="store_true", help="不报告进度")


def verify(args: argparse.Namespace) -> int:
    """Verify and report; 1 when anything was altered."""
    if _not_started_since():
        print(BEHIND, file=sys.stderr)
        return USAGE
    known = _agencies()
    if args.agency and known and args.agency not in known:
        print(f"没有机关 {args.agency} 的日志", file=sys.stderr)
        return USAGE
    count = 0
    for finding in verification.verify(args.agency, _quiet if args.quiet else _tell):
        altered = finding.what not in verification.NO_ALTERATION
        count += altered
        if args.format == "json":
            print(json.dumps(asdict(finding), ensure_ascii=False), flush=True)
        else:
            print(f"{'✗ ' if altered else ''}{finding}", flush=True)
    if args.format == "table":
        print(_summary(args.agency, known, count))
    return FINDINGS if count else FINE


def _summary(agency: str | None, known: list[str], count: int) -> str:
    states = [_state(name) for name in known if agency in (None, name)]
    entries = sum(state.size for state in states if state)
    fixed = sum(state.fixed_size for state in states if state)
    held = f"{len(states)} 个机关的日志，{entries} 条条目，其中 {fixed} 条已固化"
    if count:
        return f"共发现 {count} 处改动（{held}）。请保留现场，勿继续写入，并报告上级机关"
    return f"核验无误：{held}"


def _not_started_since() -> bool:
    """Whether a database waits for the program's newer structure; not where that cannot be read (the checks say so)."""
    try:
        return any(map(is_behind, ("default", "portal")))
    except DAMAGE:
        return False


def _agencies() -> list[str]:
    """The agencies with a log; none where not even that can be read (the verification says why)."""
    try:
        return ledger.agencies()
    except DAMAGE:
        return []


def _state(agency: str) -> ledger.LogState | None:
    try:
        return ledger.log_state(agency)
    except DAMAGE:
        return None


def _tell(agency: str, done: int, total: int) -> None:
    if done == total or done % STEP == 0:
        print(f"{_named(agency)}：{done}/{total}", file=sys.stderr, flush=True)


def _named(agency: str) -> str:
    """The agency by name; by its id where the register of agencies cannot be read."""
    try:
        return Agency.objects.filter(id=agency).values_list("name", flat=True).first() or f"机关 {agency}"
    except DAMAGE:
        return f"机关 {agency}"


def _quiet(agency: str, done: int, total: int) -> None:
    return None
