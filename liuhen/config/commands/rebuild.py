"""`liuhen rebuild`: rows made again from the entries, or compared with them."""

import argparse

from liuhen.acts import rebuild as rows
from liuhen.config.cli import FINDINGS, FINE

SHOWN = 50


def rebuild_arguments(parser: argparse.ArgumentParser) -> None:
    """`--check` compares and writes nothing."""
    parser.add_argument("--check", action="store_true", help="只比较，不写入；有差异的退出码为1")


def rebuild(args: argparse.Namespace) -> int:
    """Write every matter's rows again, or name each difference."""
    if not args.check:
        print(f"已由条目重新生成 {rows.rebuild()} 件事项的列表和期限")
        return FINE
    count = 0
    for count, difference in enumerate(rows.check(), 1):
        if count <= SHOWN:
            print(f"{difference.what}：{difference.table} {difference.matter} {difference.row}")
    print(f"共 {count} 处差异" if count else "列表和期限与条目一致")
    return FINDINGS if count else FINE
