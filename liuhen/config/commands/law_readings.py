"""`liuhen law readings`: the readings that the packs took, for a legal officer to go through on paper."""

import argparse
import json
import sys
from pathlib import Path

from liuhen.config.cli import FINDINGS, FINE, USAGE
from liuhen.law import PACKS, PackError, load, readings
from liuhen.law.check import find_packs


def run_arguments(parser: argparse.ArgumentParser) -> None:
    """Which measures, which words, which form."""
    parser.add_argument("packs", nargs="*", help="规则包的前缀或者文件夹；不写为全部")
    parser.add_argument("--search", default="", metavar="词", help="只列含有这个词的读法")
    parser.add_argument("--format", choices=("table", "json"), default="table", help="输出形式（默认 table）")


def run(arguments: argparse.Namespace) -> int:
    """List them; 1 where a pack cannot be loaded, 2 where there is none of that name."""
    folders = [_folder(name) for name in arguments.packs] or find_packs()
    if missing := [folder.name for folder in folders if not folder.is_dir()]:
        print(
            f"没有这个规则包：{'、'.join(missing)}。怎样改：写 liuhen/law/packs 里的前缀，或者文件夹",
            file=sys.stderr,
        )
        return USAGE
    try:
        packs = [load(folder) for folder in folders]
    except PackError as error:
        print("\n".join(str(problem) for problem in error.problems), file=sys.stderr)
        return FINDINGS
    found = [one for one in readings(packs) if arguments.search in one.text]
    if arguments.format == "json":
        rows = [
            {"reading": one.name, "article": one.article, "text": one.text, "digest": one.pack.digest}
            for one in found
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return FINE
    for pack in packs:
        own = [one for one in found if one.pack is pack]
        print(f"{pack.prefix} {pack.measure.title}：读法{len(own)}项　规则包摘要 {pack.digest}")
        for one in own:
            print(f"  {one.name}　{one.text}")
    print(f"共{len(found)}项")
    return FINE


def _folder(name: str) -> Path:
    path = Path(name)
    return path if path.is_dir() else PACKS / name
