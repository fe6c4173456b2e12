"""`liuhen rebuild`: rows made again from the entries, or compared with them."""

import argparse
from collections import Counter
from collections.abc import Iterator

from liuhen.acts import rebuild as rows
from liuhen.claims import rows as claims
from liuhen.config.cli import FINDINGS, FINE

SHOWN = 50
"""Differences listed of each table; the rest is counted."""


def rebuild_arguments(parser: argparse.ArgumentParser) -> None:
    """`--check` compares and writes nothing."""
    parser.add_argument("--check", action="store_true", help="只比较，不写入；有差异的退出码为1")


def rebuild(args: argparse.Namespace) -> int:
    """Write every matter's rows again, or name each difference."""
    if not args.check:
        print(f"已由条目重新生成 {rows.rebuild()} 件事项的列表和期限")
        if again := claims.read_again():
            print(f"已由原文件重新读入 {again} 份违规明细")
        return FINE
    found: Counter[str] = Counter()
    for table, said in _differences():
        found[table] += 1
        if not table or found[table] <= SHOWN:
            print(said)
    del found[""]
    for table, count in found.items():
        if count > SHOWN:
            print(f"{table} 另有 {count - SHOWN} 处，没有逐一列出")
    print(f"共 {found.total()} 处差异" if found else "列表和期限与条目一致")
    return FINDINGS if found else FINE


def _differences() -> Iterator[tuple[str, str]]:
    """Each line to be said with the table that differs: none for what waits to be judged again."""
    for difference in rows.check():
        if difference.what == rows.STALE:
            yield "", f"{rows.STALE}：{difference.text}"
            continue
        yield difference.table, f"{difference.what}：{difference.table} {difference.matter} {difference.row}"
    for sha256 in claims.damaged():
        yield "claims_row", f"改动：claims_row 违规明细文件 {sha256} 的各行与读入时不同"
