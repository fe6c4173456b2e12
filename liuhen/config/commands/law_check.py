"""`liuhen law check`: validate packs and run their examples, with errors that a legal officer understands."""

import argparse
from pathlib import Path

from liuhen.config.cli import FINDINGS, FINE
from liuhen.law.check import Report, check, find_packs
from liuhen.law.pack import PACKS
from liuhen.law.problems import PackError


def run_arguments(parser: argparse.ArgumentParser) -> None:
    """Which packs, and whether to take rules out."""
    parser.add_argument("packs", nargs="*", help="规则包的前缀或者文件夹；不写为全部")
    parser.add_argument("--mutate", action="store_true", help="逐个去掉每条规则，总要有示例不再成立")
    parser.add_argument(
        "--deep", action="store_true", help="连同 when、within、holds、signed 的每一项（与 --mutate 同用）"
    )


def run(arguments: argparse.Namespace) -> int:
    """Check packs; 1 if anything was found."""
    folders = [_folder(name) for name in arguments.packs] or find_packs()
    results = [_one(folder, arguments) for folder in folders]
    return FINE if all(results) else FINDINGS


def _folder(name: str) -> Path:
    path = Path(name)
    return path if path.is_dir() else PACKS / name


def _one(folder: Path, arguments: argparse.Namespace) -> bool:
    try:
        report = check(folder, mutate=arguments.mutate or arguments.deep, deep=arguments.deep)
    except PackError as error:
        print(f"{folder.name}：有{len(error.problems)}处错误")
        for problem in error.problems:
            print(f"  {problem}")
        return False
    _print(report)
    return report.fine


def _print(report: Report) -> None:
    pack = report.pack
    size = f"{len(pack.articles)}条，规则{len(pack.rules)}项，示例{report.examples}个"
    head = f"{pack.prefix} {pack.measure.title}：{size}"
    print(f"{head}，{f'{len(report.failures)}处不成立' if report.failures else '全部成立'}")
    for failure in report.failures:
        print(f"  {failure}")
    if report.mutants:
        found = f"{len(report.survivors)}处没有示例察觉" if report.survivors else "都有示例察觉"
        print(f"  逐个去掉{report.mutants}处，{found}")
    for name in report.survivors:
        print(f"  没有察觉：{name}")
