"""`liuhen law check`: a pack validated and its examples run; with mutation, each rule taken out in turn."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from liuhen.law import dictionary as words
from liuhen.law.dictionary import Dictionary
from liuhen.law.examples import Example, Failure, PackFinder, read_examples, run_example
from liuhen.law.pack import PACKS, Pack, Tree, build, load, read_tree
from liuhen.law.problems import PackError
from liuhen.law.source import Node

_RULES = ("owe", "record", "gate", "access", "breach", "clock", "excuse")
_LISTS = ("stop", "extend")
_SINGLE = ("restart", "cap", "same_as")
_DEEP_LISTS = ("holds", "signed")
_DEEP_SINGLE = ("when", "within", "until", "before")


@dataclass(frozen=True)
class Report:
    """What checking a pack found. `survivors` are rules whose removal no example noticed."""

    pack: Pack
    examples: int
    failures: tuple[Failure, ...]
    mutants: int = 0
    survivors: tuple[str, ...] = ()

    @property
    def fine(self) -> bool:
        """Whether nothing is wrong."""
        return not self.failures and not self.survivors


def find_packs(root: Path | None = None) -> list[Path]:
    """The folders of all packs, in order of name."""
    return sorted(path.parent for path in (root or PACKS).glob("*/measure.yaml"))


def finder(root: Path) -> PackFinder:
    """Loads other packs beside one by prefix, each once; None where there is none."""

    @cache
    def find(prefix: str) -> Pack | None:
        for folder in (root / prefix, PACKS / prefix):
            if (folder / "measure.yaml").is_file():
                return load(folder)
        return None

    return find


def check(
    folder: Path, *, mutate: bool = False, deep: bool = False, dictionary: Dictionary | None = None
) -> Report:
    """Validate one pack and run its examples. Raises `PackError` where it cannot be loaded."""
    known = dictionary or words.standard()
    tree = read_tree(folder)
    pack = build(tree, known)
    listed = read_examples(folder, known)
    find = finder(folder.parent)
    failures = [failure for example in listed for failure in run_example(example, pack, find)]
    report = Report(pack, len(listed), tuple(failures))
    if not mutate or failures:
        return report
    tried, survivors = 0, []
    for name, mutant in mutants(tree, deep=deep):
        tried += 1
        if not _noticed(mutant, name, listed, find, pack):
            survivors.append(name)
    return replace(report, mutants=tried, survivors=tuple(survivors))


def _noticed(mutant: Tree, name: str, listed: list[Example], find: PackFinder, whole: Pack) -> bool:
    """Whether some example fails under the mutant; those that speak of the article are tried first."""
    try:
        pack = build(mutant, whole.dictionary)
    except PackError:
        return True
    article = name.partition(".")[0]
    ordered = sorted(
        listed, key=lambda example: not any(rule.startswith(f"{article}.") for rule in example.expect)
    )
    left = {rule.id for rule in pack.rules}
    removed = {rule.id: rule for rule in whole.rules if rule.id not in left}
    return any(run_example(example, pack, find, removed) for example in ordered)


def mutants(tree: Tree, *, deep: bool = False) -> Iterator[tuple[str, Tree]]:
    """Every pack that differs from this one by one rule, alternative, extension or stop taken out."""
    for article, node in tree.articles.items():
        for label, changed in _changes(node, deep):
            yield f"{article}.{label}", tree.without(article, changed)


def _changes(article: Node, deep: bool) -> Iterator[tuple[str, Node]]:
    for word in _RULES:
        section = article.get(word)
        for name, rule in section.items() if section is not None else ():
            label = f"{name}（{word}）" if word in ("clock", "excuse") else name
            yield label, _keeping(article, word, name, None)
            for part, reduced in _parts(rule, deep):
                yield f"{label} 的 {part}", _keeping(article, word, name, reduced)
    defines = article.get("define")
    for name, define in defines.items() if defines is not None else ():
        for number, reduced in _alternatives(define):
            yield f"{name} 第{number}项" if number else name, _keeping(article, "define", name, reduced)


def _keeping(article: Node, word: str, name: str, changed: Node | None) -> Node:
    """The article with one named part changed, or taken out; an article left empty says so."""
    section = dict(article.value[word].value)
    if changed is None:
        del section[name]
    else:
        section[name] = changed
    content = {**article.value, word: Node(section, article.value[word].place)}
    if not section:
        del content[word]
    if not any(each in content for each in ("define", "ask", "set", "course", *_RULES)):
        content["no_duty"] = Node("已去掉", article.place)
    return Node(content, article.place)


def _parts(rule: Node, deep: bool) -> Iterator[tuple[str, Node]]:
    if isinstance(rule.value, list):
        if len(rule.value) > 1:
            for position in range(len(rule.value)):
                yield f"第{position + 1}种", Node(_less(rule.value, position), rule.place)
        return
    for word in (*_LISTS, *(_DEEP_LISTS if deep else ())):
        child = rule.get(word)
        if child is None:
            continue
        for position in range(len(child.many())):
            kept = _less(child.many(), position)
            label = f"{word} 第{position + 1}项"
            yield label, _replaced(rule, word, Node(kept, child.place) if kept else None)
    done = rule.get("done")
    if done is not None and done.is_map() and done.get("sum") is not None:
        whole = Node(
            {key: child for key, child in done.value.items() if key not in ("sum", "reaches")}, done.place
        )
        yield "sum", Node({**rule.value, "done": whole}, rule.place)
    for word in (*_SINGLE, *(_DEEP_SINGLE if deep else ())):
        if rule.get(word) is not None:
            yield word, _replaced(rule, word, None)


def _less(listed: list[Node], position: int) -> list[Node]:
    return [*listed[:position], *listed[position + 1 :]]


def _replaced(rule: Node, word: str, changed: Node | None) -> Node:
    content = {key: child for key, child in rule.value.items() if key != word}
    if changed is not None:
        content[word] = changed
    return Node(content, rule.place)


def _alternatives(define: Node) -> Iterator[tuple[str, Node]]:
    if not define.is_map():
        yield "", Node("false", define.place)
        return
    for number in define.value:
        if number == "title":
            continue
        kept = {key: child for key, child in define.value.items() if key != number}
        yield number, Node(kept or "false", define.place)
