"""`liuhen law coverage`: every article, what honours it, whether its acts exist, and what shows it."""

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from liuhen.law import source
from liuhen.law.check import find_packs
from liuhen.law.dictionary import Dictionary
from liuhen.law.examples import read_examples
from liuhen.law.pack import Pack, load
from liuhen.law.problems import PackError
from liuhen.law.rules import Article, Bend, Breach, Excuse, Gate, Owe, Record, Rule
from liuhen.law.values import Amount, Ask, Reading

_ARTICLE = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z]+)?-\d+")


@dataclass(frozen=True)
class Covered:
    """One article: what honours it, or why nothing is asked; its acts, whether all are built, and its tests."""

    article: str
    honoured_by: tuple[str, ...]
    no_duty: str | None
    acts: tuple[str, ...]
    built: bool
    tests: tuple[str, ...]

    @property
    def measure(self) -> str:
        """The prefix of its measure."""
        return self.article.rpartition("-")[0]

    def as_json(self) -> dict[str, object]:
        """The row as the command prints it."""
        return {
            "article": self.article,
            "honoured_by": list(self.honoured_by),
            "no_duty": self.no_duty,
            "acts": list(self.acts),
            "built": self.built,
            "tests": list(self.tests),
        }


def coverage(
    built: Iterable[str], shown: Mapping[str, Sequence[str]], root: Path | None = None
) -> list[Covered]:
    """All articles of all packs. `built` are the acts that exist; `shown` maps articles to what shows them.

    Raises `PackError` where a pack cannot be loaded.
    """
    acts = frozenset(built)
    rows = []
    for folder in find_packs(root):
        pack = load(folder)
        examples = example_articles(folder, pack.dictionary)
        for article in pack.articles.values():
            tests = (*shown.get(article.id, ()), *examples.get(article.id, ()))
            rows.append(_covered(pack, article, acts, tests))
    return rows


def _covered(pack: Pack, article: Article, built: frozenset[str], tests: tuple[str, ...]) -> Covered:
    named = [f"{article.id}.{name}" for name in article.names if not isinstance(pack.names[name], Reading)]
    honoured = [*dict.fromkeys(rule.id for rule in article.rules), *named]
    if article.course:
        honoured.append(f"{article.id}.course")
    acts = sorted(acts_of(pack, article))
    return Covered(article.id, tuple(honoured), article.no_duty, tuple(acts), set(acts) <= built, tests)


def acts_of(pack: Pack, article: Article) -> set[str]:
    """Every act that an article names: by name, or by the entries that it speaks of."""
    kinds: set[str] = set()
    acts: set[str] = {act for phase in article.course for act in phase.acts}
    for rule in article.rules:
        if isinstance(rule, Gate):
            acts |= set(rule.acts)
        kinds |= set(_kinds(rule))
    for name in article.names:
        spec = pack.names[name]
        if isinstance(spec, Ask):
            acts |= {*spec.acts, *_entering(pack.dictionary, ["answered"])}
        elif isinstance(spec, Amount) and spec.value is None:
            acts |= _entering(pack.dictionary, ["amount_set"])
        elif isinstance(spec, Reading):
            kinds |= {*spec.kinds, *spec.without, *spec.having}
    return acts | _entering(pack.dictionary, kinds)


def _kinds(rule: Rule) -> Iterable[str]:
    if isinstance(rule, Owe):
        yield from (*rule.since, *rule.done, *(rule.each.of if rule.each else ()))
    elif isinstance(rule, Record):
        yield from (*rule.of, "recording_ended")
    elif isinstance(rule, Excuse | Breach):
        yield from rule.since
    if isinstance(rule, Owe | Bend):
        for stop in rule.stop:
            yield from (*stop.start, *stop.end)
        for extend in rule.extend:
            yield from extend.since
        if rule.restart:
            yield from (*rule.restart.since, *rule.restart.declared)


def _entering(dictionary: Dictionary, kinds: Iterable[str]) -> set[str]:
    return {act for kind in kinds if (act := dictionary.kinds[kind].act)}


def example_articles(folder: Path, dictionary: Dictionary) -> dict[str, list[str]]:
    """The examples beside the articles that expect something of each article."""
    found: dict[str, list[str]] = {}
    for example in read_examples(folder, dictionary):
        names = dict.fromkeys(rule.partition(".")[0] for rule in (*example.expect, *(example.asks or ())))
        for article in names:
            found.setdefault(article, []).append(f"{example.place.file}：{example.sentence}")
    return found


def marked_articles(folder: Path) -> dict[str, list[str]]:
    """Tests marked `@pytest.mark.article(…)` beneath a folder, by article; read, not imported."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for name, articles in _marked(tree):
            for article in articles:
                found.setdefault(article, []).append(f"{path.relative_to(folder.parent)}::{name}")
    return found


def _marked(tree: ast.Module) -> Iterable[tuple[str, list[str]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            articles = [name for decorator in node.decorator_list for name in _articles(decorator)]
            if articles:
                yield node.name, articles


def _articles(decorator: ast.expr) -> list[str]:
    if (
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr == "article"
    ):
        return [str(arg.value) for arg in decorator.args if isinstance(arg, ast.Constant)]
    return []


def scenario_articles(folder: Path) -> dict[str, list[str]]:
    """Scenario files beneath a folder, by the articles that they show."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.yaml")):
        try:
            plain = source.read(path).plain()
        except PackError:
            continue
        for article in articles_asked(plain):
            found.setdefault(article, []).append(path.name)
    return found


def articles_asked(scenario: object) -> list[str]:
    """The articles of which a step asks a verdict, a refusal or a question, or whose reading it signs.

    What a file only names, or says is not owed there, it does not show.
    """
    steps = scenario.get("steps") if isinstance(scenario, dict) else None
    rules = [rule for step in steps or () if isinstance(step, dict) for rule in _asked(step)]
    return list(dict.fromkeys(match[0] for rule in rules if (match := _ARTICLE.match(rule))))


def _asked(step: Mapping[str, object]) -> Iterable[str]:
    expected = step.get("expect")
    if isinstance(expected, dict):
        yield from (str(rule) for rule, verdict in expected.items() if verdict != "none")
    for word in ("refused", "asks"):
        listed = step.get(word) or ()
        yield from map(str, listed if isinstance(listed, list) else [listed])
    typed = step.get("with")
    if isinstance(typed, dict) and "reading" in typed and not (step.get("refused") or step.get("invalid")):
        yield str(typed["reading"])


def merged(*sources: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What shows each article, from several places, in their order."""
    together: dict[str, list[str]] = {}
    for listed in sources:
        for article, tests in listed.items():
            together.setdefault(article, []).extend(tests)
    return together
