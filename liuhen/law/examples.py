"""Examples beside the articles: entries in, verdicts out, one sentence each; read, run, and told where they fail."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from liuhen.kernel.clock import day_end_ms, format_local, parse_local
from liuhen.law import source
from liuhen.law.breaches import access, access_of_act, breaches
from liuhen.law.bundle import Bundle
from liuhen.law.dictionary import Dictionary
from liuhen.law.engine import owed
from liuhen.law.facts import Fact, read_facts, read_fields
from liuhen.law.gates import gates, questions
from liuhen.law.owed import Owed
from liuhen.law.pack import Pack
from liuhen.law.problems import PackError, Place, Problems, suggestion
from liuhen.law.reading import Reader
from liuhen.law.rules import Access, Breach, Gate, Owe, Record, Rule
from liuhen.law.source import Node
from liuhen.law.verdicts import WORDS, state

_WORDS = ("entries", "entries_from", "at", "with", "adopted", "subject", "try", "asks", "expect")
_TRY = frozenset({"act", "access", "kind", "part", "who"})
_PARTS = (
    "verdict", "due", "starts", "met", "provisional", "left", "missing", "subject", "by", "needs", "article",
    "led_by",
)  # fmt: skip
_ANSWERS = ("passed", "refused", "cannot_tell", "not_applicable", "found", "clear", "none")


@dataclass(frozen=True)
class Example:
    """One sentence with its facts, the moment, and what is expected of which rule."""

    sentence: str
    facts: tuple[Fact, ...]
    at_ms: int
    beside: tuple[str, ...]
    adopted: Mapping[str, date]
    agency: bool
    act: str | None
    tried: Mapping[str, Any]
    asks: tuple[str, ...] | None
    expect: Mapping[str, Node]
    place: Place


@dataclass(frozen=True)
class Failure:
    """An expectation that did not hold."""

    place: Place
    sentence: str
    rule: str
    text: str

    def __str__(self) -> str:
        return f"{self.place} 示例“{self.sentence}”：{self.rule} {self.text}"


def read_examples(folder: Path, dictionary: Dictionary) -> list[Example]:
    """All examples of a pack. Raises `PackError` with every mistake."""
    problems = Problems()
    found: list[Example] = []
    for path in sorted((folder / "examples").glob("*.yaml")):
        try:
            root = source.read(path, f"{folder.name}/examples/{path.name}")
        except PackError as error:
            problems.found.extend(error.problems)
            continue
        read = _File(dictionary, problems)
        for node in root.many() if root.value else ():
            for sentence, body in node.items():
                example = read.example(sentence, body)
                if example:
                    found.append(example)
    problems.raise_any()
    return found


@dataclass
class _File:
    dictionary: Dictionary
    problems: Problems
    written: dict[str, Node] = field(default_factory=dict)

    def example(self, sentence: str, body: Node) -> Example | None:
        reader = Reader(self.dictionary, self.problems, "")
        if not reader.words(body, _WORDS, f"示例“{sentence}”"):
            return None
        self.written[sentence] = body
        at = body.get("at")
        if at is None or (body.get("expect") is None and body.get("asks") is None):
            self.problems.add(
                body.place, None, f"示例“{sentence}”要写 at 和 expect", "写明在什么时候看、应当是什么结论"
            )
            return None
        try:
            at_ms = parse_local(str(at.value))
        except ValueError as error:
            self.problems.add(at.place, None, str(error), "写作 2026-10-14 09:00")
            return None
        act, tried = self._try(body.get("try"))
        adopted = body.get("adopted")
        asks = body.get("asks")
        return Example(
            sentence, tuple(self._entries(sentence, body)), at_ms, reader.texts(body.get("with")),
            {name: date.fromisoformat(str(child.value)) for name, child in adopted.items()} if adopted else {},
            body.get("subject") is not None, act, tried, reader.texts(asks) if asks else None,
            dict(body.value["expect"].items()) if body.get("expect") else {}, body.place,
        )  # fmt: skip

    def _entries(self, sentence: str, body: Node) -> list[Fact]:
        listed: list[Node] = []
        before = body.get("entries_from")
        if before is not None:
            other = self.written.get(str(before.value))
            if other is None or str(before.value) == sentence:
                remedy = suggestion(str(before.value), self.written, "须是同一文件里写在前面的示例")
                self.problems.add(before.place, None, f"没有“{before.value}”这个示例", remedy)
            elif (entries := other.get("entries")) is not None:
                listed += entries.many()
        own = body.get("entries")
        listed += own.many() if own is not None and own.value else []
        return read_facts(Node(listed, body.place), self.dictionary, self.problems)

    def _try(self, node: Node | None) -> tuple[str | None, dict[str, Any]]:
        if node is None:
            return None, {}
        if node.get("access") is not None:
            return "", {name: str(child.value) for name, child in node.items()}
        act = str(node.value["act"].value) if node.get("act") else ""
        if act not in self.dictionary.acts:
            remedy = suggestion(act, self.dictionary.acts, "行为名见字典里条目的 act")
            self.problems.add(node.place, None, f"没有“{act}”这个行为", remedy)
            return None, {}
        fields: dict[str, Any] = {}
        for name in self.dictionary.acts[act]:
            fields |= read_fields(node, self.dictionary.kinds[name], self.problems, None, _TRY)
        return act, fields


PackFinder = Callable[[str], Pack | None]


_WEAK = {"none", "not_applicable", "clear", None}
"""Answers that a rule taken out would give too: no evidence that the rule is needed."""


def run_example(
    example: Example, own: Pack, find: PackFinder, removed: Mapping[str, Rule] | None = None
) -> list[Failure]:
    """Judge one example under its own measure and those it names; every expectation that does not hold.

    `removed` are rules that a mutant lacks: expecting of them what any absent rule gives does not count.
    """
    packs = [own]
    for prefix in example.beside:
        other = own if prefix == own.prefix else find(prefix)
        if other is None:
            return [Failure(example.place, example.sentence, prefix, "没有这个规则包（with）")]
        if other is not own:
            packs.append(other)
    bundle = Bundle(packs, example.adopted)
    rows = owed(bundle, example.facts, agency=example.agency)
    return _Checking(example, bundle, rows, removed or {}).run()


class _Checking:
    def __init__(
        self, example: Example, bundle: Bundle, rows: Sequence[Owed], removed: Mapping[str, Rule]
    ) -> None:
        self.example, self.bundle, self.rows, self.removed = example, bundle, rows, removed
        self.rules: dict[str, Rule] = {rule.id: rule for pack in bundle.packs for rule in pack.rules}
        self.failures: list[Failure] = []

    def fail(self, rule: str, text: str, place: Place | None = None) -> None:
        self.failures.append(Failure(place or self.example.place, self.example.sentence, rule, text))

    def run(self) -> list[Failure]:
        answers = self._answers()
        for name, node in self.example.expect.items():
            rule = self.rules.get(name)
            if rule is None and name in self.removed:
                weak = _WEAK | ({"passed"} if isinstance(self.removed[name], Gate) else set())
                if isinstance(node.value, list | dict) or node.value not in weak:
                    self.fail(name, "这条规则已去掉", node.place)
            elif rule is None:
                self.fail(
                    name, f"没有这条规则。{suggestion(name, self.rules, '先检查条号和规则名')}", node.place
                )
            elif isinstance(rule, Owe | Record):
                self._rows(name, node)
            elif isinstance(rule, Gate | Access | Breach):
                got = answers.get(name, "none")
                if node.value != got:
                    self.fail(name, f"应为 {node.value}，实为 {got}", node.place)
            else:
                self.fail(name, "clock、excuse 不能直接期望，请写它影响的那一项", node.place)
        self._asks()
        return self.failures

    def _answers(self) -> dict[str, str]:
        example, now = self.example, self.example.at_ms
        got = {found.rule: found.status for found in breaches(self.bundle, self.rows, example.facts, now)}
        if example.act == "":
            tried = example.tried
            listed = access(
                self.bundle, str(tried.get("who")), str(tried.get("access")), str(tried.get("kind")), example.facts,
                part=str(tried.get("part", "open")), now_ms=now,
            )  # fmt: skip
            got |= {result.rule: result.status for result in listed}
        elif example.act:
            results = gates(self.bundle, example.act, example.facts, example.tried, at_ms=now)
            results += access_of_act(self.bundle, example.act, example.facts, now_ms=now)
            got |= {result.rule: result.status for result in results}
        return got

    def _asks(self) -> None:
        example = self.example
        if example.asks is None or not example.act:
            return
        listed = questions(self.bundle, example.act, example.facts, example.tried, at_ms=example.at_ms)
        got = sorted(question.id for question in listed)
        if got != sorted(example.asks):
            self.fail("asks", f"应为 {sorted(example.asks)}，实为 {got}")

    def _rows(self, name: str, node: Node) -> None:
        rows = [row for row in self.rows if row.rule == name and row.arises_ms <= self.example.at_ms]
        if node.value in ("none", None, []):
            if rows:
                self.fail(name, f"应当没有，实有{len(rows)}项", node.place)
            return
        if not rows:
            self.fail(name, "应当有，实际没有这一项", node.place)
            return
        wanted = node.value if isinstance(node.value, list) else [node] * len(rows)
        if len(wanted) != len(rows):
            self.fail(name, f"应有{len(wanted)}项，实有{len(rows)}项", node.place)
            return
        for row, each in zip(rows, wanted, strict=True):
            self._row(name, row, each)

    def _row(self, name: str, row: Owed, node: Node) -> None:
        if not node.is_map():
            self._part(name, row, "verdict", node)
            return
        for part, child in node.items():
            if part not in _PARTS:
                self.fail(
                    name,
                    f"没有“{part}”这个词。{suggestion(part, _PARTS, '可写：' + '、'.join(_PARTS))}",
                    child.place,
                )
            else:
                self._part(name, row, part, child)

    def _part(self, name: str, row: Owed, part: str, node: Node) -> None:
        verdict = state(row, self.example.at_ms)
        if part == "verdict" and node.value not in WORDS:
            self.fail(
                name,
                f"没有“{node.value}”这种结论。{suggestion(str(node.value), WORDS, '可写：' + '、'.join(WORDS))}",
                node.place,
            )
            return
        wanted = node.plain()
        got: Any = {
            "verdict": verdict.state, "provisional": row.provisional, "left": row.halted, "subject": row.subject,
            "missing": sorted(row.missing_fields), "by": row.met_by or row.excused_by, "needs": sorted(row.needs),
            "due": row.due_ms, "starts": row.starts_ms, "met": row.met_ms, "article": row.cited,
            "led_by": row.led_by.rule if row.led_by else None,
        }[part]  # fmt: skip
        if part in ("due", "starts", "met"):
            wanted, got = _instant(wanted, part), got
        elif part in ("missing", "needs"):
            wanted = sorted(str(item) for item in (wanted if isinstance(wanted, list) else [wanted]))
        elif part in ("subject", "by"):
            wanted, got = str(wanted), str(got)
        if wanted != got:
            shown = [_shown(value, part) for value in (wanted, got)]
            why = f"（{verdict.text}）" if part == "verdict" else ""
            self.fail(name, f"{part} 应为 {shown[0]}，实为 {shown[1]}{why}", node.place)


def _shown(value: Any, part: str) -> str:
    return format_local(value) if part in ("due", "starts", "met") and value else str(value)


def _instant(value: Any, part: str) -> int | None:
    """An instant as written; a bare day as `due` means its end."""
    if value is None:
        return None
    text = str(value)
    if part == "due" and len(text) == len("2026-10-12"):
        return day_end_ms(date.fromisoformat(text))
    return parse_local(text)
