"""`liuhen law read`: an official text split into its articles, and kept in the library when asked."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ruamel.yaml import YAML

import liuhen.law
from liuhen.config.cli import FINDINGS, FINE, USAGE
from liuhen.law.text import MAX_BYTES, Article, Library, NotKept, Reading, Regulation, as_json, read

_PACKS: Final = Path(liuhen.law.__file__).parent / "packs"


def read_text_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, the form of the answer, and where to keep the text."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="正式文本：docx、pdf、txt、md 或 html（按内容识别）"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table", help="输出形式（默认 table）")
    parser.add_argument("--library", type=Path, metavar="DIR", help="存入这个法规库文件夹")
    parser.add_argument(
        "--measure",
        action="append",
        default=[],
        metavar="前缀[=标题]",
        help="与 --library 同用：这部法规是哪个规则包的正式文本；一个文件含几部时写明标题；可重复",
    )


def read_text(args: argparse.Namespace) -> int:
    """Read, show, keep. 1 when anything looks wrong in the text."""
    if args.measure and not args.library:
        print("--measure 要和 --library 一起用", file=sys.stderr)
        return USAGE
    try:
        with args.file.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        print(f"读不了 {args.file}：{error.strerror}", file=sys.stderr)
        return USAGE
    reading = read(data, args.file.name)
    kept = _keep(args.library, data, reading, args.measure) if args.library else True
    if args.format == "json":
        print(json.dumps(as_json(reading), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_table(reading)))
    return FINE if kept and not reading.findings else FINDINGS


def _keep(folder: Path, data: bytes, reading: Reading, measures: list[str]) -> bool:
    library = Library(folder)
    try:
        library.keep(data, reading.name)
        found = library.assign_by_title(_pack_titles(), reading.digest)
        for measure in measures:
            prefix, _, title = measure.partition("=")
            library.assign(prefix, reading.digest, title or None)
            found.append(prefix)
    except (NotKept, ValueError) as refused:
        print(refused, file=sys.stderr)
        return False
    of = f"，作为 {'、'.join(found)} 的正式文本" if found else "；没有同名的规则包，可用 --measure 指定"
    print(f"已存入 {folder}：{reading.digest}{of}", file=sys.stderr)
    return True


def _pack_titles() -> dict[str, str]:
    """Prefix and title of every measure that the program brings."""
    yaml = YAML(typ="safe")
    said = (yaml.load(path) for path in sorted(_PACKS.glob("*/measure.yaml")))
    return {
        one["prefix"]: one["title"]
        for one in said
        if isinstance(one, dict) and {"prefix", "title"} <= set(one)
    }


def _table(reading: Reading) -> Iterator[str]:
    yield f"{reading.name}  sha256 {reading.digest}"
    for regulation in reading.regulations:
        yield from _regulation(regulation)
    if reading.set_aside:
        yield f"另有 {len(reading.set_aside)} 处不属于正文（网页标记、目录、页码等），详见 --format json"
    for found in reading.findings:
        where = reading.where(found.line)
        yield f"! {where}{'：' if where else ''}{found.say}。{found.remedy}"


def _regulation(regulation: Regulation) -> Iterator[str]:
    yield ""
    yield regulation.title or "（没有找到标题）"
    about = (regulation.number, regulation.issuer, f"{regulation.issued or ''}")
    yield "  " + "  ".join(word for word in about if word)
    if regulation.articles:
        paragraphs = sum(len(article.paragraphs) for article in regulation.articles)
        items = sum(_items(article) for article in regulation.articles)
        parts = f"，{len(regulation.sections)} 个编章节" if regulation.sections else ""
        yield f"  {len(regulation.articles)} 条 {paragraphs} 款 {items} 项{parts}"
    rows = [(section.line, f"  {section.label} {section.title}") for section in regulation.sections]
    rows += [(article.line, _article(article)) for article in regulation.articles]
    yield from (row for _, row in sorted(rows))


def _article(article: Article) -> str:
    counted = f"{len(article.paragraphs)}款" + (f"{items}项" if (items := _items(article)) else "")
    return f"    {article.label}（{counted}）{article.text.partition(chr(10))[0][:30]}"


def _items(article: Article) -> int:
    return sum(len(paragraph.items) for paragraph in article.paragraphs)
