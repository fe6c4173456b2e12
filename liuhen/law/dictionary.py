"""The dictionary of entry kinds: one vocabulary for packs, acts, forms and documents; read and checked once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from liuhen.law import source
from liuhen.law.conditions import BOOL, INT, LIST, TEXT, Type
from liuhen.law.problems import Problems, suggestion
from liuhen.law.source import Node

_FOLDER = Path(__file__).parent / "dictionary"
_TYPES: dict[str, Type | None] = {
    "key": TEXT, "text": TEXT, "longtext": TEXT, "choice": TEXT, "draft": TEXT, "date": TEXT,
    "bool": BOOL, "int": INT, "money": INT, "instant": INT, "keys": LIST, "choices": LIST,
    "person": None, "party": None, "officers": None, "signatures": None, "files": None, "items": None,
}  # fmt: skip
_TIMES = frozenset({"date", "instant"})
LISTS = frozenset({"keys", "choices", "officers", "signatures", "files", "items"})
_KIND_WORDS = frozenset(
    "title act version stream time happened key sentence fields opens span correct correct_until stays".split()
)
_FIELD_WORDS = frozenset(
    "type label required choices columns part check numbered choices_from note not_future not_past not_before"
    " handed told_by".split()
)
MATTER = "matter"
"""In `not_before`: when the matter began."""
STREAMS = ("lead", "case", "inspection", "recording", "publication", "register", "people", "catalogue")


@dataclass(frozen=True)
class Field:
    """One field of an entry kind. `choices` maps the value to its Chinese label.

    Days and times say of themselves that they do not lie ahead (`not_future`), do not lie before the act happens
    (`not_past`), nor before other fields of the entry or the beginning of the matter (`not_before`). `handed`: when the
    paper was handed over; another paper in its place is handed over anew. `told_by`: the field that says the same in
    full, in whose place this one is not read out.
    """

    name: str
    type: str
    label: str
    required: bool = False
    part: str = "open"
    choices: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    check: str | None = None
    numbered: str | None = None
    choices_from: str | None = None
    not_future: bool = False
    not_past: bool = False
    not_before: tuple[str, ...] = ()
    handed: bool = False
    told_by: str = ""

    @property
    def seen_as(self) -> Type | None:
        """The type a condition sees; None for objects and lists of rows, which it cannot see."""
        if self.type == "choice" and self.choices:
            return Type("text", tuple(self.choices))
        return _TYPES[self.type]

    def truth(self, value: bool) -> str:
        """是/否 as people read it: 同意/不同意, 可以公开/不可以公开 where the label says so."""
        if self.label.startswith("同意"):
            return "同意" if value else "不同意"
        if self.label.startswith(("可以", "应当")):
            return self.label if value else f"不{self.label}"
        return "是" if value else "否"


@dataclass(frozen=True)
class Kind:
    """条目种类: past tense, with its fields; `act` is the act that enters it; `happened` what its time is (收到).

    `correct`: `yes` what stands in it can be corrected by another entry in its place, `anew` so too, and what bears a
    number gets another one (the old paper is void), `no` it cannot; `correct_until`: not once one of these followed.
    `stays`: what was done stays as it was, and its time; only its paper is made anew.
    """

    name: str
    title: str
    act: str | None
    version: int
    stream: str
    time: str
    key: str
    sentence: str
    fields: Mapping[str, Field]
    span: tuple[str, str] | None = None
    opens: bool = False
    happened: str = "发生"
    correct: str = "no"
    correct_until: tuple[str, ...] = ()
    stays: bool = False

    @property
    def goes_out_again(self) -> bool:
        """Whether its correction is another paper going out, at a time of its own; a sealing, say, stays as it was."""
        return self.correct == "anew" and self.span is None and not self.stays

    def carried_over(self, name: str) -> bool:
        """Whether a correction begins with what stood in this field.

        Not what tells of the paper that is void: who signed for it, when it was handed over, and where the whole paper
        goes out again, the proofs of its service and the days that were counted from it.
        """
        field = self.fields[name]
        of_the_paper = field.type == "signatures" or field.handed
        counted = self.goes_out_again and field.type in ("files", "date")
        return self.correct != "anew" or not (of_the_paper or counted)


@dataclass(frozen=True)
class Dictionary:
    """All entry kinds by name."""

    kinds: Mapping[str, Kind]
    _acts: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        acts: dict[str, tuple[str, ...]] = {}
        for kind in self.kinds.values():
            if kind.act:
                acts[kind.act] = (*acts.get(kind.act, ()), kind.name)
        object.__setattr__(self, "_acts", acts)

    @property
    def acts(self) -> Mapping[str, tuple[str, ...]]:
        """The entry kinds of each act, by the act's name."""
        return self._acts

    def text(self, kind: str, name: str, value: object) -> str:
        """A value as people read it: a choice by its label, truth as 是/否 (同意/不同意)."""
        spec = self.kinds[kind].fields.get(name) if kind in self.kinds else None
        if spec and isinstance(value, str):
            return spec.choices.get(value, value)
        if isinstance(value, bool):
            return spec.truth(value) if spec else ("是" if value else "否")
        return str(value)

    def label(self, kind: str, name: str) -> str:
        """The Chinese label of a field; its name where there is none."""
        spec = self.kinds[kind].fields.get(name) if kind in self.kinds else None
        return spec.label if spec else name


