"""Small measures written for one test each, and facts in the one form that the law reads."""

from datetime import date
from pathlib import Path

from liuhen.kernel.clock import parse_local
from liuhen.law import Bundle, Fact, Owed, Pack, Verdict, load, owed, read_facts, source, state
from liuhen.law.dictionary import standard
from liuhen.law.problems import Problems

MEASURE = """
prefix: {prefix}
title: 试验办法{prefix}
number: 试〔2020〕1号
issuer: 试验局
rank: {rank}
region: "000000"
from: {start}
to: {end}
version: 1
articles: {articles}
yields: {yields}
counting: {{{counting}}}
"""


def write(
    folder: Path, articles: str, *, prefix: str = "T", count: int = 1, rank: str = "county", start: str = "2020-01-01",
    end: str = "null", yields: str = "false", counting: str = "roll: none", examples: str = "",
) -> Path:  # fmt: skip
    """A pack's folder with these articles."""
    root = folder / prefix
    (root / "articles").mkdir(parents=True, exist_ok=True)
    measure = MEASURE.format(
        prefix=prefix, rank=rank, start=start, end=end, articles=count, yields=yields, counting=counting
    )
    (root / "measure.yaml").write_text(measure.lstrip(), encoding="utf-8")
    (root / "articles" / "all.yaml").write_text(articles, encoding="utf-8")
    if examples:
        (root / "examples").mkdir(exist_ok=True)
        (root / "examples" / "all.yaml").write_text(examples, encoding="utf-8")
    return root


def article(body: str, *, name: str = "T-1") -> str:
    """One article with a gist and this body (written at the left margin)."""
    lines = "\n".join(f"  {line}" for line in body.strip("\n").splitlines())
    return f"{name}:\n  gist: 试验\n{lines}\n"


def pack(folder: Path, body: str, **options: str) -> Pack:
    """A pack of one article."""
    prefix = options.get("prefix", "T")
    return load(write(folder, article(body, name=f"{prefix}-1"), **options))  # type: ignore[arg-type]


def facts(text: str) -> list[Fact]:
    """Facts from YAML; a mistake in them fails the test."""
    problems = Problems()
    listed = read_facts(source.parse(text, "facts.yaml"), standard(), problems)
    problems.raise_any()
    return listed


def judge(
    packs: Pack | list[Pack],
    entries: str,
    *,
    agency: bool = False,
    adopted: dict[str, date] | None = None,
) -> list[Owed]:
    """What these entries give rise to."""
    listed = packs if isinstance(packs, list) else [packs]
    return owed(Bundle(listed, adopted), facts(entries), agency=agency)


def one(packs: Pack | list[Pack], entries: str, rule: str = "T-1.it") -> Owed:
    """The single row of a rule."""
    rows = [row for row in judge(packs, entries) if row.rule == rule]
    assert len(rows) == 1, [row.rule for row in rows]
    return rows[0]


def at(row: Owed, local: str) -> Verdict:
    """The verdict on a row at a local time."""
    return state(row, parse_local(local))
