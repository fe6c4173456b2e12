"""A measure as data: loading, checking, and what it is known by."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from liuhen.law import dictionary as words
from liuhen.law import source
from liuhen.law.counting import ROLLS
from liuhen.law.dictionary import Dictionary
from liuhen.law.pieces import NAMING, Pieces
from liuhen.law.problems import PackError, Place, Problem, Problems, suggestion
from liuhen.law.reading import Reader
from liuhen.law.reading_names import check_asks, read_names
from liuhen.law.reading_rules import read_course, read_rules
from liuhen.law.rules import Access, Article, Bend, Breach, Excuse, Gate, Owe, Phase, Record, Rule
from liuhen.law.source import Node
from liuhen.law.values import Name

PACKS = Path(__file__).parent / "packs"
RANKS = ("nation", "province", "city", "county")
_MEASURE = (
    "prefix",
    "title",
    "number",
    "issuer",
    "rank",
    "region",
    "from",
    "to",
    "version",
    "articles",
    "yields",
    "rests_on",
    "counting",
)
_REQUIRED = ("prefix", "title", "number", "issuer", "rank", "region", "from", "version", "articles", "yields")
_ASKING = ("define", "ask", "set", "owe", "record", "gate", "access", "breach", "clock", "excuse", "course")
_ARTICLE = ("gist", "chapter", "fact", *_ASKING, "reading", "no_duty")


@dataclass(frozen=True)
class Measure:
    """办法: identity, rank and how it counts. `start`/`end` are local days, both in force."""

    prefix: str
    title: str
    number: str
    issuer: str
    rank: str
    region: str
    start: date
    end: date | None
    version: int
    articles: int
    yields: bool
    roll: str | None = None
    binds_below: bool = False
    rests_on: tuple[str, ...] = ()

    @cached_property
    def height(self) -> int:
        """0 for the nation; larger is lower."""
        return RANKS.index(self.rank)

    def in_force(self, day: date) -> bool:
        """Whether the measure is in force on a local day."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Tree:
    """A pack as read, before it is understood: what `--mutate` changes."""

    folder: Path
    shown: str
    measure: Node
    articles: Mapping[str, Node]

    def without(self, article: str, changed: Node) -> "Tree":
        """The same pack with one article replaced."""
        return replace(self, articles={**self.articles, article: changed})


