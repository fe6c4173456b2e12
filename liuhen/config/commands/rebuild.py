"""`liuhen rebuild`: rows made again from the entries, or compared with them."""

import argparse
from collections.abc import Iterator

from liuhen.acts import rebuild as rows
from liuhen.claims import rows as claims
from liuhen.config.cli import FINDINGS, FINE

SHOWN = 50


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
    count = 0
    for altered, said in _differences():
        count += altered
        if not altered or count <= SHOWN:
            print(said)
    print(f"共 {count} 处差异" if count else "列表和期限与条目一致")
    return FINDINGS if count else FINE


def _differences() -> Iterator[tuple[bool, str]]:
    """Each line to be said, and whether it is of a difference: what waits to be judged again is none."""
    for difference in rows.check():
        if difference.what == rows.STALE:
            yield False, f"{rows.STALE}：{difference.text}"
            continue
        yield True, f"{difference.what}：{difference.table} {difference.matter} {difference.row}"
    for sha256 in claims.damaged():
        yield True, f"改动：claims_row 违规明细文件 {sha256} 的各行与读入时不同"