@lru_cache(maxsize=1)
def standard() -> Dictionary:
    """The dictionary that comes with the program."""
    return load(sorted(_FOLDER.glob("*.yaml")))


def load(paths: Iterable[Path]) -> Dictionary:
    """Read dictionary files. Raises `PackError` naming file, line and remedy."""
    problems = Problems()
    kinds: dict[str, Kind] = {}
    for path in paths:
        for name, node in source.read(path, f"dictionary/{path.name}").items():
            if name in kinds:
                problems.add(node.place, None, f"条目种类“{name}”定义了两次", "去掉一个，或者改名")
            kind = _kind(name, node, problems)
            if kind:
                kinds[name] = kind
    problems.raise_any()
    return Dictionary(kinds)


def _kind(name: str, node: Node, problems: Problems) -> Kind | None:
    if not node.is_map():
        problems.add(
            node.place, None, f"“{name}”下面应当是“词: 值”", "照别的种类写 title、stream、key、fields"
        )
        return None
    _words(name, node, _KIND_WORDS, problems)
    for word in ("title", "stream", "time", "key", "fields"):
        if node.get(word) is None:
            problems.add(node.place, None, f"“{name}”没有写 {word}", f"补上 {word}")
            return None
    fields = {}
    for each, spec in node.value["fields"].items():
        read = _field(f"{name}.{each}", each, spec, problems)
        if read:
            fields[each] = read
    plain: dict[str, Any] = {word: child.plain() for word, child in node.items() if word != "fields"}
    if plain["stream"] not in STREAMS:
        problems.add(
            node.place, None, f"“{name}”的 stream“{plain['stream']}”没有这一种", f"可写：{'、'.join(STREAMS)}"
        )
    if plain["time"] not in ("live", "reported"):
        problems.add(node.place, None, f"“{name}”的 time 写错了", "写 live 或者 reported")
    span = plain.get("span")
    earlier = [other for field in fields.values() for other in field.not_before if other != MATTER]
    earlier += [field.told_by for field in fields.values() if field.told_by]
    for each in [plain["key"], *(span or []), *earlier]:
        if each not in fields:
            remedy = suggestion(str(each), fields, "在 fields 里加上")
            problems.add(node.place, None, f"“{name}”用到的字段“{each}”没有定义", remedy)
    return Kind(
        name=name, title=str(plain["title"]), act=plain.get("act"), version=int(plain.get("version", 1)),
        stream=str(plain["stream"]), time=str(plain["time"]), key=str(plain["key"]),
        sentence=str(plain.get("sentence", plain["title"])), fields=fields,
        span=(str(span[0]), str(span[1])) if span else None, opens=bool(plain.get("opens", False)),
        happened=str(plain.get("happened", "发生")), correct=_correct(name, node, plain, fields, problems),
        correct_until=tuple(plain.get("correct_until") or ()), stays=bool(plain.get("stays", False)),
    )  # fmt: skip


_CORRECT = ("yes", "anew", "no")


def _correct(
    name: str, node: Node, plain: Mapping[str, Any], fields: Mapping[str, Field], problems: Problems
) -> str:
    """Records of what happened can be corrected; decisions, approvals and papers with a number only if it says how."""
    numbered = any(field.numbered for field in fields.values())
    said = plain.get("correct")
    if said is None:
        return "yes" if plain["time"] == "reported" and not numbered else "no"
    if said not in _CORRECT or (said == "yes" and numbered):
        remedy = "写 yes、anew（编号的文书：另取新文号）或者 no；编号的不能写 yes"
        problems.add(node.place, None, f"“{name}”的 correct 写错了", remedy)
    return str(said)


def _field(where: str, name: str, node: Node, problems: Problems) -> Field | None:
    plain = node.plain()
    if not isinstance(plain, dict) or plain.get("type") not in _TYPES:
        kind = plain.get("type") if isinstance(plain, dict) else plain
        problems.add(
            node.place,
            None,
            f"“{where}”的类型“{kind}”没有这一种",
            suggestion(str(kind), _TYPES, "见字典说明"),
        )
        return None
    _words(where, node, _FIELD_WORDS, problems)
    if plain["type"] in ("choice", "choices") and not (plain.get("choices") or plain.get("choices_from")):
        problems.add(node.place, None, f"“{where}”没有选项", "写 choices: {值: 中文}")
    before = plain.get("not_before") or []
    if plain["type"] not in _TIMES and (before or plain.get("not_future") or plain.get("not_past")):
        problems.add(
            node.place,
            None,
            f"“{where}”不是日期、时间，不能写 not_future、not_past、not_before",
            "去掉，或者改 type",
        )
    return Field(
        name=name, type=plain["type"], label=str(plain.get("label", name)), required=bool(plain.get("required")),
        part=str(plain.get("part", "open")), choices=plain.get("choices") or {}, columns=plain.get("columns") or {},
        check=plain.get("check"), numbered=plain.get("numbered"), choices_from=plain.get("choices_from"),
        not_future=bool(plain.get("not_future")), not_past=bool(plain.get("not_past")),
        not_before=tuple([before] if isinstance(before, str) else before), handed=bool(plain.get("handed")),
        told_by=str(plain.get("told_by") or ""),
    )  # fmt: skip


def _words(where: str, node: Node, known: frozenset[str], problems: Problems) -> None:
    for word, child in node.items():
        if word not in known:
            problems.add(
                child.place, None, f"“{where}”里的“{word}”没有这个词", suggestion(word, known, "去掉它")
            )