@dataclass(frozen=True)
class Pack:
    """规则包: one measure, checked and compiled. Known by `digest`."""

    measure: Measure
    articles: Mapping[str, Article]
    names: Mapping[str, Name]
    digest: str
    folder: Path
    dictionary: Dictionary = field(repr=False, compare=False)
    pieces: Pieces = field(repr=False, compare=False)
    owes: tuple[Owe, ...] = ()
    records: tuple[Record, ...] = ()
    gates: tuple[Gate, ...] = ()
    accesses: tuple[Access, ...] = ()
    breaches: tuple[Breach, ...] = ()
    bends: tuple[Bend, ...] = ()
    excuses: tuple[Excuse, ...] = ()
    course: tuple[Phase, ...] = ()

    @property
    def prefix(self) -> str:
        """The prefix by which its articles are named."""
        return self.measure.prefix

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules in the order of the articles."""
        return tuple(rule for article in self.articles.values() for rule in article.rules)


def load(path: Path | str, dictionary: Dictionary | None = None) -> Pack:
    """Load one measure from its folder. Raises `PackError` with every mistake: file, line, article, remedy."""
    return build(read_tree(Path(path)), dictionary or words.standard())


def read_tree(folder: Path) -> Tree:
    """The files of a pack as nodes; an article written twice, or a file missing, is a mistake."""
    problems = Problems()
    measure_file = folder / "measure.yaml"
    shown = folder.name
    if not measure_file.is_file():
        text = f"没有 {shown}/measure.yaml"
        raise PackError(
            [Problem(Place(f"{shown}/measure.yaml", 1), None, text, "规则包文件夹里要有 measure.yaml")]
        )
    articles: dict[str, Node] = {}
    for path in sorted((folder / "articles").glob("*.yaml")):
        try:
            root = source.read(path, f"{shown}/articles/{path.name}")
        except PackError as error:
            problems.found.extend(error.problems)
            continue
        for name, node in root.items():
            if name in articles:
                text = f"这一条写了两次（另一处在 {articles[name].place}）"
                problems.add(node.place, name, text, "合并成一处，或者改正条号")
            articles[name] = node
    problems.raise_any()
    return Tree(folder, shown, source.read(measure_file, f"{shown}/measure.yaml"), articles)


def build(tree: Tree, dictionary: Dictionary) -> Pack:
    """Understand a tree. Raises `PackError` with every mistake."""
    problems = Problems()
    measure = _measure(tree, problems)
    problems.raise_any()
    if measure is None:  # pragma: no cover - raise_any has spoken
        raise PackError(problems.found)
    _complete(tree, measure, problems)
    names = _names(tree, dictionary, problems)
    owes = {
        f"{article}.{name}": child
        for article, node in tree.articles.items()
        for name, child in _section(node, "owe")
    }
    ordered = sorted(tree.articles.items(), key=lambda item: _number(item[0]))
    articles = {
        name: _article(Reader(dictionary, problems, name, names, owes), name, node)
        for name, node in ordered
        if node.is_map()
    }
    problems.raise_any()
    return _pack(tree, measure, articles, names, dictionary)


def _pack(
    tree: Tree, measure: Measure, articles: dict[str, Article], names: dict[str, Name], dictionary: Dictionary
) -> Pack:
    rules = [rule for article in articles.values() for rule in article.rules]
    return Pack(
        measure, articles, names, _digest(tree), tree.folder, dictionary,
        pieces=Pieces(tree.measure, tree.articles),
        owes=tuple(rule for rule in rules if isinstance(rule, Owe)),
        records=tuple(rule for rule in rules if isinstance(rule, Record)),
        gates=tuple(rule for rule in rules if isinstance(rule, Gate)),
        accesses=tuple(rule for rule in rules if isinstance(rule, Access)),
        breaches=tuple(rule for rule in rules if isinstance(rule, Breach)),
        bends=tuple(rule for rule in rules if isinstance(rule, Bend)),
        excuses=tuple(rule for rule in rules if isinstance(rule, Excuse)),
        course=tuple(phase for article in articles.values() for phase in article.course),
    )  # fmt: skip


def _digest(tree: Tree) -> str:
    """SHA-256 over the canonical content, comments and order of files aside; examples are not part of it."""
    content = {
        "measure": tree.measure.plain(),
        "articles": {name: node.plain() for name, node in tree.articles.items()},
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _number(article: str) -> int:
    tail = article.rpartition("-")[2]
    return int(tail) if tail.isdigit() else 0


def _measure(tree: Tree, problems: Problems) -> Measure | None:
    node = tree.measure
    reader = Reader(words.Dictionary({}), problems, "")
    if not reader.words(node, _MEASURE, "measure.yaml"):
        return None
    missing = [word for word in _REQUIRED if node.get(word) is None or node.value[word].value is None]
    if missing:
        problems.add(node.place, None, f"measure.yaml 没有写 {'、'.join(missing)}", "补上")
        return None
    plain: dict[str, Any] = {word: child.plain() for word, child in node.items()}
    counting = plain.get("counting") or {}
    _check_measure(tree, plain, counting, problems)
    try:
        return Measure(
            prefix=str(plain["prefix"]), title=str(plain["title"]), number=str(plain["number"]),
            issuer=str(plain["issuer"]),
            rank=str(plain["rank"]), region=str(plain["region"]), start=date.fromisoformat(str(plain["from"])),
            end=date.fromisoformat(str(plain["to"])) if plain.get("to") else None, version=int(plain["version"]),
            articles=int(plain["articles"]), yields=bool(plain["yields"]), roll=counting.get("roll"),
            binds_below=bool(counting.get("binds_below", False)), rests_on=tuple(plain.get("rests_on") or ()),
        )  # fmt: skip
    except ValueError as error:
        problems.add(
            node.place,
            None,
            f"measure.yaml 里的日期或者数字写错了：{error}",
            "日期写作 2020-12-31，条数写整数",
        )
        return None


def _check_measure(tree: Tree, plain: dict[str, Any], counting: dict[str, Any], problems: Problems) -> None:
    place = tree.measure.value["prefix"].place
    if plain["prefix"] != tree.shown:
        problems.add(place, None, f"prefix“{plain['prefix']}”与文件夹名“{tree.shown}”不同", "改成一样")
    if plain["rank"] not in RANKS:
        remedy = suggestion(str(plain["rank"]), RANKS, f"可写：{'、'.join(RANKS)}")
        problems.add(tree.measure.value["rank"].place, None, f"rank“{plain['rank']}”没有这一种", remedy)
    for word in counting:
        if word not in ("roll", "binds_below"):
            problems.add(
                tree.measure.value["counting"].place,
                None,
                f"counting 里没有“{word}”这个词",
                "可写：roll、binds_below",
            )
    if counting.get("roll", "none") not in ROLLS:
        problems.add(
            tree.measure.value["counting"].place,
            None,
            f"roll“{counting['roll']}”没有这一种",
            f"可写：{'、'.join(ROLLS)}",
        )


def _complete(tree: Tree, measure: Measure, problems: Problems) -> None:
    """Every article from 1 to the last is there, and nothing else."""
    place = tree.measure.value["articles"].place
    wanted = [f"{measure.prefix}-{number}" for number in range(1, measure.articles + 1)]
    for name in wanted:
        if name not in tree.articles:
            remedy = f"在 {tree.shown}/articles/ 里写上 {name}；不要求任何事的写 no_duty 和理由"
            problems.add(
                place, name, f"缺第{_number(name)}条（measure.yaml 写明共{measure.articles}条）", remedy
            )
    pattern = re.compile(re.escape(measure.prefix) + r"-[1-9]\d*")
    for name, node in tree.articles.items():
        if not pattern.fullmatch(name):
            problems.add(
                node.place,
                name,
                f"条的名字“{name}”不合格式",
                f"写作 {measure.prefix}-条号；款、项写在规则的 cite 里",
            )
        elif name not in wanted:
            problems.add(
                node.place,
                name,
                f"多出第{_number(name)}条（measure.yaml 写明共{measure.articles}条）",
                "改正条号，或者改正 measure.yaml 的 articles",
            )


def _section(node: Node, word: str) -> list[tuple[str, Node]]:
    """The named parts under one word of an article."""
    section = node.get(word)
    return list(section.items()) if section is not None else []


def _names(tree: Tree, dictionary: Dictionary, problems: Problems) -> dict[str, Name]:
    """Names are the whole measure's; the same name twice is a mistake unless it says the same."""
    names: dict[str, Name] = {}
    written: dict[str, tuple[str, Any]] = {}
    for article, node in tree.articles.items():
        given = {name: child.plain() for word in NAMING for name, child in _section(node, word)}
        for name, spec in read_names(Reader(dictionary, problems, article), node).items():
            if name not in names:
                names[name], written[name] = spec, (article, given[name])
            elif written[name][1] != given[name]:
                text = f"名字“{name}”在 {written[name][0]} 里已有另一个意思"
                problems.add(spec.place, article, text, "改名；同一个办法里名字共用")
    return names


def _article(reader: Reader, name: str, node: Node) -> Article:
    reader.words(node, _ARTICLE, "条")
    gist, no_duty = reader.text(node.get("gist")), node.get("no_duty")
    if not gist:
        reader.wrong(node.place, "没有写 gist", "用自己的话写一句这一条说什么")
    asking = [word for word in _ASKING if node.get(word) is not None]
    if not asking and no_duty is None:
        reader.wrong(
            node.place,
            "这一条既没有要求，也没有 no_duty",
            f"写上要求（{'、'.join(_ASKING)}），或者写 no_duty 说明为什么不要求任何事",
        )
    if asking and no_duty is not None:
        reader.wrong(no_duty.place, f"这一条既有 {'、'.join(asking)}，又有 no_duty", "去掉其中之一")
    rules = tuple(read_rules(reader, node, gist))
    check_asks(reader, name)
    named = tuple(given for word in NAMING for given, _child in _section(node, word))
    return Article(
        id=name, number=_number(name), gist=gist, chapter=reader.text(node.get("chapter")),
        reading=reader.texts(node.get("reading")), no_duty=reader.text(no_duty) if no_duty else None, place=node.place,
        rules=rules, names=named, course=tuple(read_course(reader, node.get("course"))),
    )  # fmt: skip
